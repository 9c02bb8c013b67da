"""The window with a report to copy."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop_app import REPORTS
from desktop_app.ui.help.report_window import ReportWindow, Shown
from desktop_app.ui.kit.theme import Theme

SHOWN = Shown("Something went wrong", "It goes on.", "", "what happened\n" * 200)


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> ReportWindow:
    window = ReportWindow(theme)
    qtbot.addWidget(window)
    window.say(SHOWN)
    return window


def test_it_says_what_happened_and_copies_the_report(qtbot: QtBot, window: ReportWindow) -> None:
    window.appear(takes_keyboard=False)
    assert window.said == "Something went wrong\nIt goes on."
    qtbot.mouseClick(window.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == SHOWN.report
    assert window.copy_button.text() == "Copied"
    window._copied.timeout.emit()
    assert window.copy_button.text() == "Copy report"


def test_it_says_where_reports_are_read(window: ReportWindow) -> None:
    window.appear(takes_keyboard=False)
    assert window.address.isVisible()
    assert window.address.said == f"Reports are read at {REPORTS}"
    window.address.setSelection(0, len(window.address.text()))
    window.address.copy()
    assert REPORTS in QGuiApplication.clipboard().text()


def test_who_reads_in_it_goes_on_at_the_same_place(window: ReportWindow) -> None:
    window.appear(takes_keyboard=False)
    bar = window._report.verticalScrollBar()
    bar.setValue(50)
    window.say(Shown("Something went wrong", "It goes on.", "Twice.", SHOWN.report + "more"))
    assert bar.value() == 50
    assert window.said.endswith("Twice.")


def test_all_of_it_can_be_reached_by_the_keyboard(qtbot: QtBot, window: ReportWindow) -> None:
    window.appear(takes_keyboard=True)
    qtbot.waitUntil(lambda: window.focusWidget() is window.copy_button)
    order = [window.focusWidget()]
    while len(order) < 10:
        qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
        if window.focusWidget() in order:
            break
        order.append(window.focusWidget())
    wanted = {window.copy_button, window.logs_button, window.close_button, window.names}
    assert wanted | {window.searches, window._report} == set(order)
    with qtbot.waitSignal(window.changed):
        qtbot.keyClick(window.names, Qt.Key.Key_Space)
    assert window.names.isChecked()
    with qtbot.waitSignal(window.logs_asked):
        qtbot.keyClick(window.logs_button, Qt.Key.Key_Space)
    qtbot.keyClick(window.close_button, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_it_takes_no_keyboard_from_who_types_elsewhere(window: ReportWindow) -> None:
    window.appear(takes_keyboard=False)
    assert window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert not window.testAttribute(Qt.WidgetAttribute.WA_QuitOnClose)


def test_it_fits_a_narrow_screen(window: ReportWindow) -> None:
    window.appear(takes_keyboard=False)
    window.resize(480, 480)
    assert (window.width(), window.height()) == (480, 480)
    for button in (window.copy_button, window.logs_button, window.close_button):
        assert window.rect().contains(button.geometry())
