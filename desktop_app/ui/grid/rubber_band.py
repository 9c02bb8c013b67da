"""The rectangle one draws with the mouse to select what it touches."""

from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Signal

_TICK_MS = 16


class RubberBand(QObject):
    """A rectangle in content coordinates, and the scrolling when it is drawn past an edge."""

    scroll = Signal(int)
    """Pixels to scroll by, several times a second while the mouse is outside."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._origin: QPoint | None = None
        self._corner = QPoint()
        self._step_px = 0
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)

    @property
    def is_drawn(self) -> bool:
        """Whether the mouse is drawing it."""
        return self._origin is not None

    @property
    def rect(self) -> QRect:
        """The rectangle drawn so far; empty when there is none."""
        if self._origin is None:
            return QRect()
        return QRect(self._origin, self._corner).normalized()

    def begin(self, origin: QPoint) -> None:
        """Start at a point of the content."""
        self._origin = self._corner = origin

    def stretch(self, corner: QPoint, outside_px: int) -> None:
        """Move the other corner.

        Args:
            corner: A point of the content.
            outside_px: How far the mouse is below (positive) or above (negative) the view.
        """
        self._corner = corner
        self._step_px = outside_px // 3
        if self._step_px:
            if not self._timer.isActive():
                self._timer.start()
        else:
            self._timer.stop()

    def end(self) -> None:
        """Stop drawing."""
        self._origin = None
        self._timer.stop()

    def _tick(self) -> None:
        self.scroll.emit(self._step_px)
