"""Exact copies that get the vector of the first picture of their content."""

from dataclasses import replace

import numpy as np
import pytest

from desktop_app.engine.records import ModelInfo, NewPicture
from desktop_app.engine.store.catalog import Catalog
from tests.engine.store.conftest import picture


def with_content(name: str, content: bytes, *, parts: bytes = b"f" * 17) -> NewPicture:
    one = replace(picture(name), fingerprint=parts, content_hash=content)
    return replace(one, stamp=picture("").stamp)


@pytest.fixture
def ids(catalog: Catalog, root_id: int, model: ModelInfo) -> list[int]:
    """Two of one content, one that has other bytes between the same parts, and one by itself."""
    batch = [
        with_content("a.jpg", b"1" * 16),
        with_content("b.jpg", b"1" * 16),
        with_content("c.jpg", b"2" * 16),
        with_content("d.jpg", b"3" * 16, parts=b"g" * 17),
        replace(with_content("e.jpg", b""), content_hash=None),
    ]
    return catalog.write_pictures(root_id, model, batch)


def test_copies_are_told_by_all_of_their_content(catalog: Catalog, ids: list[int]) -> None:
    assert catalog.exact_copies() == [(ids[1], ids[0])]


def test_a_copy_gets_the_vector(catalog: Catalog, other_model: ModelInfo, ids: list[int]) -> None:
    vector = picture("", 7).vector
    assert catalog.share_vectors(other_model, [(ids[1], ids[0])]) == []  # there is none yet
    catalog.write_vectors(other_model, [(ids[0], b"f" * 17, vector)])
    before = catalog.vector_revision(other_model.key)
    assert catalog.share_vectors(other_model, [(ids[1], ids[0])]) == [ids[1]]
    shared = catalog.vector(ids[1], other_model.key)
    assert shared is not None
    np.testing.assert_array_equal(shared, catalog.vector(ids[0], other_model.key))
    chunks = list(catalog.vectors_since(other_model.key, before, 9))
    assert [one.tolist() for one, _ in chunks] == [[ids[1]]]
    assert catalog.share_vectors(other_model, [(ids[1], ids[0])]) == []  # it has one


def test_what_is_no_copy_any_more_gets_none(
    catalog: Catalog, root_id: int, model: ModelInfo, other_model: ModelInfo, ids: list[int]
) -> None:
    catalog.write_vectors(other_model, [(ids[0], b"f" * 17, picture("", 7).vector)])
    edited = with_content("b.jpg", b"9" * 16, parts=b"h" * 17)
    assert catalog.write_pictures(root_id, model, [edited]) == [ids[1]]
    assert catalog.share_vectors(other_model, [(ids[1], ids[0]), (999, ids[0])]) == []
    assert catalog.vector(ids[1], other_model.key) is None


def test_forgetting_one_copy_keeps_the_vector_of_the_other(
    catalog: Catalog, model: ModelInfo, ids: list[int]
) -> None:
    catalog.remove_pictures([ids[0]])
    assert catalog.vector(ids[1], model.key) is not None
    assert catalog.exact_copies() == []
