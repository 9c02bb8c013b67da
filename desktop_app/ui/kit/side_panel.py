"""A panel at the side of the window: a heading, cards that scroll, and a line below them."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.kit.keyboard_mark import give_focus
from desktop_app.ui.kit.panel_frame import EDGE_PX, PanelFrame
from desktop_app.ui.kit.theme import Theme


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


class SidePanel(PanelFrame):
    """What all panels with cards share; Esc closes it.

    Args:
        theme: For the colours.
        title: Its name.
        button: The button beside it; None for none.
        parent: Where it belongs.

    Attributes:
        top_button: The button beside it.
        cards: Takes what scrolls, from the top.
        footer: Takes what stays below.
    """

    def __init__(
        self, theme: Theme, title: str, button: TopButton | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, title, parent)
        self.top_button = QPushButton("" if button is None else button.label)
        self.top_button.setProperty("compact", True)
        self.top_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if button is None:
            self.top_button.hide()
        else:
            self.top_button.setToolTip(button.meaning)
            self.top_button.setAccessibleName(button.name)
        self.top.insertWidget(1, self.top_button)
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
        column.addLayout(self.top)
        column.addWidget(self._scroll, 1)
        column.addLayout(self.footer)

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
        has_button = self.top_button.isVisible() and self.top_button.isEnabled()
        give_focus(self.top_button if has_button else self.cross)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the keyboard, and ask for what there is."""
        super().showEvent(event)
        self.take_keyboard()
