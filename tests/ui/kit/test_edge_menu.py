import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.kit.edge_menu import EdgeMenu


@pytest.mark.parametrize(("asked_px", "is_moved"), [(10, False), (390, True)])
def test_it_stays_within_the_window(qtbot: QtBot, asked_px: int, is_moved: bool) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(50, 50, 400, 200)
    with qtbot.waitExposed(window):
        window.show()
    menu = EdgeMenu(window)
    menu.addAction("Look for changes")
    asked = window.mapToGlobal(QPoint(asked_px, 20))
    menu.popup(asked)
    qtbot.waitUntil(menu.isVisible)
    right_px = menu.x() + menu.width()
    assert right_px <= window.mapToGlobal(QPoint(window.width(), 0)).x()
    assert (menu.x() != asked.x()) is is_moved
    assert menu.y() == asked.y()
    menu.close()
