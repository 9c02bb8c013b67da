"""Which models a library uses, and what their vectors take."""

import dataclasses
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from desktop_app.engine.errors import StoreError
from desktop_app.engine.records import ModelInfo, NewPicture
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.models import ModelChoice, StoredModel
from tests.engine.store.conftest import MakePicture
from tests.engine.store.test_migrations import make_old


def wide_pictures(make_picture: MakePicture, count: int, dim: int) -> list[NewPicture]:
    vector = np.zeros(dim, dtype=np.float32)
    return [
        dataclasses.replace(make_picture(str(number), number), vector=vector)
        for number in range(count)
    ]


def test_a_new_catalog_uses_the_built_in_model(catalog: Catalog) -> None:
    assert catalog.model_choice() == ModelChoice(None, None)


def test_a_choice_lasts(catalog: Catalog, catalog_path: Path) -> None:
    catalog.choose_models(ModelChoice("one", "two"))
    catalog.close()
    again = Catalog.open(catalog_path, writable=False)
    assert again.model_choice() == ModelChoice("one", "two")
    with pytest.raises(StoreError, match="cannot be written"):
        again.choose_models(ModelChoice())
    again.close()


def test_models_are_told_with_their_names_and_counts(
    catalog: Catalog,
    root_id: int,
    model: ModelInfo,
    other_model: ModelInfo,
    make_picture: MakePicture,
) -> None:
    assert catalog.stored_models() == []
    catalog.note_model_folder(other_model, "other")
    catalog.write_pictures(root_id, model, [make_picture("a"), make_picture("b", 1)])
    catalog.note_model_folder(other_model, "renamed")
    assert catalog.stored_models() == [
        StoredModel(other_model.key, other_model.name, other_model.dim, "renamed", 0),
        StoredModel(model.key, model.name, model.dim, None, 2),
    ]
    assert [stored.name for stored in catalog.stored_models()] == ["renamed", model.name]


class TestVectorsOfAnotherModel:
    def test_are_added_to_pictures_that_are_there(
        self,
        catalog: Catalog,
        root_id: int,
        model: ModelInfo,
        other_model: ModelInfo,
        make_picture: MakePicture,
    ) -> None:
        batch = [make_picture("a", 1), make_picture("b", 2)]
        first, second = catalog.write_pictures(root_id, model, batch)
        assert catalog.ids_without_vector(other_model.key).tolist() == [first, second]
        revision = catalog.vector_revision(model.key)
        vector = batch[1].vector
        written = catalog.write_vectors(
            other_model,
            [
                (second, batch[1].fingerprint, vector),
                (first, b"another content", vector),
                (second + 1, batch[1].fingerprint, vector),
            ],
        )
        assert written == [second]
        assert catalog.ids_without_vector(other_model.key).tolist() == [first]
        assert catalog.ids_without_vector(model.key).tolist() == []
        assert catalog.vector_revision(model.key) == revision

    def test_must_be_of_its_length_and_finite(
        self, catalog: Catalog, root_id: int, model: ModelInfo, make_picture: MakePicture
    ) -> None:
        (id_,) = catalog.write_pictures(root_id, model, [make_picture("a")])
        for bad in (np.ones(model.dim + 1), np.full(model.dim, np.nan)):
            with pytest.raises(ValueError, match="finite"):
                catalog.write_vectors(model, [(id_, b"f", bad.astype(np.float32))])

    def test_go_when_the_content_changes_and_only_then(
        self,
        catalog: Catalog,
        root_id: int,
        model: ModelInfo,
        other_model: ModelInfo,
        make_picture: MakePicture,
    ) -> None:
        (id_,) = catalog.write_pictures(root_id, model, [make_picture("a", 1)])
        old = make_picture("a", 1)
        catalog.write_vectors(other_model, [(id_, old.fingerprint, old.vector)])
        touched = dataclasses.replace(old, stamp=make_picture("a", 2).stamp)
        catalog.write_pictures(root_id, model, [touched])
        assert catalog.vector_ids(other_model.key).tolist() == [id_]
        revision = catalog.vector_revision(other_model.key)
        catalog.write_pictures(root_id, model, [make_picture("a", 2)])
        assert catalog.vector_ids(other_model.key).tolist() == []
        assert catalog.vector_ids(model.key).tolist() == [id_]
        assert catalog.vector_revision(other_model.key) > revision


class TestFreeing:
    def test_leaves_the_other_models_alone_and_lets_the_revision_rise(
        self,
        catalog: Catalog,
        root_id: int,
        model: ModelInfo,
        other_model: ModelInfo,
        make_picture: MakePicture,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr("desktop_app.engine.store.catalog._FREED_AT_ONCE", 3)
        batch = [make_picture(str(number), number) for number in range(8)]
        ids = catalog.write_pictures(root_id, model, batch)
        new = zip(ids, batch, strict=True)
        catalog.write_vectors(other_model, [(i, one.fingerprint, one.vector) for i, one in new])
        revision = catalog.vector_revision(other_model.key)
        catalog.free_vectors(other_model.key)
        assert catalog.vector_ids(other_model.key).tolist() == []
        assert catalog.vector_revision(other_model.key) > revision
        assert catalog.vector_ids(model.key).tolist() == ids
        catalog.free_vectors("unknown")

    def test_gives_the_space_back(
        self, catalog: Catalog, catalog_path: Path, root_id: int, make_picture: MakePicture
    ) -> None:
        wide = ModelInfo("wide", "Wide", 2048, is_builtin=False)
        catalog.write_pictures(root_id, wide, wide_pictures(make_picture, 300, wide.dim))
        catalog.close()
        before = catalog_path.stat().st_size
        again = Catalog.open(catalog_path)
        again.free_vectors(wide.key)
        again.close()
        assert catalog_path.stat().st_size < before / 4

    def test_a_catalog_from_before_keeps_its_size_and_uses_the_space_again(
        self, tmp_path: Path, make_picture: MakePicture
    ) -> None:
        path = tmp_path / "old.sqlite3"
        make_old(1, path)
        catalog = Catalog.open(path)
        wide = ModelInfo("wide", "Wide", 2048, is_builtin=False)
        batch = wide_pictures(make_picture, 200, wide.dim)
        catalog.write_pictures(1, wide, batch)
        catalog.free_vectors(wide.key)
        catalog.write_pictures(1, wide, batch)
        catalog.close()
        with closing(sqlite3.connect(path)) as connection:
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
        once = 200 * 2 * wide.dim / 4096
        assert pages < 1.5 * once + 40


@pytest.mark.parametrize("dim", [64, 256, 512, 768, 1024, 3000])
def test_disk_space_is_estimated_nearly(
    catalog: Catalog, catalog_path: Path, root_id: int, make_picture: MakePicture, dim: int
) -> None:
    small, wide = (
        ModelInfo("s", "S", 1, is_builtin=False),
        ModelInfo("w", "W", dim, is_builtin=False),
    )
    ids = catalog.write_pictures(root_id, small, wide_pictures(make_picture, 1500, 1))
    catalog.close()
    before = catalog_path.stat().st_size
    again = Catalog.open(catalog_path)
    records = again.pictures(ids)
    vector = np.ones(dim, dtype=np.float32)
    again.write_vectors(wide, [(one.id, one.fingerprint, vector) for one in records])
    estimate = again.stored_models()[1].disk_bytes
    again.close()
    assert estimate == pytest.approx(catalog_path.stat().st_size - before, rel=0.15)
