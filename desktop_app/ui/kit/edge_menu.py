"""A menu that stays within the window that it belongs to."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMenu

_EDGE_PX = 4


class EdgeMenu(QMenu):
    """Opens further to the left where it would stand out at the right edge of its window."""

    def showEvent(self, event: QShowEvent) -> None:
        """Move back into the window."""
        super().showEvent(event)
        parent = self.parentWidget()
        if parent is not None:
            window = parent.window()
            left_px = window.mapToGlobal(QPoint()).x()
            right_px = left_px + window.width() - _EDGE_PX
            self.move(max(left_px, min(self.x(), right_px - self.width())), self.y())
