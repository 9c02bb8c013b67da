"""Searching the catalog itself, compared with an index of it."""

from pathlib import Path

import numpy as np
import pytest

from desktop_app.engine.records import ModelInfo
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.catalog_scan import CatalogScan
from desktop_app.engine.store.index_opening import open_index
from tests.engine.store.conftest import DIM, MakePicture

COUNT = 40


@pytest.fixture
def ids(catalog: Catalog, root_id: int, model: ModelInfo, make_picture: MakePicture) -> list[int]:
    pictures = [make_picture(f"{number}.jpg", number) for number in range(COUNT)]
    return catalog.write_pictures(root_id, model, pictures)


@pytest.mark.parametrize("limit", [None, 1, 7, 1000])
@pytest.mark.parametrize("some", [False, True])
def test_it_finds_what_an_index_finds(
    catalog: Catalog,
    model: ModelInfo,
    other_model: ModelInfo,
    ids: list[int],
    tmp_path: Path,
    limit: int | None,
    some: bool,
) -> None:
    vector = np.random.default_rng(99).standard_normal(DIM).astype(np.float32)
    vector /= np.linalg.norm(vector)
    among = np.array([ids[3], 99_999, ids[1], ids[20]]) if some else None
    index = open_index(tmp_path / "indexes", catalog, model)
    found, scores = CatalogScan(catalog, model).search(vector, limit, among)
    expected, expected_scores = index.search(vector, limit, among)
    index.close()
    assert found.tolist() == expected.tolist()
    np.testing.assert_allclose(scores, expected_scores, atol=1e-6)
    nothing, _ = CatalogScan(catalog, other_model).search(vector, limit, among)
    assert nothing.tolist() == []


def test_a_sample_is_spread_over_the_library(
    catalog: Catalog, model: ModelInfo, other_model: ModelInfo, ids: list[int]
) -> None:
    scan = CatalogScan(catalog, model)
    some = scan.sample(4)
    assert some.shape == (4, DIM)
    first = catalog.vector(ids[0], model.key)
    assert first is not None
    np.testing.assert_allclose(some[0], first, atol=1e-3)
    assert scan.sample(1000).shape == (COUNT, DIM)
    assert CatalogScan(catalog, other_model).sample(4).shape == (0, DIM)
