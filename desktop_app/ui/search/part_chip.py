"""One part of the search line as a small button: what it says, how it counts, and a way out."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QToolButton, QWidget

from desktop_app.ui.kit import icons
from desktop_app.ui.kit.theme import SMALL_PX, Theme, leading, text_font
from desktop_app.ui.search.query_picture import CHIP_SIDE_PX, QueryPicture
from desktop_app.ui.words import wording
from desktop_app.ui.words.language import tr

HEIGHT_PX = 28
_LONGEST_PX = 220
_EDGE_PX = 10
_BUTTON_PX = 20
_SPACE_PX = 6


class PartChip(QAbstractButton):
    """A pill with words, perhaps a thumbnail, and a × that takes the part out of the search.

    Enter, Space or a click opens what else can be done with it; Delete and Backspace remove it;
    arrows lead to its neighbours.

    Args:
        theme: What it looks like.
        label: What stands on it.
        meaning: A sentence for the tooltip and for screen readers.
        picture: What it shows beside the words; None for parts that are only words.
        parent: Where it belongs.
    """

    removed = Signal()
    menu_asked = Signal()
    """What else can be done with it should be offered; see `open_menu`."""
    stepped = Signal(int)
    """The keyboard goes on to the next chip, 1, or to the one before, -1."""
    went_up = Signal()
    went_down = Signal()

    def __init__(
        self,
        theme: Theme,
        label: str,
        meaning: str,
        picture: QueryPicture | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._label = label
        self._picture = picture
        self.setFont(text_font(self.font(), SMALL_PX))
        self.setFixedHeight(HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setToolTip(wording.tooltip(meaning))
        self.setAccessibleName(label)
        self.setAccessibleDescription(meaning)
        self._button = QToolButton(self)
        self._button.setProperty("quiet", True)
        self._button.setFixedSize(_BUTTON_PX, _BUTTON_PX)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.setToolTip(tr("Search", "Search without this"))
        self._button.setAccessibleName(tr("Search", "Search without {part}").format(part=label))
        self._button.clicked.connect(self.removed)
        self.clicked.connect(self.menu_asked)  # by a screen reader
        theme.changed.connect(self._tint)
        self._tint()

    @property
    def label(self) -> str:
        """What stands on it."""
        return self._label

    def sizeHint(self) -> QSize:
        """Wide enough for the words, up to a limit."""
        metrics = self.fontMetrics()
        words_px = min(metrics.horizontalAdvance(self._label) + 1, _LONGEST_PX)
        return QSize(self._left_px + words_px + 2 + _BUTTON_PX + 4, HEIGHT_PX)

    def open_menu(self, menu: QMenu) -> None:
        """Open a menu below the chip, and let it go when it closes."""
        menu.aboutToHide.connect(menu.deleteLater)
        corner = self.rect().bottomLeft() + QPoint(0, 3)
        if self.isRightToLeft():
            corner.setX(self.width() - menu.sizeHint().width())
        menu.popup(self.mapToGlobal(corner))

    @property
    def _left_px(self) -> int:
        return _EDGE_PX if self._picture is None else 2 + CHIP_SIDE_PX + _SPACE_PX

    def resizeEvent(self, _event: object) -> None:
        """Keep the × at the end."""
        left = 4 if self.isRightToLeft() else self.width() - _BUTTON_PX - 4
        self._button.move(left, (HEIGHT_PX - _BUTTON_PX) // 2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Offer what can be done; the middle button removes."""
        if event.button() == Qt.MouseButton.MiddleButton:
            self.removed.emit()
        elif event.button() == Qt.MouseButton.LeftButton:
            self.menu_asked.emit()

    def contextMenuEvent(self, _event: QContextMenuEvent) -> None:
        """The right button and the menu key open the same menu."""
        self.menu_asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the mouse can do, by keys."""
        onward = -1 if self.isRightToLeft() else 1
        match event.key():
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.removed.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self.menu_asked.emit()
            case Qt.Key.Key_Right:
                self.stepped.emit(onward)
            case Qt.Key.Key_Left:
                self.stepped.emit(-onward)
            case Qt.Key.Key_Up:
                self.went_up.emit()
            case Qt.Key.Key_Down:
                self.went_down.emit()
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the pill."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        tokens = self._theme.tokens
        area = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.hover if self.underMouse() else tokens.fill))
        if self.hasFocus():
            painter.setPen(QPen(self._theme.accent, 2))
            area.adjust(1, 1, -1, -1)
        painter.drawRoundedRect(area, 8, 8)
        left = self._left_px
        words = QRect(left, 0, self.width() - left - 2 - _BUTTON_PX - 4, self.height())
        place = QRect(2, 2, CHIP_SIDE_PX, CHIP_SIDE_PX)
        if self.isRightToLeft():
            words.moveLeft(self.width() - words.right() - 1)
            place.moveLeft(self.width() - place.right() - 1)
        if self._picture is not None:
            self._paint_picture(painter, place)
        painter.setPen(QColor(tokens.text))
        elided = self.fontMetrics().elidedText(
            self._label, Qt.TextElideMode.ElideMiddle, words.width()
        )
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.drawText(words, int(leading(self) | Qt.AlignmentFlag.AlignVCenter), elided)
        painter.end()

    def _paint_picture(self, painter: QPainter, place: QRect) -> None:
        thumbnail = None if self._picture is None else self._picture.thumbnail
        if thumbnail is None:
            color = QColor(self._theme.tokens.secondary)
            thumbnail = icons.drawing("image", color, QSize(16, 16), self.devicePixelRatioF())
            place = place.adjusted(4, 4, -4, -4)
        corners = QPainterPath()
        corners.addRoundedRect(QRectF(place), 6, 6)
        painter.save()
        painter.setClipPath(corners)
        painter.drawImage(place, thumbnail)
        painter.restore()

    def _tint(self) -> None:
        self._button.setIcon(icons.icon("x", QColor(self._theme.tokens.secondary), 12))
        self._button.setIconSize(QSize(12, 12))
        self.update()
