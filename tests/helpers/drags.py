"""What Qt tells a widget over which something is dragged."""

from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragMoveEvent


def dragged(kind: type[QDragMoveEvent], at: QPoint, mime: QMimeData) -> QDragMoveEvent:
    """An event of a drag with the left button, to be copied.

    Args:
        kind: Coming in, or moving.
        at: Where it is in the widget.
        mime: What is dragged; must live as long as the event.
    """
    make: Any = kind
    rest = Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    try:
        event: QDragMoveEvent = make(QPointF(at), *rest)
    except TypeError:  # before Qt 6.12, which warns of whole pixels
        event = make(at, *rest)
    return event
