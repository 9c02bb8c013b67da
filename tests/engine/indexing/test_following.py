"""The library follows what happens to the files, and takes nothing for gone that may come back."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.known_files import MOST_STRIKES
from desktop_app.engine.indexing.indexer import Indexer
from desktop_app.engine.indexing.unfinished import UnfinishedFiles
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import (
    ChangedPlace,
    DecodedPicture,
    FoundFile,
    IndexProgress,
    IndexSummary,
    Query,
    SkipKind,
    SkippedFile,
)
from desktop_app.engine.store.catalog import Catalog
from tests.helpers.fake_encoder import COLOURS, FakeEncoder
from tests.helpers.inline_decoder import InlineDecoder
from tests.helpers.one_model import OneModel

Index = Callable[..., IndexSummary]


def ids_by_name(library: Library) -> dict[str, int]:
    found = library.pictures(library.picture_ids().tolist())
    return {Path(picture.path).name: picture.id for picture in found.values()}


def rating(library: Library, name: str) -> int:
    picture_id = ids_by_name(library)[name]
    return library.labels.of([picture_id])[picture_id].rating


def noisy(path: Path, seed: int) -> Path:
    """A picture of a length of its own, or nearly."""
    noise = Image.effect_noise((40 + seed, 40), 60 + seed)
    noise.convert("RGB").save(path)
    return path


@pytest.fixture
def many(tmp_path: Path) -> Path:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(10):
        # Long finished; what a test writes later may not be.
        os.utime(noisy(folder / f"{number}.png", number), (1_600_000_000, 1_600_000_000))
    return folder


class TestMoves:
    def test_to_a_folder_that_alone_is_looked_through(
        self, library: Library, many: Path, tmp_path: Path, index: Index
    ) -> None:
        other = tmp_path / "other"
        other.mkdir()
        noisy(other / "first.png", 30)
        index(library, many, other)
        before = ids_by_name(library)
        (many / "3.png").rename(other / "three.png")
        summary = index(library, other)
        assert (summary.moved, summary.added) == (1, 0)
        assert ids_by_name(library)["three.png"] == before["3.png"]
        assert index(library, many).removed == 0

    def test_of_a_whole_folder(self, library: Library, many: Path, index: Index) -> None:
        (many / "holiday").mkdir()
        for number in range(20, 26):
            noisy(many / "holiday" / f"{number}.png", number)
        index(library, many)
        before = ids_by_name(library)
        (many / "holiday").rename(many / "holiday 2020")
        summary = index(library)
        assert (summary.moved, summary.added, summary.removed) == (6, 0, 0)
        assert summary.held_back == ()
        assert ids_by_name(library) == before

    def test_of_the_folder_that_was_added(self, library: Library, many: Path, index: Index) -> None:
        index(library, many)
        before = ids_by_name(library)
        renamed = many.rename(many.with_name("renamed"))
        summary = index(library, renamed)
        assert (summary.moved, summary.added) == (10, 0)
        assert ids_by_name(library) == before
        assert [root.path for root in library.roots()] == [str(renamed)]

    def test_of_an_added_folder_into_another(
        self, library: Library, many: Path, tmp_path: Path, index: Index
    ) -> None:
        other = tmp_path / "other"
        other.mkdir()
        noisy(other / "first.png", 30)
        index(library, many, other)
        before = ids_by_name(library)
        many.rename(other / "many")
        noisy(other / "new.png", 31)
        summary = index(library)
        assert (summary.moved, summary.added, summary.removed) == (10, 1, 0)
        assert ids_by_name(library).items() >= before.items()
        assert [root.path for root in library.roots()] == [str(other)]

    def test_by_numbers_that_are_passed_on(
        self, library: Library, many: Path, index: Index
    ) -> None:
        index(library, many)
        before = ids_by_name(library)
        for number in reversed(range(10)):
            (many / f"{number}.png").rename(many / f"{number + 1}.png")
        summary = index(library)
        assert (summary.moved, summary.added, summary.updated, summary.removed) == (10, 0, 0, 0)
        assert ids_by_name(library) == {
            f"{number + 1}.png": before[f"{number}.png"] for number in range(10)
        }

    def test_by_numbers_that_make_room_for_a_new_one(
        self, library: Library, many: Path, index: Index
    ) -> None:
        index(library, many)
        before = ids_by_name(library)
        for number in reversed(range(3, 10)):
            (many / f"{number}.png").rename(many / f"{number + 1}.png")
        noisy(many / "3.png", 30)
        summary = index(library)
        assert (summary.moved, summary.added, summary.updated, summary.removed) == (7, 1, 0, 0)
        after = ids_by_name(library)
        for number in range(3, 10):
            assert after[f"{number + 1}.png"] == before[f"{number}.png"]
        assert after["3.png"] not in before.values()

    def test_by_numbers_that_make_room_for_a_damaged_one(
        self, library: Library, many: Path, index: Index
    ) -> None:
        index(library, many)
        before = ids_by_name(library)
        for number in reversed(range(3, 10)):
            (many / f"{number}.png").rename(many / f"{number + 1}.png")
        (many / "3.png").write_bytes(b"\x89PNG\r\n\x1a\n damaged")
        os.utime(many / "3.png", (1_600_000_000, 1_600_000_000))
        summary = index(library)
        assert (summary.moved, summary.removed) == (7, 0)
        assert ids_by_name(library)["4.png"] == before["3.png"]

    def test_over_another_picture_takes_its_place(
        self, library: Library, many: Path, index: Index
    ) -> None:
        index(library, many)
        before = ids_by_name(library)
        (many / "1.png").replace(many / "2.png")
        summary = index(library)
        assert (summary.moved, summary.removed, summary.updated) == (1, 1, 0)
        assert ids_by_name(library)["2.png"] == before["1.png"]
        assert len(library.picture_ids()) == 9
        assert len(library.search(Query.of_words("red")).ids) == 9

    def test_a_version_that_is_kept_aside_is_a_copy(
        self, library: Library, many: Path, index: Index
    ) -> None:
        index(library, many)
        before = ids_by_name(library)
        (many / "1.png").rename(many / "1 (before).png")
        Image.new("RGB", (77, 30), COLOURS["purple"]).save(many / "1.png")
        summary = index(library)
        assert (summary.updated, summary.added) == (1, 1)
        assert ids_by_name(library)["1.png"] == before["1.png"]

    def test_a_version_that_is_kept_aside_over_the_last_one_is_a_copy_too(
        self, library: Library, many: Path, index: Index
    ) -> None:
        index(library, many)
        before = ids_by_name(library)
        (many / "1.png").replace(many / "2.png")
        Image.new("RGB", (77, 30), COLOURS["purple"]).save(many / "1.png")
        summary = index(library)
        assert (summary.updated, summary.moved, summary.removed) == (2, 0, 0)
        assert ids_by_name(library) == before

    def test_a_file_with_another_time_alone_is_not_decoded(
        self, paths: DataPaths, many: Path, index: Index
    ) -> None:
        encoder = FakeEncoder()
        library = Library.open(paths, OneModel(encoder))
        index(library, many)
        for file in many.iterdir():
            os.utime(file, (1_650_000_000, 1_650_000_000))
        summary = index(library)
        assert (summary.unchanged, summary.updated, summary.moved) == (10, 0, 0)
        assert encoder.encoded_pictures == 10
        assert index(library).unchanged == 10
        library.close()

    def test_are_found_out_until_somebody_cancels(
        self, library: Library, many: Path, index: Index, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        index(library, many)
        many.rename(many.with_name("renamed"))
        cancel = CancelToken()
        read: list[str] = []

        def cancelling(path: str, _like: bytes) -> None:
            read.append(path)
            cancel.cancel()

        monkeypatch.setattr("desktop_app.engine.indexing.moves.fingerprint", cancelling)
        *_, summary = library.index([many.with_name("renamed")], cancel)
        assert isinstance(summary, IndexSummary)
        assert summary.cancelled
        assert len(read) == 1

    def test_a_copy_of_what_lies_on_an_unplugged_drive_is_no_move(
        self, library: Library, many: Path, tmp_path: Path, index: Index
    ) -> None:
        drive = tmp_path / "media" / "drive"
        shutil.copytree(many, drive)
        index(library, drive)
        shutil.rmtree(tmp_path / "media")
        summary = index(library, many)
        assert (summary.moved, summary.added) == (0, 10)
        assert len(library.picture_ids()) == 20

    def test_a_file_edited_in_place_keeps_its_id_and_is_embedded_again(
        self, library: Library, many: Path, index: Index
    ) -> None:
        index(library, many)
        before = ids_by_name(library)
        Image.new("RGB", (77, 30), COLOURS["purple"]).save(many / "4.png")
        summary = index(library)
        assert (summary.updated, summary.added, summary.moved) == (1, 0, 0)
        assert ids_by_name(library) == before
        assert library.search(Query.of_words("purple"), 1).ids.tolist() == [before["4.png"]]


class TestLabels:
    """Ratings and tags outlive a file, for as long as nobody can tell what has become of it."""

    def test_of_a_picture_that_moves_to_a_folder_looked_through_later(
        self, library: Library, many: Path, tmp_path: Path, index: Index
    ) -> None:
        other = tmp_path / "other"
        other.mkdir()
        noisy(other / "first.png", 30)
        index(library, many, other)
        library.labels.rate([ids_by_name(library)["3.png"]], 4)
        (many / "3.png").rename(other / "three.png")
        assert index(library, many).removed == 1
        summary = index(library, other)
        assert (summary.added, summary.labels_back) == (1, 1)
        assert rating(library, "three.png") == 4

    def test_of_a_picture_that_is_copied_before_it_is_deleted(
        self, library: Library, many: Path, tmp_path: Path, index: Index
    ) -> None:
        """As file managers move between two drives."""
        other = tmp_path / "other"
        other.mkdir()
        index(library, many, other)
        library.labels.rate([ids_by_name(library)["3.png"]], 4)
        shutil.copy2(many / "3.png", other / "three.png")
        index(library)
        (many / "3.png").unlink()
        assert index(library).labels_back == 1
        assert rating(library, "three.png") == 4

    def test_of_a_whole_folder_that_is_copied_before_it_is_deleted(
        self, library: Library, many: Path, tmp_path: Path, index: Index
    ) -> None:
        index(library, many)
        library.labels.rate([ids_by_name(library)["3.png"]], 4)
        shutil.copytree(many, tmp_path / "other")
        index(library, tmp_path / "other")
        shutil.rmtree(many)
        many.mkdir()
        [held] = index(library).held_back
        assert library.confirm_removals([held.root_id]) == 10
        assert rating(library, "3.png") == 4

    def test_do_not_go_to_a_copy_on_a_drive_that_is_not_connected(
        self, library: Library, many: Path, tmp_path: Path, index: Index
    ) -> None:
        drive = tmp_path / "media" / "drive"
        shutil.copytree(many, drive)
        index(library, many, drive)
        [mine] = [
            one.id
            for one in library.pictures(library.picture_ids().tolist()).values()
            if one.path == str(many / "3.png")
        ]
        library.labels.rate([mine], 4)
        (tmp_path / "media").rename(tmp_path / "unplugged")
        (many / "3.png").rename(tmp_path / "3.png")
        assert index(library, many).labels_back == 0
        (tmp_path / "3.png").rename(many / "3.png")
        assert index(library, many).labels_back == 1

    def test_of_a_picture_that_is_away_for_a_while(
        self, library: Library, many: Path, tmp_path: Path, index: Index
    ) -> None:
        index(library, many)
        library.labels.rate([ids_by_name(library)["3.png"]], 4)
        (many / "3.png").rename(tmp_path / "3.png")
        index(library)
        (tmp_path / "3.png").rename(many / "3.png")
        index(library)
        assert rating(library, "3.png") == 4

    @pytest.mark.parametrize("name", ["3.png", "5.png"])
    def test_of_a_picture_whose_file_was_damaged_for_a_while(
        self, library: Library, many: Path, index: Index, name: str
    ) -> None:
        """Written in two goes, or restored."""
        index(library, many)
        library.labels.rate([ids_by_name(library)["3.png"]], 4)
        whole = (many / name).read_bytes()
        (many / "3.png").write_bytes(b"")
        os.utime(many / "3.png", (1_600_000_000, 1_600_000_000))
        assert index(library).removed == 1
        (many / "3.png").write_bytes(whole)
        index(library)
        assert rating(library, "3.png") == 4


class TestCopies:
    def test_of_known_pictures_are_not_embedded_again(
        self, paths: DataPaths, many: Path, tmp_path: Path, index: Index
    ) -> None:
        encoder = FakeEncoder()
        library = Library.open(paths, OneModel(encoder))
        index(library, many)
        assert encoder.encoded_pictures == 10
        shutil.copytree(many, tmp_path / "backup")
        summary = index(library, tmp_path / "backup")
        assert (summary.added, summary.moved, summary.failed) == (10, 0, ())
        assert encoder.encoded_pictures == 10
        ids = library.picture_ids().tolist()
        assert len(ids) == 20
        for picture in library.pictures(ids).values():
            hits = library.search(Query.of_picture(picture_id=picture.id), 2)
            assert hits.scores == pytest.approx([1, 1], abs=2e-3)
            assert library.thumbnail(picture.id) is not None
        library.close()

    def test_within_one_run_are_embedded_once(
        self, paths: DataPaths, many: Path, index: Index
    ) -> None:
        for number in range(10):
            shutil.copy(many / f"{number}.png", many / f"copy {number}.png")
        encoder = FakeEncoder()
        library = Library.open(paths, OneModel(encoder))
        assert index(library, many).added == 20
        assert encoder.encoded_pictures == 10
        library.close()

    def test_lead_their_own_lives(
        self, library: Library, many: Path, tmp_path: Path, index: Index
    ) -> None:
        index(library, many)
        shutil.copy(many / "0.png", many / "copy.png")
        index(library)
        (many / "0.png").unlink()
        assert index(library).removed == 1
        assert "copy.png" in ids_by_name(library)
        found = library.search(Query.of_picture((many / "copy.png").read_bytes()), 1).ids.tolist()
        assert found == [ids_by_name(library)["copy.png"]]

    def test_an_edited_file_may_become_one(
        self, library: Library, many: Path, index: Index
    ) -> None:
        index(library, many)
        before = ids_by_name(library)
        shutil.copy(many / "1.png", many / "2.png")
        summary = index(library)
        assert (summary.updated, summary.added) == (1, 0)
        assert ids_by_name(library) == before

    def test_of_a_picture_that_is_overwritten_in_the_same_run_are_decoded(
        self, library: Library, tmp_path: Path, index: Index
    ) -> None:
        folder = tmp_path / "pages"
        folder.mkdir()
        pages = {name: Image.new("RGB", (50, 50), COLOURS[name]) for name in ("red", "blue")}
        pages["red"].save(folder / "p.bmp")
        pages["blue"].save(folder / "q.bmp")
        index(library, folder)
        pages["red"].save(folder / "n.bmp")  # a copy of p as it was
        pages["blue"].save(folder / "p.bmp")  # and p is one of q now
        index(library, folder)
        for name, colour in (("n.bmp", "red"), ("p.bmp", "blue"), ("q.bmp", "blue")):
            found = library.search(Query.of_picture(picture_id=ids_by_name(library)[name]))
            vector = library.search(Query.of_words(colour))
            assert set(found.ids[found.scores > 0.99].tolist()) == set(
                vector.ids[vector.scores > 0.9].tolist()
            ), name

    def test_of_files_that_cannot_be_decoded_are_each_tried_once(
        self, library: Library, tmp_path: Path, index: Index, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = tmp_path / "recovered"
        folder.mkdir()
        for number in range(30):
            (folder / f"{number}.jpg").write_bytes(b"\xff\xd8\xff broken")
            os.utime(folder / f"{number}.jpg", (1, 1))
        passes: list[int] = []
        decode = Indexer._decode

        def counted(self: Indexer, *args: Any, **more: Any) -> Iterator[IndexProgress]:
            passes.append(1)
            return decode(self, *args, **more)

        monkeypatch.setattr(Indexer, "_decode", counted)
        summary = index(library, folder)
        assert len(summary.failed) == 30
        assert len(passes) <= 4

    def test_files_that_differ_in_one_byte_are_none(
        self, paths: DataPaths, tmp_path: Path, index: Index
    ) -> None:
        folder = tmp_path / "pages"
        folder.mkdir()
        for number in range(3):  # of one length, and alike in head, middle and tail
            page = Image.new("RGB", (500, 500), "white")
            page.putpixel((5, 99), (number, 0, 0))
            page.save(folder / f"{number}.bmp")
        encoder = FakeEncoder()
        library = Library.open(paths, OneModel(encoder))
        assert index(library, folder).added == 3
        assert encoder.encoded_pictures == 3
        library.close()


class TestRemovals:
    def test_of_a_fifth_go_at_once(self, library: Library, many: Path, index: Index) -> None:
        index(library, many)
        for name in ("1.png", "2.png"):
            (many / name).unlink()
        summary = index(library)
        assert (summary.removed, summary.held_back) == (2, ())

    def test_take_the_thumbnails_along_that_nobody_needs(
        self, paths: DataPaths, library: Library, many: Path, index: Index
    ) -> None:
        shutil.copy(many / "0.png", many / "copy.png")
        index(library, many)

        def thumbnails() -> int:
            return sum(1 for _ in paths.thumbnails.rglob("*.jpg"))

        assert thumbnails() == 10
        (many / "0.png").unlink()
        (many / "1.png").unlink()
        assert index(library).removed == 2
        assert thumbnails() == 9
        for number in range(2, 8):
            (many / f"{number}.png").unlink()
        index(library)
        assert thumbnails() == 9
        assert library.confirm_removals([library.roots()[0].id]) == 6
        assert thumbnails() == 3

    def test_of_more_wait_for_a_yes(self, library: Library, many: Path, index: Index) -> None:
        index(library, many)
        for name in ("1.png", "2.png", "3.png"):
            (many / name).unlink()
        for _ in range(2):
            summary = index(library)
            assert summary.removed == 0
            [held] = summary.held_back
            assert (held.missing, held.of) == (3, 10)
            (root,) = library.roots()
            assert (root.missing_count, root.missing_since_s) == (3, held.since_s)
        assert held.since_s > 0
        assert len(library.picture_ids()) == 10
        found = library.pictures(library.picture_ids().tolist()).values()
        missing = {Path(each.path).name for each in found if each.missing_since_s is not None}
        assert missing == {"1.png", "2.png", "3.png"}
        assert all(library.thumbnail(each.id) is not None for each in found)

        opened = library._switch.active().index()
        assert library.confirm_removals([library.roots()[0].id]) == 3
        assert library._switch.active().index() is opened
        assert len(library.picture_ids()) == 7
        assert len(library.search(Query.of_words("red")).ids) == 7
        assert index(library).held_back == ()

    def test_that_wait_are_not_made_by_looking_at_a_part(
        self, library: Library, many: Path, index: Index
    ) -> None:
        for name in ("a", "b", "c"):
            (many / name).mkdir()
            noisy(many / name / f"{name}.png", 20 + ord(name) - ord("a"))
        index(library, many)
        for name in ("a", "b", "c"):
            (many / name / f"{name}.png").unlink()
        assert index(library).held_back[0].missing == 3
        for name in ("a", "b", "c"):
            summary = index(library, many / name)
            assert (summary.removed, summary.held_back[0].missing) == (0, 3)
        assert len(library.picture_ids()) == 13

    def test_in_pieces_are_noticed_as_a_whole(
        self, library: Library, many: Path, index: Index
    ) -> None:
        index(library, many)
        gone = []
        for name in ("1.png", "2.png", "3.png", "4.png"):
            (many / name).unlink()
            gone.append(index(library).removed)
        assert gone == [1, 1, 0, 0]
        assert library.roots()[0].missing_count == 2

    def test_can_be_confirmed_beforehand(self, library: Library, many: Path, index: Index) -> None:
        index(library, many)
        for file in many.iterdir():
            file.unlink()
        summary = index(library, confirm_removals=True)
        assert (summary.removed, summary.held_back) == (10, ())

    def test_what_is_back_is_not_missing(
        self, library: Library, many: Path, tmp_path: Path, index: Index
    ) -> None:
        index(library, many)
        before = ids_by_name(library)
        away = tmp_path / "away"
        away.mkdir()
        for number in range(5):
            (many / f"{number}.png").rename(away / f"{number}.png")
        assert index(library).held_back[0].missing == 5
        for number in range(4):
            (away / f"{number}.png").rename(many / f"{number}.png")
        assert library.confirm_removals([library.roots()[0].id]) == 1
        summary = index(library)
        assert (summary.unchanged, summary.held_back) == (9, ())
        assert library.roots()[0].missing_count == 0
        del before["4.png"]
        assert ids_by_name(library) == before

    def test_what_is_missing_can_still_be_found_elsewhere(
        self, library: Library, many: Path, tmp_path: Path, index: Index
    ) -> None:
        index(library, many)
        before = ids_by_name(library)
        away = tmp_path / "away"
        many.rename(away)
        many.mkdir()
        assert index(library).held_back[0].missing == 10
        summary = index(library, away)
        assert (summary.moved, summary.added) == (10, 0)
        assert ids_by_name(library) == before
        assert [root.missing_count for root in library.roots()] == [0, 0]

    def test_what_the_user_excludes_leaves_without_a_question(
        self, paths: DataPaths, many: Path, index: Index
    ) -> None:
        library = Library.open(paths, OneModel(FakeEncoder()))
        index(library, many)
        library.close()
        paths.settings.write_text('{"exclude": ["[0-4].PNG"]}')
        library = Library.open(paths, OneModel(FakeEncoder()))
        summary = index(library)
        assert (summary.removed, summary.unchanged, summary.held_back) == (5, 5, ())
        library.close()


class TestDrives:
    @pytest.fixture
    def mounted(self, monkeypatch: pytest.MonkeyPatch) -> set[str]:
        """The paths that are mount points, whatever the system says."""
        places: set[str] = set()
        ismount = os.path.ismount
        monkeypatch.setattr(os.path, "ismount", lambda path: path in places or ismount(path))
        return places

    def test_an_added_mount_point_that_is_empty_is_offline(
        self, library: Library, many: Path, index: Index, mounted: set[str]
    ) -> None:
        mounted.add(str(many))
        index(library, many)
        before = ids_by_name(library)
        away = many.rename(many.with_name("away"))
        many.mkdir()
        mounted.clear()
        assert not library.roots()[0].is_connected
        summary = index(library, confirm_removals=True)
        assert (summary.removed, summary.held_back) == (0, ())
        assert [skip.path for skip in summary.failed] == [str(many)]
        assert "not connected" in summary.failed[0].reason
        assert ids_by_name(library) == before

        many.rmdir()
        away.rename(many)
        mounted.add(str(many))
        summary = index(library)
        assert (summary.unchanged, summary.failed) == (10, ())

    def test_nobody_reads_what_lies_on_a_drive_that_is_away(
        self, library: Library, many: Path, index: Index, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        index(library, many)
        away = many.rename(many.with_name("away"))
        read: list[int] = []
        known_files = Catalog.known_files

        def noting(catalog: Catalog, root_id: int, place: str) -> dict[str, str]:
            read.append(root_id)
            return known_files(catalog, root_id, place)

        monkeypatch.setattr(Catalog, "known_files", noting)
        summary = index(library)
        assert [skip.kind for skip in summary.failed] == [SkipKind.OFFLINE]
        assert read == []
        away.rename(many)
        assert index(library).unchanged == 10
        assert len(read) == 1

    @pytest.mark.skipif(
        sys.platform != "linux" or os.geteuid() != 0 or shutil.which("mount") is None,
        reason="only root mounts",
    )
    def test_a_drive_mounted_below_a_folder(
        self, library: Library, many: Path, index: Index
    ) -> None:
        card = many / "card"
        card.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "none", card], check=False).returncode:
            pytest.skip("mounting is forbidden here")
        try:
            noisy(card / "20.png", 20)
            index(library, many)
            assert len(library.picture_ids()) == 11
        finally:
            subprocess.run(["umount", card], check=True)
        for _ in range(2):
            summary = index(library)
            assert (summary.removed, summary.unchanged) == (0, 10)
            assert [skip.path for skip in summary.failed] == [str(card)]
        card.rmdir()
        gone = ChangedPlace(str(card), saw_removal=True)
        for _ in range(2):
            assert index(library).removed == 0
            *_, looked = library.look_again([gone], CancelToken())
            assert isinstance(looked, IndexSummary)
            assert (looked.removed, looked.held_back) == (0, ())
        assert len(library.picture_ids()) == 11

    def test_another_drive_at_its_place_does_not_move_its_pictures(
        self, library: Library, many: Path, tmp_path: Path, index: Index, mounted: set[str]
    ) -> None:
        drive = tmp_path / "E"
        shutil.copytree(many, drive / "Photos")
        mounted.add(str(drive))
        index(library, drive / "Photos")
        before = ids_by_name(library)
        shutil.rmtree(drive / "Photos")
        (drive / "music.txt").write_text("another stick")
        summary = index(library, many)
        assert (summary.moved, summary.added) == (0, 10)
        assert [root.path for root in library.roots()] == [str(drive / "Photos"), str(many)]
        old = library.pictures(list(before.values())).values()
        assert all(Path(each.path).parent == drive / "Photos" for each in old)

    def test_a_drive_pulled_out_while_indexing_is_told_once(
        self, library: Library, tmp_path: Path
    ) -> None:
        drive = tmp_path / "media" / "drive"
        drive.mkdir(parents=True)
        for number in range(120):
            noisy(drive / f"{number}.png", number)
        written: list[int] = []
        summary = IndexSummary()
        for report in library.index([drive], CancelToken()):
            if isinstance(report, IndexSummary):
                summary = report
            elif report.added_ids and not written:
                shutil.rmtree(tmp_path / "media")
            if isinstance(report, IndexProgress):
                written += report.added_ids
        assert 0 < summary.added == len(written) < 120
        assert [(skip.path, skip.kind) for skip in summary.failed] == [
            (str(drive), SkipKind.OFFLINE)
        ]
        assert sorted(library.picture_ids().tolist()) == sorted(written)

    def test_a_file_that_cannot_be_asked_for_is_not_gone(
        self, library: Library, many: Path, tmp_path: Path, index: Index,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        index(library, many)
        twin = tmp_path / "twin"
        twin.mkdir()
        shutil.copy(many / "1.png", twin / "1.png")
        real = os.lstat

        def broken(path: str) -> os.stat_result:
            if path == str(many / "1.png"):
                raise OSError(errno.EIO, "Input/output error")
            return real(path)

        monkeypatch.setattr("desktop_app.engine.indexing.places.os.lstat", broken)
        summary = index(library, twin)
        assert (summary.moved, summary.added) == (0, 1)


class TestBadFiles:
    def test_three_strikes_and_it_waits_until_it_changes(
        self, paths: DataPaths, many: Path, index: Index, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tried: list[str] = []
        library = Library.open(paths, OneModel(FakeEncoder()))
        monkeypatch.setattr(
            "desktop_app.engine.indexing.indexer.Decoder", decoder_that_crashes_on("3.png", tried)
        )
        for strike in range(1, MOST_STRIKES + 3):
            [failed] = index(library, many).failed
            assert failed.kind is SkipKind.DECODER_FAILED
            assert failed.strikes == min(strike, MOST_STRIKES)
        assert tried == ["3.png"] * MOST_STRIKES
        [listed] = library.skipped()
        assert listed.at_s is not None

        assert len(index(library, retry_failed=True).failed) == 1
        assert len(tried) == MOST_STRIKES + 1
        noisy(many / "3.png", 33)
        index(library)
        assert len(tried) == MOST_STRIKES + 2
        assert library.skipped()[0].strikes == 1
        library.close()

    def test_a_picture_does_not_leave_because_another_model_cannot_see_it(
        self, paths: DataPaths, many: Path, index: Index, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        library = Library.open(paths, OneModel(FakeEncoder()))
        index(library, many)
        library.close()
        tried: list[str] = []
        monkeypatch.setattr(
            "desktop_app.engine.indexing.indexer.Decoder", decoder_that_crashes_on("3.png", tried)
        )
        library = Library.open(paths, OneModel(FakeEncoder("another")))
        for _ in range(MOST_STRIKES + 1):
            assert index(library, many).removed == 0
        assert len(tried) >= MOST_STRIKES
        assert len(library.picture_ids()) == 10
        library.close()

    def test_a_file_that_is_being_written_is_indexed_once_and_whole(
        self, library: Library, many: Path, tmp_path: Path, index: Index,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        whole = noisy(tmp_path / "whole.png", 60).read_bytes()
        growing = many / "growing.png"
        growing.write_bytes(whole[:100])
        parts = iter([whole[:700], whole])

        def grow() -> None:
            part = next(parts, None)
            if part is not None:
                growing.write_bytes(part)

        wait_by(monkeypatch, grow)
        summary = index(library, many)
        assert (summary.added, summary.failed) == (11, ())
        [picture] = [
            each
            for each in library.pictures(library.picture_ids().tolist()).values()
            if each.path == str(growing)
        ]
        assert picture.stamp.size_bytes == len(whole)
        assert index(library).unchanged == 11

    def test_one_that_is_never_finished_is_listed_and_tried_again(
        self, library: Library, many: Path, index: Index, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        growing = many / "growing.png"
        growing.write_bytes(b"\x89PNG\r\n\x1a\n")

        def grow() -> None:
            with growing.open("ab") as file:
                file.write(b"more")

        wait_by(monkeypatch, grow)
        summary = index(library, many)
        assert summary.added == 10
        assert [skip.kind for skip in summary.failed] == [SkipKind.BEING_WRITTEN]
        monkeypatch.undo()
        noisy(growing, 44)
        os.utime(growing, (1, 1))
        assert index(library).added == 1
        assert library.skipped() == []

    def test_a_placeholder_is_listed_and_not_opened(
        self, library: Library, many: Path, index: Index, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(
            "desktop_app.engine.files.scanner.is_placeholder", lambda status: status.st_size == 777
        )
        placeholder = many / "cloud.jpg"
        placeholder.write_bytes(bytes(777))
        summary = index(library, many)
        assert summary.added == 10
        assert [skip.kind for skip in summary.failed] == [SkipKind.CLOUD_ONLY]
        before = ids_by_name(library)
        (many / "2.png").write_bytes(bytes(777))  # changed elsewhere, and not fetched yet
        summary = index(library)
        assert summary.removed == 0
        assert ids_by_name(library) == before


def wait_by(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Let the indexer act instead of waiting; its clock goes on by what it would have waited."""
    now_s = 0.0

    def wait(_token: CancelToken, timeout_s: float) -> bool:
        nonlocal now_s
        now_s += timeout_s
        act()
        return False

    files = partial(UnfinishedFiles, fresh_s=3600, clock=lambda: now_s)
    monkeypatch.setattr(CancelToken, "wait", wait)
    monkeypatch.setattr("desktop_app.engine.indexing.indexer.UnfinishedFiles", files)


def decoder_that_crashes_on(name: str, tried: list[str]) -> type[InlineDecoder]:
    """A decoder without processes that says of one file that it crashed."""

    class Crashing(InlineDecoder):
        def read(self, file: FoundFile) -> DecodedPicture | SkippedFile:
            if os.path.basename(file.path) != name:
                return super().read(file)
            tried.append(name)
            return SkippedFile(file.path, "It crashed.", SkipKind.DECODER_FAILED, file.stamp)

    return Crashing
