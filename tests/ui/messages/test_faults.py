import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import qCritical, qWarning
from pytestqt.qtbot import QtBot

from desktop_app.engine.diagnostics.crash_files import WINDOW
from desktop_app.engine.diagnostics.traces import start_logging, stop_logging
from desktop_app.engine.errors import UserFacingError
from desktop_app.ui.messages.faults import FaultHooks
from desktop_app.ui.messages.notices import out_of_memory, unexpected


@pytest.fixture
def reports(qtbot: QtBot) -> Iterator[list[str]]:
    reports: list[str] = []
    hooks = FaultHooks(reports.append)
    before = sys.excepthook, threading.excepthook
    hooks.install()
    yield reports
    hooks.remove()
    assert (sys.excepthook, threading.excepthook) == before


def raise_uncaught(error: BaseException) -> None:
    sys.excepthook(type(error), error, error.__traceback__)


def test_an_uncaught_exception_is_reported_and_logged(
    reports: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    raise_uncaught(ValueError("a bug"))
    assert reports == [unexpected()]
    assert "a bug" in caplog.text


def test_one_for_the_user_is_said_in_its_own_words(reports: list[str]) -> None:
    raise_uncaught(UserFacingError("The disk is full.", "Make some space."))
    assert reports == ["The disk is full. Make some space."]


def test_so_is_one_in_a_thread(reports: list[str], caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        raise ValueError("in a thread")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert reports == [unexpected()]
    assert "in a thread" in caplog.text


def test_ctrl_c_is_no_fault(reports: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    passed_on: list[object] = []
    hooks = FaultHooks(reports.append)
    monkeypatch.setattr(sys, "excepthook", lambda *args: passed_on.append(args[0]))
    hooks.install()
    raise_uncaught(KeyboardInterrupt())
    hooks.remove()
    assert passed_on == [KeyboardInterrupt]
    assert reports == []


def test_what_qt_complains_of_is_logged(
    reports: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="qt"):
        qWarning("that is odd")
        qCritical("that is bad")
    logged = [(record.levelno, record.message) for record in caplog.records]
    assert logged == [(logging.WARNING, "that is odd"), (logging.ERROR, "that is bad")]
    assert reports == []


def test_too_little_memory_is_no_fault_of_the_program(
    reports: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    raise_uncaught(MemoryError())
    assert reports == [str(out_of_memory())]
    assert [record.name for record in caplog.records] == ["desktop_app.ui.messages.faults"]


def test_the_end_of_the_desktop_is_no_crash(reports: list[str], tmp_path: Path) -> None:
    """Whoever logs out with the window open ends the program by way of Qt."""
    start_logging(tmp_path, WINDOW)
    crashes = tmp_path / "crashes"
    assert len(list(crashes.iterdir())) == 1
    qWarning("The X11 connection broke (error 1). Did the X11 server die?")
    assert list(crashes.iterdir()) == []
    stop_logging()
