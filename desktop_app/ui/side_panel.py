"""A panel at the side of the window: a heading, cards that scroll, and a line below them."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui import icons
from desktop_app.ui.keyboard_mark import give_focus
from desktop_app.ui.theme import BODY_PX, Theme, text_font

EDGE_PX = 12


class _Content(QWidget):
    """Asks for the height its text needs at the width it has.

    A layout's minimum takes wrapped text at its narrowest, and so its tallest: the scroll area
    would scroll what fits.
    """

    def minimumSizeHint(self) -> QSize:
        """Any height: the scroll area gives what `heightForWidth` says."""
        return QSize(super().minimumSizeHint().width(), 0)


@dataclass(frozen=True)
class TopButton:
    """The button beside a panel's title.

    Attributes:
        label: What stands on it.
        meaning: Its tooltip.
        name: What a screen reader calls it.
    """

    label: str
    meaning: str
    name: str


class SidePanel(QWidget):
    """What all panels with cards share; Esc closes it.

    Args:
        theme: For the colours.
        title: Its name.
        button: The button beside it.
        parent: Where it belongs.

    Attributes:
        heading: The title.
        top_button: The button beside it.
        cards: Takes what scrolls, from the top.
        footer: Takes what stays below.
    """

    opened = Signal()
    closed = Signal()

    def __init__(
        self, theme: Theme, title: str, button: TopButton, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(title)
        self.heading = QLabel(title)
        self.heading.setFont(text_font(self.font(), BODY_PX, bold=True))
        self.top_button = QPushButton(button.label)
        self.top_button.setProperty("compact", True)
        self.top_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.top_button.setToolTip(button.meaning)
        self.top_button.setAccessibleName(button.name)
        self._close = QToolButton()
        self._close.setProperty("quiet", True)
        self._close.setFixedSize(28, 28)
        self._close.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._close.setToolTip("Close (Esc)")
        self._close.setAccessibleName("Close the panel")
        self._close.clicked.connect(self.closed)
        top = QHBoxLayout()
        top.setContentsMargins(EDGE_PX, 0, 8, 0)
        top.addWidget(self.heading, 1)
        top.addWidget(self.top_button)
        top.addWidget(self._close)
        self._content = _Content()
        self.cards = QVBoxLayout(self._content)
        self.cards.setContentsMargins(EDGE_PX, 0, EDGE_PX, 0)
        self.cards.setSpacing(8)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._content)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        self._content.setAutoFillBackground(False)
        self.footer = QVBoxLayout()
        self.footer.setContentsMargins(EDGE_PX, 0, EDGE_PX, 0)
        self.footer.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._scroll, 1)
        column.addLayout(self.footer)
        theme.changed.connect(self._tint_close)
        self._tint_close()

    def scroll_to(self, widget: QWidget) -> None:
        """Bring something of the panel into sight."""
        around: QWidget | None = widget.parentWidget()
        while around is not None and around is not self._scroll.viewport():
            layout = around.layout()
            if layout is not None:
                layout.activate()  # or it would still be where it was made
            around = around.parentWidget()
        self._scroll.ensureWidgetVisible(widget, 0, EDGE_PX)

    def take_keyboard(self) -> None:
        """Go on with the keyboard in the panel; each panel knows better where."""
        give_focus(self.top_button)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the keyboard, and ask for what there is."""
        super().showEvent(event)
        self.opened.emit()
        self.take_keyboard()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the panel."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.tokens.raised))
        painter.end()

    def _tint_close(self) -> None:
        self._close.setIcon(icons.icon("x", QColor(self._theme.tokens.secondary)))
        self.update()
