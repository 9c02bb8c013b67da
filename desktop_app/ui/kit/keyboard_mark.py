"""Whether a window is used by the keyboard, so that it shows where the keyboard is.

Qt marks a window when Tab or a shortcut moves the focus in it, and takes the mark away when the
mouse is pressed, but also when a program moves the focus. What has to move the focus on behalf
of the user does it here.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

_MARK = Qt.WidgetAttribute.WA_KeyboardFocusChange


def is_marked(widget: QWidget) -> bool:
    """Whether the window of a widget is used by the keyboard."""
    return widget.window().testAttribute(_MARK)


def mark(window: QWidget) -> None:
    """Note that a shortcut has been pressed that moves no focus itself."""
    window.setAttribute(_MARK)


def give_focus(widget: QWidget) -> None:
    """Move the focus; who used the keyboard goes on seeing it, who used the mouse does not."""
    by_keyboard, other = Qt.FocusReason.ShortcutFocusReason, Qt.FocusReason.OtherFocusReason
    widget.setFocus(by_keyboard if is_marked(widget) else other)
