import dataclasses

import numpy as np
import pytest

from desktop_app.engine.records import (
    FileStamp,
    ModelInfo,
    RootKind,
    SkipKind,
    SkippedFile,
)
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.roots import StoredRoot
from tests.engine.store.conftest import MakePicture


class TestRoots:
    def test_are_listed_in_the_order_they_were_added(self, catalog: Catalog) -> None:
        second = catalog.add_root("/b", RootKind.FOLDER)
        first = catalog.add_root("/a/one.jpg", RootKind.FILE)
        assert catalog.roots() == [
            StoredRoot(second, "/b", RootKind.FOLDER, None, 0),
            StoredRoot(first, "/a/one.jpg", RootKind.FILE, None, 0),
        ]

    def test_adding_one_again_finds_it(self, catalog: Catalog, root_id: int) -> None:
        assert catalog.add_root("/photos", RootKind.FOLDER) == root_id
        assert len(catalog.roots()) == 1

    def test_remember_their_scan(self, catalog: Catalog, root_id: int) -> None:
        catalog.mark_scanned(root_id, 12.5)
        assert catalog.roots()[0].scanned_at_s == 12.5

    def test_removing_one_takes_all_of_it(
        self, catalog: Catalog, root_id: int, model: ModelInfo, make_picture: MakePicture
    ) -> None:
        [gone] = catalog.write_pictures(root_id, model, [make_picture("gone.jpg")])
        catalog.write_skipped(root_id, [SkippedFile("/photos/x", "No.", SkipKind.DAMAGED)])
        other = catalog.add_root("/other", RootKind.FOLDER)
        [stays] = catalog.write_pictures(other, model, [make_picture("stays.jpg")])
        revision = catalog.vector_revision(model.key)

        catalog.remove_root(root_id)

        assert catalog.picture_ids_newest_first().tolist() == [stays]
        assert catalog.vector(gone, model.key) is None
        assert catalog.vector_ids(model.key).tolist() == [stays]
        assert catalog.vector_revision(model.key) > revision
        assert catalog.skipped() == []

    def test_merging_gives_everything_to_one(
        self, catalog: Catalog, root_id: int, model: ModelInfo, make_picture: MakePicture
    ) -> None:
        child = catalog.add_root("/photos/2020", RootKind.FOLDER)
        ids = catalog.write_pictures(child, model, [make_picture("2020/a.jpg")])
        skip = SkippedFile("/photos/2020/x", "No.", SkipKind.DAMAGED)
        catalog.write_skipped(child, [skip])

        catalog.merge_roots(root_id, [child, root_id])

        assert [root.id for root in catalog.roots()] == [root_id]
        assert catalog.roots()[0].picture_count == 1
        assert catalog.picture_ids_newest_first().tolist() == ids
        assert catalog.known_skips(root_id, "/photos") == {skip.path: skip}


class TestPictures:
    def test_are_found_again(
        self, catalog: Catalog, root_id: int, model: ModelInfo, make_picture: MakePicture
    ) -> None:
        new = make_picture("a.jpg", 3, taken_at_s=99.5)
        [picture_id] = catalog.write_pictures(root_id, model, [new])
        [picture] = catalog.pictures([picture_id])
        assert picture.path == new.path == catalog.path_of(picture_id)
        assert picture.stamp == new.stamp
        assert (picture.width_px, picture.height_px, picture.format) == (640, 480, "JPEG")
        assert picture.fingerprint == new.fingerprint
        assert picture.date_s == 99.5

    def test_without_a_date_have_that_of_their_file(
        self, catalog: Catalog, root_id: int, model: ModelInfo, make_picture: MakePicture
    ) -> None:
        ids = catalog.write_pictures(root_id, model, [make_picture("a.jpg", 3)])
        assert catalog.pictures(ids)[0].date_s == pytest.approx(1.7e9)

    def test_with_a_date_that_is_no_number_have_that_of_their_file(
        self, catalog: Catalog, root_id: int, model: ModelInfo, make_picture: MakePicture
    ) -> None:
        odd = make_picture("a.jpg", taken_at_s=float("nan"))
        ids = catalog.write_pictures(root_id, model, [odd])
        assert catalog.pictures(ids)[0].date_s == pytest.approx(1.7e9)

    def test_written_again_keep_their_id(
        self, catalog: Catalog, root_id: int, model: ModelInfo, make_picture: MakePicture
    ) -> None:
        first = catalog.write_pictures(root_id, model, [make_picture("a.jpg"), make_picture("b")])
        changed = make_picture("a.jpg", 5)
        assert catalog.write_pictures(root_id, model, [changed]) == first[:1]
        assert catalog.picture_count() == 2
        assert catalog.pictures(first)[0].stamp == changed.stamp
        vector = catalog.vector(first[0], model.key)
        assert vector is not None
        np.testing.assert_array_equal(vector, changed.vector.astype(np.float16))

    def test_ids_are_never_given_twice(
        self, catalog: Catalog, root_id: int, model: ModelInfo, make_picture: MakePicture
    ) -> None:
        old = catalog.write_pictures(root_id, model, [make_picture("a.jpg")])
        catalog.remove_pictures(old)
        assert catalog.write_pictures(root_id, model, [make_picture("b.jpg")]) != old

    def test_newest_come_first_and_later_ids_before_earlier(
        self, catalog: Catalog, root_id: int, model: ModelInfo, make_picture: MakePicture
    ) -> None:
        dates = [5.0, 9.0, 5.0, 1.0]
        batch = [make_picture(str(n), taken_at_s=date) for n, date in enumerate(dates)]
        ids = catalog.write_pictures(root_id, model, batch)
        found = catalog.picture_ids_newest_first()
        assert found.dtype == np.int64
        assert found.tolist() == [ids[1], ids[2], ids[0], ids[3]]

    def test_come_in_the_order_asked_for_however_many(
        self, catalog: Catalog, root_id: int, model: ModelInfo, make_picture: MakePicture
    ) -> None:
        batch = [make_picture(f"{number}.jpg") for number in range(2000)]
        ids = catalog.write_pictures(root_id, model, batch)
        asked = np.array([999_999, *reversed(ids)], dtype=np.int64)
        found = catalog.pictures(asked)
        assert [picture.id for picture in found] == ids[::-1]
        assert [picture.path for picture in found] == [one.path for one in reversed(batch)]

    def test_moved_keep_id_and_vector(
        self, catalog: Catalog, root_id: int, model: ModelInfo, make_picture: MakePicture
    ) -> None:
        [picture_id] = catalog.write_pictures(root_id, model, [make_picture("a.jpg")])
        catalog.write_skipped(root_id, [SkippedFile("/other/b.jpg", "No.", SkipKind.DAMAGED)])
        revision = catalog.vector_revision(model.key)
        other = catalog.add_root("/other", RootKind.FOLDER)
        stamp = FileStamp(7, 8)

        catalog.move_pictures([(picture_id, "/other/b.jpg", other, stamp)])

        assert catalog.path_of(picture_id) == "/other/b.jpg"
        assert catalog.known_files(root_id, "/photos") == {}
        assert catalog.known_files(other, "/other") == {"/other/b.jpg": f"{picture_id}:7:8"}
        assert catalog.has_pictures(other, "/other")
        assert not catalog.has_pictures(other, "/other/b")
        assert not catalog.has_pictures(root_id, "/other")
        assert catalog.ids_without_vector(model.key).tolist() == []
        assert catalog.pictures([picture_id])[0].date_s == pytest.approx(8e-9)
        assert catalog.vector_revision(model.key) == revision
        assert catalog.skipped() == []

    def test_can_change_places(
        self, catalog: Catalog, root_id: int, model: ModelInfo, make_picture: MakePicture
    ) -> None:
        one, two = make_picture("1.jpg", 1), make_picture("2.jpg", 2)
        ids = catalog.write_pictures(root_id, model, [one, two])
        replaced = catalog.move_pictures(
            [(ids[0], two.path, root_id, one.stamp), (ids[1], one.path, root_id, two.stamp)]
        )
        assert replaced == []
        assert [picture.path for picture in catalog.pictures(ids)] == [two.path, one.path]

    def test_moved_onto_another_replace_it(
        self, catalog: Catalog, root_id: int, model: ModelInfo, make_picture: MakePicture
    ) -> None:
        one, two = make_picture("1.jpg", 1), make_picture("2.jpg", 2)
        ids = catalog.write_pictures(root_id, model, [one, two])
        revision = catalog.vector_revision(model.key)
        assert catalog.move_pictures([(ids[0], two.path, root_id, one.stamp)]) == ids[1:]
        assert [picture.id for picture in catalog.pictures(ids)] == ids[:1]
        assert catalog.vector_ids(model.key).tolist() == ids[:1]
        assert catalog.vector_revision(model.key) > revision

    def test_removed_are_gone_with_their_vectors(
        self, catalog: Catalog, root_id: int, model: ModelInfo, make_picture: MakePicture
    ) -> None:
        ids = catalog.write_pictures(root_id, model, [make_picture("a"), make_picture("b")])
        revision = catalog.vector_revision(model.key)
        catalog.remove_pictures(np.array([ids[0], 12345]))
        assert catalog.picture_count() == 1
        assert catalog.path_of(ids[0]) is None
        assert catalog.vector_ids(model.key).tolist() == ids[1:]
        assert catalog.vector_revision(model.key) > revision

    def test_with_a_bad_vector_are_refused_and_nothing_of_the_batch_stays(
        self, catalog: Catalog, root_id: int, model: ModelInfo, make_picture: MakePicture
    ) -> None:
        good = make_picture("a.jpg")
        for vector in (np.full(model.dim, np.nan), np.ones(model.dim + 1)):
            bad = dataclasses.replace(good, path="/photos/b", vector=vector.astype(np.float32))
            with pytest.raises(ValueError, match="finite numbers"):
                catalog.write_pictures(root_id, model, [good, bad])
        assert catalog.picture_count() == 0

    def test_odd_names_and_times_are_kept_without_a_crash(
        self, catalog: Catalog, root_id: int, model: ModelInfo, make_picture: MakePicture
    ) -> None:
        odd = dataclasses.replace(
            make_picture("a"), path="/photos/\udcff '\"%_🐕\n.jpg", stamp=FileStamp(1, 2**64)
        )
        ids = catalog.write_pictures(root_id, model, [odd])
        assert catalog.write_pictures(root_id, model, [odd]) == ids
        assert catalog.path_of(ids[0]) == "/photos/\\udcff '\"%_🐕\n.jpg"
        catalog.write_skipped(root_id, [SkippedFile("/photos/\udcff", "No.", SkipKind.BAD_NAME)])
        catalog.forget_skipped(["/photos/\udcff"])
        assert catalog.skipped() == []


class TestVectors:
    def test_of_two_models_do_not_mix(
        self,
        catalog: Catalog,
        root_id: int,
        model: ModelInfo,
        other_model: ModelInfo,
        make_picture: MakePicture,
    ) -> None:
        ids = catalog.write_pictures(root_id, model, [make_picture("a", 1), make_picture("b", 2)])
        revision = catalog.vector_revision(model.key)
        again = dataclasses.replace(
            make_picture("a", 9), fingerprint=make_picture("a", 1).fingerprint
        )
        catalog.write_pictures(root_id, other_model, [again])
        assert catalog.vector_revision(model.key) == revision
        assert catalog.vector_ids(model.key).tolist() == ids
        assert catalog.vector_ids(other_model.key).tolist() == ids[:1]
        assert catalog.ids_without_vector(other_model.key).tolist() == ids[1:]
        first, second = catalog.vector(ids[0], model.key), catalog.vector(ids[0], other_model.key)
        assert first is not None
        assert second is not None
        assert not np.array_equal(first, second)

    def test_of_an_unknown_model_are_none(self, catalog: Catalog) -> None:
        assert catalog.vector(1, "unknown") is None
        assert catalog.vector_revision("unknown") == 0
        assert len(catalog.vector_ids("unknown")) == 0
        assert list(catalog.vectors_since("unknown", 0, 10)) == []

    @pytest.mark.parametrize("chunk", [1, 3, 100])
    def test_since_a_revision_are_those_written_later(
        self,
        catalog: Catalog,
        root_id: int,
        model: ModelInfo,
        make_picture: MakePicture,
        chunk: int,
    ) -> None:
        batch = [make_picture(str(number), number) for number in range(7)]
        ids = catalog.write_pictures(root_id, model, batch)
        revision = catalog.vector_revision(model.key)
        changed = make_picture("2", 50)
        catalog.write_pictures(root_id, model, [changed])

        everything = list(catalog.vectors_since(model.key, 0, chunk))
        later = list(catalog.vectors_since(model.key, revision, chunk))

        assert all(len(chunk_ids) <= chunk for chunk_ids, _ in everything)
        assert sorted(np.concatenate([some for some, _ in everything])) == ids
        [(later_ids, later_vectors)] = later
        assert later_ids.tolist() == [ids[2]]
        assert later_vectors.dtype == np.float16
        np.testing.assert_array_equal(later_vectors[0], changed.vector.astype(np.float16))

    @pytest.mark.parametrize("chunk", [1, 3, 100])
    def test_of_some_pictures_are_those_that_there_are(
        self,
        catalog: Catalog,
        root_id: int,
        model: ModelInfo,
        other_model: ModelInfo,
        make_picture: MakePicture,
        chunk: int,
    ) -> None:
        batch = [make_picture(str(number), number) for number in range(7)]
        ids = catalog.write_pictures(root_id, model, batch)
        catalog.write_pictures(root_id, other_model, [make_picture("8", 8)])
        asked = np.array([ids[1], ids[6], ids[6] + 1, 99, ids[3]])
        found = list(catalog.vectors_of(model.key, asked, chunk))
        assert all(0 < len(some) <= chunk for some, _ in found)
        by_id = {
            int(one): vector
            for some, vectors in found
            for one, vector in zip(some, vectors, strict=True)
        }
        assert sorted(by_id) == [ids[1], ids[3], ids[6]]
        for number in (1, 3, 6):
            wanted = batch[number].vector.astype(np.float16)
            np.testing.assert_array_equal(by_id[ids[number]], wanted)


class TestSkippedFiles:
    def test_failures_come_first(self, catalog: Catalog, root_id: int) -> None:
        text = SkippedFile("/photos/a.txt", "No picture.", SkipKind.NOT_A_PICTURE, FileStamp(1, 2))
        broken = SkippedFile("/photos/b.jpg", "Truncated.", SkipKind.DAMAGED, FileStamp(3, 4))
        empty = SkippedFile("/photos", "Empty.", SkipKind.EMPTY_FOLDER)
        catalog.write_skipped(root_id, [text, empty, broken])
        assert catalog.skipped() == [broken, empty, text]
        assert catalog.skipped(1) == [broken, empty]
        assert catalog.skipped(0) == [broken]
        assert catalog.skip_counts() == (1, 2)
        assert catalog.known_skips(root_id, "/photos")[broken.path] == broken

    def test_the_newest_reason_counts(self, catalog: Catalog, root_id: int) -> None:
        for reason in ("Truncated.", "Too large."):
            catalog.write_skipped(root_id, [SkippedFile("/photos/a", reason, SkipKind.DAMAGED)])
        assert [one.reason for one in catalog.skipped()] == ["Too large."]

    def test_are_forgotten_when_asked_or_indexed(
        self, catalog: Catalog, root_id: int, model: ModelInfo, make_picture: MakePicture
    ) -> None:
        catalog.write_skipped(
            root_id,
            [SkippedFile(f"/photos/{name}", "No.", SkipKind.DAMAGED) for name in "abc"],
        )
        catalog.forget_skipped(["/photos/a", "/photos/unknown"])
        catalog.write_pictures(root_id, model, [make_picture("b")])
        assert [one.path for one in catalog.skipped()] == ["/photos/c"]
