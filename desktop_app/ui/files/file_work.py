"""All that is done with the files of pictures, put together for a window."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.ui.commands.command_book import CommandBook
from desktop_app.ui.commands.undo_stack import UndoStack
from desktop_app.ui.files import export_panel
from desktop_app.ui.files.copy_desk import CopyDesk
from desktop_app.ui.files.export_desk import ExportDesk
from desktop_app.ui.files.export_panel import ExportPanel
from desktop_app.ui.files.file_commands import FileCommands
from desktop_app.ui.files.files_desk import FilesDesk
from desktop_app.ui.files.open_with import OpenWith
from desktop_app.ui.files.rename_strip import RenameStrip
from desktop_app.ui.grid.grid_view import GridView
from desktop_app.ui.grid.results import Results
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.memory.recent_folders import RecentFolders
from desktop_app.ui.memory.window_memory import WindowMemory
from desktop_app.ui.messages import problems_panel
from desktop_app.ui.messages.notices import Notices
from desktop_app.ui.messages.problems_panel import ProblemsPanel
from desktop_app.ui.messages.progress_strip import ProgressStrip
from desktop_app.ui.pictures.thumbnail_loader import ThumbnailLoader
from desktop_app.ui.words.language import tr
from desktop_app.ui.work.jobs import Jobs
from desktop_app.ui.work.tasks import Lane, Lanes

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library


KEYS_OF_OTHERS = (Qt.Key.Key_Delete, Qt.Key.Key_F2)
"""What these do depends on where the keyboard is: on a saved search, they are about that."""


class FileWork(QObject):
    """Makes the desks, strips and panels, and leads what one says to the others.

    Args:
        lanes: For what they ask the library.
        files: For what is done with files, one thing after another.
        results: What is shown.
        thumbnails: For what is dragged.
        grid: What pictures are dragged out of.
        notices: Where the user is told.
        undo: What can be taken back.
        jobs: Lists what takes longer.
        memory: Remembers folders.
        theme: For the colours.
        window: What it belongs to.
        viewer: Where one picture is looked at.

    Attributes:
        desk: Renames, moves and throws away.
        export: Where copies are asked for.
        undone: Lists what could not be done.
        rename: Where a name is asked for.
        progress: Says how far it is.
    """

    panel_asked = Signal(QWidget)
    """One of `panels` is to be opened."""

    def __init__(
        self,
        lanes: Lanes,
        files: Lane,
        results: Results,
        thumbnails: ThumbnailLoader,
        grid: GridView,
        notices: Notices,
        undo: UndoStack,
        jobs: Jobs,
        memory: WindowMemory,
        theme: Theme,
        window: QWidget,
        viewer: QWidget,
    ) -> None:
        super().__init__(window)
        self._grid = grid
        self._viewer = viewer
        window.installEventFilter(self)
        self.rename, self.progress = RenameStrip(theme), ProgressStrip(theme)
        self.undone = ProblemsPanel(
            theme,
            tr("Files", "Not done"),
            tr("Files", "Files with which it could not be done"),
            can_retry=False,
        )
        self.export = ExportPanel(theme)
        self.desk = FilesDesk(
            files,
            lanes.open("file name"),
            results,
            self.rename,
            self.progress,
            self.undone,
            notices,
            undo,
            jobs,
            self,
        )
        self._copies = CopyDesk(
            lanes.open("copying", lasts=True), results.model, thumbnails, notices, theme, window
        )
        folders = RecentFolders(memory)
        self._exports = ExportDesk(
            lanes.open("export", lasts=True),
            results.model,
            self.export,
            self.undone,
            folders,
            notices,
            jobs,
            window,
        )
        programs = OpenWith(lanes.open("programs"), self._copies, notices, window)
        self._commands = FileCommands(self.desk, self._copies, programs, folders, notices, window)
        for desk in (self.desk, self._exports):
            desk.failures_asked.connect(lambda: self.panel_asked.emit(self.undone))
        grid.selectionModel().selectionChanged.connect(self._exports.refresh)

    @property
    def panels(self) -> dict[ProblemsPanel | ExportPanel, int]:
        """What stands at the side of the window, and how wide each is in pixels."""
        return {self.undone: problems_panel.WIDTH_PX, self.export: export_panel.WIDTH_PX}

    @property
    def strips(self) -> tuple[QWidget, QWidget]:
        """What stands above the window's last lines."""
        return self.rename, self.progress

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave keys to what has the keyboard, where that is neither the grid nor the viewer.

        A widget that takes them says so first; this comes last, before a shortcut would act.
        """
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in KEYS_OF_OTHERS
            and not self._has_pictures(QApplication.focusWidget())
        ):
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def _has_pictures(self, widget: QWidget | None) -> bool:
        if widget is None or self._viewer.isVisible():
            return True
        return widget is self._grid or self._grid.isAncestorOf(widget)

    def set_library(self, library: "Library") -> None:
        """Begin to serve."""
        for desk in (self.desk, self._copies, self._exports):
            desk.set_library(library)

    def add_to(
        self,
        book: CommandBook,
        rows: Callable[[], Sequence[int]],
        toggle_panel: Callable[[QWidget], object],
    ) -> None:
        """Enter what can be done with the chosen pictures.

        Args:
            book: Where.
            rows: The rows that are chosen when something is asked for.
            toggle_panel: Opens or closes a panel.
        """
        self._commands.add_to(book, rows, lambda: toggle_panel(self.export))
        self._exports.serve(rows)
        self._grid.drag_asked.connect(lambda row: self._copies.drag(rows(), row))
