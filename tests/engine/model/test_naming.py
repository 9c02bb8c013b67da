import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.model.naming import clean_name, without_archive_suffixes


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("clip-vit-base-patch32", "clip-vit-base-patch32"),
        ("clip v1.5", "clip-v1.5"),
        ("../../etc", "etc"),
        (".hidden", "hidden"),
        ("模型", "模型"),
        ("nul.onnx", "model-nul.onnx"),
        ("COM1", "model-COM1"),
        ("???", "model"),
        ("", "model"),
        ("x" * 300, "x" * 60),
    ],
)
def test_names_suit_every_file_system(name: str, cleaned: str) -> None:
    assert clean_name(name) == cleaned


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("clip.zip", "clip"),
        ("model.tar.zip", "model"),
        ("model.tar", "model"),
        ("clip v1.5.ZIP", "clip v1.5"),
        ("zip", "zip"),
        (".zip", ""),
    ],
)
def test_an_archive_lends_its_name_without_what_makes_it_one(name: str, bare: str) -> None:
    assert without_archive_suffixes(name) == bare


@given(st.text())
def test_any_name_becomes_one_that_is_safe(name: str) -> None:
    cleaned = clean_name(name)

    assert 1 <= len(cleaned) <= 70
    assert not cleaned.startswith(".")
    assert not cleaned.endswith((".", " "))
    assert not set(cleaned) & set('/\\:*?"<>|\0')
    assert clean_name(cleaned) == cleaned
