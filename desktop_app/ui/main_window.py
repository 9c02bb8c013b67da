"""The window: puts the parts together and leads what one of them says to the others."""

import logging
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.engine.errors import CatalogDamagedError, UserFacingError
from desktop_app.engine.records import (
    EmbedSummary,
    IndexSummary,
    Root,
    SkipKind,
)
from desktop_app.ui import (
    dropped_models,
    folders_panel,
    keyboard_mark,
    middle,
    models_panel,
    problems_panel,
    wording,
)
from desktop_app.ui.body import Body
from desktop_app.ui.captions import Captions
from desktop_app.ui.dropped_models import Dropped, sort_dropped
from desktop_app.ui.drops import Drops
from desktop_app.ui.empty_state import EmptyState
from desktop_app.ui.folder_chooser import choose_folder
from desktop_app.ui.folder_watch import FolderWatch
from desktop_app.ui.folders_desk import FoldersDesk
from desktop_app.ui.folders_panel import FoldersPanel
from desktop_app.ui.grid_view import GridView
from desktop_app.ui.header import Header
from desktop_app.ui.indexing_queue import IndexingQueue
from desktop_app.ui.kept_pictures import KeptPictures
from desktop_app.ui.library_care import LibraryCare
from desktop_app.ui.library_opener import LibraryOpener, OpenLibrary
from desktop_app.ui.main_menu import FOLDERS_KEYS, MODELS_KEYS, MainActions, MainMenu
from desktop_app.ui.model_installs import Install
from desktop_app.ui.models_desk import ModelLanes, ModelsDesk
from desktop_app.ui.models_panel import ModelsPanel
from desktop_app.ui.notices import Notices, explain
from desktop_app.ui.picture_commands import PictureCommands
from desktop_app.ui.picture_model import PictureModel
from desktop_app.ui.preview import Preview
from desktop_app.ui.preview_images import PreviewImages
from desktop_app.ui.problems_desk import ProblemsDesk
from desktop_app.ui.problems_panel import ProblemsPanel
from desktop_app.ui.rescue import Rescue, Rescuer
from desktop_app.ui.results import Results
from desktop_app.ui.search_desk import SearchDesk, SearchLanes
from desktop_app.ui.search_history import SearchHistory
from desktop_app.ui.search_preparation import SearchPreparation
from desktop_app.ui.searches_desk import SearchesDesk
from desktop_app.ui.sidebar import Sidebar
from desktop_app.ui.stage import Stage
from desktop_app.ui.status_line import StatusLine
from desktop_app.ui.tasks import Lanes
from desktop_app.ui.theme import Theme
from desktop_app.ui.thumbnail_loader import ThumbnailLoader
from desktop_app.ui.window_memory import WindowMemory
from desktop_app.ui.work_pace import PaceDesk

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

_log = logging.getLogger(__name__)

TITLE = "Image Seeker"
FIRST_SIZE_PX = (1180, 780)
SMALLEST_SIZE_PX = (480, 360)
PATIENCE_MS = 300
CLOSE_TIMEOUT_S = 10.0


class MainWindow(QMainWindow):
    """Shows the library and everything one can do with it.

    Args:
        open_library: Opens the library; called in the background once the window is shown, and
            again after a failure.
        data_dir: Folder in which the window remembers its place and size.
        theme: What it looks like.
        rescuer: Mends a library that is damaged.
        before_opening: What to do in the background before the library is opened.

    Attributes:
        reopening: What another window is to do before it opens the library; set when the user
            has asked for something that needs the library closed, and this window has gone.
    """

    def __init__(
        self,
        open_library: OpenLibrary,
        data_dir: Path,
        theme: Theme,
        rescuer: Rescuer | None = None,
        before_opening: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._memory = WindowMemory(data_dir)
        self._lanes = Lanes()
        self._opener = LibraryOpener(open_library, self._lanes.open("library"), self)
        self._before_opening = before_opening
        self.reopening: Callable[[], object] | None = None
        self.rescue = Rescue(rescuer, self._lanes.open("rescue"), self)
        self._library: Library | None = None
        self._open_error: UserFacingError | None = None
        self._unwritable = ""
        self._enters_grid = False
        self._was_shown = False
        self._library_lane = self._lanes.open("status")
        self.pictures = PictureModel(self)
        self.thumbnails = ThumbnailLoader(parent=self)
        self.results = Results(
            self.pictures, self._lanes.open("search"), self._lanes.open("records"), self
        )
        self.indexing = IndexingQueue(self._lanes.open("indexing"), self)
        self.folder_watch = FolderWatch(self._lanes.open("watch"), self)
        self._images = PreviewImages(self._lanes.open("preview"), self)
        history = SearchHistory(self._memory)
        self.header = Header(theme, self._memory.cell_side_px, history)
        self.sidebar = Sidebar(theme)
        self.grid = GridView(self.pictures, self.thumbnails, theme)
        self.empty = EmptyState(theme)
        self.problems = ProblemsPanel(theme)
        self.unprepared = ProblemsPanel(theme, "Not prepared", "Pictures that are not prepared")
        self.models = ModelsPanel(theme)
        self.folders = FoldersPanel(theme)
        self.notices = Notices(theme)
        self.status = StatusLine(theme)
        self._stage = Stage()
        self.preview = Preview(self.pictures, self._images, theme, self._stage)
        self.commands = PictureCommands(
            self.pictures, self.thumbnails, self._lanes.open("commands"), theme, self
        )
        self.models_desk = ModelsDesk(
            ModelLanes(*map(self._lanes.open, ("models", "model", "device", "model install"))),
            self.indexing,
            self.models,
            self.status,
            self.notices,
            self,
        )
        self.search_desk = SearchDesk(
            self.header,
            self.results,
            self.preview,
            self.commands,
            self.notices,
            SearchLanes(
                *map(self._lanes.open, ("query picture", "vocabulary", "explaining", "reasoning"))
            ),
            self,
        )
        self.searches_desk = SearchesDesk(
            self._lanes.open("saved searches"),
            self._lanes.open("counting"),
            self.header.search_box.draft,
            self.sidebar,
            self.notices,
            self,
        )
        self._search_preparation = SearchPreparation(
            self._lanes.open("search preparation"), self.status, self
        )
        self.folders_desk = FoldersDesk(
            self._lanes.open("folders"),
            self._lanes.open("nearest folder"),
            self.indexing,
            self.folders,
            self.status,
            self.notices,
            KeptPictures(self._memory),
            self,
        )
        self._care = LibraryCare(self._lanes.open("care"), self.notices, self)
        self._problems_desk = ProblemsDesk(
            self._library_lane, self.problems, self.status, self.notices, self
        )
        self._pace_desk = PaceDesk(self.indexing, self.status, self)
        self._drops = Drops(self, self.header.search_box, theme)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._arrange()
        self._connect()
        self._shortcuts()

    def _arrange(self) -> None:
        self.setWindowTitle(TITLE)
        self.setMinimumSize(*SMALLEST_SIZE_PX)
        self._middle = QStackedWidget()
        self._middle.addWidget(self.empty)
        self._middle.addWidget(self.grid)
        self._body = Body(self._middle)
        self._body.add_panel(self.problems, problems_panel.WIDTH_PX)
        self._body.add_panel(self.unprepared, problems_panel.WIDTH_PX)
        self._body.add_panel(self.models, models_panel.WIDTH_PX)
        self._body.add_panel(self.folders, folders_panel.WIDTH_PX)
        stage = QVBoxLayout(self._stage)
        stage.setContentsMargins(0, 0, 0, 0)
        stage.setSpacing(0)
        stage.addWidget(self.header)
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(self.sidebar)
        below.addWidget(self._body, 1)
        stage.addLayout(below, 1)
        self.sidebar.setVisible(self._memory.is_sidebar_open)
        self._stage.add_cover(self.preview)
        root = QWidget()
        column = QVBoxLayout(root)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stage, 1)
        column.addWidget(self.notices)
        column.addWidget(self.status)
        self.setCentralWidget(root)
        self.grid.set_cell_side(self.header.cell_side_px)
        if not self._memory.restore_window(self):
            self.resize(QSize(*FIRST_SIZE_PX).boundedTo(self.screen().availableSize()))
        self.header.search_box.setFocus()

    def _connect(self) -> None:
        box = self.header.search_box
        self._opener.opened.connect(self._library_opened)
        self._opener.failed.connect(self._library_failed)
        self._patience.timeout.connect(self._show_middle)
        self.notices.damaged.connect(self.rescue.look)
        self.rescue.offered.connect(self._offer_rescue)
        self.rescue.asked.connect(self._restore)
        self.rescue.failed.connect(lambda error: self.notices.error(str(explain(error))))
        box.entered.connect(self._enter_grid)
        self.header.sidebar_asked.connect(self._toggle_sidebar)
        self.header.strip.save_asked.connect(self.searches_desk.save)
        box.save_asked.connect(self.searches_desk.save)
        self.searches_desk.saved.connect(lambda: self._open_sidebar(True))
        self.header.add_clicked.connect(self.choose_folder)
        self.header.cell_side_changed.connect(self.grid.set_cell_side)
        self.grid.cell_side_asked.connect(self.header.set_cell_side)
        self.results.changed.connect(self._results_changed)
        self.indexing.progressed.connect(self.status.show_progress)
        self.indexing.grown.connect(self.results.refresh)
        self.indexing.finished.connect(self._indexed)
        self.indexing.followed.connect(self._take_in)
        self.indexing.failed.connect(self.notices.exception)
        self.indexing.refused.connect(self._say_unwritable)
        self.folder_watch.changed.connect(self.indexing.look_again)
        self.folder_watch.failed.connect(self.notices.exception)
        self.folder_watch.state_changed.connect(lambda state: self.folders_desk.show_watch([state]))
        self.folder_watch.moved.connect(self.folders_desk.show_moved)
        self.folders_desk.changed.connect(self.folder_watch.refresh)
        self.indexing.idle_changed.connect(self._indexing_idle)
        self.grid.opened.connect(self.preview.open_row)
        self.grid.opened.connect(box.remember)
        self.grid.opened.connect(self._prefer_folder_of)
        self.grid.menu_asked.connect(lambda at: self._show_menu(self.grid.selected_rows(), at))
        self.grid.copy_asked.connect(lambda: self.commands.copy_paths(self.grid.selected_rows()))
        self.preview.moved.connect(self.grid.go_to)
        self.preview.closed.connect(self.grid.enter)
        self.preview.menu_asked.connect(lambda at: self._show_menu([self.preview.row], at))
        self.commands.liked.connect(lambda *_liked: self._enter_grid())
        self.commands.done.connect(self.notices.info)
        self.commands.failed.connect(lambda error: self.notices.info(str(explain(error))))
        self.status.cancelled.connect(self.indexing.cancel)
        self.status.problems_asked.connect(lambda: self._body.toggle_panel(self.problems))
        self.status.models_asked.connect(lambda: self._body.toggle_panel(self.models))
        self.status.folders_asked.connect(lambda: self._body.toggle_panel(self.folders))
        for panel in (self.problems, self.unprepared, self.models, self.folders):
            panel.closed.connect(self._body.close_panel)
        for panel in (self.problems, self.unprepared):
            panel.retry_asked.connect(self.indexing.retry)
        self.folders.add_asked.connect(self.choose_folder)
        self.folders.failures_asked.connect(lambda: self._body.open_panel(self.problems))
        self.folders_desk.panel_asked.connect(self._open_folders)
        self.folders_desk.changed.connect(self._library_changed)
        self.folders_desk.presence_changed.connect(self._reload_shown)
        self.models_desk.answering_changed.connect(self.results.refresh)
        self.models_desk.panel_asked.connect(self._open_models)
        self.models_desk.failures_asked.connect(self._show_unprepared)
        self._drops.search_dropped.connect(self.search_desk.search_by)
        self._drops.files_dropped.connect(self._sort_dropped)

        actions = MainActions(
            add_folder=self.choose_folder,
            rescan=self.indexing.rescan,
            open_folders=self._open_folders,
            open_models=self._open_models,
            set_gentle=self._set_gentle,
            set_captions=self._set_captions,
        )
        self._menu = MainMenu(actions, self._theme, self)
        self._menu.set_gentle(self._memory.is_gentle)
        self._menu.set_captions(self._memory.captions)
        self.header.order.changed.connect(self._memory.set_order)
        self.header.order.set_order(self._memory.order)
        self.header.set_menu(self._menu)

    def _shortcuts(self) -> None:
        for keys, act in (
            (QKeySequence(Qt.Key.Key_Slash), self._take_keyboard),
            (QKeySequence(QKeySequence.StandardKey.Find), self._take_keyboard),
            (QKeySequence(QKeySequence.StandardKey.Open), self.choose_folder),
            (QKeySequence(Qt.Key.Key_F5), self.indexing.rescan),
            (QKeySequence(FOLDERS_KEYS), lambda: self._toggle_by_keys(self.folders)),
            (QKeySequence(MODELS_KEYS), lambda: self._toggle_by_keys(self.models)),
            (QKeySequence(Qt.Key.Key_F10), self.header.menu.click),
            (QKeySequence("Ctrl+B"), self._toggle_sidebar),
            (QKeySequence(QKeySequence.StandardKey.Save), self.searches_desk.save),
            (QKeySequence(QKeySequence.StandardKey.Undo), self.search_desk.undo),
            (QKeySequence("Ctrl++"), self._like_selected),
            (QKeySequence("Ctrl+="), self._like_selected),  # where + is with Shift
            (QKeySequence("Ctrl+-"), lambda: self._like_selected(less=True)),
            (QKeySequence(QKeySequence.StandardKey.Paste), self.header.search_box.paste_picture),
            (QKeySequence(QKeySequence.StandardKey.Quit), self.close),
        ):
            QShortcut(keys, self).activated.connect(act)

    # What the user asks for

    def come_forward(self) -> None:
        """Be in front of other windows, because the program was started once more."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def choose_folder(self) -> None:
        """Let the user pick a folder, and index it."""
        if self._unwritable:
            self._say_unwritable()
        else:
            choose_folder(self, self.indexing.add)

    def _show_menu(self, rows: Sequence[int], at: QPoint) -> None:
        shown = self.results.shown
        is_search = shown is not None and shown.query.is_ranked
        self.commands.show_menu(rows, at, is_search=is_search)

    def _like_selected(self, *, less: bool = False) -> None:
        shown = self.results.shown
        if shown is not None and shown.query.is_ranked:
            self.commands.like(self.grid.selected_rows(), less=less)

    def _toggle_sidebar(self) -> None:
        self._open_sidebar(self.sidebar.isHidden())

    def _open_sidebar(self, is_open: bool) -> None:
        self.sidebar.setVisible(is_open)
        self._memory.set_sidebar_open(is_open)

    def _prefer_folder_of(self, row: int) -> None:
        """Have what lies beside a picture that the user looks at indexed before the rest."""
        library, picture = self._library, self.pictures.picture(row)
        if library is not None and picture is not None and not self.indexing.is_idle:
            folder = str(Path(picture.path).parent)
            self._library_lane.call(
                lambda: library.prefer(folder), lambda _nothing: None, self.notices.exception
            )

    def _take_keyboard(self) -> None:
        if self.preview.isVisible():
            self.preview.close_preview()
        self.header.search_box.take_keyboard()

    def _enter_grid(self) -> None:
        """Move on from the search box, once what was asked for is there."""
        self._enters_grid = self.results.is_running
        if not self._enters_grid:
            self.grid.enter()

    def _sort_dropped(self, paths: Sequence[str]) -> None:
        self._library_lane.call(
            lambda: sort_dropped(paths), self._add_dropped, self.notices.exception
        )

    def _add_dropped(self, dropped: Dropped) -> None:
        if dropped.pictures:
            self.indexing.add(dropped.pictures)
        if dropped.models:
            text, button = dropped_models.offer(dropped.models)
            self.notices.info(text, button, partial(self._add_models, dropped.models))

    def _add_models(self, paths: Sequence[str]) -> None:
        self._open_models()
        for path in paths:
            self.models.lists.install_asked.emit(Install(path, is_download=False))

    def _open_models(self) -> None:
        self._body.open_panel(self.models)

    def _open_folders(self) -> None:
        if self.folders.isVisible():
            self.folders.take_keyboard()
        self._body.open_panel(self.folders)

    def _toggle_by_keys(self, panel: QWidget) -> None:
        """Open or close a panel, and show where the keyboard is in it."""
        keyboard_mark.mark(self)
        self._body.toggle_panel(panel)

    def _set_gentle(self, is_gentle: bool) -> None:
        self._memory.set_gentle(is_gentle)
        self._pace_desk.set_gentle(is_gentle)

    def _set_captions(self, captions: Captions) -> None:
        self._memory.set_captions(captions)
        self.grid.set_captions(captions)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, where nothing nearer took it: close the panel, else clear the search."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._body.panel is not None:
            self._body.close_panel()
        elif not self.header.search_box.draft.state.is_empty:
            self.header.search_box.clear()
        else:
            self.grid.clearSelection()

    # What the library says

    def _library_opened(self, library: "Library") -> None:
        self._library, self._open_error = library, None
        if library.unwritable is not None:
            self._forbid_changes(library.unwritable)
        self.thumbnails.start(library.thumbnail)
        self._images.set_library(library)
        self.commands.set_library(library)
        self.results.set_library(library)
        self.search_desk.set_library(library)
        self.searches_desk.set_library(library)
        self.indexing.set_library(library)
        self.models_desk.set_library(library)
        self.folders_desk.set_library(library)
        self._pace_desk.set_library(library)
        if library.unwritable is None:
            self.folder_watch.start(library)
        self._search_preparation.start(library)
        for complaint in library.complaints:
            self.notices.info(complaint)
        # What changed while the program was closed, or was left over when it was.
        self._library_lane.call(library.roots, self._rescan, self.notices.exception)
        self._problems_desk.set_library(library)
        self._care.set_library(library)

    def _forbid_changes(self, why: str) -> None:
        """Offer nothing that a library that cannot be written does not let happen."""
        self._unwritable = wording.unwritable(why)
        self._say_unwritable()
        self.header.forbid_changes(self._unwritable)
        self.searches_desk.forbid_changes(self._unwritable)
        self._menu.forbid_changes()
        self.folders.show_fixed(self._unwritable)

    def _say_unwritable(self) -> None:
        self.notices.mention(self._unwritable)

    def _library_failed(self, error: Exception) -> None:
        self._open_error = explain(error)
        if isinstance(error, CatalogDamagedError):
            self.rescue.look(error)
        self._show_middle()

    def _offer_rescue(self) -> None:
        """Say what can be done for a damaged library: in the middle, or in a notice beside it."""
        offer = self.rescue.offer
        if self._open_error is None and offer is not None:
            self.notices.error(offer.text, offer.action, offer.act)
        self._show_middle()

    def _restore(self, restore: Callable[[], object]) -> None:
        """Restore the library; where it is open, by way of another window."""
        if self._library is None:
            self._open_error = None
            self._show_middle()
            self._opener.open(restore)
        else:
            self.reopening = restore
            self.close()

    def _try_again(self) -> None:
        self._open_error = None
        self._show_middle()
        self._opener.open()

    def _rescan(self, roots: Sequence[Root]) -> None:
        if roots:
            self.indexing.catch_up()

    def _results_changed(self) -> None:
        self._show_middle()
        self._show_status()
        if self._enters_grid:
            self._enters_grid = False
            self.grid.enter()

    def _indexing_idle(self, is_idle: bool) -> None:
        if is_idle:
            self.status.hide_progress()
            self.results.refresh()
            self.search_desk.refresh()
            self.searches_desk.refresh()
        self._show_middle()

    def _take_in(self, outcome: IndexSummary) -> None:
        """Show what is different after a run."""
        if outcome.updated or outcome.moved or outcome.held_back:
            self._reload_shown()
        self._problems_desk.refresh()
        if not outcome.cancelled:
            self._care.back_up()

    def _indexed(self, outcome: IndexSummary, is_quiet: bool) -> None:
        self._take_in(outcome)
        self.folder_watch.refresh()
        text = wording.changes(outcome) if is_quiet else wording.outcome(outcome)
        if outcome.cancelled:
            self.notices.info(wording.outcome(outcome), "Continue", self.indexing.rescan)
        elif any(skip.kind is not SkipKind.OFFLINE for skip in outcome.failed) and not is_quiet:
            self.notices.info(text, "Show", lambda: self._body.open_panel(self.problems))
        elif text:
            self.notices.info(text)

    def _reload_shown(self) -> None:
        """Files have changed, come or gone: show what is there now."""
        self.thumbnails.refresh()
        self._images.forget()
        self.results.reload_records()
        self.grid.reload()
        self.preview.reload()

    def _library_changed(self) -> None:
        self._reload_shown()
        self.results.refresh()
        self.search_desk.refresh()
        self.searches_desk.refresh()
        self._problems_desk.refresh()

    def _show_unprepared(self, summary: EmbedSummary) -> None:
        self.unprepared.show_files(summary.failed)
        self._body.open_panel(self.unprepared)

    def _show_status(self) -> None:
        shown = self.results.shown
        if shown is not None:
            self.status.show_text(wording.status(shown.count, shown.strong, shown.seconds))

    def _show_middle(self) -> None:
        """Pictures, or else why there are none and what to do."""
        message = middle.message(
            self.results.shown,
            self._open_error,
            is_indexing=not self.indexing.is_idle,
            is_patient=self._patience.isActive(),
            add_folder=self.choose_folder,
            try_again=self._try_again,
            rescue=self.rescue.offer,
            unwritable=self._unwritable,
        )
        if message is None:
            self._middle.setCurrentWidget(self.grid)
        else:
            self.empty.show_message(message)
            self._middle.setCurrentWidget(self.empty)

    def showEvent(self, event: QShowEvent) -> None:
        """Open the library once the window is there."""
        super().showEvent(event)
        if not self._was_shown:
            self._was_shown = True
            self._patience.start()
            self._opener.open(self._before_opening)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop everything in the background, wait for it within bounds, close the library."""
        self._memory.save(self, self.header.cell_side_px)
        self.hide()
        self.folder_watch.close()
        self.folders_desk.stop()
        self.thumbnails.close()
        have_ended = self._lanes.close(CLOSE_TIMEOUT_S) and self.thumbnails.wait(CLOSE_TIMEOUT_S)
        if have_ended:
            self._opener.close()
        else:
            # The catalog stands a process that ends; it would not stand being closed in use.
            _log.warning("Some background work did not stop in time")
        event.accept()
