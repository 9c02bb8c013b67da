"""A tag of a picture as a small button with a × that takes it away."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QToolButton, QWidget

from desktop_app.ui.kit import icons
from desktop_app.ui.kit.theme import SMALL_PX, Theme, leading, text_font
from desktop_app.ui.words import wording
from desktop_app.ui.words.language import tr

HEIGHT_PX = 24
_LONGEST_PX = 180
_EDGE_PX = 8
_BUTTON_PX = 18


class TagChip(QAbstractButton):
    """A click searches for the tag; the ×, Delete and Backspace take it away.

    Args:
        theme: What it looks like.
        tag: Its name.
        of: How many of how many pictures have it, where not all have; None where all do.
        is_fixed: Whether it cannot be taken away.
        parent: Where it belongs.
    """

    asked = Signal()
    removed = Signal()

    def __init__(
        self,
        theme: Theme,
        tag: str,
        of: tuple[int, int] | None = None,
        *,
        is_fixed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_fixed = is_fixed
        self.tag = tag
        self.of = of
        self.setFont(text_font(self.font(), SMALL_PX, figures=True))
        self.setFixedHeight(HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._button = QToolButton(self)
        self._button.setProperty("quiet", True)
        self._button.setFixedSize(_BUTTON_PX, _BUTTON_PX)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.setVisible(not is_fixed)
        name = tr("Inspector", "Take the tag {tag} away").format(tag=tag)
        self._button.setToolTip(wording.tooltip(name))
        self._button.setAccessibleName(name)
        self._button.clicked.connect(self.removed)
        self.clicked.connect(self.asked)  # by a screen reader
        self._describe()
        theme.changed.connect(self._tint)
        self._tint()

    def sizeHint(self) -> QSize:
        """Wide enough for the name, up to a limit."""
        words_px = min(self.fontMetrics().horizontalAdvance(self.tag) + 2, _LONGEST_PX)
        button_px = 0 if self._is_fixed else _BUTTON_PX
        return QSize(_EDGE_PX + words_px + button_px + 4, HEIGHT_PX)

    def resizeEvent(self, _event: object) -> None:
        """Keep the × at the end."""
        left = 3 if self.isRightToLeft() else self.width() - _BUTTON_PX - 3
        self._button.move(left, (HEIGHT_PX - _BUTTON_PX) // 2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Search for the tag; the middle button takes it away."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.asked.emit()
        elif event.button() == Qt.MouseButton.MiddleButton and not self._is_fixed:
            self.removed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the mouse can do, by keys."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.asked.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not self._is_fixed:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the pill: full where all have the tag, only its border where some have."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.hover if self.underMouse() else tokens.fill))
        if self.of is not None:
            painter.setPen(QPen(QColor(tokens.secondary), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.accent, 2))
        painter.drawRoundedRect(area, 6, 6)
        button_px = 0 if self._is_fixed else _BUTTON_PX
        words = QRect(_EDGE_PX, 0, self.width() - _EDGE_PX - button_px - 4, self.height())
        if self.isRightToLeft():
            words.moveLeft(self.width() - words.right() - 1)
        painter.setPen(QColor(tokens.text if self.of is None else tokens.secondary))
        elided = self.fontMetrics().elidedText(
            self.tag, Qt.TextElideMode.ElideMiddle, words.width()
        )
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.drawText(words, int(leading(self) | Qt.AlignmentFlag.AlignVCenter), elided)
        painter.end()

    def _describe(self) -> None:
        said = tr("Inspector", "Tag {tag}").format(tag=self.tag)
        if self.of is not None:
            some, every = map(wording.count, self.of)
            more = tr("Inspector", "{some} of {every} pictures have it")
            said = f"{said}, {more.format(some=some, every=every)}"
        self.setAccessibleName(said)
        self.setToolTip(wording.tooltip(said))

    def _tint(self) -> None:
        self._button.setIcon(icons.icon("x", QColor(self._theme.tokens.secondary), 10))
        self._button.setIconSize(QSize(10, 10))
        self.update()
