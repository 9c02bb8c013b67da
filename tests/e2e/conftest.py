"""What the tests of the whole window on a real library share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.window.session import Session
from desktop_app.ui.work.stall_watch import Stall, StallWatch
from tests.helpers.fake_encoder import COLOURS, FakeEncoder
from tests.helpers.one_model import OneModel
from tests.helpers.pictures import encode, photo, plain, write
from tests.ui.conftest import _collect_garbage_here, _leave_old_objects_alone, theme

__all__ = ["_collect_garbage_here", "_leave_old_objects_alone", "theme"]

LONG_MS = 60_000  # worker processes start slowly on a busy machine
STALL_S = 0.1
"""Work of the window's thread at a stretch that fails a test. Ten frames: a machine may be slow."""
WAITING = ("engine/store/", "engine/files/", "engine/model/", "engine/search/")
"""Where the window's thread must not be found waiting: for a disk, SQLite, a decoder, a model."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Pictures in folders, of all proportions, with one that is broken."""
    folder = tmp_path / "my pictures"
    for name, colour in COLOURS.items():
        write(folder / "plain" / f"{name}.png", encode(plain(colour, 300, 200), "PNG"))
    for number in range(32):
        size = [(320, 240), (240, 320), (64, 640), (900, 90), (1, 1)][number % 5]
        write(folder / f"day {number % 3}" / f"IMG_{number}.jpg", encode(photo(*size), "JPEG"))
    write(folder / "broken.jpg", b"\xff\xd8\xff broken")
    return folder


class _StaysOpen(QObject):
    """Lets nobody close the window, whichever command or key does."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Refuse to close."""
        if event.type() == QEvent.Type.Close:
            event.ignore()
            return True
        return False


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, tmp_path: Path, folder: Path) -> Iterator[MainWindow]:
    """The window with a library of a folder, active; it stays open until the test has ended."""
    paths = DataPaths.below(tmp_path / "data")
    window = MainWindow(
        Session(lambda: Library.open(paths, OneModel(FakeEncoder())), paths.data), theme
    )
    keeper = _StaysOpen()
    window.installEventFilter(keeper)
    window.resize(1000, 700)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.waitUntil(lambda: window.results.shown is not None, timeout=LONG_MS)
    with qtbot.waitSignal(window.indexing.finished, timeout=LONG_MS):
        window.indexing.add([str(folder)])
    qtbot.waitUntil(lambda: window.pictures.rowCount() > 0, timeout=LONG_MS)
    yield window
    window.removeEventFilter(keeper)
    for other in QApplication.topLevelWidgets():
        if isinstance(other, MainWindow):
            other.close()
            other.deleteLater()


@pytest.fixture
def stalls() -> Iterator[StallWatch]:
    """Watches the window's thread, and fails a test in which it works too long at a stretch.

    Its own processor time counts and not the clock's, so that a busy machine fails nothing; and
    where it waited, whether that was for what it has others for.
    """
    with StallWatch(STALL_S) as watch:
        yield watch
    if long := bad_stalls(watch):
        pytest.fail("\n".join(map(str, long)))


def bad_stalls(watch: StallWatch) -> list[Stall]:
    """Those that the window itself is to blame for."""
    return [
        each
        for each in watch.stalls
        if each.cpu_seconds > STALL_S
        or (each.own_seconds > STALL_S and any(part in _slashed(each) for part in WAITING))
    ]


def _slashed(stall: Stall) -> str:
    """Its stack with the separators of one system."""
    return stall.stack.replace("\\", "/")
