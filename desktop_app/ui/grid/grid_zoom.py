"""Wheel and fingers that make the pictures of the grid larger or smaller."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

from desktop_app.ui.memory.cell_sides import LARGEST_PX, SMALLEST_PX, STEP_PX

_UNITS_PER_NOTCH = 120  # Qt: eighths of a degree, 15 degrees a notch
Native = Qt.NativeGestureType


class GridZoom(QObject):
    """Turns what the user does into the side that cells are to have.

    Small movements add up: a finger that moves by a hundredth counts too.

    Args:
        viewport: Where it is done.
        side_px: The side that cells have now.
    """

    asked = Signal(int, QPoint)
    """A side in pixels, and the point of the viewport whose picture is to stay."""

    def __init__(self, viewport: QWidget, side_px: Callable[[], int]) -> None:
        super().__init__(viewport)
        self._viewport = viewport
        self._side_px = side_px
        self._exact_px = 0.0
        # Where the system tells of fingers by itself, as macOS does, this does not come.
        viewport.grabGesture(Qt.GestureType.PinchGesture)

    def wheel(self, event: QWheelEvent) -> None:
        """Take a step for each notch."""
        notches = event.angleDelta().y() / _UNITS_PER_NOTCH
        self._ask(self._begun_px() + STEP_PX * notches, event.position().toPoint())
        event.accept()

    def gesture(self, event: QEvent) -> bool:
        """Follow two fingers.

        Returns:
            Whether the event was about that.
        """
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Native.ZoomNativeGesture:
                self._ask(self._begun_px() * (1 + event.value()), event.position().toPoint())
            return event.gestureType() in (
                Native.ZoomNativeGesture, Native.BeginNativeGesture, Native.EndNativeGesture
            )  # fmt: skip
        if not isinstance(event, QGestureEvent):
            return False
        pinch = event.gesture(Qt.GestureType.PinchGesture)
        if not isinstance(pinch, QPinchGesture):
            return False
        event.accept(pinch)
        at = self._viewport.mapFromGlobal(pinch.centerPoint().toPoint())
        self._ask(self._begun_px() * pinch.scaleFactor(), at)
        return True

    def _begun_px(self) -> float:
        """The exact side that led to the present one, or else that one."""
        side_px = self._side_px()
        return self._exact_px if round(self._exact_px) == side_px else float(side_px)

    def _ask(self, side_px: float, at: QPoint) -> None:
        self._exact_px = min(max(side_px, float(SMALLEST_PX)), float(LARGEST_PX))
        self.asked.emit(round(self._exact_px), at)
