"""The published figures: one measurement, told in three places."""

import hashlib
import json
from pathlib import Path

import pytest

from models.quality_report import QualityReport, render_markdown, update_card

ROOT = Path(__file__).resolve().parents[2]
STARTER = ROOT / "models" / "starter"
AGAIN = "Run the command at the end of docs/quality.md again."


@pytest.fixture
def report() -> QualityReport:
    content = json.loads((ROOT / "docs" / "quality.json").read_text(encoding="utf-8"))
    return QualityReport.from_json(content)


def test_the_page_tells_what_was_measured(report: QualityReport) -> None:
    page = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")

    assert page == render_markdown(report), AGAIN


def test_the_card_tells_the_same(report: QualityReport) -> None:
    card = (STARTER / "MODEL_CARD.md").read_text(encoding="utf-8")

    assert card == update_card(card, report), AGAIN


def test_the_files_that_were_measured_are_those_that_ship(report: QualityReport) -> None:
    digests = {
        name: hashlib.sha256((STARTER / "onnx" / name).read_bytes()).hexdigest()
        for name in report.files
    }

    assert digests == report.files, AGAIN
    assert all(name.endswith("_quantized.onnx") for name in report.files)


def test_what_users_get_is_measured_on_every_set(report: QualityReport) -> None:
    assert set(report.sets) == {"sports", "flickr8k", "imagenet"}
    assert report.templates == "single"
    figures = report.figures["quantized"]
    assert {"sports_top1", "imagenet_top5", "flickr8k_s2p_recall10"} <= set(figures)
