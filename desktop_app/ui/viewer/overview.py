"""The whole picture, small, in a corner: which part of it one looks at."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.pictures.turned_image import draw_turned
from desktop_app.ui.viewer.viewpoint import Viewpoint
from desktop_app.ui.words.language import tr

SIDE_PX = 144
_EDGE_PX = 24
_BELOW_PX = 44
"""Above the sentence that may stand below the picture."""
_DIM = QColor(0, 0, 0, 110)


class Overview(QWidget):
    """Shows itself while only a part is seen; a click or a drag leads to another part."""

    chosen = Signal(QPointF)
    """What should be in the middle, as shares of the turned picture's sides."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._image: QImage | None = None
        self._seen = QRectF(0, 0, 1, 1)
        self._turns = 0
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(tr("Viewer", "Which part of the picture is seen"))
        self.hide()

    def set_image(self, image: QImage | None) -> None:
        """Take another picture."""
        self._image = image
        self.update()

    def follow(self, view: Viewpoint, room: QRectF) -> None:
        """Show what is seen now.

        Args:
            view: How the picture is looked at.
            room: In whose lower corner to lie.
        """
        self.setVisible(view.can_move and self._image is not None)
        size = (
            view.place.size().scaled(SIDE_PX, SIDE_PX, Qt.AspectRatioMode.KeepAspectRatio).toSize()
        )
        box = QRect(QPoint(), size.expandedTo(QSize(24, 24)))
        box.moveBottom(round(room.bottom()) - _BELOW_PX)
        if self.isRightToLeft():
            box.moveLeft(round(room.left()) + _EDGE_PX)
        else:
            box.moveRight(round(room.right()) - _EDGE_PX)
        self.setGeometry(box)
        self._seen, self._turns = view.seen, view.turns
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture, dimmed where it is not seen."""
        if self._image is None:
            return
        painter = QPainter(self)
        whole = QRectF(self.rect())
        draw_turned(painter, self._image, whole, self._turns, whole)
        seen = QRectF(
            self._seen.x() * whole.width(),
            self._seen.y() * whole.height(),
            self._seen.width() * whole.width(),
            self._seen.height() * whole.height(),
        )
        painter.setClipRect(whole)
        for dimmed in (
            QRectF(0, 0, whole.width(), seen.top()),
            QRectF(0, seen.bottom(), whole.width(), whole.height() - seen.bottom()),
            QRectF(0, seen.top(), seen.left(), seen.height()),
            QRectF(seen.right(), seen.top(), whole.width() - seen.right(), seen.height()),
        ):
            painter.fillRect(dimmed, _DIM)
        painter.setPen(QPen(self._theme.accent, 2))
        painter.drawRect(seen.adjusted(1, 1, -1, -1))
        painter.setPen(QPen(QColor(self._theme.tokens.hover), 1))
        painter.drawRect(whole.adjusted(0, 0, -1, -1))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Look at another part."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Look at what is below the pointer."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._choose(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two clicks are two clicks here."""
        self.mousePressEvent(event)

    def _choose(self, at: QPointF) -> None:
        self.chosen.emit(QPointF(at.x() / max(1, self.width()), at.y() / max(1, self.height())))
