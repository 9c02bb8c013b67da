"""The scroll bar of the grid, on which one jumps far."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QStyle, QStyleOptionSlider, QWidget


class GridBar(QScrollBar):
    """Goes right to where the middle button, or the left one with Shift, is pressed.

    Some styles do that for the middle button, none for Shift. The handle follows the mouse until
    the button is up.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._is_held = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw nothing where everything is seen; the room stays, so that no picture moves."""
        if self.maximum() > self.minimum():
            super().paintEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Jump, or leave it to the base class."""
        is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        button = event.button()
        if button == Qt.MouseButton.MiddleButton or (
            button == Qt.MouseButton.LeftButton and is_shifted
        ):
            self._is_held = True
            self.setSliderDown(True)
            self._go(event)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse."""
        if self._is_held:
            self._go(event)
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Stay here."""
        if self._is_held:
            self._is_held = False
            self.setSliderDown(False)
        else:
            super().mouseReleaseEvent(event)

    def _go(self, event: QMouseEvent) -> None:
        """Put the middle of the handle where the mouse is."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        style, control = self.style(), QStyle.ComplexControl.CC_ScrollBar
        groove = style.subControlRect(control, option, QStyle.SubControl.SC_ScrollBarGroove, self)
        handle = style.subControlRect(control, option, QStyle.SubControl.SC_ScrollBarSlider, self)
        way_px = max(0, groove.height() - handle.height())
        at_px = event.position().toPoint().y() - groove.top() - handle.height() // 2
        self.setSliderPosition(
            QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), at_px, way_px)
        )
        event.accept()
