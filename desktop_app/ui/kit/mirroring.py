"""Edges of layouts where one reads from the right: Qt mirrors what stands in them, not these."""

from PySide6.QtCore import QMargins
from PySide6.QtGui import QGuiApplication


def margins(leading: int, top: int, trailing: int, bottom: int) -> QMargins:
    """Margins in pixels; the leading one is where lines begin in the window's language."""
    if QGuiApplication.isRightToLeft():
        return QMargins(trailing, top, leading, bottom)
    return QMargins(leading, top, trailing, bottom)
