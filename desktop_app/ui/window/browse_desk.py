"""Puts the sidebar and the inspector to work in the window, and remembers how they were left."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.engine.records import TreeFolder
from desktop_app.ui.commands.command_book import Command, CommandBook, Menu
from desktop_app.ui.inspector import inspector as inspector_panel
from desktop_app.ui.inspector.inspector_desk import InspectorDesk
from desktop_app.ui.kit import keyboard_mark
from desktop_app.ui.memory.window_memory import WindowMemory
from desktop_app.ui.pictures.viewer_images import ViewerImages
from desktop_app.ui.sidebar.side_split import SideSplit
from desktop_app.ui.sidebar.sidebar_desk import SidebarDesk
from desktop_app.ui.words.language import tr
from desktop_app.ui.work.tasks import Lanes

if TYPE_CHECKING:
    from desktop_app.engine.library import Library
    from desktop_app.ui.window.body import Body
    from desktop_app.ui.window.main_window import MainWindow


class BrowseDesk(QObject):
    """Both sides of the window.

    Args:
        window: What they belong to; its widgets are there already.
        split: Holds the sidebar.
        body: Holds the inspector.
        lanes: Where the window waits for the library.
        memory: Where it is remembered how they were left.
    """

    def __init__(
        self,
        window: "MainWindow",
        split: SideSplit,
        body: "Body",
        lanes: Lanes,
        memory: WindowMemory,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._split, self._body, self._memory = split, body, memory
        self._place_px = memory.sidebar_place_px
        draft = window.header.search_box.draft
        self.sidebar = SidebarDesk(
            lanes.open("sidebar"),
            draft,
            window.sidebar,
            window.indexing,
            window.notices,
            self,
        )
        self.inspector = InspectorDesk(
            lanes.open("inspector"),
            lanes.open("photo facts"),
            lanes.open("sums"),
            ViewerImages(lanes.open("inspector picture"), self),
            window.grid,
            window.results,
            window.thumbnails,
            draft,
            window.inspector,
            window.notices,
            self,
        )
        body.set_resident(window.inspector, inspector_panel.WIDTH_PX)
        window.sidebar.view.restore_open(memory.sidebar_rows)
        self._connect()
        split.set_open(memory.is_sidebar_open, at_start=True)
        body.set_resident_open(memory.is_inspector_open, at_start=True)
        split.changed.connect(self._remember_sidebar)
        body.resident_changed.connect(memory.set_inspector_open)

    def _connect(self) -> None:
        window = self._window
        window.header.sidebar_asked.connect(self._split.toggle)
        window.header.inspector_asked.connect(self._body.toggle_resident)
        window.sidebar.chosen.connect(self._split.uncover)
        self._body.opened.connect(self._split.uncover)
        window.inspector.picture.opened.connect(self._open_chosen)
        window.folder_watch.state_changed.connect(self.sidebar.show_watch)
        window.indexing.finished.connect(self.inspector.learn_tops)
        window.folders_desk.presence_changed.connect(self.sidebar.refresh)
        window.searches_desk.saved.connect(lambda: self._split.set_open(True))
        self.sidebar.counted.connect(self._go_back)
        self.sidebar.problems_asked.connect(self._show_problems)
        self.sidebar.panel_asked.connect(self._show_folder)
        labels, tags = window.labels_desk, window.inspector.tags
        window.inspector.stars.rated.connect(labels.rate)
        tags.entered.connect(labels.tag)
        tags.removed.connect(lambda tag: labels.tag(remove=[tag]))
        window.sidebar.tag_renamed.connect(labels.rename_tag)
        window.sidebar.tag_removal_asked.connect(labels.delete_tag)

    def add_to(self, book: CommandBook) -> None:
        """Enter what can be done here."""
        book.add(
            Command("view.sidebar", Menu.VIEW, tr("Commands", "Sidebar"), 0, ("Ctrl+B",),
                    "panel-left"),
            self._toggle_sidebar,
        )  # fmt: skip
        book.add(
            Command("view.inspector", Menu.VIEW, tr("Commands", "Inspector"), 0, ("Ctrl+I",),
                    "panel-right"),
            self._toggle_inspector,
        )  # fmt: skip
        book.add(
            Command("view.enter_sidebar", Menu.VIEW, tr("Commands", "Go to the sidebar"), 0,
                    ("Ctrl+Shift+B",)),
            self._enter_sidebar,
        )  # fmt: skip

    def _toggle_sidebar(self) -> None:
        """Show or hide the sidebar; from the viewer, go back to where it is seen."""
        if self._window.viewer.isVisible():
            self._window.viewer.close_viewer()
            self._split.set_open(True)
        else:
            self._split.toggle()

    def _toggle_inspector(self) -> None:
        """Show or hide the inspector; from the viewer, go back to where it is seen."""
        if self._window.viewer.isVisible():
            self._body.set_resident_open(True)  # the viewer makes way
        else:
            self._body.toggle_resident()

    def set_library(self, library: "Library") -> None:
        """Begin to serve."""
        self.sidebar.set_library(library)
        self.inspector.set_library(library)

    def folders_changed(self) -> None:
        """Count and name folders anew."""
        self.sidebar.refresh()
        self.inspector.learn_tops()

    def labels_changed(self) -> None:
        """Count and show ratings and tags anew."""
        self.inspector.refresh()
        self.sidebar.refresh_labels()

    def save(self) -> None:
        """Remember what is open in the sidebar, and where one was."""
        view = self._window.sidebar.view
        self._memory.set_sidebar_rows(view.open_keys, view.verticalScrollBar().value())

    def _go_back(self) -> None:
        """Scroll the sidebar to where it was, once its rows are there for the first time."""
        place_px, self._place_px = self._place_px, 0
        if place_px:
            self._window.sidebar.view.go_back_to(place_px)

    def _remember_sidebar(self) -> None:
        self._memory.set_sidebar_open(self._split.is_open)
        self._memory.set_sidebar_px(self._split.side_px)

    def _enter_sidebar(self) -> None:
        if self._window.sidebar.isHidden():
            self._split.set_open(True)
        keyboard_mark.mark(self._window)
        self._window.sidebar.view.setFocus()

    def _open_chosen(self) -> None:
        row = self._window.grid.current_row()
        if row is not None:
            self._window.viewer.open_row(row)

    def _show_problems(self, path: str) -> None:
        self._body.open_panel(self._window.problems)
        self._window.problems.lead_to(path)

    def _show_folder(self, folder: TreeFolder, forget: bool) -> None:
        self._body.open_panel(self._window.folders)
        self._window.folders.lead_to(folder.root_id, asks_to_forget=forget)
