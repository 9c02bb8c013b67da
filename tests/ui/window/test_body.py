import pytest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.window.body import Body


class Panel(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.edit = QLineEdit()
        QVBoxLayout(self).addWidget(self.edit)


@pytest.fixture
def middle() -> QLineEdit:
    return QLineEdit()


@pytest.fixture
def first() -> Panel:
    return Panel()


@pytest.fixture
def second() -> Panel:
    return Panel()


@pytest.fixture
def body(qtbot: QtBot, middle: QLineEdit, first: Panel, second: Panel) -> Body:
    body = Body(middle)
    qtbot.addWidget(body)
    body.add_panel(first, 300)
    body.add_panel(second, 400)
    body.resize(900, 400)
    with qtbot.waitActive(body):
        body.show()
        body.activateWindow()
    return body


def test_one_panel_at_a_time(
    qtbot: QtBot, body: Body, middle: QLineEdit, first: Panel, second: Panel
) -> None:
    body.open_panel(first)
    assert body.panel is first
    qtbot.waitUntil(lambda: first.width() == 300)
    body.toggle_panel(second)
    assert body.panel is second
    assert not first.isVisible()
    qtbot.waitUntil(lambda: (second.width(), middle.width()) == (400, 500))
    body.toggle_panel(second)
    assert not second.isVisible()
    body.close_panel()  # nothing to close
    assert body.panel is None


def test_a_panel_takes_all_where_both_do_not_fit(
    qtbot: QtBot, body: Body, middle: QLineEdit, first: Panel
) -> None:
    body.open_panel(first)
    body.resize(480, 400)
    qtbot.waitUntil(lambda: first.width() == 480)
    assert not middle.isVisible()
    body.resize(360, 400)
    assert body.width() == 360  # the panel does not keep the window from shrinking
    body.resize(900, 400)
    qtbot.waitUntil(lambda: first.width() == 300)
    assert middle.isVisible()
    body.resize(480, 400)
    body.close_panel()
    assert middle.isVisible()


def test_the_keyboard_goes_back_to_where_it_came_from(
    body: Body, middle: QLineEdit, first: Panel, second: Panel
) -> None:
    middle.setFocus()
    body.open_panel(first)
    first.edit.setFocus()
    body.open_panel(second)
    second.edit.setFocus()
    body.close_panel()
    assert middle.hasFocus()


def test_the_keyboard_stays_where_it_is_elsewhere(
    body: Body, middle: QLineEdit, first: Panel
) -> None:
    body.open_panel(first)
    middle.setFocus()
    body.close_panel()
    assert middle.hasFocus()


@pytest.fixture
def resident(body: Body) -> Panel:
    resident = Panel()
    body.set_resident(resident, 280)
    return resident


def test_a_resident_gives_way_to_panels_and_comes_back(
    qtbot: QtBot, body: Body, first: Panel, resident: Panel
) -> None:
    with qtbot.waitSignal(body.resident_changed) as changed:
        body.toggle_resident()
    assert changed.args == [True]
    assert resident.isVisible()
    assert body.panel is None  # Esc leaves it
    body.open_panel(first)
    assert not resident.isVisible()
    body.close_panel()
    assert resident.isVisible()
    body.open_panel(first)
    body.toggle_resident()
    assert (first.isVisible(), resident.isVisible()) == (False, True)
    body.toggle_resident()
    body.open_panel(first)
    body.close_panel()
    assert not resident.isVisible()


def test_a_resident_covers_only_what_it_was_asked_to(
    qtbot: QtBot, body: Body, middle: QLineEdit, first: Panel, resident: Panel
) -> None:
    body.set_resident_open(True)
    body.resize(480, 400)
    qtbot.waitUntil(lambda: middle.width() == 480)
    assert not resident.isVisible()
    body.toggle_resident()
    assert body.panel is resident
    qtbot.waitUntil(lambda: resident.width() == 480)
    assert not middle.isVisible()
    body.open_panel(first)
    assert not resident.isVisible()
    body.close_panel()
    body.toggle_resident()
    body.close_panel()
    assert (middle.isVisible(), resident.isVisible()) == (True, False)
    body.set_resident_open(True, at_start=True)
    assert middle.isVisible()
    body.resize(900, 400)
    assert resident.isVisible()
