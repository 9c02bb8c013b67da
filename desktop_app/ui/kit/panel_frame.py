"""What every panel at the side of the window has: a heading, and a cross that closes it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop_app.ui.kit.closable import Closable
from desktop_app.ui.kit.mirroring import margins
from desktop_app.ui.kit.theme import BODY_PX, Theme, leading, text_font
from desktop_app.ui.words.language import tr

EDGE_PX = 12


class PanelFrame(Closable):
    """Says when it is opened, and when it is to be closed.

    Args:
        theme: For the colours.
        title: Its name.
        parent: Where it belongs.

    Attributes:
        heading: The title.
        top: The line with title and cross, to be put first.
    """

    opened = Signal()

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(
            theme, tr("Panels", "Close (Esc)"), tr("Panels", "Close the panel"), parent
        )
        self.setAccessibleName(title)
        self.heading = QLabel(title)
        self.heading.setAlignment(leading(self) | Qt.AlignmentFlag.AlignVCenter)
        self.heading.setFont(text_font(self.font(), BODY_PX, bold=True))
        self.top = QHBoxLayout()
        self.top.setContentsMargins(margins(EDGE_PX, 0, 8, 0))
        self.top.addWidget(self.heading, 1)
        self.top.addWidget(self.cross)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for what there is."""
        super().showEvent(event)
        self.opened.emit()
