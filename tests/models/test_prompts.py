"""The sentences around a class's name."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from models.prompts import ENSEMBLE_TEMPLATES, TemplateError, embed_classes, read_templates


def test_one_sentence_is_the_default_and_the_sets_own() -> None:
    assert read_templates("single") == ()
    assert read_templates("ensemble") == ENSEMBLE_TEMPLATES


def test_a_file_has_a_template_a_line(tmp_path: Path) -> None:
    file = tmp_path / "templates.txt"
    file.write_text("a photo of {}.\n\n  {} at night \n", encoding="utf-8")

    assert read_templates(str(file)) == ("a photo of {}.", "{} at night")


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"a photo\n", "must have {} once"), (b"", "0 templates"), (b"\xff{}", "no text in UTF-8")],
)
def test_unusable_files_are_refused_in_a_sentence(
    tmp_path: Path, content: bytes, said: str
) -> None:
    file = tmp_path / "templates.txt"
    file.write_bytes(content)

    with pytest.raises(TemplateError, match=said):
        read_templates(str(file))


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(TemplateError, match="no templates many"):
        read_templates("many")


def test_a_class_is_the_mean_direction_of_its_sentences() -> None:
    said: list[str] = []

    def embed(texts: Sequence[str]) -> NDArray[np.float32]:
        said.extend(texts)
        return np.array([[1.0, 0.0] if "photo" in text else [0.0, 1.0] for text in texts], "f4")

    classes = embed_classes(embed, ["{judo}", "polo"], ["a photo of {}", "{}"])

    assert said == ["a photo of {judo}", "{judo}", "a photo of polo", "polo"]
    np.testing.assert_allclose(classes, np.full((2, 2), np.sqrt(0.5)), rtol=1e-6)
