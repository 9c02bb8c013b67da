"""Looks after the folders as the user asks, and tells how they are."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError
from desktop_app.engine.records import (
    HeldBack,
    IndexSummary,
    LibraryStatus,
    MovedRoot,
    Root,
    WatchState,
)
from desktop_app.ui.folders import folder_wording
from desktop_app.ui.folders.folder_lines import FolderLine, folder_lines
from desktop_app.ui.folders.folders_panel import FoldersPanel
from desktop_app.ui.library.indexing_queue import IndexingQueue
from desktop_app.ui.memory.kept_pictures import KeptPictures
from desktop_app.ui.messages.notices import Notices, explain
from desktop_app.ui.messages.status_line import StatusLine
from desktop_app.ui.system.nearest_folder import nearest_folder
from desktop_app.ui.words.language import tr
from desktop_app.ui.work.tasks import Lane
from desktop_app.ui.work.throttle import Throttle

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

NEWS_INTERVAL_MS = 1000
PRESENCE_INTERVAL_MS = 3000

T = TypeVar("T")


@dataclass(frozen=True)
class _Overview:
    """What is known of the folders; the lines only where the panel shows them."""

    roots: Sequence[Root]
    lines: Sequence[FolderLine]
    status: LibraryStatus | None


class FoldersDesk(QObject):
    """Stands between the library's folders and what the window shows of them."""

    changed = Signal()
    """There are other pictures in the library now."""
    presence_changed = Signal()
    """Other folders can be reached than before."""
    panel_asked = Signal()
    """Something needs the panel to be seen."""
    answered = Signal()
    """The user has said of pictures that are gone what is to become of them."""
    failed = Signal(object)
    """The exception, told already, that kept what was asked for from being done."""
    _has_forgotten = Signal(object, int)
    """Emitted by the lane's thread: which `FolderLine` is being forgotten, and how far, in %."""

    def __init__(
        self,
        lane: Lane,
        nearest_lane: Lane,
        indexing: IndexingQueue,
        panel: FoldersPanel,
        status: StatusLine,
        notices: Notices,
        kept: KeptPictures,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._lane = lane
        self._nearest_lane = nearest_lane
        self._indexing = indexing
        self._panel = panel
        self._status = status
        self._notices = notices
        self._kept = kept
        self._library: Library | None = None
        self._offline: frozenset[int | str] | None = None
        self._is_looking = False
        self._has_folders = False
        self._held_back: frozenset[HeldBack] = frozenset()
        self._reminder = ""
        self._forgetting: dict[int, CancelToken] = {}  # by the line's key
        self._asked = 0
        self._news = Throttle(NEWS_INTERVAL_MS, self)
        self._presence = QTimer(self, interval=PRESENCE_INTERVAL_MS)
        self._connect()

    def _connect(self) -> None:
        panel = self._panel
        panel.opened.connect(self.refresh)
        panel.reload_asked.connect(self.refresh)
        panel.look_asked.connect(self._look_through)
        panel.forget_asked.connect(self._forget)
        panel.cancel_asked.connect(lambda line: self._forgetting[line.key].cancel())
        panel.locate_asked.connect(self._locate)
        panel.removal_asked.connect(self._remove)
        panel.kept.connect(self._answered)
        self._indexing.finished.connect(self._take_in_finished)
        self._indexing.followed.connect(self._take_in)
        self._indexing.grown.connect(self._grown)
        self._indexing.idle_changed.connect(self._news.trigger)
        self._news.fired.connect(self.refresh)
        self._presence.timeout.connect(self._look_who_is_there)
        self._has_forgotten.connect(self._show_forgetting, Qt.ConnectionType.QueuedConnection)

    def set_library(self, library: "Library") -> None:
        """Begin to serve."""
        self._library = library
        self.refresh()
        self._look_who_is_there()
        self._presence.start()

    @property
    def is_busy(self) -> bool:
        """Whether something that was asked for waits to be done."""
        return self._asked > 0

    # What is there

    def refresh(self) -> None:
        """Look again what there is."""
        library, is_seen = self._library, self._panel.isVisible()
        if library is not None:
            self._lane.supersede()
            self._is_looking = False
            self._lane.call(
                lambda: _look(library, whole=is_seen), self._show_overview, self._not_listed
            )

    def _grown(self) -> None:
        # Counting a large library for nobody takes its time; a new one has its first folder now.
        if self._panel.isVisible() or not self._has_folders:
            self._news.trigger()

    def _show_overview(self, overview: _Overview) -> None:
        self._indexing.set_roots(root.path for root in overview.roots)
        self._has_folders = bool(overview.roots)
        self._status.show_folders(folder_wording.count(overview.roots))
        self._kept.catch_up(overview.roots)
        if overview.status is not None:
            self._panel.show_folders([self._with_answer(line) for line in overview.lines])
            self._panel.show_disk(overview.status)
        if not any(root.missing_count for root in overview.roots):
            self._held_back = frozenset()
            self._withdraw()
        else:
            self._follow_missing({root.id: root for root in overview.roots})

    def _not_listed(self, error: Exception) -> None:
        self._panel.show_trouble(str(explain(error)))

    def show_watch(self, states: Iterable[WatchState]) -> None:
        """Say how folders are watched."""
        for each in states:
            shown = folder_wording.watching(each)
            self._panel.show_watch(
                each.root_id,
                shown.text if shown else "",
                is_offline=shown is None,
                icon=shown.icon if shown else "",
            )

    def show_moved(self, moved: Sequence[MovedRoot]) -> None:
        """Say where folders are now whose drive was plugged in elsewhere."""
        self._notices.info(folder_wording.moved(moved))
        self.refresh()

    def _look_who_is_there(self) -> None:
        library = self._library
        if library is None or self._is_looking or self._window.isMinimized():
            return
        self._is_looking = True
        self._lane.call(library.offline_places, self._presence_known, self._presence_unknown)

    def _presence_known(self, offline: frozenset[int | str]) -> None:
        self._is_looking = False
        before, self._offline = self._offline, offline
        if before is not None and before != offline:
            self.presence_changed.emit()
            self.refresh()

    def _presence_unknown(self, error: Exception) -> None:
        self._is_looking = False
        explain(error)  # goes to the log; badges are missing then, nothing else

    # Pictures that are gone

    def _take_in_finished(self, summary: IndexSummary, _is_quiet: bool) -> None:
        self._take_in(summary)

    def _take_in(self, summary: IndexSummary) -> None:
        """Remind of pictures that a run found gone."""
        held = [
            one
            for one in summary.held_back
            if not self._kept.holds(one.root_id, one.missing, one.since_s)
        ]
        if self._held_back.issuperset(held):
            return  # every look through the folders finds them missing again
        self._held_back = frozenset(held)
        self._remind(held)

    def _remind(self, held_back: Sequence[HeldBack]) -> None:
        self._withdraw()
        self._reminder = folder_wording.held_back(held_back)
        show = tr("Folders", "Show folders")
        self._notices.remind(self._reminder, show, self.panel_asked.emit)

    def _follow_missing(self, roots: Mapping[int, Root]) -> None:
        """Remind of fewer where some are back, which no run tells; of more, runs do."""
        left = [
            _left_of(one, roots[one.root_id])
            for one in sorted(self._held_back, key=lambda one: one.root_id)
            if one.root_id in roots and roots[one.root_id].missing_count
        ]
        if self._held_back == frozenset(left):
            return
        self._held_back = frozenset(left)
        if self._reminder in self._notices.staying:  # else the user has read it, and closed it
            if left:
                self._remind(left)
            else:
                self._withdraw()

    def _withdraw(self) -> None:
        reminder, self._reminder = self._reminder, ""
        if reminder:
            self._notices.withdraw(reminder)

    def _with_answer(self, line: FolderLine) -> FolderLine:
        is_kept = self._kept.holds(line.key, line.missing, line.missing_since_s)
        return replace(line, is_kept=is_kept)

    def _answered(self, line: FolderLine) -> None:
        self._kept.keep(line.key, line.missing, line.missing_since_s)
        if not self._panel.asks:
            self._withdraw()
            self.answered.emit()

    def withdraw_answered(self) -> None:
        """Remind no more of what was answered in another window."""
        self._withdraw()
        self.refresh()

    def _remove(self, line: FolderLine) -> None:
        def removed(number: int) -> None:
            self._withdraw()
            self.answered.emit()
            self._notices.info(folder_wording.removed(number))

        self._do(
            line,
            tr("Folders", "Removing them…"),
            lambda library: library.confirm_removals(line.roots),
            removed,
        )

    # What the user asks for

    def _look_through(self, line: FolderLine) -> None:
        library = self._library
        if library is None:
            return
        if line.is_folder:
            self._indexing.add([line.path])
        else:
            self._indexing.rescan()

    def _forget(self, line: FolderLine) -> None:
        cancel = self._forgetting[line.key] = CancelToken()

        def tell(percent: int) -> None:
            self._has_forgotten.emit(line, percent)

        def over(is_gone: bool) -> None:
            say = folder_wording.forgotten if is_gone else folder_wording.not_forgotten
            self._notices.info(say(line))

        self._do(
            line,
            tr("Folders", "Forgetting it…"),
            lambda library: _forget(library, line, cancel, tell),
            over,
        )

    @Slot(object, int)
    def _show_forgetting(self, line: FolderLine, percent: int) -> None:
        card = self._panel.card(line)
        if card is not None and not self._forgetting[line.key].is_cancelled:
            card.show_progress(folder_wording.forgetting_progress(percent))

    def stop(self) -> None:
        """Forget no more of any folder."""
        for cancel in self._forgetting.values():
            cancel.cancel()

    def _locate(self, line: FolderLine) -> None:
        self._nearest_lane.supersede()
        self._nearest_lane.call(
            lambda: nearest_folder(line.path),
            lambda start: self._ask_where(line, start),
            self._notices.exception,
        )

    def _ask_where(self, line: FolderLine, start: str) -> None:
        dialog = QFileDialog(
            self._window,
            tr("Folders", "Where is {folder} now?").format(folder=folder_wording.name(line)),
        )
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setDirectory(start)
        dialog.fileSelected.connect(lambda path: self._located(line, path))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _located(self, line: FolderLine, path: str) -> None:
        self._do(
            line,
            tr("Folders", "Looking whether its pictures are there…"),
            lambda library: library.locate_root(line.key, path),
            lambda _: self._indexing.catch_up(),
        )

    def _do(
        self,
        line: FolderLine,
        doing: str,
        work: Callable[["Library"], T],
        then: Callable[[T], None],
    ) -> None:
        """Change the library as soon as nothing is being indexed, and show how that goes."""
        library = self._library
        if library is None:
            return
        card = self._panel.card(line)
        if card is not None:
            card.show_busy(doing if self._indexing.is_idle else folder_wording.waiting())

        self._asked += 1

        def done(result: T) -> None:
            self._asked -= 1
            card = self._panel.card(line)
            if card is not None:
                card.show_done()
            then(result)
            self.refresh()
            self.changed.emit()

        def failed(error: Exception) -> None:
            self._asked -= 1
            card, text = self._panel.card(line), str(explain(error))
            if card is not None:
                card.show_error(text)
            if card is None or not self._panel.isVisible():
                self._notices.error(text)
            self.failed.emit(error)

        self._indexing.do(lambda: work(library), done, failed)


def _forget(
    library: "Library", line: FolderLine, cancel: CancelToken, tell: Callable[[int], None]
) -> bool:
    """Take a folder out of the library.

    Args:
        library: Where it is.
        line: The folder, or all single pictures.
        cancel: Stops it; the pictures that are left stay.
        tell: Gets how far it is, in percent, whenever that has changed.

    Returns:
        Whether it is gone.
    """
    told = -1
    try:
        for number, root_id in enumerate(line.roots):
            for state in library.forget_root(root_id, cancel):
                share = state.done / state.total if state.total else 0.0
                percent = int(100 * (number + share) / len(line.roots))
                if percent != told:
                    tell(percent)
                told = percent
    except CancelledError:
        return not {root.id for root in library.roots()}.intersection(line.roots)
    return True


def _left_of(held: HeldBack, root: Root) -> HeldBack:
    """What is still gone of what was, where some of it is back."""
    if root.missing_count >= held.missing:
        return held
    since_s = min(held.since_s, root.missing_since_s)  # others that went since are told by a run
    return replace(held, missing=root.missing_count, of=root.picture_count, since_s=since_s)


def _look(library: "Library", *, whole: bool) -> _Overview:
    if not whole:
        return _Overview(library.roots(), (), None)
    status = library.status()
    return _Overview(status.roots, folder_lines(status.roots, status.failures), status)
