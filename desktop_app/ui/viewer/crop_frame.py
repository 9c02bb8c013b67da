"""A frame drawn on a picture: the part of it that one wants to search by."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.words.language import tr

_SMALLEST_PX = 8
_STEP_PX = 16
_DIM = QColor(0, 0, 0, 120)

_MOVES = {
    Qt.Key.Key_Left: QPoint(-_STEP_PX, 0),
    Qt.Key.Key_Right: QPoint(_STEP_PX, 0),
    Qt.Key.Key_Up: QPoint(0, -_STEP_PX),
    Qt.Key.Key_Down: QPoint(0, _STEP_PX),
}


def hint() -> str:
    """How one searches by a part of a picture."""
    return tr(
        "Search",
        "Draw a frame; letting go searches for what is in it. Or use the arrows and Enter.",
    )


class CropFrame(QWidget):
    """Covers the picture; what is outside the frame is dimmed.

    The mouse draws a frame and searches when it lets go; a click that draws none changes nothing.
    With the keyboard, arrows move the frame that is there, with Shift they move its lower right
    corner, Enter searches and Esc leaves.
    """

    drawn = Signal(QRectF)
    """The frame, as parts of the picture's width and height, each in [0, 1]."""
    left = Signal()
    """Without a frame."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._origin: QPoint | None = None
        self._frame = QRect()
        self._before = QRect()
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Search", "Frame of what to search by"))
        keys = tr("Search", "Arrows move the frame, with Shift they move its lower right corner.")
        self.setAccessibleDescription(f"{hint()} {keys}")
        self.hide()

    @property
    def frame(self) -> QRect:
        """The frame, within this widget."""
        return self._frame

    def begin(self, place: QRect) -> None:
        """Appear over a picture, with a frame in its middle for those who use the keyboard."""
        self.setGeometry(place)
        self._origin = None
        self._frame = QRect(QPoint(), place.size() / 2)
        self._frame.moveCenter(self.rect().center())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Go without a frame."""
        if not self.isHidden():
            self.hide()
            self.left.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a frame; another button than the left one leaves."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._origin, self._before = event.position().toPoint(), self._frame
        else:
            self.leave()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw it."""
        if self._origin is not None:
            corner = event.position().toPoint()
            self._frame = QRect(self._origin, corner).normalized().intersected(self.rect())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Search by it."""
        if self._origin is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._origin = None
        if _is_too_small(self._frame):
            self._frame = self._before
            self.update()
        elif self._frame != self._before:
            self._finish()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the frame, search by it, or leave."""
        key = Qt.Key(event.key())
        if key in _MOVES:
            self._move(_MOVES[key], bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._finish()
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dim what is outside."""
        painter = QPainter(self)
        outside = QPainterPath()
        outside.addRect(QRectF(self.rect()))
        inside = QPainterPath()
        inside.addRect(QRectF(self._frame))
        painter.fillPath(outside.subtracted(inside), _DIM)
        if not self._frame.isEmpty():
            painter.setPen(QPen(self._theme.accent, 2))
            painter.drawRect(self._frame.adjusted(1, 1, -1, -1))
        painter.end()

    def _move(self, by: QPoint, is_corner: bool) -> None:
        if is_corner:
            frame = QRect(self._frame.topLeft(), self._frame.bottomRight() + by)
            if _is_too_small(frame):
                return
        else:
            frame = self._frame.translated(by)
            frame.moveLeft(min(max(frame.left(), 0), self.width() - frame.width()))
            frame.moveTop(min(max(frame.top(), 0), self.height() - frame.height()))
        self._frame = frame.intersected(self.rect())
        self.update()

    def _finish(self) -> None:
        corner, size = QPointF(self._frame.topLeft()), self._frame.size()
        width_px, height_px = max(1, self.width()), max(1, self.height())
        self.hide()
        self.drawn.emit(
            QRectF(
                corner.x() / width_px,
                corner.y() / height_px,
                size.width() / width_px,
                size.height() / height_px,
            )
        )


def _is_too_small(frame: QRect) -> bool:
    return min(frame.width(), frame.height()) < _SMALLEST_PX
