"""What is said where the program ends before, or without, its window."""

import contextlib
from pathlib import Path

from PySide6.QtWidgets import QApplication, QMessageBox

from desktop_app.engine.diagnostics import traces
from desktop_app.engine.diagnostics.faults import fault_of
from desktop_app.engine.diagnostics.redaction import Redaction, places_of_this_computer
from desktop_app.engine.diagnostics.report import Facts, Happened, program_facts, report_text
from desktop_app.engine.errors import UserFacingError
from desktop_app.ui.start.display import require_display
from desktop_app.ui.words.language import tr


def say_last_words(error: Exception, log: Path | None) -> None:
    """Tell somebody who has no terminal, and wait until they have read it.

    Args:
        error: What the program ends of.
        log: Where the details are.
    """
    with contextlib.suppress(UserFacingError):  # without a display, the terminal has said it
        require_display()
        box = last_words(error, log)
        box.exec()


def last_words(error: Exception, log: Path | None) -> QMessageBox:
    """The message, with a report to copy."""
    if QApplication.instance() is None:
        QApplication([])
    places = places_of_this_computer(logs=str(log.parent) if log is not None else "")
    redaction = Redaction(places)
    happened = Happened(faults=[fault_of(error)], lines=redacted_lines(redaction))
    report = report_text(happened, Facts(program_facts()), redaction)
    box = QMessageBox(
        QMessageBox.Icon.Critical,
        "Image Seeker",
        tr("Report", "Image Seeker cannot go on. Nothing that was indexed is lost."),
    )
    if log is not None:
        box.setInformativeText(tr("Report", "The details are in {file}.").format(file=log))
    box.setDetailedText(report)
    copy = box.addButton(tr("Report", "Copy report"), QMessageBox.ButtonRole.ActionRole)
    copy.clicked.disconnect()  # it would close the message
    copy.clicked.connect(lambda: QApplication.clipboard().setText(report))
    box.addButton(QMessageBox.StandardButton.Close)
    return box


def redacted_lines(redaction: Redaction) -> list[str]:
    """The last things that happened, as a report may say them."""
    return [redaction.text(each) for each in traces.current().ring.lines(redaction.value)]
