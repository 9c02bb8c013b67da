"""``image-seeker search``: the search line in the terminal."""

import json
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import Run
from tests.helpers.fake_encoder import COLOURS


def test_search_prints_score_and_path_best_first(run: Run, pictures: Path) -> None:
    run("index", pictures)
    code, out, _ = run("search", "red", "--limit", "3")
    lines = [line.split("\t") for line in out.splitlines()]
    assert code == 0
    assert len(lines) == 3
    assert lines[0][1] == str(pictures / "red.png")
    scores = [float(score) for score, _ in lines]
    assert scores == sorted(scores, reverse=True)


def test_search_json(run: Run, pictures: Path) -> None:
    run("index", pictures)
    hits = json.loads(run("search", "blue", "--json")[1])
    assert len(hits) == len(COLOURS)
    assert hits[0]["path"] == str(pictures / "blue.png")
    assert {"path", "score", "relevance"} <= set(hits[0])
    assert hits[0]["query"] == {
        "line": "blue",
        "parts": [{"words": "blue", "weight": 1.0}],
        "images": 0,
    }


def test_every_hit_says_what_found_it(run: Run, pictures: Path) -> None:
    (pictures / "holiday").mkdir()
    (pictures / "green.png").rename(pictures / "holiday" / "P1.png")
    run("index", pictures)
    by_name = json.loads(run("search", "holiday", "--json")[1])
    assert by_name[0]["path"].endswith("P1.png")
    assert (by_name[0]["found_by"], by_name[0]["strong"]) == ("name", True)
    by_looks = json.loads(run("search", "green", "--json")[1])
    assert by_looks[0]["path"].endswith("P1.png")
    assert by_looks[0]["found_by"] == "looks"


def test_search_by_picture_and_minus(run: Run, pictures: Path) -> None:
    run("index", pictures)
    _, out, _ = run("search", "--image", pictures / "green.png", "--limit", "1")
    assert out.rstrip().endswith("green.png")
    hits = json.loads(run("search", "red", "--minus", "orange", "--json")[1])
    plain = json.loads(run("search", "red", "--json")[1])

    def rank(rows: list[dict[str, str]]) -> int:
        return [Path(row["path"]).stem for row in rows].index("orange")

    assert rank(hits) > rank(plain)


def test_minus_words_are_no_options(run: Run, pictures: Path) -> None:
    run("index", pictures)
    spoken = json.loads(run("search", "red", "-orange", "--json")[1])
    asked = json.loads(run("search", "red", "--minus", "orange", "--json")[1])
    assert spoken == asked
    assert spoken[0]["query"]["line"] == "red -orange"


def test_minus_and_image_may_be_repeated(run: Run, pictures: Path) -> None:
    run("index", pictures)
    images = ["--image", pictures / "red.png", "--image", pictures / "yellow.png"]
    [hit, *_] = json.loads(run("search", *images, "--minus", "blue", "--minus", "x", "--json")[1])
    assert hit["query"]["line"] == "-blue -x"
    assert hit["query"]["images"] == 2
    assert hit["path"].endswith("orange.png")


def test_filters_leave_what_fits(run: Run, pictures: Path) -> None:
    Image.new("RGB", (48, 64), "red").save(pictures / "high.jpg")
    run("index", pictures)
    code, out, _ = run("search", "red", "type:jpg")
    assert (code, out.split("\t")[1].strip()) == (0, str(pictures / "high.jpg"))
    code, out, _ = run("search", "is:portrait")
    assert (code, out.split("\t")[1].strip()) == (0, str(pictures / "high.jpg"))
    nothing = run("search", "is:portrait", "type:png")
    assert nothing == (0, "", "image-seeker: No picture fits.\n")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (["red", "after:2023-13"], "after:2023-13: there is no month 13"),
        (["red", "rating:4g"], "rating:4g: write how many stars"),
        (['"red'], "The quotation mark is not closed"),
    ],
)
def test_a_line_that_cannot_be_understood_is_wrong_usage(
    run: Run, pictures: Path, line: list[str], sentence: str
) -> None:
    """Nothing is searched for: a script would take hits for all that fits."""
    run("index", pictures)
    code, out, err = run("search", *line)
    assert (code, out) == (2, "")
    assert sentence in err


def test_what_may_be_a_slip_is_said_and_searched_for(run: Run, pictures: Path) -> None:
    run("index", pictures)
    code, out, err = run("search", "red", "afer:2023", "--limit", "1")
    assert code == 0
    assert "after:" in err
    assert out


def test_the_shell_may_take_the_quotes_away(run: Run, pictures: Path) -> None:
    (pictures / "My Holiday").mkdir()
    (pictures / "green.png").rename(pictures / "My Holiday" / "green.png")
    run("index", pictures)
    code, out, err = run("search", "red", "in:My Holiday")
    assert (code, err) == (0, "")
    assert [Path(line.split("\t")[1]).name for line in out.splitlines()] == ["green.png"]
    assert run("search", 'in:"My Holiday" red')[1] == out


def test_one_argument_that_can_be_read_in_two_ways_says_how_it_was(
    run: Run, pictures: Path
) -> None:
    run("index", pictures)
    code, _, err = run("search", "in:My Holiday")
    assert code == 0
    said = "Read as in:My and: Holiday. Else write 'in:\"My Holiday\"'."
    assert err.splitlines()[0] == f"image-seeker: {said}"
