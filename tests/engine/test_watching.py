"""A library that follows its folders: what happens on the disk is in it soon after."""

import os
import queue
import shutil
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError
from desktop_app.engine.files import settling
from desktop_app.engine.indexing import removals
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import (
    ChangedPlace,
    IndexSummary,
    MovedRoot,
    WatchMode,
    WatchState,
)
from tests.helpers.fake_encoder import COLOURS

Index = Callable[..., IndexSummary]

BOUND_S = 30.0


@pytest.fixture(autouse=True)
def _asks_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders of a test are small: most of one may go before somebody is asked."""
    monkeypatch.setattr(removals, "ASKED_FROM", 0.95)


class FollowingLibrary:
    """Looks again at what the watch tells, as the window and the command do."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.told: queue.SimpleQueue[Sequence[ChangedPlace]] = queue.SimpleQueue()
        self.states: queue.SimpleQueue[WatchState] = queue.SimpleQueue()
        self.watch = library.watch(self.told.put, self.states.put)

    def wait_until_live(self) -> None:
        """Wait for every root to be live and looked through."""
        wanted = {root.path for root in self.library.roots()}
        while wanted:
            batch = self.told.get(timeout=BOUND_S)
            self.look(batch)
            wanted -= {place.path for place in batch}

    def look(self, batch: Sequence[ChangedPlace]) -> IndexSummary:
        summary = list(self.library.look_again(batch, CancelToken()))[-1]
        assert isinstance(summary, IndexSummary)
        return summary

    def next(self) -> IndexSummary:
        """Look at the next batch that changes something."""
        while True:
            summary = self.look(self.told.get(timeout=BOUND_S))
            if summary.added or summary.updated or summary.moved or summary.removed:
                return summary

    def counts(self) -> tuple[int, int, int, int]:
        summary = self.next()
        return summary.added, summary.updated, summary.moved, summary.removed

    def names(self) -> set[str]:
        ids = self.library.picture_ids().tolist()
        return {Path(picture.path).name for picture in self.library.pictures(ids).values()}

    def id_of(self, path: Path) -> int:
        ids = self.library.picture_ids().tolist()
        found = self.library.pictures(ids).values()
        return next(picture.id for picture in found if picture.path == str(path))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settling, "QUIET_S", 0.7)


@pytest.fixture
def following(library: Library, pictures: Path, index: Index) -> Iterator[FollowingLibrary]:
    index(library, pictures)
    following = FollowingLibrary(library)
    following.wait_until_live()
    yield following
    following.watch.close()


def draw(path: Path, colour: str = "red", side_px: int = 40) -> None:
    Image.new("RGB", (side_px, 40), COLOURS[colour]).save(path)


def test_a_new_an_edited_and_a_deleted_picture(following: FollowingLibrary, pictures: Path) -> None:
    draw(pictures / "new.png")
    assert following.counts() == (1, 0, 0, 0)
    before = following.id_of(pictures / "new.png")
    draw(pictures / "new.png", "blue", side_px=50)
    assert following.counts() == (0, 1, 0, 0)
    assert following.id_of(pictures / "new.png") == before
    (pictures / "new.png").unlink()
    assert following.counts() == (0, 0, 0, 1)
    assert following.names() == {f"{name}.png" for name in COLOURS}


def test_renamed_pictures_and_folders_keep_their_ids(
    following: FollowingLibrary, pictures: Path
) -> None:
    before = following.id_of(pictures / "red.png")
    (pictures / "red.png").rename(pictures / "renamed.png")
    assert following.counts() == (0, 0, 1, 0)
    assert following.id_of(pictures / "renamed.png") == before
    folder = pictures / "folder"
    folder.mkdir()
    (pictures / "renamed.png").rename(folder / "renamed.png")
    assert following.counts() == (0, 0, 1, 0)
    folder.rename(pictures / "other")
    assert following.counts() == (0, 0, 1, 0)
    assert following.id_of(pictures / "other" / "renamed.png") == before
    assert [root.picture_count for root in following.library.roots()] == [len(COLOURS)]


def test_a_picture_moved_to_another_root_keeps_its_id(
    following: FollowingLibrary, pictures: Path, tmp_path: Path, index: Index
) -> None:
    second = tmp_path / "second"
    second.mkdir()
    draw(second / "kept.png", "white", side_px=77)
    index(following.library, second)
    following.watch.refresh_roots()
    while [state.mode for state in following.watch.states()] != [WatchMode.LIVE] * 2:
        following.states.get(timeout=BOUND_S)
    following.look(following.told.get(timeout=BOUND_S))
    before = following.id_of(pictures / "green.png")
    (pictures / "green.png").rename(second / "green.png")
    assert following.counts() == (0, 0, 1, 0)
    assert following.id_of(second / "green.png") == before
    assert [root.picture_count for root in following.library.roots()] == [len(COLOURS) - 1, 2]


def test_a_deleted_folder_takes_its_pictures_along(
    following: FollowingLibrary, pictures: Path
) -> None:
    folder = pictures / "a" / "b"
    folder.mkdir(parents=True)
    draw(folder / "one.png")
    draw(folder / "two.png", "blue", side_px=60)
    assert following.counts() == (2, 0, 0, 0)
    (folder / "one.png").unlink()
    assert following.counts() == (0, 0, 0, 1)
    (folder / "two.png").unlink()  # the last one of its folder
    assert following.counts() == (0, 0, 0, 1)
    draw(folder / "three.png")
    assert following.counts() == (1, 0, 0, 0)
    shutil.rmtree(pictures / "a")
    assert following.counts() == (0, 0, 0, 1)
    assert following.library.skipped() == []


def test_a_folder_emptied_of_more_files_than_are_told_singly(
    following: FollowingLibrary, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "FILES_A_FOLDER", 3)
    folder = pictures / "folder"
    folder.mkdir()
    for number in range(8):
        draw(folder / f"{number}.png", side_px=40 + number)
    assert following.counts() == (8, 0, 0, 0)
    for file in list(folder.iterdir()):
        file.unlink()
    assert following.counts() == (0, 0, 0, 8)
    assert following.library.skipped() == []


def test_a_file_that_is_no_picture_is_listed_and_made_up_for(
    following: FollowingLibrary, pictures: Path
) -> None:
    (pictures / "broken.jpg").write_bytes(b"no picture")
    draw(pictures / "good.png")
    assert following.counts() == (1, 0, 0, 0)
    assert [skip.path for skip in following.library.skipped()] == [str(pictures / "broken.jpg")]
    shutil.copy(pictures / "good.png", pictures / "broken.jpg")
    assert following.counts() == (1, 0, 0, 0)
    assert following.library.skipped() == []


def test_the_programs_own_folders_are_not_followed(
    library: Library, paths: DataPaths, tmp_path: Path, index: Index
) -> None:
    draw(tmp_path / "red.png")
    index(library, tmp_path)  # the library lies in the folder that it shows
    following = FollowingLibrary(library)
    following.wait_until_live()
    draw(paths.data / "own.png")
    draw(paths.thumbnails / "own.png")
    draw(tmp_path / "blue.png", "blue", side_px=50)
    batch = following.told.get(timeout=BOUND_S)
    assert [place.path for place in batch] == [str(tmp_path / "blue.png")]


# Places to look at again


def test_what_is_missing_without_having_been_seen_going_stays(
    library: Library, pictures: Path, index: Index
) -> None:
    index(library, pictures)
    (pictures / "red.png").unlink()
    look = FollowingLibrary.look
    following = FollowingLibrary(library)
    unseen = look(following, [ChangedPlace(str(pictures / "red.png"))])
    assert unseen.removed == 0
    seen = look(following, [ChangedPlace(str(pictures / "red.png"), saw_removal=True)])
    assert seen.removed == 1
    following.watch.close()


def test_a_drive_unplugged_in_the_middle_of_it_takes_nothing_along(
    library: Library, pictures: Path, tmp_path: Path, index: Index
) -> None:
    (pictures / "folder").mkdir()
    draw(pictures / "folder" / "a.png")
    index(library, pictures)
    following = FollowingLibrary(library)
    pictures.rename(tmp_path / "away")
    places = [
        ChangedPlace(str(pictures / "red.png"), saw_removal=True),
        ChangedPlace(str(pictures / "folder"), saw_removal=True),
        ChangedPlace(str(pictures), saw_removal=True),
    ]
    assert following.look(places).removed == 0
    pictures.mkdir()  # the empty mount point
    assert following.look(places).removed == 0
    assert len(library.picture_ids()) == len(COLOURS) + 1
    following.watch.close()


def test_places_in_no_root_and_empty_new_folders_are_passed_over(
    library: Library, pictures: Path, tmp_path: Path, index: Index
) -> None:
    index(library, pictures)
    (pictures / "empty").mkdir()
    (pictures / ".hidden").mkdir()
    draw(pictures / ".hidden" / "a.png")
    draw(tmp_path / "outside.png")
    places = [
        ChangedPlace(str(path))
        for path in (
            pictures / "empty",
            pictures / ".hidden" / "a.png",
            tmp_path / "outside.png",
            tmp_path / "nothing",
        )
    ]
    summary = list(library.look_again(places, CancelToken()))
    assert summary == [IndexSummary()]
    assert library.skipped() == []
    assert [root.path for root in library.roots()] == [str(pictures)]


@pytest.mark.skipif(sys.platform == "win32", reason="links take rights there")
@pytest.mark.parametrize("target", ["old", "favourites", "", ".."])
def test_a_link_back_into_the_root_shows_no_picture_twice(
    library: Library, tmp_path: Path, index: Index, target: str
) -> None:
    pictures = tmp_path / "around" / "pictures"
    for name in ("red.png", "old/blue.png", "favourites/green.png"):
        (pictures / name).parent.mkdir(parents=True, exist_ok=True)
        draw(pictures / name, Path(name).stem)
    index(library, pictures)
    links = [pictures / "favourites" / "link", pictures / "link"]
    for link in links:
        link.symlink_to(pictures / target)
    places = [ChangedPlace(str(path)) for path in (pictures / "favourites", *links)]
    *_, summary = library.look_again(places, CancelToken())
    assert isinstance(summary, IndexSummary)
    assert (summary.added, summary.moved) == (0, 0)
    again = index(library)
    assert (again.unchanged, again.removed, again.held_back) == (3, 0, ())


@pytest.mark.parametrize("is_root_told", [True, False])
def test_an_emptied_root_is_told_and_keeps_its_pictures(
    library: Library, pictures: Path, index: Index, is_root_told: bool
) -> None:
    index(library, pictures)
    files = list(pictures.iterdir())
    for file in files:
        file.unlink()
    told = [pictures] if is_root_told else files
    places = [ChangedPlace(str(path), saw_removal=True) for path in told]
    *_, summary = library.look_again(places, CancelToken())
    assert isinstance(summary, IndexSummary)
    assert [held.missing for held in summary.held_back] == [len(COLOURS)]
    assert len(library.picture_ids()) == len(COLOURS)


def test_a_look_waits_for_the_run_that_is_under_way(
    library: Library, pictures: Path, index: Index
) -> None:
    index(library, pictures)
    draw(pictures / "new.png")
    run = library.index([pictures], CancelToken())
    next(run)
    found: queue.SimpleQueue[IndexSummary] = queue.SimpleQueue()
    began = threading.Event()

    def look() -> None:
        began.set()
        reports = library.look_again([ChangedPlace(str(pictures / "new.png"))], CancelToken())
        found.put([one for one in reports if isinstance(one, IndexSummary)][-1])

    looking = threading.Thread(target=look)
    looking.start()
    assert began.wait(BOUND_S)
    summaries = [report for report in run if isinstance(report, IndexSummary)]
    assert [summary.added for summary in summaries] == [1]
    assert found.get(timeout=BOUND_S).unchanged == 1
    looking.join(BOUND_S)


def test_a_look_that_waits_can_be_cancelled(library: Library, pictures: Path, index: Index) -> None:
    index(library, pictures)
    run = library.index([pictures], CancelToken())
    next(run)
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError):
        list(library.look_again([ChangedPlace(str(pictures))], cancel))
    run.close()  # type: ignore[attr-defined]


def test_a_drive_that_is_plugged_in_elsewhere_is_followed_there(
    library: Library, pictures: Path, index: Index, tmp_path: Path
) -> None:
    media = tmp_path / "media"
    old, new = media / "usb" / "Photos", media / "usb1" / "Photos"
    old.parent.mkdir(parents=True)
    pictures.rename(old)
    index(library, old)
    told: queue.SimpleQueue[Sequence[ChangedPlace]] = queue.SimpleQueue()
    moves: queue.SimpleQueue[Sequence[MovedRoot]] = queue.SimpleQueue()
    library.watch(
        told.put, lambda _: None, moves.put, lambda: [str(one) for one in media.iterdir()]
    )
    while str(old) not in [place.path for place in told.get(timeout=BOUND_S)]:
        pass
    old.parent.rename(new.parent)
    draw(new / "new.png")
    [moved] = moves.get(timeout=BOUND_S)
    assert (moved.old, moved.new) == (str(old), str(new))
    places = told.get(timeout=BOUND_S)
    while str(new) not in [place.path for place in places]:
        places = told.get(timeout=BOUND_S)
    *_, summary = library.look_again(places, CancelToken())
    assert isinstance(summary, IndexSummary)
    assert (summary.added, summary.unchanged) == (1, len(COLOURS))
    draw(new / "newer.png")
    while str(new / "newer.png") not in [place.path for place in told.get(timeout=BOUND_S)]:
        pass


def test_closing_the_library_ends_its_watch(library: Library, pictures: Path, index: Index) -> None:
    index(library, pictures)
    library.watch(lambda _: None, lambda _: None)
    library.close()
    assert not [one for one in threading.enumerate() if one.name.startswith("follows")]


def test_reading_a_picture_is_no_change(following: FollowingLibrary, pictures: Path) -> None:
    for file in pictures.iterdir():
        file.read_bytes()
    os.utime(pictures / "red.png", (1, 1))
    batch = following.told.get(timeout=BOUND_S)
    assert [place.path for place in batch] == [str(pictures / "red.png")]
