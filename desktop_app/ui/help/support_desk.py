"""Tells of what went wrong in the program itself, now or last time, and helps to report it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from desktop_app.engine.diagnostics import crash_files, traces
from desktop_app.engine.diagnostics.crash_files import Crash
from desktop_app.engine.diagnostics.faults import Fault
from desktop_app.engine.diagnostics.log_file import last_lines
from desktop_app.engine.diagnostics.redaction import Redaction, places_of_this_computer
from desktop_app.engine.diagnostics.report import (
    LINES,
    Facts,
    Happened,
    program_facts,
    report_text,
)
from desktop_app.ui.commands.command_book import Command, CommandBook, Menu
from desktop_app.ui.help.report_facts import library_facts, model_facts, screen_facts
from desktop_app.ui.help.report_window import ReportWindow, Shown
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.messages.notices import Notices
from desktop_app.ui.words.language import tr
from desktop_app.ui.work.tasks import Lane
from desktop_app.ui.work.throttle import Throttle

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

_TOLD_CRASHES = 3
_REFRESH_MS = 300


@dataclass(frozen=True)
class Background:
    """What is asked of the disk and of the library for a report, in the background.

    Attributes:
        program: Versions and the system.
        library: Model and counts.
        log: The end of the log.
        earlier: Crashes that were told before.
    """

    program: Sequence[tuple[str, str]] = ()
    library: Sequence[tuple[str, str]] = ()
    log: Sequence[str] = ()
    earlier: Sequence[Crash] = ()


class SupportDesk(QObject):
    """Listens to faults, looks for what the last run left, and makes the report.

    Args:
        lane: For what touches the disk.
        theme: For the report's window.
        notices: Where the user is told.
        data_dir: Where the library lies.
        model: Gives the name of the model.
        searches: Gives what was searched for, newest first.
        parent: Its owner.
    """

    _faulted = Signal(object)

    def __init__(
        self,
        lane: Lane,
        theme: Theme,
        notices: Notices,
        data_dir: Path,
        model: Callable[[], str],
        searches: Callable[[], Sequence[str]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._lane = lane
        self._theme = theme
        self._notices = notices
        self._data_dir = data_dir
        self._model = model
        self._searches = searches
        self._traces = traces.current()
        self._library: Library | None = None
        self._window: ReportWindow | None = None
        self._background = Background()
        self._crashes: Sequence[Crash] = ()
        self._fault: Fault | None = None
        notices.offer_details(tr("Report", "Show report"), self.show_faults)
        # From any thread, so by way of the event loop.
        self._faulted.connect(self._tell_fault, Qt.ConnectionType.QueuedConnection)
        # A fault in what is painted comes a hundred times a second.
        self._pace = Throttle(_REFRESH_MS, self)
        self._pace.fired.connect(self._refresh)
        self._listener = self._faulted.emit
        self._traces.faults.listen(self._listener)

    def add_to(self, book: CommandBook) -> None:
        """Enter what can be done."""
        book.add(
            Command("help.report", Menu.HELP, tr("Commands", "Report a problem…"), 8, (),
                    "circle-alert"),
            self.show_report,
        )  # fmt: skip
        book.add(
            Command("help.logs", Menu.HELP, tr("Commands", "Show logs"), 8, (), "folder-open"),
            self.show_logs,
            self._why_no_logs,
        )

    def begin(self) -> None:
        """Look whether the last run came to its end."""
        folder = self._traces.crashes
        if folder is not None:
            self._lane.call(
                lambda: crash_files.collect(folder), self._tell_crashes, self._notices.exception
            )

    def set_library(self, library: "Library") -> None:
        """Have its counts for reports."""
        self._library = library

    def close(self) -> None:
        """Listen no longer, because the window closes."""
        self._traces.faults.leave(self._listener)
        if self._window is not None:
            self._window.close()
            self._window.deleteLater()
            self._window = None

    # What the user asks for

    def show_report(self) -> None:
        """Show the report of how things are, and of what has happened."""
        self._fault = None
        self._appear(takes_keyboard=True)

    def show_faults(self) -> None:
        """Show the report of the last fault."""
        faults = self._traces.faults.faults
        self._fault = max(faults, key=lambda each: each.last_s, default=None)
        self._appear(takes_keyboard=True)

    def show_logs(self) -> None:
        """Show the folder of the logs."""
        folder = self._traces.logs
        if folder is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._notices.info(tr("Report", "The logs are in {folder}.").format(folder=folder))

    def _why_no_logs(self) -> str:
        is_kept = self._traces.logs is not None
        return "" if is_kept else tr("Report", "The folder of the logs cannot be written.")

    # What happens

    def _tell_fault(self, fault: Fault) -> None:
        """Open the report's window, once for each fault; what comes again is counted."""
        is_news = self._traces.faults.is_news(fault)
        if self._window is not None and self._window.isVisible():
            self._pace.trigger()
        elif is_news and not is_any_shown():
            self._fault = fault
            self._appear(takes_keyboard=False)

    def _tell_crashes(self, found: Sequence[Crash]) -> None:
        self._crashes = found
        if any(each.is_window or each.trace for each in found):
            self._notices.remind(
                tr("Report", "Image Seeker ended unexpectedly last time. Nothing that was indexed "
                   "is lost."),
                tr("Report", "Show report"),
                self.show_report,
            )  # fmt: skip

    # The report

    def _appear(self, *, takes_keyboard: bool) -> None:
        window = self._window or self._make_window()
        self._refresh()
        window.appear(takes_keyboard=takes_keyboard)
        self._lane.call(self._ask, self._answered, lambda _error: None)

    def _make_window(self) -> ReportWindow:
        window = self._window = ReportWindow(self._theme)
        window.changed.connect(self._refresh)
        window.logs_asked.connect(self.show_logs)
        window.logs_button.setEnabled(not self._why_no_logs())
        return window

    def _ask(self) -> Background:
        """What the report says of the program and the library; runs in the background."""
        folder, log = self._traces.crashes, self._traces.log
        earlier = crash_files.seen(folder)[:_TOLD_CRASHES] if folder is not None else []
        lines = last_lines(log, LINES) if log is not None else []
        return Background(program_facts(), library_facts(self._library), lines, earlier)

    def _answered(self, background: Background) -> None:
        self._background = background
        self._refresh()

    def _refresh(self) -> None:
        window = self._window
        if window is None:
            return
        searches = self._searches()
        redaction = Redaction(
            places_of_this_computer(str(self._data_dir), str(self._traces.logs or "")),
            searches,
            names=window.names.isChecked(),
            queries=window.searches.isChecked(),
        )
        faults = self._traces.faults.faults
        facts = Facts(
            [*self._background.program, *screen_facts()],
            [*model_facts(self._model()), *self._background.library],
            searches[:3],
        )
        crashes = self._crashes or self._background.earlier
        happened = Happened(faults, crashes, self._lines(redaction, is_of_now=bool(faults)))
        window.say(self._said(report_text(happened, facts, redaction)))

    def _lines(self, redaction: Redaction, *, is_of_now: bool) -> Sequence[str]:
        """What went before: in this run, or where that has no fault, what the log has."""
        if self._crashes and not is_of_now:
            return [redaction.text(each) for each in self._background.log]
        ring = self._traces.ring.lines(redaction.value)[-LINES:]
        return [redaction.text(each) for each in ring]

    def _said(self, report: str) -> Shown:
        fault = self._fault
        if fault is not None:
            known = {(each.kind, each.place): each for each in self._traces.faults.faults}
            count = known.get((fault.kind, fault.place), fault).count
            return Shown(
                tr("Report", "Something went wrong"),
                tr("Report", "Image Seeker goes on, and nothing that was indexed is lost. If it "
                   "happens again, close it and open it anew. This report helps the developers to "
                   "mend it."),
                tr("Report", "It happened {count} times.").format(count=count) if count > 1 else "",
                report,
            )  # fmt: skip
        if any(each.is_window or each.trace for each in self._crashes):
            return Shown(
                tr("Report", "It ended unexpectedly"),
                tr("Report", "Nothing that was indexed is lost. If it happens again, this report "
                   "helps the developers to mend it."),
                "",
                report,
            )  # fmt: skip
        return Shown(
            tr("Report", "Report a problem"),
            tr("Report", "Write down what you did and what happened, and add this report."),
            "",
            report,
        )


def is_any_shown() -> bool:
    """Whether a report is to be seen already, of whichever window: never two."""
    return any(
        isinstance(each, ReportWindow) and each.isVisible()
        for each in QApplication.topLevelWidgets()
    )
