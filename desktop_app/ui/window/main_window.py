"""The window: puts the parts together and leads what one of them says to the others."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow

from desktop_app.ui.commands.command_book import CommandBook, Menu
from desktop_app.ui.commands.command_menus import command_menu, fill_bar, show_menu
from desktop_app.ui.commands.undo_stack import UndoStack
from desktop_app.ui.files.file_work import FileWork
from desktop_app.ui.folders.folders_desk import FoldersDesk
from desktop_app.ui.grid.grid_view import GridView
from desktop_app.ui.grid.picture_commands import PictureCommands
from desktop_app.ui.grid.picture_model import PictureModel
from desktop_app.ui.grid.results import Results
from desktop_app.ui.inspector.inspector import Inspector
from desktop_app.ui.inspector.labels_desk import LabelsDesk
from desktop_app.ui.inspector.tag_strip import TagStrip
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.memory.window_memory import WindowMemory
from desktop_app.ui.messages.notices import Notices, explain
from desktop_app.ui.messages.status_line import StatusLine
from desktop_app.ui.models.models_desk import ModelLanes, ModelsDesk
from desktop_app.ui.pictures.thumbnail_loader import ThumbnailLoader
from desktop_app.ui.sidebar.searches_desk import SearchesDesk
from desktop_app.ui.sidebar.sidebar import Sidebar
from desktop_app.ui.system.folder_chooser import choose_folder
from desktop_app.ui.viewer.viewer import Viewer
from desktop_app.ui.viewer.viewer_commands import add_viewer_commands, viewer_lanes
from desktop_app.ui.window.browse_desk import BrowseDesk
from desktop_app.ui.window.drop_desk import DropDesk
from desktop_app.ui.window.grid_desk import GridDesk
from desktop_app.ui.window.header import Header
from desktop_app.ui.window.library_arrival import LibraryArrival
from desktop_app.ui.window.library_changes import LibraryChanges
from desktop_app.ui.window.middle_desk import MiddleDesk
from desktop_app.ui.window.search_desk import SearchDesk, SearchLanes
from desktop_app.ui.window.session import Session
from desktop_app.ui.window.shell import Shell
from desktop_app.ui.window.window_commands import add_window_commands
from desktop_app.ui.window.window_end import WindowEnd
from desktop_app.ui.window.window_layout import lay_out, make_stage
from desktop_app.ui.window.window_panels import WindowPanels
from desktop_app.ui.window.window_place import ScreenKeeper
from desktop_app.ui.window.window_title import TITLE, WindowTitle
from desktop_app.ui.words import wording
from desktop_app.ui.words.language import tr
from desktop_app.ui.work.tasks import Lanes
from desktop_app.ui.work.turns import Turns


class MainWindow(QMainWindow):
    """Shows the library and everything one can do with it.

    Args:
        session: The library, with what all its windows share; opened once a window is shown, and
            closed with the last one.
        theme: What it looks like.
        memory: What this window was like; None for the one used last.
        turns: Where the window is made piece by piece; None for at once. It is to be shown only
            once it is whole.

    Attributes:
        memory: What it remembers.
        end: Knows when it has left, and what to leave behind.
    """

    new_asked = Signal(object)
    """The user wants one more window like the one that is given."""
    quit_asked = Signal()
    """The user wants all windows closed."""
    reopening_asked = Signal(object)
    """All windows are to close and come back, after what the function given does in between."""

    def __init__(
        self,
        session: Session,
        theme: Theme,
        memory: WindowMemory | None = None,
        turns: Turns | None = None,
    ) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self.session = session
        self._theme = theme
        self.memory = self._memory = memory or WindowMemory(session.data_dir)
        self._lanes = Lanes()
        self.jobs, self.indexing = session.jobs, session.indexing
        self.folder_watch = session.folder_watch
        self._enters_grid = False
        self._was_shown = False
        self._library_lane = self._lanes.open("status", lasts=True)
        self._stage, self._column = make_stage(self)
        pieces = (
            self._make_views, self._make_panels, self._make_desks, self._put_together,
            self._fill_book, self._listen,
        )  # fmt: skip
        if turns is None:
            for make in pieces:
                make()
        else:
            turns.add(*pieces)

    # How it is made

    def _make_views(self) -> None:
        """Make what shows pictures, and what is around them."""
        theme, session = self._theme, self.session
        self.pictures = PictureModel(self)
        self.thumbnails = ThumbnailLoader(parent=self)
        self.results = Results(
            self.pictures, self._lanes.open("search"), self._lanes.open("records"), self
        )
        self.header = Header(theme, self._memory.cell_side_px, session.history)
        self.sidebar = Sidebar(theme)
        self.inspector = Inspector(theme)
        self.grid = GridView(self.pictures, self.thumbnails, theme)
        self.middle = MiddleDesk(self, theme)
        self.empty = self.middle.empty

    def _make_panels(self) -> None:
        """Make what stands beside the pictures, below them and before them."""
        theme = self._theme
        self.panels = WindowPanels(self, self.middle.whole, theme)
        self.problems = self.panels.problems
        self.unprepared = self.panels.unprepared
        self.models = self.panels.models
        self.folders = self.panels.folders
        self.notices = Notices(theme)
        self.undo = UndoStack(self.session.undone, self)
        self.status = StatusLine(theme)
        self.viewer = Viewer(self.pictures, viewer_lanes(self._lanes), theme, self._stage)
        self.commands = PictureCommands(
            self.pictures, self.thumbnails, self._lanes.open("commands"), theme, self
        )

    def _make_desks(self) -> None:
        """Make what leads from these to the library and back."""
        theme, session = self._theme, self.session
        self.models_desk = ModelsDesk(
            ModelLanes(
                self._lanes.open("models"),
                self._lanes.open("model", lasts=True),
                self._lanes.open("device"),
            ),
            self.indexing,
            session.installs,
            self.models,
            self.status,
            self.notices,
            self,
        )
        self.search_desk = SearchDesk(
            self.header,
            self.results,
            self.viewer,
            self.commands,
            self.notices,
            self.undo,
            SearchLanes(
                *map(self._lanes.open, ("query picture", "vocabulary", "explaining", "reasoning"))
            ),
            self,
        )
        self.grid_desk = GridDesk(
            self.grid,
            self.header,
            self.results,
            self.status,
            self._memory,
            self._lanes.open("names"),
            self,
        )
        self.searches_desk = SearchesDesk(
            self._lanes.open("saved searches", finishes=True),
            self._lanes.open("counting"),
            self.header.search_box.draft,
            self.sidebar,
            self.notices,
            self.undo,
            self,
        )
        self.folders_desk = FoldersDesk(
            self._lanes.open("folders"),
            self._lanes.open("nearest folder"),
            self.indexing,
            self.folders,
            self.status,
            self.notices,
            session.kept,
            self,
        )
        self.tag_strip = TagStrip(theme)
        self.labels_desk = LabelsDesk(
            self._lanes.open("labels", finishes=True),
            session.label_files,
            self.chosen_rows,
            self.results,
            self.tag_strip,
            self.panels.unwritten,
            self.notices,
            self.undo,
            self,
        )
        self.files = FileWork(
            self._lanes,
            self._lanes.take(session.file_lane(), lasts=True),
            self.results,
            self.thumbnails,
            self.grid,
            self.notices,
            self.undo,
            self.jobs,
            self._memory,
            theme,
            self,
            self.viewer,
        )

    def _put_together(self) -> None:
        """Put everything where it belongs."""
        self.book = CommandBook(self._theme, self)
        split = lay_out(self, self._stage, self._column, self._theme, self._memory)
        self.header.search_box.setFocus()
        self.browse_desk = BrowseDesk(self, split, self.panels.body, self._lanes, self._memory)
        self.panels.serve()
        self._split = split
        self._connect()

    def _listen(self) -> None:
        """Hear of what happens to the library, which only a window that is whole can show."""
        session = self.session
        self.arrival = LibraryArrival(self, session)
        self.changes = LibraryChanges(self, session, self._library_lane)
        self.drops = DropDesk(self, self._library_lane, self._theme)
        self.screens = ScreenKeeper(self)
        self.title = WindowTitle(self)
        self.end = WindowEnd(self, session, self._lanes)
        session.windows.join(self)

    def _connect(self) -> None:
        box = self.header.search_box
        self.notices.damaged.connect(self.session.rescue.look)
        for lacked_room in (self.notices.lacked_room, self.folders_desk.failed):
            lacked_room.connect(self.session.room.note)
        for take_back in (self.notices.withdraw, self.folders.take_back):
            self.session.room.over.connect(take_back)
        self.session.undone.taken.connect(self.notices.settle)
        box.entered.connect(self._enter_grid)
        box.all_asked.connect(self._select_all)
        self.header.strip.save_asked.connect(self.searches_desk.save)
        box.save_asked.connect(self.searches_desk.save)
        self.header.add_clicked.connect(self.choose_folder)
        self.results.changed.connect(self._results_changed)
        self.grid.opened.connect(self.viewer.open_row)
        self.grid.opened.connect(box.remember)
        self.grid.opened.connect(self._prefer_folder_of)
        self.grid.menu_asked.connect(self._show_picture_menu)
        self.viewer.moved.connect(self.grid.go_to)
        self.viewer.closed.connect(self.grid.enter)
        self.viewer.menu_asked.connect(self._show_picture_menu)
        self.commands.liked.connect(lambda *_liked: self._enter_grid())
        self.commands.failed.connect(lambda error: self.notices.info(str(explain(error))))
        self.status.cancelled.connect(self.indexing.cancel)
        self.files.desk.next_asked.connect(self._go_on_at)
        self.header.order.changed.connect(self._memory.set_order)
        self.header.order.set_order(self._memory.order)

    def _fill_book(self) -> None:
        """Enter what can be done, and put it into the menu bar."""
        add_window_commands(self.book, self)
        self.browse_desk.add_to(self.book)
        self.grid_desk.add_to(self.book)
        self.commands.add_to(self.book, self.chosen_rows, self.why_not_like)
        add_viewer_commands(
            self.book, self.viewer, self._memory, self.chosen_rows, self.grid.opened.emit
        )
        self.labels_desk.add_to(self.book, lambda: self.unwritable)
        self.files.add_to(self.book, self.chosen_rows, self.panels.toggle)
        self.show_gentle(self.session.pace.is_gentle)
        self.book.refused.connect(self.notices.info)
        self.shell = Shell(self, self._theme, self._memory, self._lanes, self.session.data_dir)
        if self.shell.first_steps is not None:
            self.middle.stack.addWidget(self.shell.first_steps)
        fill_bar(self.menuBar(), self.book)

    # What the user asks for

    def come_forward(self) -> None:
        """Be in front of other windows, because the program was started once more."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def choose_folder(self) -> None:
        """Let the user pick a folder, and index it."""
        if self.unwritable:
            self.arrival.say_unwritable()
        else:
            choose_folder(self, self.indexing.add)

    def _show_picture_menu(self, at: QPoint) -> None:
        if self.chosen_rows():
            show_menu(command_menu(self.book, Menu.PICTURE, self), at)

    @property
    def unwritable(self) -> str:
        """Why nothing can be indexed or changed, as a sentence; empty where it can."""
        return self.arrival.unwritable

    def chosen_rows(self) -> Sequence[int]:
        """The pictures that a command is about: the one looked at, or else the selected ones."""
        if self.viewer.isVisible():
            return [self.viewer.row]
        return self.grid.selected_rows()

    def _go_on_at(self, row: int) -> None:
        """Choose the picture that has come to the place of one that has left."""
        if self.viewer.isVisible():
            self.viewer.go_to(row)
        elif self.pictures.rowCount():
            self.grid.go_to(min(row, self.pictures.rowCount() - 1))

    def why_not_like(self) -> str:
        """Why more or less like the chosen pictures cannot be asked for now."""
        shown = self.results.shown
        if shown is None or not shown.query.is_ranked:
            return tr("Commands", "Search for something first, then say what is like it.")
        return "" if self.chosen_rows() else tr("Commands", "Select a picture first.")

    def like_selected(self, *, less: bool = False) -> None:
        """Ask for more, or less, like the chosen pictures."""
        self.commands.like(self.chosen_rows(), less=less)

    def _prefer_folder_of(self, row: int) -> None:
        """Have what lies beside a picture that the user looks at indexed before the rest."""
        library, picture = self.arrival.library, self.pictures.picture(row)
        if library is not None and picture is not None and not self.indexing.is_idle:
            folder = str(Path(picture.path).parent)
            self._library_lane.call(
                lambda: library.prefer(folder), lambda _nothing: None, self.notices.exception
            )

    def take_keyboard(self) -> None:
        """Lead the keyboard into the search box."""
        if self.viewer.isVisible():
            self.viewer.close_viewer()
        self.header.search_box.take_keyboard()

    def _enter_grid(self) -> None:
        """Move on from the search box, once what was asked for is there."""
        self._enters_grid = self.results.is_running
        if not self._enters_grid:
            self.grid.enter()

    def _select_all(self) -> None:
        """Select all pictures, and go on with the keyboard there."""
        if self.grid.isVisible():
            self.grid.enter()
            self.grid.selectAll()

    def reopen(self) -> None:
        """Ask that all windows close and come back as they were, because that needs new ones."""
        self.reopening_asked.emit(lambda: None)

    def set_gentle(self, is_gentle: bool) -> None:
        """Slow down, or not, while other programs are used."""
        self._memory.set_gentle(is_gentle)
        self.session.pace.set_gentle(is_gentle)

    def show_gentle(self, is_gentle: bool) -> None:
        """Show that work slows down while other programs are used, or does not."""
        self.book.action("work.gentle").setChecked(is_gentle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, where nothing nearer took it: close the panel, go back, else clear the search."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._split.covers:
            self._split.uncover()
        elif self.panels.body.panel is not None:
            self.panels.body.close_panel()
        elif self.inspector.isAncestorOf(self.focusWidget() or self):
            self.grid.enter()
        elif not self.header.search_box.draft.state.is_empty:
            self.header.search_box.clear()
        else:
            self.grid.clearSelection()

    def _results_changed(self) -> None:
        self.middle.refresh()
        shown = self.results.shown
        if shown is not None:
            self.status.show_text(wording.status(shown.count, shown.strong, shown.seconds))
        if self._enters_grid:
            self._enters_grid = False
            self.grid.enter()

    def showEvent(self, event: QShowEvent) -> None:
        """Open the library once the window is there."""
        super().showEvent(event)
        if not self._was_shown:
            self._was_shown = True
            self.screens.look()
            self.middle.begin()
            self.arrival.begin()

    def changeEvent(self, event: QEvent) -> None:
        """Note that the user is in this window now."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.session.windows.use(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember what the window is like; with the last one, end what goes on."""
        event.accept()
        self.end.come()

    def remember(self) -> None:
        """Write down what the window is like now."""
        self.browse_desk.save()
        self.shell.save()
        self._memory.save(self, self.header.cell_side_px)
