"""The window: puts the parts together and leads what one of them says to the others."""

import logging
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QSize, QStandardPaths, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QImage, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CatalogDamagedError, UserFacingError
from desktop_app.engine.records import (
    EmbedSummary,
    IndexSummary,
    Root,
    SkipKind,
    SkippedFile,
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
from desktop_app.ui.dropped_models import Dropped, sort_dropped
from desktop_app.ui.drops import Drops
from desktop_app.ui.empty_state import EmptyState
from desktop_app.ui.folder_watch import FolderWatch
from desktop_app.ui.folders_desk import FoldersDesk
from desktop_app.ui.folders_panel import FoldersPanel
from desktop_app.ui.grid_view import GridView
from desktop_app.ui.header import Header
from desktop_app.ui.indexing_queue import IndexingQueue
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
from desktop_app.ui.problems_panel import ProblemsPanel
from desktop_app.ui.query_picture import QueryPicture, from_image, local_paths, read_file
from desktop_app.ui.rescue import Rescue, Rescuer
from desktop_app.ui.results import Results
from desktop_app.ui.search_preparation import SearchPreparation
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
LISTED = 10_000
"""Files that are no pictures, listed at most: a disk full of other things has more of them."""


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
        self._check_lane = self._lanes.open("check")
        self._library: Library | None = None
        self._open_error: UserFacingError | None = None
        self._enters_grid = False
        self._was_shown = False
        self._library_lane = self._lanes.open("status")
        self._picture_lane = self._lanes.open("query picture")
        self.pictures = PictureModel(self)
        self.thumbnails = ThumbnailLoader(parent=self)
        self.results = Results(
            self.pictures, self._lanes.open("search"), self._lanes.open("records"), self
        )
        self.indexing = IndexingQueue(self._lanes.open("indexing"), self)
        self.folder_watch = FolderWatch(self._lanes.open("watch"), self)
        self._images = PreviewImages(self._lanes.open("preview"), self)
        self.header = Header(theme, self._memory.cell_side_px)
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
        self._search_preparation = SearchPreparation(
            self._lanes.open("search preparation"), self.status, self
        )
        self.folders_desk = FoldersDesk(
            self._lanes.open("folders"),
            self.indexing,
            self.folders,
            self.status,
            self.notices,
            self,
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
        stage.addWidget(self._body, 1)
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
        box.asked.connect(lambda: self.results.ask(box.query))
        box.entered.connect(self._enter_grid)
        box.pasted.connect(self.search_by)
        self.header.add_clicked.connect(self.choose_folder)
        self.header.cell_side_changed.connect(self.grid.set_cell_side)
        self.results.changed.connect(self._results_changed)
        self.results.failed.connect(self.notices.exception)
        self.indexing.progressed.connect(self.status.show_progress)
        self.indexing.grown.connect(self.results.refresh)
        self.indexing.finished.connect(self._indexed)
        self.indexing.followed.connect(self._take_in)
        self.indexing.failed.connect(self.notices.exception)
        self.folder_watch.changed.connect(self.indexing.look_again)
        self.folder_watch.failed.connect(self.notices.exception)
        self.folder_watch.state_changed.connect(lambda state: self.folders_desk.show_watch([state]))
        self.folder_watch.moved.connect(self.folders_desk.show_moved)
        self.folders_desk.changed.connect(self.folder_watch.refresh)
        self.indexing.idle_changed.connect(self._indexing_idle)
        self.grid.opened.connect(self.preview.open_row)
        self.grid.opened.connect(self._prefer_folder_of)
        self.grid.menu_asked.connect(
            lambda at: self.commands.show_menu(self.grid.selected_rows(), at)
        )
        self.grid.copy_asked.connect(lambda: self.commands.copy_paths(self.grid.selected_rows()))
        self.preview.moved.connect(self.grid.go_to)
        self.preview.closed.connect(self.grid.enter)
        self.preview.menu_asked.connect(lambda at: self.commands.show_menu([self.preview.row], at))
        self.commands.similar_asked.connect(self._find_similar)
        self.commands.done.connect(self.notices.info)
        self.commands.failed.connect(lambda error: self.notices.info(str(explain(error))))
        self.status.cancelled.connect(self.indexing.cancel)
        self.status.problems_asked.connect(lambda: self._body.toggle_panel(self.problems))
        self.status.models_asked.connect(lambda: self._body.toggle_panel(self.models))
        self.status.folders_asked.connect(lambda: self._body.toggle_panel(self.folders))
        self.problems.opened.connect(self._list_problems)
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
        self._drops.search_dropped.connect(self.search_by)
        self._drops.files_dropped.connect(self._sort_dropped)

        actions = MainActions(
            add_folder=self.choose_folder,
            rescan=self.indexing.rescan,
            open_folders=self._open_folders,
            open_models=self._open_models,
            set_gentle=self._set_gentle,
        )
        menu = MainMenu(actions, self._theme, self)
        menu.set_gentle(self._memory.is_gentle)
        self.header.set_menu(menu)

    def _shortcuts(self) -> None:
        for keys, act in (
            (QKeySequence(Qt.Key.Key_Slash), self._take_keyboard),
            (QKeySequence(QKeySequence.StandardKey.Find), self._take_keyboard),
            (QKeySequence(QKeySequence.StandardKey.Open), self.choose_folder),
            (QKeySequence(Qt.Key.Key_F5), self.indexing.rescan),
            (QKeySequence(FOLDERS_KEYS), lambda: self._toggle_by_keys(self.folders)),
            (QKeySequence(MODELS_KEYS), lambda: self._toggle_by_keys(self.models)),
            (QKeySequence(Qt.Key.Key_F10), self.header.menu.click),
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
        dialog = QFileDialog(self, "Add a folder of pictures")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setDirectory(_pictures_folder())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self.indexing.add)
        dialog.open()

    def search_by(self, mime: QMimeData) -> None:
        """Search by a picture that was pasted or dropped on the search box."""
        scale = self.devicePixelRatioF()
        paths = local_paths(mime)
        self._picture_lane.supersede()
        if paths:
            path = paths[0]
            self._search_by(lambda: read_file(path, scale))
        elif mime.hasImage():
            pasted = QImage(mime.imageData())
            self._search_by(lambda: from_image(pasted, scale))

    def _search_by(self, read: Callable[[], QueryPicture]) -> None:
        self._picture_lane.call(read, self.header.search_box.set_picture, self.notices.exception)

    def _find_similar(self, picture: QueryPicture) -> None:
        if self.preview.isVisible():
            self.preview.close_preview()
        self.header.search_box.replace(picture)

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, where nothing nearer took it: close the panel, else clear the search."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._body.panel is not None:
            self._body.close_panel()
        elif not self.header.search_box.query.is_empty:
            self.header.search_box.clear()
        else:
            self.grid.clearSelection()

    # What the library says

    def _library_opened(self, library: "Library") -> None:
        self._library, self._open_error = library, None
        self.thumbnails.start(library.thumbnail)
        self._images.set_library(library)
        self.commands.set_library(library)
        self.results.set_library(library)
        self.indexing.set_library(library)
        self.models_desk.set_library(library)
        self.folders_desk.set_library(library)
        self._pace_desk.set_library(library)
        self.folder_watch.start(library)
        self._search_preparation.start(library)
        for complaint in library.complaints:
            self.notices.info(complaint)
        # What changed while the program was closed, or was left over when it was.
        self._library_lane.call(library.roots, self._rescan, self.notices.exception)
        self._list_problems()
        self._check_lane.stream(
            lambda token: _check(library, token),
            lambda _nothing: None,
            lambda: None,
            self.notices.exception,
        )

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
        self._show_middle()

    def _take_in(self, outcome: IndexSummary) -> None:
        """Show what is different after a run."""
        if outcome.updated or outcome.moved or outcome.held_back:
            self._reload_shown()
        self._list_problems()

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
        self._list_problems()

    def _list_problems(self) -> None:
        if self._library is not None:
            library, most_others = self._library, LISTED if self.problems.isVisible() else 0
            self._library_lane.call(
                lambda: (library.skipped(most_others), *library.skip_counts()),
                self._show_problems,
                self.notices.exception,
            )

    def _show_problems(self, problems: tuple[Sequence[SkippedFile], int, int]) -> None:
        files, failed, others = problems
        self.problems.show_files(files, max(0, failed + others - len(files)))
        self.status.show_problems(wording.problems(failed, others))

    def _show_unprepared(self, summary: EmbedSummary) -> None:
        self.unprepared.show_files(summary.failed)
        self._body.open_panel(self.unprepared)

    def _show_status(self) -> None:
        shown = self.results.shown
        if shown is not None:
            self.status.show_text(wording.status(shown.count, shown.seconds))

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


def _check(library: "Library", cancel: CancelToken) -> Iterator[None]:
    """Look for damage, as a job that can be cancelled."""
    library.check(cancel)
    yield


def _pictures_folder() -> str:
    """Where people keep their pictures, as far as the system says."""
    place = QStandardPaths.StandardLocation
    folder = QStandardPaths.writableLocation(place.PicturesLocation)
    if folder and Path(folder).is_dir():
        return folder
    return QStandardPaths.writableLocation(place.HomeLocation)
