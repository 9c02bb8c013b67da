from dataclasses import replace

import pytest

from desktop_app.engine.files import reach
from desktop_app.engine.records import (
    HeldBack,
    LibraryStatus,
    Root,
    RootKind,
    WatchMode,
    WatchState,
)
from desktop_app.ui.folders import folder_wording
from desktop_app.ui.folders.folder_lines import SINGLE_PICTURES, FolderLine
from desktop_app.ui.folders.folder_wording import State
from desktop_app.ui.words import date_wording
from tests.helpers.french import in_french
from tests.ui.fake_library import folder

PHOTOS = FolderLine(1, (1,), "/pictures/Photos", 9000, scanned_at_s=1_700_000_000.0)
SINGLE = FolderLine(SINGLE_PICTURES, (4, 5), "", 2)
WORK = HeldBack(2, "/pictures/Work", 120, 400)


def test_names() -> None:
    assert folder_wording.name(PHOTOS) == "Photos"
    assert folder_wording.name(replace(PHOTOS, path="/")) == "/"
    assert folder_wording.name(SINGLE) == "2 single pictures"


def test_the_state_says_why_one_can_or_cannot_see_the_pictures() -> None:
    watching = State("eye", "Watching")
    assert folder_wording.state(PHOTOS, watching) is watching
    moment = date_wording.here(1_700_000_000.0, with_time=True)
    assert folder_wording.state(PHOTOS, None).text == f"Looked through on {moment}"
    never = replace(PHOTOS, scanned_at_s=None)
    assert folder_wording.state(never, None).text == "Not looked through yet"
    offline = folder_wording.state(replace(PHOTOS, is_connected=False), watching)
    assert offline == State("unplug", folder_wording.offline())
    assert "moved" in offline.text  # whoever renames a folder looks for no drive
    assert "may not be read" in offline.text
    denied = replace(PHOTOS, is_connected=False, why_offline=reach.NOT_READABLE)
    assert folder_wording.state(denied, watching).text == (
        "Offline. You may not read it. You can still search its pictures."
    )
    with in_french():
        assert "Hors ligne. Vous n’avez pas le droit" in folder_wording.state(denied, None).text


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (WatchState(1, WatchMode.LIVE), "Watching"),
        (WatchState(1, WatchMode.LIVE, "Some is not."), "Watching. Some is not."),
        (WatchState(1, WatchMode.PERIODIC, "It is far away."), "It is far away."),
        (WatchState(1, WatchMode.PERIODIC), "Looked through every few minutes"),
        (WatchState(1, WatchMode.STARTING), "Getting ready to watch…"),
    ],
)
def test_how_a_folder_is_watched(state: WatchState, text: str) -> None:
    shown = folder_wording.watching(state)
    assert shown is not None
    assert shown.text == text


def test_of_an_offline_folder_nothing_is_said_about_watching() -> None:
    state = WatchState(1, WatchMode.OFFLINE, "The drive is gone.")
    assert folder_wording.watching(state) is None


def test_what_is_gone() -> None:
    assert folder_wording.gone(120, 400) == "120 of 400 pictures are gone"
    assert folder_wording.gone(1, 3) == "1 of 3 pictures is gone"
    assert folder_wording.kept(1, 3) == "1 of 3 pictures is gone; it stays in the library"
    assert folder_wording.held_back([WORK]) == (
        "120 of 400 pictures are gone from Work. They stay in the library until you say so."
    )
    more = folder_wording.held_back([WORK, replace(WORK, root_id=3)])
    assert more.startswith("120 of 400 pictures are gone from Work, and from 1 other folder. ")


def test_questions_and_answers_about_forgetting() -> None:
    assert folder_wording.forgetting(PHOTOS) == (
        "Forget Photos? Its 9\u202f000 pictures leave the library; no file is touched."
    )
    assert "Its 1 picture leaves" in folder_wording.forgetting(replace(PHOTOS, pictures=1))
    empty = folder_wording.forgetting(replace(PHOTOS, pictures=0))
    assert empty == "Forget Photos? It leaves the library; no file is touched."
    assert folder_wording.forgetting(SINGLE).startswith("Forget 2 single pictures? The 2 pictures")
    assert folder_wording.forgotten(PHOTOS) == "Photos left the library. No file was touched."


def test_the_way_to_the_folders() -> None:
    photos = folder("Photos", 1)
    single = Root(5, "/a.jpg", RootKind.FILE, None, 1, True)
    assert folder_wording.count([]) == ""
    assert folder_wording.count([photos]) == "1 folder"
    assert folder_wording.count([photos, folder("USB", 2), single]) == "2 folders"
    usb = replace(folder("USB", 2), is_connected=False)
    assert folder_wording.count([photos, usb]) == "2 folders, 1 offline"
    assert folder_wording.count([single]) == "1 single picture"


def test_what_the_library_takes() -> None:
    status = LibraryStatus((), 1, (), 0, None, 12_000_000, 3_000_000, 20_000_000, "/data")
    assert folder_wording.on_disk(status) == (
        "The library takes 35 MB on disk: 12 MB what is known of the pictures, "
        "3.0 MB quick search, 20 MB thumbnails."
    )
