"""What the window offers when the library is damaged."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.engine.errors import CatalogDamagedError, StoreError
from desktop_app.engine.library import Library
from desktop_app.engine.records import CatalogBackup
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.start.windows import Windows
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.window.session import Session
from desktop_app.ui.words import wording
from tests.ui.fake_library import FakeLibrary

DAMAGED = CatalogDamagedError("The library's file is damaged.", "Type something.")
BACKUP = CatalogBackup("/backups/b", 1_770_897_600.0, 12_408)
RESTORE = "Restore the backup of 12 Feb 2026 (12\u202f408 pictures)"

OpenWindow = Callable[[], MainWindow]


class FakeRescuer:
    def __init__(self) -> None:
        self.backup: CatalogBackup | None = BACKUP
        self.looked = 0
        self.restored: list[CatalogBackup | None] = []
        self.error: Exception | None = None

    def newest_backup(self) -> CatalogBackup | None:
        self.looked += 1
        return self.backup

    def restore(self, backup: CatalogBackup | None) -> object:
        if self.error is not None:
            raise self.error
        self.restored.append(backup)
        return None


@pytest.fixture
def rescuer() -> FakeRescuer:
    return FakeRescuer()


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary(5)


@pytest.fixture
def open_error() -> list[Exception]:
    """What opening raises, one attempt after another."""
    return []


@pytest.fixture
def windows() -> list[Windows]:
    """All that are opened: one after another."""
    return []


@pytest.fixture
def window(
    qtbot: QtBot,
    theme: Theme,
    tmp_path: Path,
    rescuer: FakeRescuer,
    library: FakeLibrary,
    open_error: list[Exception],
    windows: list[Windows],
) -> Iterator[OpenWindow]:
    opened: list[MainWindow] = []

    def open_library() -> Library:
        if open_error:
            raise open_error.pop(0)
        return library

    def open_() -> MainWindow:
        session = Session(open_library, tmp_path / "data", rescuer)
        windows.append(Windows(session, theme))
        windows[-1].open_as_left()
        shown = session.windows.front
        assert shown is not None
        opened.append(shown)
        with qtbot.waitExposed(shown):
            shown.show()
        return shown

    yield open_
    for one in opened:
        one.close()
        one.deleteLater()


def button(parent: QWidget, text: str) -> QPushButton | None:
    found = [each for each in parent.findChildren(QPushButton) if each.text() == text]
    return found[0] if found and found[0].isVisible() else None


def press(qtbot: QtBot, parent: QWidget, text: str) -> None:
    qtbot.waitUntil(lambda: button(parent, text) is not None)
    found = button(parent, text)
    assert found is not None
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def test_a_library_that_is_damaged_when_it_is_opened(
    qtbot: QtBot, window: OpenWindow, rescuer: FakeRescuer, open_error: list[Exception]
) -> None:
    open_error.append(DAMAGED)
    shown = window()
    press(qtbot, shown.empty, RESTORE)
    qtbot.waitUntil(lambda: shown.results.shown is not None)
    assert rescuer.restored == [BACKUP]
    assert shown.results.shown is not None
    assert shown.results.shown.count == 5
    assert shown.isVisible()


def test_what_the_middle_says(
    qtbot: QtBot, window: OpenWindow, open_error: list[Exception]
) -> None:
    open_error.append(DAMAGED)
    shown = window()
    qtbot.waitUntil(lambda: button(shown.empty, RESTORE) is not None)
    message = shown.empty.message
    assert (message.drawing, message.title) == ("trouble", "The library's file is damaged.")
    assert (
        message.hint == "What came after the backup is looked for again. The damaged file is kept."
    )


def test_without_a_backup_it_begins_anew(
    qtbot: QtBot, window: OpenWindow, rescuer: FakeRescuer, open_error: list[Exception]
) -> None:
    open_error.append(DAMAGED)
    rescuer.backup = None
    shown = window()
    press(qtbot, shown.empty, "Begin with an empty library")
    qtbot.waitUntil(lambda: shown.results.shown is not None)
    assert rescuer.restored == [None]


def test_a_restoration_that_fails_says_so(
    qtbot: QtBot, window: OpenWindow, rescuer: FakeRescuer, open_error: list[Exception]
) -> None:
    open_error.append(DAMAGED)
    rescuer.error = StoreError("The disk is full.", "Make some space.")
    shown = window()
    press(qtbot, shown.empty, RESTORE)
    qtbot.waitUntil(lambda: shown.empty.message.title == "The disk is full.")
    assert shown.empty.message.action == "Try again"
    open_error.append(DAMAGED)
    rescuer.error = None
    press(qtbot, shown.empty, "Try again")
    press(qtbot, shown.empty, RESTORE)
    qtbot.waitUntil(lambda: shown.results.shown is not None)


def test_damage_that_shows_later_is_told_once_with_a_button(
    qtbot: QtBot,
    window: OpenWindow,
    windows: list[Windows],
    rescuer: FakeRescuer,
    library: FakeLibrary,
) -> None:
    shown = window()
    qtbot.waitUntil(lambda: shown.results.shown is not None)
    for _ in range(3):
        shown.notices.exception(DAMAGED)
    qtbot.waitUntil(lambda: button(shown.notices, RESTORE) is not None)
    assert shown.notices.shown is not None
    assert shown.notices.shown.text == "The library's file is damaged."
    assert rescuer.looked == 1
    press(qtbot, shown.notices, RESTORE)
    assert not shown.isVisible()
    assert library.is_closed
    assert rescuer.restored == []  # only when this window has gone
    (opened,) = windows
    assert opened.reopening is not None
    opened.reopening()
    assert rescuer.restored == [BACKUP]


def test_what_the_look_after_an_unclean_end_finds(
    qtbot: QtBot, window: OpenWindow, windows: list[Windows], library: FakeLibrary
) -> None:
    library.check_error = DAMAGED
    shown = window()
    qtbot.waitUntil(lambda: button(shown.notices, RESTORE) is not None)
    assert windows[0].reopening is None


def test_a_window_that_restores_first(
    qtbot: QtBot, theme: Theme, tmp_path: Path, rescuer: FakeRescuer, library: FakeLibrary
) -> None:
    done: list[str] = []

    def open_library() -> Library:
        done.append("open")
        return library

    shown = MainWindow(
        Session(open_library, tmp_path, rescuer, lambda: done.append("restore")), theme
    )
    shown.show()
    qtbot.waitUntil(lambda: shown.results.shown is not None)
    assert done == ["restore", "open"]
    shown.close()
    shown.deleteLater()


def test_a_thousand_pictures_or_one() -> None:
    assert wording.restoring(CatalogBackup("", BACKUP.made_at_s, 1)) == (
        "Restore the backup of 12 Feb 2026 (1 picture)"
    )
