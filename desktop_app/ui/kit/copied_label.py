"""Text that can be selected and copied as it was given."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.ui.kit.text_label import TextLabel, Tint
from desktop_app.ui.kit.theme import BODY_PX, Theme, leading
from desktop_app.ui.words.language import tr

_BREAK = "\u200b"


class CopiedLabel(TextLabel):
    """A text whose places to break, which nobody sees, are not copied with it."""

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        size_px: int = BODY_PX,
        tint: Tint = Tint.TEXT,
        *,
        bold: bool = False,
    ) -> None:
        super().__init__(theme, parent, size_px, tint, bold=bold)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAlignment(leading(self))

    def copy(self) -> None:
        """Put what is selected, or else all of it, on the clipboard."""
        text = self.selectedText().replace(_BREAK, "") or self.said
        QGuiApplication.clipboard().setText(text)

    def changeEvent(self, event: QEvent) -> None:
        """Begin on the side where one begins to read the window, not this text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self.setAlignment(leading(self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy without the places to break."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(tr("Inspector", "Copy")).triggered.connect(self.copy)
        menu.popup(event.globalPos())
