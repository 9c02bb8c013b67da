"""A line of the sidebar: a name, and how many pictures stand behind it."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop_app.ui import icons, wording
from desktop_app.ui.theme import BODY_PX, SMALL_PX, Theme, leading, text_font

HEIGHT_PX = 30
_EDGE_PX = 10
_ICON_PX = 14
_SPACE_PX = 8


class SidebarRow(QAbstractButton):
    """Clicked by mouse, Enter or Space; its menu opens by the right button or the menu key.

    Args:
        theme: What it looks like.
        icon: The drawing before the name.
        name: What it is called.
        parent: Where it belongs.
    """

    menu_asked = Signal(QPoint)
    """Where, on the screen, its menu should open."""
    removal_asked = Signal()

    def __init__(self, theme: Theme, icon: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._count: int | None = None
        self._is_current = False
        self.setFont(text_font(self.font(), BODY_PX))
        self.setFixedHeight(HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.rename(name)
        theme.changed.connect(self.update)

    def rename(self, name: str) -> None:
        """Call it otherwise."""
        self.setText(name)
        self.setToolTip(wording.tooltip(name))
        self._describe()

    def show_count(self, count: int | None) -> None:
        """Say how many pictures stand behind it; None while nobody knows."""
        self._count = count
        self._describe()
        self.update()

    def set_current(self, is_current: bool) -> None:
        """Show whether it is what is in the grid."""
        self._is_current = is_current
        self.update()

    @property
    def is_current(self) -> bool:
        """Whether it is what is in the grid."""
        return self._is_current

    @property
    def count(self) -> int | None:
        """How many pictures stand behind it."""
        return self._count

    def _describe(self) -> None:
        counted = "" if self._count is None else f", {wording.pictures(self._count)}"
        self.setAccessibleName(f"{self.text()}{counted}")

    def sizeHint(self) -> QSize:
        """As wide as the sidebar."""
        return QSize(120, HEIGHT_PX)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for its menu."""
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            at = self.mapToGlobal(self.rect().bottomLeft())
        self.menu_asked.emit(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is a click, Delete removes."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Delete:
            self.removal_asked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint icon, name and number."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(self._theme.accent, 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        if self._is_current or self.underMouse():
            painter.setBrush(QColor(tokens.hover if self._is_current else tokens.fill))
        painter.drawRoundedRect(area, 6, 6)
        secondary = QColor(tokens.secondary)
        drawn = icons.drawing(
            self._icon, secondary, QSize(_ICON_PX, _ICON_PX), self.devicePixelRatioF()
        )
        counted = "" if self._count is None else wording.count(self._count)
        small = text_font(self.font(), SMALL_PX, figures=True)
        painter.setFont(small)
        number_px = painter.fontMetrics().horizontalAdvance(counted)
        left = _EDGE_PX + _ICON_PX + _SPACE_PX
        icon_at = QRect(_EDGE_PX, (HEIGHT_PX - _ICON_PX) // 2, _ICON_PX, _ICON_PX)
        number = QRect(self.width() - _EDGE_PX - number_px, 0, number_px, HEIGHT_PX)
        name = QRect(left, 0, number.left() - left - _SPACE_PX, HEIGHT_PX)
        if self.isRightToLeft():
            for place in (icon_at, number, name):
                place.moveLeft(self.width() - place.right() - 1)
        painter.drawImage(icon_at, drawn)
        painter.setPen(secondary)
        painter.drawText(number, int(Qt.AlignmentFlag.AlignVCenter), counted)
        painter.setFont(self.font())
        painter.setPen(QColor(tokens.text))
        elided = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, name.width()
        )
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.drawText(name, int(leading(self) | Qt.AlignmentFlag.AlignVCenter), elided)
        painter.end()
