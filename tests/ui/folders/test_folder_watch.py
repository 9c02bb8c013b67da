"""What the library's watch tells reaches the GUI thread, and ends with the window."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import StoreError
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import ChangedPlace, Root, RootKind, WatchMode, WatchState
from desktop_app.ui.folders.folder_watch import FolderWatch
from desktop_app.ui.work.tasks import Lane
from tests.helpers.fake_encoder import FakeEncoder
from tests.helpers.one_model import OneModel
from tests.ui.fake_library import FakeLibrary, FakeWatch

PLACES = [ChangedPlace("/pictures/a.jpg"), ChangedPlace("/pictures/b.jpg", saw_removal=True)]


def root(root_id: int) -> Root:
    return Root(root_id, f"/pictures {root_id}", RootKind.FOLDER, None, 0, is_connected=True)


@pytest.fixture
def library() -> FakeLibrary:
    library = FakeLibrary()
    library.added = [root(1), root(2)]
    return library


@pytest.fixture
def folder_watch(lane: Lane) -> Iterator[FolderWatch]:
    folder_watch = FolderWatch(lane)
    yield folder_watch
    folder_watch.close()


def started(qtbot: QtBot, folder_watch: FolderWatch, library: FakeLibrary) -> FakeWatch:
    with qtbot.waitSignal(folder_watch.state_changed):
        folder_watch.start(library)
    assert library.watching is not None
    return library.watching


def on_a_thread(tell: threading.Thread) -> None:
    tell.start()
    tell.join()


def test_states_are_kept_and_told(
    qtbot: QtBot, folder_watch: FolderWatch, library: FakeLibrary
) -> None:
    watch = started(qtbot, folder_watch, library)
    assert folder_watch.states == {id_: WatchState(id_, WatchMode.LIVE) for id_ in (1, 2)}
    offline = WatchState(2, WatchMode.OFFLINE, "It is not there.")
    with qtbot.waitSignal(folder_watch.state_changed) as changed:
        on_a_thread(threading.Thread(target=watch.tell_state, args=(offline,)))
    assert changed.args == [offline]
    assert folder_watch.states[2] == offline


def test_changes_arrive_on_the_gui_thread(
    qtbot: QtBot, folder_watch: FolderWatch, library: FakeLibrary, qapp: QApplication
) -> None:
    watch = started(qtbot, folder_watch, library)
    told: list[tuple[Sequence[ChangedPlace], bool]] = []
    folder_watch.changed.connect(
        lambda places: told.append((places, QThread.currentThread() is qapp.thread()))
    )
    on_a_thread(threading.Thread(target=watch.tell, args=(PLACES,)))
    assert told == []
    qtbot.waitUntil(lambda: told == [(PLACES, True)])


def test_other_roots_are_followed_after_a_refresh(
    qtbot: QtBot, folder_watch: FolderWatch, library: FakeLibrary
) -> None:
    watch = started(qtbot, folder_watch, library)
    library.added = [root(2), root(3)]
    folder_watch.refresh()
    qtbot.waitUntil(lambda: set(folder_watch.states) == {2, 3})
    assert watch.refreshed == 1


def test_a_refresh_that_comes_too_early_is_made_up_for(
    qtbot: QtBot, folder_watch: FolderWatch, library: FakeLibrary
) -> None:
    folder_watch.refresh()
    watch = started(qtbot, folder_watch, library)
    qtbot.waitUntil(lambda: watch.refreshed == 1)


def test_after_closing_nothing_is_told(
    qtbot: QtBot, folder_watch: FolderWatch, library: FakeLibrary
) -> None:
    watch = started(qtbot, folder_watch, library)
    told: list[object] = []
    folder_watch.changed.connect(told.append)
    watch.tell(PLACES)  # still under way when it closes
    folder_watch.close()
    watch.tell(PLACES)
    QApplication.sendPostedEvents()
    assert watch.is_closed
    assert told == []
    folder_watch.refresh()
    assert watch.refreshed == 0


def test_a_watch_that_cannot_be_started_is_told(
    qtbot: QtBot, folder_watch: FolderWatch, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StoreError("The library cannot be read.")

    monkeypatch.setattr(library, "watch", refuse)
    with qtbot.waitSignal(folder_watch.failed) as failed:
        folder_watch.start(library)
    assert str(failed.args[0]) == "The library cannot be read."


def test_a_real_file_arrives(
    qtbot: QtBot,
    folder_watch: FolderWatch,
    real_library: Library,
    pictures: Path,
) -> None:
    told: list[str] = []
    folder_watch.changed.connect(lambda places: told.extend(place.path for place in places))
    folder_watch.start(real_library)
    qtbot.waitUntil(lambda: str(pictures) in told, timeout=20_000)
    (pictures / "new.jpg").write_bytes(b"x")
    qtbot.waitUntil(lambda: str(pictures / "new.jpg") in told, timeout=20_000)


@pytest.fixture
def real_library(tmp_path: Path, pictures: Path) -> Iterator[Library]:
    library = Library.open(DataPaths.below(tmp_path / "data"), OneModel(FakeEncoder()))
    list(library.index([pictures], CancelToken()))
    yield library
    library.close()
