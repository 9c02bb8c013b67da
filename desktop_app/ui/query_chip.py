"""The small picture in the search box that stands for a query picture."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from desktop_app.ui import icons, wording
from desktop_app.ui.query_picture import CHIP_SIDE_PX, QueryPicture
from desktop_app.ui.theme import SMALL_PX, Theme, text_font

_HEIGHT_PX = 28
_LONGEST_NAME_PX = 120
_SPACE_PX = 6
_BUTTON_PX = 20


class QueryChip(QWidget):
    """Thumbnail, name and a × that takes the picture out of the query."""

    removed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._picture = QueryPicture("")
        self.setFont(text_font(self.font(), SMALL_PX))
        self.setFixedHeight(_HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._button = QToolButton(self)
        self._button.setProperty("quiet", True)
        self._button.setFixedSize(_BUTTON_PX, _BUTTON_PX)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.setToolTip("Search without this picture")
        self._button.setAccessibleName("Remove the query picture")
        self._button.clicked.connect(self.removed)
        theme.changed.connect(self._tint)
        self._tint()

    def show_picture(self, picture: QueryPicture) -> None:
        """Show another picture."""
        self._picture = picture
        self.setToolTip(wording.tooltip(f"Pictures like {picture.name}"))
        self.setAccessibleName(f"Pictures like {picture.name}")
        self.updateGeometry()
        self.setFixedWidth(self.sizeHint().width())
        self._button.move(self.width() - _BUTTON_PX - 4, (_HEIGHT_PX - _BUTTON_PX) // 2)
        self.update()

    def sizeHint(self) -> QSize:
        """Wide enough for the name, up to a limit."""
        name_px = min(self.fontMetrics().horizontalAdvance(self._picture.name), _LONGEST_NAME_PX)
        return QSize(2 + CHIP_SIDE_PX + 2 * _SPACE_PX + name_px + _BUTTON_PX + 4, _HEIGHT_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a pill with the thumbnail at its left end."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.tokens.fill))
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        place = QRect(2, 2, CHIP_SIDE_PX, CHIP_SIDE_PX)
        thumbnail = self._picture.thumbnail
        if thumbnail is None:
            color = QColor(self._theme.tokens.secondary)
            thumbnail = icons.drawing("image", color, QSize(16, 16), self.devicePixelRatioF())
            place.adjust(4, 4, -4, -4)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, thumbnail)
        painter.setPen(QColor(self._theme.tokens.text))
        left = 2 + CHIP_SIDE_PX + _SPACE_PX
        words = QRect(left, 0, self._button.x() - left - 2, self.height())
        name = self.fontMetrics().elidedText(
            self._picture.name, Qt.TextElideMode.ElideMiddle, words.width()
        )
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), name)
        painter.end()

    def _tint(self) -> None:
        self._button.setIcon(icons.icon("x", QColor(self._theme.tokens.secondary), 12))
        self._button.setIconSize(QSize(12, 12))
        self.update()
