"""The window on a library whose disk is full, and has room again."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.library import owed_places, room_watch
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.window.session import Session
from tests.helpers.disks import SmallDisk, fill, small_disk
from tests.helpers.fake_encoder import COLOURS, FakeEncoder
from tests.helpers.one_model import OneModel

FULL = "The disk that holds the library is full."
LONG_MS = 60_000


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk", "16m") as disk:
        yield disk


@pytest.fixture
def window(
    qtbot: QtBot,
    theme: Theme,
    tmp_path: Path,
    disk: SmallDisk,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MainWindow]:
    monkeypatch.setattr(owed_places, "FIRST_RETRY_MS", 300)
    monkeypatch.setattr(room_watch, "LOOK_MS", 300)
    paths = DataPaths.below(disk.folder / "data")
    session = Session(
        lambda: Library.open_even_if_unwritable(paths, OneModel(FakeEncoder())), tmp_path / "window"
    )
    window = MainWindow(session, theme)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: window.results.shown is not None, timeout=LONG_MS)
    yield window
    window.close()
    window.deleteLater()


def said(window: MainWindow) -> str:
    """What stays until it is closed."""
    return "\n".join(window.notices.staying)


def test_a_folder_that_could_not_even_be_noted_is_taken_in_once_there_is_room(
    qtbot: QtBot,
    window: MainWindow,
    disk: SmallDisk,
    pictures: Path,
) -> None:
    ballast = fill(disk.folder)
    with qtbot.waitSignal(window.indexing.failed, timeout=LONG_MS) as failed:
        window.indexing.add([str(pictures)])
    assert str(failed.args[0]).startswith(FULL)
    library = window.session.library
    assert library is not None
    assert library.roots() == []
    assert FULL in said(window)
    ballast.unlink()
    qtbot.waitUntil(lambda: library.picture_count() == len(COLOURS), timeout=LONG_MS)
    qtbot.waitUntil(lambda: FULL not in said(window), timeout=LONG_MS)


def test_what_is_said_of_a_change_that_failed_goes_once_there_is_room(
    qtbot: QtBot,
    window: MainWindow,
    disk: SmallDisk,
    pictures: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window.indexing.add([str(pictures)])
    qtbot.waitUntil(lambda: window.pictures.rowCount() == len(COLOURS), timeout=LONG_MS)
    qtbot.waitUntil(lambda: window.indexing.is_idle, timeout=LONG_MS)
    library = window.session.library
    assert library is not None
    real, looks = library.has_room, list[bool]()

    def has_room() -> bool:
        looks.append(real())
        return looks[-1]

    monkeypatch.setattr(library, "has_room", has_room)
    ballast = fill(disk.folder)
    window.grid.go_to(0)
    ratings = itertools.cycle(range(1, 6))

    def has_failed() -> bool:  # the log of the catalog may have some room of its own
        window.labels_desk.rate(next(ratings))
        return FULL in said(window)

    qtbot.waitUntil(has_failed, timeout=LONG_MS)
    qtbot.waitUntil(lambda: len(looks) > 1, timeout=LONG_MS)
    assert not any(looks)
    assert FULL in said(window)
    ballast.unlink()
    qtbot.waitUntil(lambda: FULL not in said(window), timeout=LONG_MS)
    with qtbot.waitSignal(window.labels_desk.changed, timeout=LONG_MS):
        window.labels_desk.rate(next(ratings))
