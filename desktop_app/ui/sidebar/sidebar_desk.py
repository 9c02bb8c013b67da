"""Counts what the sidebar lists, and does what is asked for there."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.engine.query_language.parts import Part
from desktop_app.engine.query_language.printing import print_line
from desktop_app.engine.records import (
    FolderTreeState,
    IndexProgress,
    LabelCounts,
    TreeFolder,
    WatchState,
)
from desktop_app.ui.folders.folder_signs import Work
from desktop_app.ui.library.indexing_queue import IndexingQueue
from desktop_app.ui.messages.notices import Notices
from desktop_app.ui.search.query_draft import DraftState, QueryDraft
from desktop_app.ui.sidebar.sidebar import Sidebar
from desktop_app.ui.system import file_manager
from desktop_app.ui.words import wording
from desktop_app.ui.words.language import tr
from desktop_app.ui.work.tasks import Lane
from desktop_app.ui.work.throttle import Throttle

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

COUNT_INTERVAL_MS = 3000
"""While pictures come in, counting a million of them takes a twentieth of one core so."""


@dataclass(frozen=True, slots=True)
class _Counts:
    """What is known of the library.

    Attributes:
        tree: The folders.
        labels: The ratings and tags.
    """

    tree: FolderTreeState
    labels: LabelCounts


class SidebarDesk(QObject):
    """Stands between the sidebar and the library.

    Args:
        lane: For counting, and for what is asked for.
        draft: The search in the box.
        sidebar: What is filled.
        indexing: What is in work.
        notices: Where the user is told.
        parent: Its owner.
    """

    counted = Signal()
    """The sidebar shows new numbers."""
    problems_asked = Signal(str)
    """The path of a folder whose files that are not indexed should be shown."""
    panel_asked = Signal(TreeFolder, bool)
    """A folder to show in the panel of folders; True where the user wants to forget it."""

    def __init__(
        self,
        lane: Lane,
        draft: QueryDraft,
        sidebar: Sidebar,
        indexing: IndexingQueue,
        notices: Notices,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._lane = lane
        self._draft = draft
        self._sidebar = sidebar
        self._indexing = indexing
        self._notices = notices
        self._library: Library | None = None
        self._is_counting = self._is_stale = False
        self._watch: dict[int, WatchState] = {}
        self._work = Work()
        self._again = Throttle(COUNT_INTERVAL_MS, self)
        self._again.fired.connect(self._count)
        draft.changed.connect(self._show_query)
        sidebar.appeared.connect(self.refresh)
        sidebar.library_asked.connect(draft.clear)
        sidebar.part_asked.connect(self._ask)
        sidebar.opening_asked.connect(self._open_folder)
        sidebar.look_asked.connect(lambda path: indexing.add([path]))
        sidebar.problems_asked.connect(self.problems_asked)
        sidebar.panel_asked.connect(self.panel_asked)
        indexing.grown.connect(self.refresh)
        indexing.progressed.connect(self._show_progress)
        indexing.idle_changed.connect(self._idle_changed)
        indexing.finished.connect(self.refresh)
        indexing.followed.connect(self.refresh)
        self._show_query()

    def set_library(self, library: "Library") -> None:
        """Begin to serve."""
        self._library = library
        if library.unwritable is not None:
            self._sidebar.forbid_changes()
        self.refresh()

    def refresh(self) -> None:
        """Count again soon, because the library has changed; where nobody sees it, later."""
        if self._library is not None and self._sidebar.isVisible():
            self._again.trigger()

    def refresh_labels(self) -> None:
        """Count the labels at once, because the user has changed some."""
        library = self._library
        if library is not None and self._sidebar.isVisible():
            self._lane.call(library.labels.counts, self._show_labels, self._notices.exception)

    def show_watch(self, state: WatchState) -> None:
        """Say how a root is followed."""
        self._watch[state.root_id] = state
        self._sidebar.show_watch(self._watch)

    # Counting

    def _count(self) -> None:
        library = self._library
        if library is None:
            return
        if self._is_counting:  # the counting under way has not seen what is new
            self._is_stale = True
            return
        self._is_counting, self._is_stale = True, False
        self._lane.call(
            lambda: _Counts(library.tree.state(), library.labels.counts()),
            self._counted,
            self._not_counted,
        )

    def _counted(self, counts: _Counts) -> None:
        self._is_counting = False
        self._sidebar.show_tree(counts.tree)
        self._show_labels(counts.labels)
        self.counted.emit()
        if self._is_stale:
            self.refresh()

    def _show_labels(self, labels: LabelCounts) -> None:
        self._sidebar.show_labels(labels.ratings, dict(labels.tags))

    def _not_counted(self, error: Exception) -> None:
        self._is_counting = False
        self._notices.exception(error)

    def _show_progress(self, progress: IndexProgress) -> None:
        library = self._library
        if library is not None:
            pace = library.pace
            path = progress.current or self._work.path
            self._work = Work(path, pace.reason if pace.is_paused else None)
            self._sidebar.show_work(self._work)

    def _idle_changed(self, is_idle: bool) -> None:
        if is_idle:
            self._work = Work()
            self._sidebar.show_work(self._work)
        self.refresh()

    # What the user asks for

    def _show_query(self) -> None:
        self._sidebar.show_query(self._draft.query)

    def _ask(self, part: Part, is_added: bool) -> None:
        """Search for exactly a part; or add it to the search, or take it out if it is there."""
        if not is_added:
            self._draft.become(DraftState(line=print_line([part])))
        elif part in self._draft.parsed.parts:
            self._draft.replace_part(part, None)
        else:
            self._draft.add_part(part)

    def _open_folder(self, path: str) -> None:
        # A dead drive can keep whoever asks for it waiting for minutes.
        def opened(is_there: bool) -> None:
            if not is_there:
                name = wording.file_name(path)
                text = tr("Sidebar", "{folder} is not at its place any more.").format(folder=name)
                self._notices.error(text)
            elif not file_manager.open_folder(path):
                self._notices.error(tr("Sidebar", "No file manager was found."))

        self._lane.call(lambda: Path(path).is_dir(), opened, self._notices.exception)
