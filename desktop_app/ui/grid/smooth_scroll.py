"""Lets a wheel's steps glide instead of jump."""

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QScrollBar

STEP_PX = 120
_UNITS_PER_NOTCH = 120  # Qt: eighths of a degree, 15 degrees a notch


class SmoothScroll(QObject):
    """Moves a scroll bar by pixels: at once for touchpads, in a short glide for wheels."""

    def __init__(self, bar: QScrollBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.motion_ms = 0
        self._bar = bar
        self._target = 0
        self._animation = QVariantAnimation(self)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(self._move)

    def wheel(self, event: QWheelEvent) -> None:
        """Scroll as a wheel event asks."""
        pixels = event.pixelDelta().y()
        if pixels:
            self.stop()
            self._bar.setValue(self._bar.value() - pixels)
        else:
            self.by(-event.angleDelta().y() * STEP_PX // _UNITS_PER_NOTCH)
        event.accept()

    def by(self, distance_px: int) -> None:
        """Glide further by a distance; what is still ahead of a running glide is added."""
        is_running = self._animation.state() == QVariantAnimation.State.Running
        start = self._target if is_running else self._bar.value()
        self._target = min(max(start + distance_px, self._bar.minimum()), self._bar.maximum())
        self._animation.stop()
        if not self.motion_ms:
            self._bar.setValue(self._target)
            return
        self._animation.setDuration(self.motion_ms)
        self._animation.setStartValue(self._bar.value())
        self._animation.setEndValue(self._target)
        self._animation.start()

    def stop(self) -> None:
        """Stay where it is now."""
        self._animation.stop()

    def _move(self, value: object) -> None:
        if isinstance(value, int):
            self._bar.setValue(value)
