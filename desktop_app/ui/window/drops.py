"""Takes what is dragged onto the window: on the search box to search by it, elsewhere to add it."""

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QRect, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.search.query_picture import local_paths, may_be_picture
from desktop_app.ui.search.search_box import SearchBox
from desktop_app.ui.window.drop_overlay import DropOverlay
from desktop_app.ui.words.language import tr


class Drops(QObject):
    """Watches a window's drag events and shows what a drop would do."""

    files_dropped = Signal(list)
    """Paths (a list of str) to index."""
    search_dropped = Signal(QMimeData)
    """A picture to search by."""

    def __init__(self, window: QWidget, box: SearchBox, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._box = box
        self._is_picture = self._has_files = False
        self._overlay = DropOverlay(theme, window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Handle the drag events of the window."""
        if isinstance(event, QDragEnterEvent):
            # Once: the mouse moves on many times, and there may be 50,000 of them.
            self._is_picture = may_be_picture(event.mimeData())
            self._has_files = bool(local_paths(event.mimeData()))
        if isinstance(event, QDragMoveEvent):  # an enter event is one too
            self._drag(event)
            if isinstance(event, QDragEnterEvent) and (self._is_picture or self._has_files):
                # Qt tells no more of a drag that is refused where it comes in, and one that begins
                # in the grid is to be taken on the search box.
                event.acceptProposedAction()
            return True
        if isinstance(event, QDropEvent):
            self._drop(event)
            return True
        if event.type() == QEvent.Type.DragLeave:
            self._end()
        return super().eventFilter(watched, event)

    def _drag(self, event: QDragMoveEvent) -> None:
        is_on_box = self._is_on_box(event.position().toPoint())
        if is_on_box and self._is_picture:
            self._box.set_drop_target(True)
            self._overlay.hide()
            event.acceptProposedAction()
        # What is dragged out of a window itself is in the library already.
        elif not is_on_box and event.source() is None and self._has_files:
            self._box.set_drop_target(False)
            self._overlay.cover(self._window.rect(), _hint() if self._is_picture else "")
            event.acceptProposedAction()
        else:
            self._end()
            event.ignore()

    def _drop(self, event: QDropEvent) -> None:
        mime, is_on_box = event.mimeData(), self._is_on_box(event.position().toPoint())
        self._end()
        event.acceptProposedAction()
        if is_on_box:
            self.search_dropped.emit(mime)
        else:
            self.files_dropped.emit(local_paths(mime))

    def _end(self) -> None:
        self._overlay.hide()
        self._box.set_drop_target(False)

    def _is_on_box(self, point: QPoint) -> bool:
        corner = self._box.mapTo(self._window, QPoint())
        return self._box.isEnabled() and QRect(corner, self._box.size()).contains(point)


def _hint() -> str:
    return tr("Search", "Drop it on the search box instead to find pictures like it")
