"""Tells of faults and of the last end, and makes reports."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.engine.diagnostics import faults
from desktop_app.engine.diagnostics.traces import Traces, start_logging, stop_logging
from desktop_app.ui.commands.command_book import CommandBook
from desktop_app.ui.help.report_window import ReportWindow
from desktop_app.ui.help.support_desk import SupportDesk
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.messages.notices import Notices, unexpected
from desktop_app.ui.work.tasks import Lane
from tests.ui.fake_library import FakeLibrary

ENDED = "Image Seeker ended unexpectedly last time. Nothing that was indexed is lost."


@pytest.fixture
def traces(tmp_path: Path) -> Iterator[Traces]:
    yield start_logging(tmp_path / "logs")
    stop_logging()


@pytest.fixture
def notices(qtbot: QtBot, theme: Theme) -> Notices:
    notices = Notices(theme)
    qtbot.addWidget(notices)
    return notices


@pytest.fixture
def desk(
    traces: Traces, notices: Notices, lane: Lane, theme: Theme, tmp_path: Path
) -> Iterator[SupportDesk]:
    desk = SupportDesk(lane, theme, notices, tmp_path, lambda: "CLIP", lambda: ["two dogs"])
    yield desk
    desk.close()


def shown() -> list[ReportWindow]:
    found = [each for each in QApplication.topLevelWidgets() if isinstance(each, ReportWindow)]
    return [each for each in found if each.isVisible()]


def fail(name: str = "ValueError") -> None:
    error = type(name, (Exception,), {})("/home/anna/a.jpg")
    logging.getLogger(faults.LOGGER).error("it failed", exc_info=error)


def test_a_fault_opens_one_window_and_is_counted_then(qtbot: QtBot, desk: SupportDesk) -> None:
    fail()
    qtbot.waitUntil(lambda: len(shown()) == 1)
    (window,) = shown()
    fail()
    fail("KeyError")
    qtbot.waitUntil(lambda: "2 times" in window.said and "KeyError" in window.report)
    assert shown() == [window]
    assert "anna" not in window.report
    window.close()
    fail()
    fail("TypeError")
    qtbot.waitUntil(lambda: "TypeError" in "".join(each.report for each in shown()))
    assert shown() == [window]


def test_never_two_windows_of_two_desks(
    qtbot: QtBot, desk: SupportDesk, lane: Lane, theme: Theme, notices: Notices, tmp_path: Path
) -> None:
    other = SupportDesk(lane, theme, notices, tmp_path, str, list)
    fail()
    qtbot.waitUntil(lambda: len(shown()) == 1)
    with qtbot.waitSignal(other._faulted):
        fail("KeyError")
    assert len(shown()) == 1
    other.close()


def test_the_notice_of_a_fault_leads_to_its_report(
    qtbot: QtBot, desk: SupportDesk, notices: Notices
) -> None:
    fail()
    qtbot.waitUntil(lambda: len(shown()) == 1)
    shown()[0].close()
    notices.error(unexpected())
    assert notices.shown is not None
    assert notices.shown.action == "Show report"
    notices._button.click()
    assert "Something went wrong" in shown()[0].said


def test_a_report_on_request_has_the_library_and_no_names(
    qtbot: QtBot, desk: SupportDesk, traces: Traces
) -> None:
    logging.getLogger("desktop_app.test").debug("looks for %s in %s", "two dogs", "My Pics/a")
    desk.set_library(FakeLibrary(3))
    desk.show_report()
    (window,) = shown()
    qtbot.waitUntil(lambda: "Pictures" in window.report)
    assert "Model        CLIP" in window.report
    assert "Pictures     3" in window.report
    assert "looks for <search> in <path>" in window.report
    window.names.click()
    assert "looks for <search> in My Pics/a" in window.report
    window.searches.click()
    assert "looks for two dogs in My Pics/a" in window.report
    assert "Searched for\n  two dogs" in window.report
    window.names.click()
    assert "My Pics" not in window.report


def test_a_library_that_cannot_be_asked_costs_only_its_counts(
    qtbot: QtBot, desk: SupportDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = FakeLibrary(3)

    def refuse() -> int:
        raise OSError("the disk is gone")

    monkeypatch.setattr(library, "picture_count", refuse)
    desk.set_library(library)
    desk.show_report()
    qtbot.waitUntil(lambda: "cannot be asked: OSError" in shown()[0].report)


def test_the_last_end_is_told_once(
    qtbot: QtBot, desk: SupportDesk, traces: Traces, notices: Notices, lane: Lane
) -> None:
    assert traces.crashes is not None
    trace = 'Fatal Python error: Aborted\n  File "/home/anna/desktop_app/a.py", line 3 in f'
    (traces.crashes / "20200101T000000-99999-window.txt").write_text(trace)
    desk.begin()
    qtbot.waitUntil(lambda: notices.shown is not None)
    assert notices.shown is not None
    assert notices.shown.text == ENDED
    assert not notices.shown.is_error
    notices._button.click()
    (window,) = shown()
    qtbot.waitUntil(lambda: "Python error: Aborted" in window.report)
    assert window.said.startswith("It ended unexpectedly")
    assert 'File "desktop_app/a.py", line 3' in window.report
    notices.dismiss()
    desk.begin()
    done: list[object] = []
    lane.call(lambda: None, done.append, done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert notices.shown is None


def test_the_logs_are_shown_where_they_are(
    qtbot: QtBot,
    desk: SupportDesk,
    traces: Traces,
    notices: Notices,
    theme: Theme,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[str] = []
    services = "desktop_app.ui.help.support_desk.QDesktopServices.openUrl"

    def refuse(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return False

    monkeypatch.setattr(services, refuse)
    book = CommandBook(theme, notices)
    desk.add_to(book)
    book.run("help.logs")
    assert opened == [str(traces.logs)]
    assert notices.shown is not None  # nothing took it: the place is said
    assert str(traces.logs) in notices.shown.text
    book.run("help.report")
    assert len(shown()) == 1


def test_without_logs_the_command_says_why(
    qtbot: QtBot, notices: Notices, lane: Lane, theme: Theme, tmp_path: Path
) -> None:
    desk = SupportDesk(lane, theme, notices, tmp_path, str, list)
    book = CommandBook(theme, notices)
    desk.add_to(book)
    desk.begin()
    with qtbot.waitSignal(book.refused) as refused:
        book.run("help.logs")
    assert refused.args == ["The folder of the logs cannot be written."]
    desk.show_faults()
    assert shown()[0].said.startswith("Report a problem")
    desk.close()
