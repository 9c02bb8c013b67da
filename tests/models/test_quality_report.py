"""What was measured, in its four forms."""

import dataclasses
import json

import pytest

from desktop_app.engine.model.model_card import parse_card
from models.confusion import ConfusedPair
from models.quality_report import (
    QualityReport,
    ReportError,
    render_markdown,
    render_table,
    render_text,
    update_card,
)

REPORT = QualityReport(
    model='The "tiny" one',
    command="python -m models.evaluate tiny --data pictures",
    files={"vision_model.onnx": "ab12"},
    folder_megabytes=3.25,
    templates="single",
    sets={"sports": "100 Sports test", "flickr8k": "Flickr8k test"},
    figures={
        "quantized": {"sports_top1": 0.5, "flickr8k_s2p_recall10": 0.25, "ms_per_image": 1.5},
        "float": {"sports_top1": 0.625, "flickr8k_s2p_recall10": 0.375, "ms_per_image": 4.0},
    },
    agreement={"cosine of pictures": 0.99},
    confusions={"sports": (ConfusedPair("judo", "polo", 2, 5),)},
    notes=("A note.",),
)
CARD = "# Tiny\n\n<!-- quality: begin -->\nOutdated\n<!-- quality: end -->\n\nThe end.\n"


def test_json_keeps_everything() -> None:
    kept = QualityReport.from_json(json.loads(json.dumps(REPORT.to_json())))

    assert kept.to_json() == json.loads(json.dumps(REPORT.to_json()))
    assert render_markdown(kept) == render_markdown(REPORT)
    with pytest.raises(ReportError, match="no report"):
        QualityReport.from_json({"model": "x"})


def test_the_table_has_a_column_for_each_precision() -> None:
    lines = render_table(REPORT).splitlines()

    assert lines[0] == "| | int8 | float |"
    assert "| 100 Sports test: zero-shot top-1 | 0.500 | 0.625 |" in lines
    assert "| ms of CPU a picture (limit 6) | 1.50 | 4.00 |" in lines
    assert "The whole folder takes 3.25 MB (limit 20)." in lines
    assert lines[-1] == "A note."


def test_the_text_has_the_same_figures() -> None:
    lines = [line.split() for line in render_text(REPORT).splitlines()]

    assert ["100", "Sports", "test:", "zero-shot", "top-1", "0.500", "0.625"] in lines
    assert "judo" in render_text(REPORT)


def test_a_model_of_one_precision_has_one_column() -> None:
    alone = dataclasses.replace(REPORT, figures={"quantized": REPORT.figures["quantized"]})

    assert render_table(alone).startswith("| | int8 |\n|---|---|\n")


def test_the_page_says_how_to_measure_again() -> None:
    page = render_markdown(REPORT)

    assert f"```sh\n{REPORT.command}\n```" in page
    assert "| judo | polo | 2 of 5 |" in page
    assert "`ab12`" in page


def test_the_card_gets_the_table_and_the_program_reads_the_figures() -> None:
    card = update_card(CARD, REPORT)

    assert render_table(REPORT) in card
    assert "Outdated" not in card
    assert card.endswith("<!-- quality: end -->\n\nThe end.\n")
    figures = [(each.dataset, each.value) for each in parse_card(card).quality]
    assert figures == [("100 Sports test", 0.5), ("Flickr8k test", 0.25)]


def test_what_else_is_in_the_front_matter_stays() -> None:
    given = (
        f"---\nlicense: mit\nmodel-index:\n- name: old\n  results: []\nlanguage: en\n---\n{CARD}"
    )

    card = update_card(given, REPORT)

    parsed = parse_card(card)
    assert (parsed.licence, parsed.languages, parsed.title) == ("mit", ("en",), "Tiny")
    assert card.count("model-index") == 1
    assert update_card(card, REPORT) == card


@pytest.mark.parametrize("card", ["# Tiny\n", CARD + CARD, "\n".join(reversed(CARD.split("\n")))])
def test_a_card_without_a_place_is_refused(card: str) -> None:
    with pytest.raises(ReportError, match="once"):
        update_card(card, REPORT)
