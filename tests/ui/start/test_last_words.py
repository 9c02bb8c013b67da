"""What is said where there is no window."""

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.ui.start.last_words import last_words


def test_they_have_a_report_to_copy(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    box = last_words(ImportError("no module /home/anna/x"), tmp_path / "image-seeker.log")
    qtbot.addWidget(box)
    box.show()
    assert "cannot go on" in box.text()
    assert str(tmp_path) in box.informativeText()
    buttons = {each.text().replace("&", ""): each for each in box.findChildren(QPushButton)}
    buttons["Copy report"].click()
    assert box.isVisible()
    copied = QGuiApplication.clipboard().text()
    assert "ImportError, once" in copied
    assert "anna" not in copied
    buttons["Close"].click()
    assert not box.isVisible()


def test_they_can_do_without_a_log(qtbot: QtBot, qapp: QApplication) -> None:
    box = last_words(ImportError("no module"), None)
    qtbot.addWidget(box)
    assert box.informativeText() == ""
