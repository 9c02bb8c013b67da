"""The curated list: complete, pinned, and nothing in it but what the program reads."""

import re
from pathlib import PurePosixPath

import pytest

from desktop_app.engine.model.layout import files_to_copy
from desktop_app.engine.model.model_card import parse_card
from desktop_app.engine.model.naming import clean_name
from desktop_app.engine.model.offers import CURATED, OfferedModel
from desktop_app.engine.model.shelf import BUILTIN_NAME

each_model = pytest.mark.parametrize("model", CURATED, ids=lambda model: model.name)


@each_model
def test_everything_is_pinned(model: OfferedModel) -> None:
    assert re.fullmatch(r"[0-9a-f]{40}", model.revision)
    assert re.fullmatch(r"[\w.-]+/[\w.-]+", model.repository)
    for file in model.files:
        assert re.fullmatch(r"[0-9a-f]{64}", file.sha256)
        assert file.size_bytes > 0
    assert len({file.sha256 for file in model.files}) == len(model.files)


@each_model
def test_exactly_the_files_that_the_program_reads_are_listed(model: OfferedModel) -> None:
    paths = [file.path for file in model.files]
    assert sorted(files_to_copy(paths)) == sorted(paths)
    assert {"config.json", "preprocessor_config.json", "tokenizer.json"} <= set(paths)
    for path in map(PurePosixPath, paths):
        assert not path.is_absolute()
        assert ".." not in path.parts
        assert path.suffix in (".json", ".onnx")


@each_model
def test_its_card_says_what_the_offer_said(model: OfferedModel) -> None:
    card = parse_card(model.card("https://mirror.example"))
    assert (card.title, card.licence) == (model.title, model.licence)
    assert card.languages == model.languages
    offer = model.offer("https://mirror.example")
    assert offer.address == f"https://mirror.example/{model.repository}"
    assert offer.revision == model.revision
    assert offer.size_bytes == sum(file.size_bytes for file in model.files)


def test_names_can_be_folders_and_are_told_apart() -> None:
    names = [model.name for model in CURATED]
    assert names == [clean_name(name) for name in names]
    assert len(set(names)) == len(names)
    assert BUILTIN_NAME not in names


def test_one_of_them_understands_many_languages() -> None:
    assert any("multilingual" in model.languages for model in CURATED)
