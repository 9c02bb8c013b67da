"""Folders that lie elsewhere now: what was made of their pictures is kept."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from desktop_app.engine import relocation
from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError, UserFacingError
from desktop_app.engine.files import fingerprint as files_fingerprint
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import FileStamp, IndexSummary, MovedRoot, Query, RootKind
from desktop_app.engine.relocation import Relocation
from desktop_app.engine.store.backups import Backups
from desktop_app.engine.store.catalog import Catalog
from tests.helpers.fake_encoder import COLOURS, FakeEncoder
from tests.helpers.one_model import OneModel
from tests.helpers.pictures import write_damaged

Index = Callable[..., IndexSummary]


@pytest.fixture
def pictures(pictures: Path) -> Path:
    """With a folder inside, and files that are no pictures."""
    (pictures / "sub").mkdir()
    shutil.move(pictures / "red.png", pictures / "sub" / "red.png")
    write_damaged(pictures / "broken.jpg")
    return pictures


def root_of(library: Library) -> int:
    return library.roots()[0].id


def everything(library: Library) -> dict[int, str]:
    """Every picture's path by its id."""
    found = library.pictures(library.picture_ids().tolist())
    return {picture.id: picture.path for picture in found.values()}


def assert_nothing_to_do(library: Library, index: Index) -> None:
    summary = index(library)
    assert (summary.unchanged, summary.added, summary.updated) == (len(COLOURS), 0, 0)
    assert (summary.moved, summary.removed) == (0, 0)


def test_a_moved_folder_needs_no_indexing(library: Library, pictures: Path, index: Index) -> None:
    index(library, pictures)
    before = everything(library)
    new = pictures.parent / "elsewhere"
    pictures.rename(new)
    assert library.locate_root(root_of(library), str(new)) == len(COLOURS)
    assert everything(library) == {
        id_: path.replace(str(pictures), str(new)) for id_, path in before.items()
    }
    assert [skip.path for skip in library.skipped()] == [str(new / "broken.jpg")]
    assert library.roots()[0].path == str(new)
    assert_nothing_to_do(library, index)


def test_a_copied_library_needs_no_indexing(
    paths: DataPaths, pictures: Path, index: Index, tmp_path: Path
) -> None:
    library = Library.open(paths, OneModel(FakeEncoder()))
    index(library, pictures)
    hits = library.search(Query.of_words("red")).ids.tolist()
    library.close()
    new, data = tmp_path / "new" / "Bilder", tmp_path / "new" / "data"
    shutil.copytree(pictures, new, copy_function=shutil.copy)  # other times, like many copies
    shutil.copytree(paths.data, data)
    shutil.rmtree(pictures)
    shutil.rmtree(paths.data)
    for name in COLOURS:
        file = new / ("sub" if name == "red" else "") / f"{name}.png"
        os.utime(file, (1_000_000_000, 1_000_000_000))

    encoder = FakeEncoder()
    again = Library.open(DataPaths.below(data), OneModel(encoder))
    again.locate_root(root_of(again), new)
    assert_nothing_to_do(again, index)
    assert encoder.encoded_pictures == 0
    assert again.search(Query.of_words("red")).ids.tolist() == hits
    for id_ in hits:
        assert again.thumbnail(id_) is not None
    again.close()


def test_a_file_that_changed_meanwhile_is_indexed_again(
    library: Library, pictures: Path, index: Index
) -> None:
    index(library, pictures)
    new = pictures.parent / "elsewhere"
    pictures.rename(new)
    (new / "green.png").write_bytes((new / "blue.png").read_bytes())
    (new / "yellow.png").unlink()
    library.locate_root(root_of(library), new)
    summary = index(library)
    assert summary.updated == 1
    assert summary.removed + library.roots()[0].missing_count == 1


def test_one_place_may_lie_inside_the_other(library: Library, pictures: Path, index: Index) -> None:
    # What becomes pictures/sub/red.png takes the old path of another picture, both times.
    shutil.copy(pictures / "sub" / "red.png", pictures / "red.png")
    index(library, pictures)
    count = len(everything(library))
    aside, inside = pictures.parent / "aside", pictures / "sub"
    pictures.rename(aside)
    pictures.mkdir()
    aside.rename(inside)
    library.locate_root(root_of(library), inside)
    assert index(library).unchanged == count
    inside.rename(aside)
    pictures.rmdir()
    aside.rename(pictures)
    library.locate_root(root_of(library), pictures)
    assert index(library).unchanged == count


def test_a_single_picture_can_be_located(library: Library, pictures: Path, index: Index) -> None:
    index(library, pictures / "blue.png")
    new = pictures / "sea.png"
    (pictures / "blue.png").rename(new)
    with pytest.raises(UserFacingError, match="There is no picture at"):
        library.locate_root(root_of(library), pictures)
    library.locate_root(root_of(library), new)
    assert list(everything(library).values()) == [str(new)]
    assert index(library).unchanged == 1


class TestRefusal:
    def test_of_a_place_that_is_not_there(
        self, library: Library, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        with pytest.raises(UserFacingError, match="There is no folder at"):
            library.locate_root(root_of(library), pictures / "nowhere")

    def test_of_other_pictures(
        self, library: Library, pictures: Path, index: Index, tmp_path: Path
    ) -> None:
        index(library, pictures)
        before = everything(library)
        other = tmp_path / "other"
        other.mkdir()
        with pytest.raises(UserFacingError, match="does not hold the pictures of"):
            library.locate_root(root_of(library), other)
        for path in before.values():  # the same names and lengths, another content
            twin = other / Path(path).relative_to(pictures)
            twin.parent.mkdir(exist_ok=True)
            twin.write_bytes(b"x" * os.stat(path).st_size)
        with pytest.raises(UserFacingError, match="does not hold the pictures of"):
            library.locate_root(root_of(library), other)
        assert everything(library) == before

    def test_of_what_belongs_to_another_folder(
        self, library: Library, pictures: Path, index: Index, tmp_path: Path
    ) -> None:
        index(library, pictures)
        copy = tmp_path / "copies" / "one"
        shutil.copytree(pictures, copy)
        index(library, copy)
        for place in (copy, copy.parent):
            with pytest.raises(UserFacingError, match="is in the library already"):
                library.locate_root(root_of(library), place)
        (copy / "below").mkdir()
        with pytest.raises(UserFacingError, match="belongs to the folder"):
            library.locate_root(root_of(library), copy / "below")

    def test_of_an_unknown_folder_and_while_indexing(
        self, library: Library, pictures: Path
    ) -> None:
        with pytest.raises(UserFacingError, match="no such folder"):
            library.locate_root(7, pictures)
        running = library.index([pictures], CancelToken())
        next(running)
        with pytest.raises(UserFacingError, match="being indexed"):
            library.locate_root(1, pictures)
        list(running)

    def test_the_place_it_has_is_none(self, library: Library, pictures: Path, index: Index) -> None:
        index(library, pictures)
        assert library.locate_root(root_of(library), pictures) == len(COLOURS)


def test_cancelled_changes_nothing(library: Library, pictures: Path, index: Index) -> None:
    index(library, pictures)
    before = everything(library)
    new = pictures.parent / "elsewhere"
    shutil.copytree(pictures, new, copy_function=shutil.copyfile)
    for file in new.rglob("*.png"):
        os.utime(file, (1, 1))
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError):
        library.locate_root(root_of(library), new, cancel)
    assert everything(library) == before


@pytest.mark.skipif(sys.platform == "win32", reason="the paths of Windows are its own there")
def test_a_library_of_windows_goes_on_here(paths: DataPaths, pictures: Path, index: Index) -> None:
    library = Library.open(paths, OneModel(FakeEncoder()))
    index(library, pictures)
    library.close()
    catalog = Catalog.open(paths.catalog)
    [root] = catalog.roots()
    # As Windows would have written it.
    ids = catalog.picture_ids_newest_first()
    catalog.move_pictures(
        [
            (
                one.id,
                "E:\\Bilder\\" + one.path[len(str(pictures)) + 1 :].replace("/", "\\"),
                root.id,
                one.stamp,
            )
            for one in catalog.pictures(ids.tolist())
        ]
    )
    other = catalog.add_root("E:\\Bilder", RootKind.FOLDER)
    catalog.merge_roots(other, [root.id])
    catalog.close()

    again = Library.open(paths, OneModel(FakeEncoder()))
    assert not again.roots()[0].is_connected
    again.locate_root(other, pictures)
    assert_nothing_to_do(again, index)
    again.close()


class TestVolumes:
    @pytest.fixture
    def drives(self, tmp_path: Path) -> Path:
        """Where drives are mounted."""
        (tmp_path / "media").mkdir()
        return tmp_path / "media"

    @pytest.fixture
    def root(self, drives: Path, pictures: Path) -> Path:
        root = drives / "usb" / "holiday" / "pictures"
        root.parent.mkdir(parents=True)
        pictures.rename(root)
        return root

    def volumes(self, drives: Path) -> Callable[[], list[str]]:
        return lambda: [os.sep, *(str(drive) for drive in sorted(drives.iterdir()))]

    def test_a_drive_that_comes_back_elsewhere_is_followed(
        self, library: Library, drives: Path, root: Path, index: Index
    ) -> None:
        index(library, root)
        volumes = self.volumes(drives)
        assert library.follow_moved_roots(volumes) == []
        (drives / "usb").rename(drives / "usb1")
        new = drives / "usb1" / "holiday" / "pictures"
        moved = [MovedRoot(root_of(library), str(root), str(new))]
        assert library.follow_moved_roots(volumes) == moved
        assert library.follow_moved_roots(volumes) == []
        assert_nothing_to_do(library, index)

    def test_a_whole_drive_too(
        self, library: Library, drives: Path, root: Path, index: Index
    ) -> None:
        index(library, drives / "usb")
        (drives / "usb").rename(drives / "F")
        [moved] = library.follow_moved_roots(self.volumes(drives))
        assert moved.new == str(drives / "F")
        assert_nothing_to_do(library, index)

    def test_two_places_are_left_to_the_user(
        self, library: Library, drives: Path, root: Path, index: Index
    ) -> None:
        index(library, root)
        (drives / "usb").rename(drives / "usb1")
        shutil.copytree(drives / "usb1", drives / "backup")
        assert library.follow_moved_roots(self.volumes(drives)) == []

    def test_other_pictures_of_the_same_name_are_not_it(
        self, library: Library, drives: Path, root: Path, index: Index
    ) -> None:
        index(library, root)
        (drives / "usb").rename(drives.parent / "unplugged")
        other = drives / "other" / "holiday" / "pictures"
        other.mkdir(parents=True)
        (other / "blue.png").write_bytes(b"something else")
        assert library.follow_moved_roots(self.volumes(drives)) == []
        assert not library.roots()[0].is_connected

    def test_a_copy_that_lacks_some_pictures_is_left_to_the_user(
        self, library: Library, drives: Path, root: Path, index: Index
    ) -> None:
        index(library, root)
        (drives / "usb").rename(drives / "backup")
        backup = drives / "backup" / "holiday" / "pictures"
        (backup / "blue.png").unlink()  # one of eight: more than 5%
        assert library.follow_moved_roots(self.volumes(drives)) == []
        assert library.locate_root(root_of(library), backup) == len(COLOURS)

    def test_only_roots_that_are_asked_for_are_followed(
        self, library: Library, drives: Path, root: Path, index: Index
    ) -> None:
        index(library, root)
        (drives / "usb").rename(drives / "usb1")
        assert library.follow_moved_roots(self.volumes(drives), among=[]) == []
        assert len(library.follow_moved_roots(self.volumes(drives), [root_of(library)])) == 1

    def test_a_backup_is_due_after_a_move(
        self, library: Library, paths: DataPaths, drives: Path, root: Path, index: Index
    ) -> None:
        index(library, root)
        pending = Backups(paths.catalog).folder / "pending"
        assert not pending.exists()
        (drives / "usb").rename(drives / "usb1")
        library.follow_moved_roots(self.volumes(drives))
        assert pending.exists()

    def test_looking_keeps_nobody_out(
        self, library: Library, drives: Path, root: Path, index: Index, tmp_path: Path
    ) -> None:
        index(library, root)
        (drives / "usb").rename(drives / "usb1")
        other = tmp_path / "other"
        shutil.copytree(drives / "usb1" / "holiday" / "pictures", other)

        def volumes() -> list[str]:
            assert index(library, other).unchanged == 0  # somebody drops a folder meanwhile
            return self.volumes(drives)()

        [moved] = library.follow_moved_roots(volumes)
        assert moved.new == str(drives / "usb1" / "holiday" / "pictures")

    def test_a_run_waits_for_the_writing(
        self,
        library: Library,
        drives: Path,
        root: Path,
        index: Index,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        index(library, root)
        (drives / "usb").rename(drives / "usb1")
        is_writing, waits = threading.Event(), threading.Event()
        real = Catalog.relocate_root

        def relocate_root(*arguments: Any) -> None:
            is_writing.set()
            assert waits.wait(20)
            real(*arguments)

        monkeypatch.setattr(Catalog, "relocate_root", relocate_root)
        acquire_soon = library._use._acquire_soon

        def acquire() -> bool:
            threading.Timer(0.1, waits.set).start()
            return acquire_soon()

        with ThreadPoolExecutor(1) as threads:
            moved = threads.submit(library.follow_moved_roots, self.volumes(drives))
            assert is_writing.wait(20)
            monkeypatch.setattr(library._use, "_acquire_soon", acquire)
            assert_nothing_to_do(library, index)
            assert len(moved.result()) == 1

    def test_who_is_in_no_hurry_waits_for_a_run_to_end(
        self, library: Library, drives: Path, root: Path, index: Index
    ) -> None:
        index(library, root)
        (drives / "usb").rename(drives / "usb1")
        run = library.index([], CancelToken())
        next(run)
        volumes = self.volumes(drives)
        with pytest.raises(UserFacingError, match="being indexed already"):
            library.follow_moved_roots(volumes)
        stopped = CancelToken()
        stopped.cancel()
        with pytest.raises(CancelledError):
            library.follow_moved_roots(volumes, cancel=stopped)
        with ThreadPoolExecutor(1) as threads:
            moved = threads.submit(library.follow_moved_roots, volumes, cancel=CancelToken())
            list(run)
            assert len(moved.result()) == 1

    def test_what_was_forgotten_meanwhile_is_not_followed(
        self, library: Library, drives: Path, root: Path, index: Index
    ) -> None:
        index(library, root)
        (drives / "usb").rename(drives / "usb1")
        real = Relocation.new_times

        def forget(*arguments: Any) -> Any:
            times = real(*arguments)
            list(library.forget_root(root_of(library), CancelToken()))
            return times

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Relocation, "new_times", forget)
            assert library.follow_moved_roots(self.volumes(drives)) == []

    def test_what_is_another_root_already_is_not_it(
        self, library: Library, drives: Path, root: Path, index: Index
    ) -> None:
        index(library, root)
        shutil.copytree(root, drives / "copy" / "pictures")
        index(library, drives / "copy")
        (drives / "usb").rename(drives.parent / "unplugged")
        assert library.follow_moved_roots(self.volumes(drives)) == []

    def test_nobody_asks_for_volumes_while_all_is_there(
        self, library: Library, root: Path, index: Index
    ) -> None:
        index(library, root)

        def volumes() -> list[str]:
            raise AssertionError

        assert library.follow_moved_roots(volumes) == []


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Callable[..., None]]:
    """Mounts folders; only the system's administrator may, and not in every container."""
    mounted: list[Path] = []

    def run(*arguments: str | Path) -> None:
        target = Path(arguments[-1])
        target.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(["mount", *map(str, arguments)], capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")
        mounted.append(target)

    if sys.platform != "linux" or shutil.which("mount") is None:
        pytest.skip("only where Linux lets a folder be mounted")
    yield run
    for target in reversed(mounted):
        subprocess.run(["umount", str(target)], check=False, capture_output=True)


def test_a_real_mount_that_comes_back_elsewhere(
    library: Library, pictures: Path, index: Index, tmp_path: Path, mount: Callable[..., None]
) -> None:
    first, second = tmp_path / "media" / "usb", tmp_path / "media" / "usb1"
    drive = tmp_path / "drive"
    mount("-t", "tmpfs", "-o", "size=4m", "tmpfs", drive)
    shutil.copytree(pictures, drive / "Photos")
    mount("--bind", drive, first)
    index(library, first / "Photos")
    subprocess.run(["umount", str(first)], check=True)
    first.rmdir()
    mount("--bind", drive, second)
    [moved] = library.follow_moved_roots(lambda: [str(first), str(second)])
    assert moved.new == str(second / "Photos")
    assert_nothing_to_do(library, index)


def test_an_empty_mount_point_is_no_drive(
    library: Library, pictures: Path, index: Index, tmp_path: Path, mount: Callable[..., None]
) -> None:
    first, second = tmp_path / "media" / "usb", tmp_path / "media" / "usb1"
    mount("-t", "tmpfs", "-o", "size=4m", "tmpfs", tmp_path / "drive")
    shutil.copytree(pictures, tmp_path / "drive", dirs_exist_ok=True)
    mount("--bind", tmp_path / "drive", first)
    index(library, first)
    subprocess.run(["umount", str(first)], check=True)
    mount("--bind", tmp_path / "drive", second)
    [moved] = library.follow_moved_roots(lambda: [str(second)])
    assert moved.new == str(second)
    assert_nothing_to_do(library, index)


def test_what_was_a_drive_may_be_a_folder_now(
    library: Library, pictures: Path, index: Index, tmp_path: Path, mount: Callable[..., None]
) -> None:
    drive, inner = tmp_path / "drive", tmp_path / "drive" / "inner"
    mount("-t", "tmpfs", "-o", "size=4m", "tmpfs", drive)
    mount("-t", "tmpfs", "-o", "size=4m", "tmpfs", inner)
    for file in pictures.glob("*.png"):
        shutil.copy2(file, inner / file.name if file.stem == "blue" else drive)
    index(library, drive)
    count = len(library.picture_ids())
    new = tmp_path / "at home"
    shutil.copytree(drive, new)
    for place in (inner, drive):
        subprocess.run(["umount", str(place)], check=True)
    library.locate_root(root_of(library), new)
    summary = index(library)
    assert (summary.unchanged, summary.failed) == (count, ())
    (new / "inner" / "blue.png").unlink()
    assert index(library).removed == 1


def test_only_a_sample_is_compared_where_times_agree(
    library: Library, pictures: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(library, pictures)
    new = pictures.parent / "elsewhere"
    pictures.rename(new)
    asked: list[str] = []

    def count(path: str, like: bytes | None = None) -> bytes | None:
        asked.append(path)
        return fingerprint(path, like)

    fingerprint = files_fingerprint.fingerprint
    monkeypatch.setattr(relocation, "fingerprint", count)
    monkeypatch.setattr(relocation, "_READ_OF_SAMPLE", 2)
    library.locate_root(root_of(library), new)
    assert len(asked) < len(COLOURS)


def test_the_date_that_is_shown_stays(
    library: Library, pictures: Path, index: Index, tmp_path: Path
) -> None:
    for file in pictures.rglob("*.png"):
        os.utime(file, (1_500_000_000, 1_500_000_000))
    index(library, pictures)
    new = tmp_path / "copy"
    shutil.copytree(pictures, new, copy_function=shutil.copyfile)
    shutil.rmtree(pictures)
    library.locate_root(root_of(library), new)
    found = library.pictures(library.picture_ids().tolist()).values()
    assert {picture.date_s for picture in found} == {1_500_000_000}
    stamps = {Path(one.path).name: one.stamp for one in found}
    status = os.stat(new / "blue.png")
    assert stamps["blue.png"] == FileStamp(status.st_size, status.st_mtime_ns)
