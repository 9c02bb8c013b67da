"""Says aloud, through a screen reader, what others see appear."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent


def announce(source: QObject, text: str) -> None:
    """Let a screen reader, where one runs, read a sentence without moving the focus.

    Args:
        source: The widget that shows it.
        text: The sentence; an empty one is not said.
    """
    if text and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(source, text))
