"""The part of the window above the bottom line, which some things cover as a whole."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget


class Stage(QWidget):
    """A widget whose covers are always as large as itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._covers: list[QWidget] = []

    def add_cover(self, cover: QWidget) -> None:
        """Let a child cover everything else whenever it is visible."""
        self._covers.append(cover)
        cover.setGeometry(self.rect())

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Keep the covers covering."""
        for cover in self._covers:
            cover.setGeometry(self.rect())
