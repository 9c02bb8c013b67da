"""Somebody who presses everything while pictures come and searches run: nothing may break.

``IMAGE_SEEKER_FUZZ_EVENTS`` says how often something is done, ``IMAGE_SEEKER_FUZZ_SEED`` what
chance begins with; 0 lets chance decide that, too.
"""

import logging
import os
import random
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QDesktopServices, QDrag
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.ui.system import file_manager
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.work.stall_watch import Stall, StallWatch
from tests.e2e.conftest import LONG_MS, bad_stalls
from tests.e2e.random_user import RandomUser
from tests.helpers.pictures import encode, photo, write

EVENTS = int(os.environ.get("IMAGE_SEEKER_FUZZ_EVENTS", "600"))
SEED = int(os.environ.get("IMAGE_SEEKER_FUZZ_SEED", "1")) or random.randrange(1, 1_000_000)
EVENTS_PER_PICTURE = 25
LET_GO_MS = 20


@pytest.fixture(autouse=True)
def _nothing_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """No dialog of the system, and no other program."""
    monkeypatch.setattr(QFileDialog, "open", lambda *_: None)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda *_: True)
    monkeypatch.setattr(file_manager, "show_in_file_manager", lambda *_: None)


class _Release:
    """Ends what waits for the user within a step: a menu that is open, a dialog, a drag."""

    def __init__(self, user: RandomUser) -> None:
        self._user = user
        self._seen = 0
        self._timer = QTimer(interval=LET_GO_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        is_waiting, self._seen = self._seen == self._user.steps, self._user.steps
        dialog, popup = QApplication.activeModalWidget(), QApplication.activePopupWidget()
        if isinstance(dialog, QDialog):
            dialog.reject()
        elif is_waiting and popup is not None:
            popup.close()
        elif is_waiting:
            QDrag.cancel()


@pytest.mark.qt_log_level_fail("WARNING")
@pytest.mark.qt_log_ignore("This plugin does not support", "Unimplemented code")  # offscreen
def test_nothing_breaks(
    qtbot: QtBot,
    window: MainWindow,
    folder: Path,
    stalls: StallWatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    user = RandomUser(window, SEED)
    release = _Release(user)
    try:
        with caplog.at_level(logging.ERROR):
            for number in range(EVENTS):
                user.step()
                QApplication.processEvents()
                if number % EVENTS_PER_PICTURE == 0:
                    write(folder / "new" / f"{number}.jpg", encode(photo(64, 48, number), "JPEG"))
                    window.indexing.rescan()
                    stalls.answered()  # what this test does is not the window's work
        assert [record.getMessage() for record in caplog.records] == []
        del release
        for popup in iter(QApplication.activePopupWidget, None):
            popup.close()
        window.showNormal()
        if window.viewer.isVisible():
            window.viewer.close_viewer()
        window.header.search_box.clear()
        window.status.resumed.emit()  # it may have been paused
        qtbot.waitUntil(lambda: window.indexing.is_idle, timeout=LONG_MS)
        with qtbot.waitSignal(window.indexing.finished, timeout=LONG_MS):
            window.indexing.add([str(folder)])  # it may have been forgotten
        qtbot.waitUntil(lambda: window.pictures.rowCount() > 0, timeout=LONG_MS)
        assert list(map(str, bad_stalls(stalls))) == []
    except BaseException as error:
        error.add_note(f"IMAGE_SEEKER_FUZZ_SEED={SEED} IMAGE_SEEKER_FUZZ_EVENTS={EVENTS}")
        error.add_note("\n".join(["What was done last:", *user.done]))
        raise


def test_waiting_for_what_other_threads_are_for_is_a_stall_and_a_busy_machine_is_none(
    qapp: QApplication,
) -> None:
    watch = StallWatch()
    paints = "  desktop_app/ui/grid/grid_painter.py:73 paint"
    reads = f"{paints}\n  desktop_app\\engine\\store\\catalog.py:9 pictures"
    works, waits, is_kept_waiting = (
        Stall(0.3, 0.2, paints),
        Stall(0.3, 0.01, reads),
        Stall(0.3, 0.01, paints, turn_seconds=0.29),
    )
    watch.stalls += [works, waits, is_kept_waiting]
    assert bad_stalls(watch) == [works, waits]
