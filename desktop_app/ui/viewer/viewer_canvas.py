"""The surface that the viewer's picture lies on: zoomed and moved with mouse and fingers."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

from desktop_app.ui.kit.theme import DARK, Theme
from desktop_app.ui.pictures.turned_image import draw_turned
from desktop_app.ui.viewer.overview import Overview
from desktop_app.ui.viewer.viewpoint import Viewpoint

WHEEL_BASE = 1.0015
"""Zoom for each eighth of a degree that a wheel turns: a notch of 120 zooms by a fifth."""
_ZOOM_STEP = 1.25
_PIXELS_FROM = 3.0
"""From this zoom on, a pixel is a square: who looks this closely wants to see the pixels."""


class ViewerCanvas(QWidget):
    """Draws the picture and an overview of it; the keyboard belongs to the viewer.

    Args:
        theme: For the colours.
        parent: The viewer.

    Attributes:
        view: Where the picture lies; who changes it calls `look_again`.
    """

    viewed = Signal()
    """The picture lies elsewhere, or is larger, smaller or turned."""
    closed = Signal()
    """The mouse's button for going back was pressed."""
    pointed = Signal(QPoint)
    """Where on the screen the mouse is now."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.view = Viewpoint()
        self._levels: Sequence[QImage] = ()
        self._is_whole = False
        self._held_at: QPointF | None = None
        self._is_pointer_shown = True
        self._clear = QRectF()
        self._is_full = False
        self.overview = Overview(theme, self)
        self.overview.chosen.connect(self._look_at)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.grabGesture(Qt.GestureType.PinchGesture)
        theme.changed.connect(self.update)

    @property
    def ratio(self) -> float:
        """Device pixels per logical pixel."""
        return self.devicePixelRatioF()

    def show_images(self, levels: Sequence[QImage], *, is_whole: bool) -> None:
        """Draw other images of the same picture, or another one.

        Args:
            levels: The picture in falling sizes; the viewer keeps them alive.
            is_whole: Whether the first has all the picture's pixels.
        """
        self._levels, self._is_whole = levels, is_whole
        self.overview.set_image(levels[-1] if levels else None)
        self.update()

    def set_space(self, space: QRectF, clear: QRectF, *, is_full: bool) -> None:
        """Say where on it the picture may lie.

        Args:
            space: Where it fits in.
            clear: Where no bar lies over it.
            is_full: Whether it covers the screen, which is dark around it then.
        """
        self._clear, self._is_full = clear, is_full
        self.view.set_space(space, self.ratio)
        self.look_again()

    def look_again(self) -> None:
        """Draw anew, because the view has changed."""
        self.overview.follow(self.view, self._clear)
        self._shape_pointer()
        self.update()
        self.viewed.emit()

    def zoom_in(self) -> None:
        """Show it larger."""
        self._change(lambda: self.view.zoom_by(_ZOOM_STEP))

    def zoom_out(self) -> None:
        """Show it smaller."""
        self._change(lambda: self.view.zoom_by(1 / _ZOOM_STEP))

    def fit(self) -> None:
        """Show the whole picture."""
        self._change(self.view.fit_in)

    def show_every_pixel(self) -> None:
        """Show one pixel of the picture on one of the screen."""
        self._change(lambda: self.view.zoom_to(1.0))

    def toggle_zoom(self) -> None:
        """The whole picture, or every pixel."""
        self._change(self.view.toggle)

    def pan(self, by: QPointF) -> None:
        """Push the picture, in logical pixels."""
        self._change(lambda: self.view.move(by))

    def _change(self, change: Callable[[], object]) -> None:
        change()
        self.look_again()

    def show_pointer(self, is_shown: bool) -> None:
        """Show the mouse pointer, or hide it."""
        self._is_pointer_shown = is_shown
        self._shape_pointer()

    def _shape_pointer(self) -> None:
        if not self._is_pointer_shown:
            self.setCursor(Qt.CursorShape.BlankCursor)
        elif self._held_at is not None:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self.view.can_move:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.unsetCursor()

    @property
    def visible(self) -> QRectF:
        """Where something of the picture can be seen."""
        return self.view.place.intersected(self._clear)

    def needed(self) -> QSize:
        """How many device pixels the whole upright picture takes now."""
        place = self.view.place
        size = place.size().transposed() if self.view.turns % 2 else place.size()
        return (size * self.ratio).toSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what is seen of the picture, from the size that fits best."""
        painter = QPainter(self)
        around = DARK.surface if self._is_full else self._theme.tokens.raised
        painter.fillRect(self.rect(), QColor(around))
        image = self._best()
        if image is not None:
            is_close = self._is_whole and self.view.zoom >= _PIXELS_FROM
            draw_turned(
                painter,
                image,
                self.view.place,
                self.view.turns,
                QRectF(self.rect()),
                smooth=not is_close,
            )
        painter.end()

    def _best(self) -> QImage | None:
        """The smallest image that has at least the pixels that are drawn."""
        needed_px = self.needed().width() - 1
        enough = [each for each in self._levels if each.width() >= needed_px]
        return enough[-1] if enough else next(iter(self._levels), None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom to where the pointer is, with Ctrl or without."""
        turned = event.angleDelta().y() or event.pixelDelta().y()
        if turned:
            self.view.zoom_by(WHEEL_BASE**turned, event.position())
            self.look_again()
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Take the gestures of touch pads and touch screens."""
        if isinstance(event, QNativeGestureEvent):
            return self._pinch_pad(event)
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                at = QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint()))
                self.view.move(at - QPointF(self.mapFromGlobal(pinch.lastCenterPoint().toPoint())))
                self.view.zoom_by(pinch.scaleFactor(), at)
                self.look_again()
                event.accept(pinch)
                return True
        return super().event(event)

    def _pinch_pad(self, event: QNativeGestureEvent) -> bool:
        if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.view.zoom_by(max(0.1, 1 + event.value()), event.position())
        elif event.gestureType() == Qt.NativeGestureType.SmartZoomNativeGesture:
            self.view.toggle(event.position())
        else:
            return False
        self.look_again()
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the picture; keep clicks from what lies below."""
        if event.button() == Qt.MouseButton.LeftButton and self.view.can_move:
            self._held_at = event.position()
            self._shape_pointer()
        elif event.button() == Qt.MouseButton.BackButton:
            self.closed.emit()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move it."""
        self.pointed.emit(event.globalPosition().toPoint())
        if self._held_at is not None:
            self.view.move(event.position() - self._held_at)
            self._held_at = event.position()
            self.look_again()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._held_at = None
            self.look_again()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """All its pixels, and back."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.view.toggle(event.position())
            self.look_again()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Keep the overview in its corner."""
        self.overview.follow(self.view, self._clear)

    def _look_at(self, share: QPointF) -> None:
        self.view.look_at(share)
        self.look_again()
