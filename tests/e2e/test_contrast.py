"""Whether what is written in the window can be read, in both themes, as it is painted."""

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.kit.contrast import READABLE, contrast
from desktop_app.ui.kit.theme import Scheme, Theme
from desktop_app.ui.window.main_window import MainWindow
from tests.e2e.test_accessibility import STATES, leave, seen, told, visible_state

LEAST_PX = 8


def written(widget: QWidget) -> str:
    """What can be read in a widget that can be used; empty for others and for pictures."""
    if not widget.isEnabled():
        return ""
    if isinstance(widget, QLineEdit):
        return widget.text() or widget.placeholderText()
    if isinstance(widget, QLabel):
        return widget.text() if widget.pixmap().isNull() else ""
    return widget.text() if isinstance(widget, QAbstractButton) else ""


def place(window: MainWindow, widget: QWidget) -> QRect:
    """Where it is seen in the window; empty where something covers it."""
    visible = widget.visibleRegion().boundingRect()
    area = QRect(widget.mapTo(window, visible.topLeft()), visible.size()) & window.rect()
    corners = area.topLeft(), area.topRight(), area.bottomLeft(), area.bottomRight()
    for at in (area.center(), *corners):
        top = window.childAt(at)
        if top is not widget and (top is None or not widget.isAncestorOf(top)):
            return QRect()
    return area


def stands_out(image: QImage, area: QRect) -> float:
    """The contrast of what stands out most from what there is most of."""
    part = image.copy(area).convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(part.constBits(), np.uint32) & 0xFFFFFF
    colours, counts = np.unique(pixels, return_counts=True)
    order = np.argsort(-counts)
    background = QColor(int(colours[order[0]]))
    return max(contrast(QColor(int(each)), background) for each in colours)


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_all_that_is_written_can_be_read(
    qtbot: QtBot, theme: Theme, window: MainWindow, scheme: Scheme
) -> None:
    theme.set_scheme(scheme)
    pale, count = [], 0
    for state in STATES:
        visible_state(qtbot, window, state)
        image = window.grab().toImage()
        for widget in seen(window):
            area = place(window, widget) if written(widget).strip() else QRect()
            if min(area.width(), area.height()) < LEAST_PX:
                continue
            count += 1
            found = stands_out(image, area)
            if found < READABLE:
                pale.append(f"{state}: {told(widget)}, {written(widget)!r}: {found:.1f}")
        leave(qtbot, window)
    theme.set_scheme(Scheme.SYSTEM)
    assert pale == []
    assert count > 100
