"""The neighbours of the picture in the viewer, small, in a row below it."""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from desktop_app.ui.grid.picture_model import PictureModel
from desktop_app.ui.kit.theme import SMALL_PX, Colours, text_font
from desktop_app.ui.pictures.strip_images import StripImages
from desktop_app.ui.pictures.thumbnail_image import RADIUS_PX
from desktop_app.ui.words import wording
from desktop_app.ui.words.language import tr

SIDE_PX = 52
HEIGHT_PX = SIDE_PX + 16
PITCH_PX = SIDE_PX + 6
_EDGE_PX = 16
_RING_PX = 3


class FilmStrip(QWidget):
    """Draws only what is seen: where a row lies is computed, however many there are.

    The row that is looked at lies in the middle, as far as the ends allow, until the wheel turns.

    Args:
        model: The pictures.
        images: Loads their thumbnails.
        theme: For the colours.
        parent: The viewer.
    """

    chosen = Signal(int)
    """A row that was clicked."""

    def __init__(
        self, model: PictureModel, images: StripImages, theme: Colours, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._images = images
        self._theme = theme
        self._row = 0
        self._start_px = 0.0  # left edge of the first row, which may be far to the left
        self._is_over_picture = False
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrows lead along it anyway
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFont(text_font(self.font(), SMALL_PX, figures=True))
        images.arrived.connect(lambda _id: self.update())
        theme.changed.connect(self.update)

    @property
    def position(self) -> str:
        """Where one is: ``37 / 310``."""
        return f"{wording.count(self._row + 1)} / {wording.count(self._model.rowCount())}"

    def lie_over(self, is_over_picture: bool) -> None:
        """Let the picture shine through, or not."""
        self._is_over_picture = is_over_picture
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, not is_over_picture)

    def show_row(self, row: int) -> None:
        """Bring a row into the middle and put the ring around it."""
        self._row = row
        self._center()
        self.setAccessibleName(
            tr("Viewer", "Film strip, {position}").format(position=self.position)
        )
        self.look_again()

    def look_again(self) -> None:
        """Ask for what is seen, beginning at the middle, and draw."""
        if self.isVisible():
            middle = (self._room_px - SIDE_PX) / 2
            rows = sorted(self.rows_seen(), key=lambda row: abs(self._left(row) - middle))
            ids = [int(self._model.ids[row]) for row in rows]
            self._images.want(ids, SIDE_PX, self.devicePixelRatioF())
        self.update()

    def rows_seen(self) -> range:
        """The rows of which something is seen."""
        first = int(-self._start_px // PITCH_PX)
        last = int((self._room_px - self._start_px) // PITCH_PX)
        return range(max(0, first), min(self._model.rowCount(), last + 1))

    @property
    def is_filled(self) -> bool:
        """Whether the thumbnails of all rows that are seen are there."""
        ids = (int(self._model.ids[row]) for row in self.rows_seen())
        return all(self._images.image(each) is not None for each in ids)

    def row_at(self, x: float) -> int | None:
        """The row below a horizontal position; None beside them."""
        x = self._mirrored(x)
        row, beside = divmod(x - self._start_px, PITCH_PX)
        is_there = 0 <= row < self._model.rowCount() and x < self._room_px
        return int(row) if is_there and beside < SIDE_PX else None

    @property
    def _label_px(self) -> int:
        return self.fontMetrics().horizontalAdvance(self.position) + 2 * _EDGE_PX

    @property
    def _room_px(self) -> int:
        """Width of the part with pictures; where one is stands beside it."""
        return self.width() - self._label_px

    def _left(self, row: int) -> float:
        return self._start_px + row * PITCH_PX

    def _center(self) -> None:
        self._scroll_to((self._room_px - SIDE_PX) / 2 - self._row * PITCH_PX)

    def _scroll_to(self, start_px: float) -> None:
        """Scroll, but not beyond the ends; few rows are in the middle."""
        length_px = self._model.rowCount() * PITCH_PX - (PITCH_PX - SIDE_PX)
        free_px = self._room_px - length_px
        if free_px >= 2 * _EDGE_PX:
            self._start_px = free_px / 2
        else:
            self._start_px = min(max(start_px, free_px - _EDGE_PX), _EDGE_PX)

    def _mirrored(self, x: float) -> float:
        return self.width() - x if self.isRightToLeft() else x

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the rows that are seen, and where one is."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        background = QColor(tokens.raised)
        if self._is_over_picture:
            background.setAlpha(225)
        painter.fillRect(self.rect(), background)
        label = QRectF(self._room_px, 0, self._label_px, self.height())
        painter.setPen(QColor(tokens.secondary))
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.drawText(self._turned(label), Qt.AlignmentFlag.AlignCenter, self.position)
        painter.setClipRect(self._turned(QRectF(0, 0, self._room_px, self.height())))
        for row in self.rows_seen():
            cell = self._turned(
                QRectF(self._left(row), (self.height() - SIDE_PX) / 2, SIDE_PX, SIDE_PX)
            )
            image = self._images.image(int(self._model.ids[row]))
            if image is not None:
                painter.drawImage(cell, image)
            else:
                shape = QPainterPath()
                shape.addRoundedRect(cell, RADIUS_PX, RADIUS_PX)
                painter.fillPath(shape, QColor(tokens.cell))
            if row == self._row:
                painter.setPen(QPen(self._theme.accent, _RING_PX))
                ring = cell.adjusted(-1, -1, 1, 1)
                painter.drawRoundedRect(ring, RADIUS_PX + 1, RADIUS_PX + 1)
        painter.end()

    def _turned(self, area: QRectF) -> QRectF:
        """The same area where one reads from the right."""
        if self.isRightToLeft():
            area.moveLeft(self.width() - area.right())
        return area

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the picture below the mouse."""
        row = self.row_at(event.position().x())
        if event.button() == Qt.MouseButton.LeftButton and row is not None:
            self.chosen.emit(row)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Look along the strip; the picture stays."""
        delta = event.angleDelta()
        turned_px = (delta.x() or delta.y()) // 2
        self._scroll_to(self._start_px + turned_px)
        self.look_again()
        event.accept()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Keep the row that is looked at in the middle."""
        self._center()
        self.look_again()

    def showEvent(self, _event: QShowEvent) -> None:
        """Ask for what has not been asked for while nobody saw it."""
        self.look_again()

    def event(self, event: QEvent) -> bool:
        """Say a picture's name below the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            row = self.row_at(event.pos().x())
            picture = None if row is None else self._model.picture(row)
            name = "" if picture is None else wording.file_name(picture.path)
            QToolTip.showText(event.globalPos(), wording.tooltip(name), self)
            return True
        return super().event(event)
