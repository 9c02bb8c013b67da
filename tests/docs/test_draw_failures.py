"""The drawn pictures of which the built-in model's card says that it gets them wrong."""

import re

import pytest
from PIL import Image, ImageChops

from desktop_app.engine.model.encoder import OnnxEncoder
from desktop_app.engine.model.model_folder import read_model_folder
from desktop_app.engine.paths import builtin_model_folder
from draw_failures import PAIRS, TELLS_APART, Failure, draw_sheet, find_failures, render
from tests.conftest import PROJECT

SHEET = PROJECT / "docs" / "images" / "starter-failures.png"

pytestmark = pytest.mark.model


def test_the_two_pictures_of_a_pair_differ() -> None:
    for pair in PAIRS:
        difference = ImageChops.difference(render(pair.answer), render(pair.other))
        assert difference.getbbox() is not None, pair.query


def test_what_scores_nearly_alike_is_not_called_preferred() -> None:
    assert Failure(PAIRS[0], (0.3, 0.3 + 2 * TELLS_APART)).verdict == "preferred"
    assert Failure(PAIRS[0], (0.3, 0.3 + TELLS_APART / 2)).verdict == "about as good"
    assert Failure(PAIRS[0], (0.3, 0.3 - TELLS_APART / 2)).verdict == "about as good"


def test_the_card_shows_what_the_model_really_gets_wrong() -> None:
    card = (PROJECT / "models" / "starter" / "MODEL_CARD.md").read_text(encoding="utf-8")
    section = card.split("## What it gets wrong")[1].split("\n## ")[0]

    failures = find_failures(OnnxEncoder(read_model_folder(builtin_model_folder())))

    queries = set(re.findall(r"“([^”]+)”", section))
    assert queries == {failure.pair.query for failure in failures}
    with Image.open(SHEET) as shown:
        assert shown.size == draw_sheet(failures).size
