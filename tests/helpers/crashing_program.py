"""The program with its window, and a user at it to whom things happen.

Prints what the user sees as lines of JSON. Arguments: data folder, what happens, picture folder.
What happens: ``faults`` in a slot, a worker, a decoder process, and for want of memory, and then a
segmentation fault; ``look`` looks what the window says, reads the report, and is killed; ``rest``
looks and closes the window.
"""

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desktop_app.ui.help.report_window import ReportWindow
    from desktop_app.ui.window.main_window import MainWindow

QUERY = "my secret birthday"
"""What is searched for before something happens."""

Ready = Callable[[], object]


def tell(**facts: object) -> None:
    """Print what the user sees."""
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def window() -> "MainWindow":
    """The program's window."""
    from PySide6.QtWidgets import QApplication

    from desktop_app.ui.window.main_window import MainWindow

    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow))


def report_windows() -> "list[ReportWindow]":
    """The reports that are to be seen."""
    from PySide6.QtWidgets import QApplication

    from desktop_app.ui.help.report_window import ReportWindow

    found = [each for each in QApplication.topLevelWidgets() if isinstance(each, ReportWindow)]
    return [each for each in found if each.isVisible()]


def tell_notice(step: str) -> None:
    """Print what the line at the bottom and the report say."""
    shown = window().notices.shown
    reports = report_windows()
    tell(
        step=step,
        notice=shown.text if shown else "",
        action=shown.action if shown else "",
        windows=len(reports),
        said=[each.said for each in reports],
        report=reports[0].report if reports else "",
    )


def broken_slot() -> None:
    """A fault that names what nobody else should read."""
    raise ValueError(f"no pictures in {Path.home()}/My Holiday/beach day.jpg for {QUERY}")


def broken_work() -> None:
    """The same in the background."""
    raise KeyError("two of three")


def greedy() -> bytearray:
    """Asks for more memory than any computer has."""
    return bytearray(1 << 60)


def faults(pictures: str) -> Iterator[Ready]:
    """What happens to the user; waits for what is yielded."""
    from PySide6.QtCore import QTimer

    from desktop_app.ui.commands.command_book import Command, Menu

    main = window()
    yield lambda: main.arrival.library is not None and main.results.shown is not None
    main.header.search_box.draft.set_line(QUERY)
    main.header.search_box.remember()
    main.indexing.add([pictures])
    yield lambda: main.indexing.is_idle and main.problems.model.rowCount() == 2
    main.notices.dismiss()
    skipped = [main.problems.model.file(row) for row in range(2)]
    tell(
        step="process",
        problems={Path(each.path).name: each.reason for each in skipped},
        pictures=main.arrival.library.picture_count() if main.arrival.library else 0,
    )
    main.book.add(Command("test.break", Menu.HELP, "Break"), broken_slot)
    main.book.run("test.break")
    yield lambda: report_windows() and "Pictures" in report_windows()[0].report
    main.book.run("test.break")
    yield lambda: "2 times" in report_windows()[0].said
    tell_notice("slot")
    report_windows()[0].close()
    lane = main.session.file_lane()
    lane.call(broken_work, print, main.notices.exception)
    yield lambda: report_windows() and "KeyError" in report_windows()[0].report
    tell_notice("worker")
    report_windows()[0].close()
    for place in ("memory", "memory in a worker"):
        main.notices.dismiss()
        main.notices.dismiss()
        if place == "memory":
            QTimer.singleShot(0, main, greedy)
        else:
            lane.call(greedy, print, main.notices.exception)
        yield lambda: main.notices.shown is not None
        tell_notice(place)
    signal.raise_signal(signal.SIGSEGV)


def look(_pictures: str) -> Iterator[Ready]:
    """Reads what the program says of its last end, and is killed."""
    from PySide6.QtGui import QGuiApplication

    main = window()
    yield lambda: main.notices.shown is not None and main.arrival.library is not None
    tell_notice("next start")
    main.notices._button.click()
    yield lambda: report_windows() and "Pictures" in report_windows()[0].report
    tell_notice("report")
    report_windows()[0].copy_button.click()
    tell(step="copied", text=QGuiApplication.clipboard().text())
    report_windows()[0].names.click()
    report_windows()[0].searches.click()
    tell_notice("all told")
    os.kill(os.getpid(), signal.SIGKILL)


def rest(_pictures: str) -> Iterator[Ready]:
    """Looks whether something is said, and closes the window."""
    main = window()
    yield lambda: main.results.shown is not None
    done: list[object] = []
    main.shell.support._lane.call(lambda: None, done.append, done.append)
    yield lambda: done  # what was looked for at the start has been found by now
    tell_notice("rest")
    main.close()


def drive(application: "QApplication", steps: Iterator[Ready]) -> None:
    """Go through the steps, each when it is ready."""
    from PySide6.QtCore import QTimer

    ready: list[Ready] = [lambda: True]

    def go_on() -> None:
        if ready[0]():
            try:
                ready[0] = next(steps)
            except StopIteration:
                timer.stop()

    timer = QTimer(application, interval=10)
    timer.timeout.connect(go_on)
    timer.start()


def run(data: str, what: str, pictures: str) -> int:
    """Start the real program."""
    from unittest import mock

    from desktop_app import main
    from desktop_app.ui.start import application
    from tests.helpers.fake_encoder import FakeEncoder
    from tests.helpers.one_model import OneModel
    from tests.helpers.resizers import fatal

    class Fatal(FakeEncoder):
        @property
        def resizer(self) -> Any:
            return fatal

    make = application.create_application
    script = {"faults": faults, "look": look, "rest": rest}[what]

    def create() -> Any:
        made = make()
        drive(made, script(pictures))
        return made

    models = OneModel(Fatal())
    with (
        mock.patch.object(application, "create_application", create),
        mock.patch.object(main, "make_models", return_value=models),
    ):
        return main.main(["--data-dir", data])


if __name__ == "__main__":
    sys.exit(run(*sys.argv[1:]))
