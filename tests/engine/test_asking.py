"""What a library answers to words, names, filters and hits that are liked; and why."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.engine import active_model
from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError, QueryError
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.query_language.parts import InFolder, Is, Kind, Name, Words
from desktop_app.engine.records import FoundBy, IndexSummary, Query
from tests.helpers.fake_encoder import COLOURS
from tests.helpers.one_model import OneModel

Index = Callable[..., IndexSummary]


@pytest.fixture
def library(library: Library, tmp_path: Path, index: Index) -> Library:
    """Every colour as a picture of its own, wide and high, in two folders."""
    for folder, size in (("wide", (60, 30)), ("high", (30, 60))):
        (tmp_path / "pictures" / folder).mkdir(parents=True)
        for number, rgb in enumerate(COLOURS.values()):
            name = "garden gate" if (folder, number) == ("high", 0) else f"IMG {number}"
            Image.new("RGB", size, rgb).save(tmp_path / "pictures" / folder / f"{name}.png")
    index(library, tmp_path / "pictures")
    return library


def found(library: Library, query: Query, limit: int | None = None) -> list[str]:
    """Folder and number of each hit, such as ``wide/IMG 2``."""
    ids = library.search(query, limit).ids.tolist()
    pictures = library.pictures(ids)
    paths = [Path(pictures[id_].path) for id_ in ids]
    return [f"{path.parent.name}/{path.stem}" for path in paths]


def number_of(colour: str) -> int:
    return list(COLOURS).index(colour)


def test_filters_come_before_ranking(library: Library) -> None:
    best = found(library, Query((Words("red"), InFolder("wide"))), 1)
    assert best == [f"wide/IMG {number_of('red')}"]
    all_high = found(library, Query((Words("red"), Is(Kind.PORTRAIT))))
    assert len(all_high) == len(COLOURS)
    assert {name.split("/")[0] for name in all_high} == {"high"}


def test_filters_alone_are_answered_by_all_that_fulfil_them(library: Library) -> None:
    hits = library.search(Query((Name("garden"),)))
    assert len(hits.ids) == hits.strong_count == 1
    assert library.search(Query((Name("nowhere"),))).ids.tolist() == []


def test_filters_notice_what_has_come(library: Library, tmp_path: Path, index: Index) -> None:
    query = Query((Words("red"), Name("garden")))
    assert len(found(library, query)) == 1
    Image.new("RGB", (9, 9), "red").save(tmp_path / "pictures" / "red garden.png")
    index(library, tmp_path / "pictures")
    assert found(library, query)[0] == "pictures/red garden"


def test_words_match_names(library: Library) -> None:
    hits = library.search(Query.of_words("garden gate"))
    picture = library.pictures([int(hits.ids[0])])[int(hits.ids[0])]
    assert Path(picture.path).stem == "garden gate"
    assert hits.found_by[0] in (FoundBy.NAME, FoundBy.BOTH)
    assert hits.strong_count >= 1


def test_what_is_liked_draws_near(library: Library) -> None:
    by_name = {
        f"{Path(one.path).parent.name}/{Path(one.path).stem}": one.id
        for one in library.pictures(library.picture_ids().tolist()).values()
    }
    blue = by_name[f"wide/IMG {number_of('blue')}"]
    assert library.search(Query(liked=(blue,)), 1).scores[0] == pytest.approx(1, abs=2e-3)
    query = Query.of_words("red")
    assert score_of(library, Query(query.parts, liked=(blue,)), blue) > score_of(
        library, query, blue
    )


def score_of(library: Library, query: Query, picture_id: int) -> float:
    hits = library.search(query)
    return float(hits.scores[hits.ids == picture_id][0])


def test_why_a_picture_is_a_hit(library: Library, tmp_path: Path, index: Index) -> None:
    image = Image.new("RGB", (400, 200), COLOURS["blue"])
    image.paste(COLOURS["red"], (300, 0, 400, 200))
    image.save(tmp_path / "pictures" / "both.png")
    index(library, tmp_path / "pictures")
    picture_id = int(library.search(Query((Name("both"),))).ids[0])
    maps = list(library.explain(picture_id, "red", CancelToken()))
    assert maps[-1].done == maps[-1].total
    columns = maps[-1].values.mean(axis=0)
    assert columns[-1] > columns[0]

    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError):
        next(library.explain(picture_id, "red", cancel))
    with pytest.raises(QueryError, match="nothing to search for"):
        next(library.explain(picture_id, " ", CancelToken()))
    with pytest.raises(QueryError, match="cannot be looked at"):
        next(library.explain(10**6, "red", CancelToken()))


def test_a_search_does_not_wait_for_an_index_that_is_being_opened(
    library: Library, paths: DataPaths, models: OneModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = Query((Words("red"), InFolder("wide")))
    expected = found(library, query)
    library.close()
    for saved in paths.vector_indexes.iterdir():
        saved.unlink()
    monkeypatch.setattr(active_model, "OPENING_PATIENCE_S", 0.01)
    again = Library.open(paths, models)
    opening = again.prepare_search(CancelToken())
    next(opening)  # vectors are being read from the catalog now
    assert found(again, query) == expected
    assert found(again, query, 1) == expected[:1]
    for _ in opening:
        pass
    assert found(again, query) == expected
    again.close()
