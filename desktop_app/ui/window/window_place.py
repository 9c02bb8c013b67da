"""Where a window is on the screens."""

from collections.abc import Sequence

from PySide6.QtCore import QMargins, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

SHIFT_PX = 32
"""How far a new window is from the one that it was made from."""
_HANDLE_PX = 100
"""So much of a window's upper edge must be seen, for a mouse to take hold of it."""
_TITLE_PX = 32


class ScreenKeeper(QObject):
    """Brings a window back whose screen is taken away.

    Args:
        window: The window.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenRemoved.connect(self.look_soon)

    def look_soon(self, _removed: QScreen | None = None) -> None:
        """Look where the window is, once Qt has done what it does by itself."""
        QTimer.singleShot(0, self, self.look)

    def look(self) -> None:
        """Bring the window back, if nobody can take hold of it."""
        if self._window.isVisible():
            keep_on_screen(self._window)


def put_beside(window: QWidget, other: QWidget) -> None:
    """Put a new window a little below and beside the one it was made from, in its size.

    Args:
        window: The new one.
        other: The other one; where it fills its screen, the new one has the size it had before.
    """
    area, client = other.screen().availableGeometry(), other.geometry()
    edges = edges_of(other.frameGeometry(), client)
    normal = other.normalGeometry() if other.isMaximized() or other.isFullScreen() else client
    place = normal if normal.isValid() else client
    size = place.size().boundedTo(area.marginsRemoved(edges).size())
    at = beside(QRect(place.topLeft(), size).marginsAdded(edges), area)
    window.setWindowState(Qt.WindowState.WindowNoState)
    # Not by `move`: Qt does not count the frame there in a window that was restored maximized, and
    # its title would be above the screen.
    window.setGeometry(QRect(at + QPoint(edges.left(), edges.top()), size))


def edges_of(frame: QRect, client: QRect) -> QMargins:
    """What stands around a window.

    Args:
        frame: Where it is, with frame and title.
        client: Where it is without them.

    Returns:
        How wide each edge is; the title is there also where a full screen hides it.
    """
    top_px = client.top() - frame.top()
    return QMargins(
        client.left() - frame.left(),
        top_px if frame != client else _TITLE_PX,
        frame.right() - client.right(),
        frame.bottom() - client.bottom(),
    )


def beside(place: QRect, area: QRect) -> QPoint:
    """Where a window goes that is made from one that is somewhere.

    Args:
        place: Where that one is, in the size of the new one, with frame and title.
        area: What can be used of its screen.

    Returns:
        Its upper left corner: shifted, and at the edges again from the other side.
    """
    shifted = place.translated(SHIFT_PX, SHIFT_PX)
    left = shifted.left() if shifted.right() <= area.right() else area.left()
    top = shifted.top() if shifted.bottom() <= area.bottom() else area.top()
    return QPoint(left, top)


def keep_on_screen(window: QWidget) -> None:
    """Bring a window back that nobody can take hold of, because its screen is not there any more.

    Args:
        window: The window; one that fills a screen is put onto one by Qt.
    """
    if window.isMaximized() or window.isFullScreen():
        return
    primary = QGuiApplication.primaryScreen()
    others = [each for each in QGuiApplication.screens() if each is not primary]
    areas = [each.availableGeometry() for each in (primary, *others) if each is not None]
    frame = window.frameGeometry()
    place = within_reach(frame, areas)
    if place != frame:
        window.resize(window.size() - (frame.size() - place.size()))
        window.move(place.topLeft())


def within_reach(frame: QRect, areas: Sequence[QRect]) -> QRect:
    """Where a window is to be so that it can be taken hold of.

    Args:
        frame: Where it is, with its title.
        areas: What can be used of each screen, the main one first.

    Returns:
        The same place where enough of its upper edge is seen; else one on the main screen, smaller
        where that is.
    """
    title = QRect(frame.left(), frame.top(), frame.width(), _TITLE_PX)
    for area in areas:
        seen = title.intersected(area)
        if seen.width() >= min(_HANDLE_PX, frame.width()) and seen.height() >= _TITLE_PX // 2:
            return frame
    if not areas:
        return frame
    area = areas[0]
    size = frame.size().boundedTo(area.size())
    left = min(max(frame.left(), area.left()), area.left() + area.width() - size.width())
    top = min(max(frame.top(), area.top()), area.top() + area.height() - size.height())
    return QRect(QPoint(left, top), size)
