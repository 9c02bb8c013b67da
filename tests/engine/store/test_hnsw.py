import mmap
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from desktop_app.engine.store import hnsw

DIM = 24


def rows(count: int, seed: int = 0) -> NDArray[np.float16]:
    vectors = np.random.default_rng(seed).standard_normal((count, DIM))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float16)


def mapped(path: Path) -> mmap.mmap:
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def test_scores_are_cosines() -> None:
    matrix, query = rows(50), rows(1, seed=1)[0]
    wide = matrix.astype(np.float64)
    cosines = wide @ query.astype(np.float64) / np.linalg.norm(wide, axis=1)
    np.testing.assert_allclose(hnsw.scores(matrix, query), cosines, atol=1e-3)
    assert len(hnsw.scores(matrix[:0], query)) == 0
    assert np.all(np.abs(hnsw.scores(matrix, matrix[0])) <= 1)


def test_a_graph_finds_rows_by_their_number_in_a_file_that_holds_them(tmp_path: Path) -> None:
    matrix = rows(1_500)
    path = tmp_path / "graph"
    assert list(hnsw.build(matrix, path)) == [512, 1_024, 1_500]
    held = np.memmap(path, np.float16, mode="r", offset=hnsw.ROWS_OFFSET, shape=matrix.shape)
    np.testing.assert_array_equal(held, matrix)
    graph = hnsw.view(mapped(path), 1_500, DIM)
    assert graph is not None
    for number in range(0, 1_500, 50):
        near = graph.nearest(matrix[number], 5)
        assert near[0] == number
        assert len(near) == 5


def test_a_graph_of_other_numbers_is_not_viewed(tmp_path: Path) -> None:
    path = tmp_path / "graph"
    list(hnsw.build(rows(10), path))
    assert hnsw.view(mapped(path), 10, DIM) is not None
    assert hnsw.view(mapped(path), 11, DIM) is None
    assert hnsw.view(mapped(path), 10, DIM + 1) is None
    (tmp_path / "other").write_bytes(b"other" * 1000)
    assert hnsw.view(mapped(tmp_path / "other"), 10, DIM) is None


def test_a_file_of_another_layout_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hnsw, "ROWS_OFFSET", 16)
    with pytest.raises(hnsw.UnfitFileError, match="layout"):
        list(hnsw.build(rows(10), tmp_path / "graph"))


def test_a_disk_that_is_full_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from usearch.index import Index

    def save(self: Index, path: Path) -> None:
        path.write_bytes(b"as much as there was room for")

    monkeypatch.setattr(Index, "save", save)
    with pytest.raises(hnsw.UnfitFileError, match="full"):
        list(hnsw.build(rows(10), tmp_path / "graph"))
