"""The library while the program has it open: what there is one of, whatever number of windows."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.engine.errors import CatalogDamagedError, UserFacingError
from desktop_app.engine.records import IndexSummary, Root
from desktop_app.ui.commands.undo_stack import UndoLog
from desktop_app.ui.folders.folder_watch import FolderWatch
from desktop_app.ui.inspector.label_files import LabelFiles
from desktop_app.ui.library.indexing_queue import IndexingQueue
from desktop_app.ui.library.library_care import LibraryCare
from desktop_app.ui.library.library_opener import LibraryOpener, OpenLibrary
from desktop_app.ui.library.rescue import Rescue, Rescuer
from desktop_app.ui.library.room_watch import RoomWatch
from desktop_app.ui.library.search_preparation import SearchPreparation
from desktop_app.ui.library.work_pace import PaceDesk
from desktop_app.ui.memory.kept_pictures import KeptPictures
from desktop_app.ui.memory.search_history import SearchHistory
from desktop_app.ui.memory.window_memory import WindowMemory
from desktop_app.ui.messages.notices import explain
from desktop_app.ui.models.model_installs import ModelInstalls
from desktop_app.ui.window.jobs_desk import JobsDesk
from desktop_app.ui.window.open_windows import OpenWindows
from desktop_app.ui.words import wording
from desktop_app.ui.work.jobs import Jobs
from desktop_app.ui.work.tasks import Lane, Lanes

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library


class Session(QObject):
    """Opens the library, holds it for all windows, and closes it when the last one has gone.

    Everything that goes on in the background whichever window began it belongs here, and what one
    window tells the others goes this way. Belongs to the GUI thread.

    Args:
        open_library: Opens the library; called in the background, and again after a failure.
        data_dir: Where the library lies.
        rescuer: Mends a library that is damaged.
        before_opening: What to do in the background before the library is opened.

    Attributes:
        library: The library; None while it is not open.
        error: Why it could not be opened.
        unwritable: Why nothing can be indexed or changed, as a sentence; empty where it can.
        rescue: Offers what can be done for a damaged one.
        jobs: What goes on.
        indexing: Indexes, one run after another.
        room: Notices when a full disk has room again.
        folder_watch: Follows the folders.
        installs: Adds and downloads models.
        preparation: Has quick searching prepared.
        label_files: Writes ratings and tags beside pictures.
        pace: Pauses and slows down.
        undone: What can be taken back.
        memory: What all windows remember together.
        history: What was searched for.
        windows: Those that are open.
        kept: Which pictures are to stay though their files are gone.
    """

    opened = Signal(object)
    """The `Library`."""
    state_changed = Signal()
    """It is being opened once more, or could not be; or something is offered for a damaged one."""
    rescue_offered = Signal()
    """Something can be done for a library that is open and damaged."""
    failed = Signal(object)
    """An exception in what nobody asked for."""
    restoring_asked = Signal(object)
    """The library is to be closed, and restored by the function given before it is opened again."""
    pictures_changed = Signal()
    """Other pictures are in the library, or they are elsewhere."""
    labels_changed = Signal()
    """Pictures have other ratings or tags."""
    searches_changed = Signal(object)
    """Other searches are kept; whose desk has done it."""
    model_chosen = Signal(object)
    """Another model was chosen, or one removed; whose desk has done it."""
    folders_answered = Signal(object)
    """What is to become of missing pictures is known; whose desk has asked."""
    settings_changed = Signal(object)
    """Something was chosen in the settings; whose desk has done it."""
    room_found = Signal()
    """A library that can only be read since its disk was full may be opened anew."""
    roots_known = Signal(object)
    """The folders of the library that has just been opened, a sequence of `Root`."""

    def __init__(
        self,
        open_library: OpenLibrary,
        data_dir: Path,
        rescuer: Rescuer | None = None,
        before_opening: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self.data_dir = data_dir
        self.library: Library | None = None
        self.error: UserFacingError | None = None
        self.unwritable = ""
        self._before_opening = before_opening
        self._has_begun = False
        self._wants_to_write = False
        self.windows = OpenWindows(self)
        self._lanes = Lanes()
        self._files = self._lanes.open("files")
        self._roots = self._lanes.open("roots")
        self.memory = WindowMemory(data_dir)
        self.history = SearchHistory(self.memory)
        self.kept = KeptPictures(self.memory)
        self.undone = UndoLog(self)
        self.jobs = Jobs(self)
        self._opener = LibraryOpener(open_library, self._lanes.open("library"), self)
        self.rescue = Rescue(rescuer, self._lanes.open("rescue"), self)
        self.indexing = IndexingQueue(self._lanes.open("indexing"), self)
        self.room = RoomWatch(self._lanes.open("room"), lambda: self.indexing.lacks_room, self)
        self.folder_watch = FolderWatch(self._lanes.open("watch"), self)
        self.preparation = SearchPreparation(self._lanes.open("search preparation"), self)
        self.installs = ModelInstalls(self._lanes.open("model install"), self)
        self.label_files = LabelFiles(self._lanes.open("label files"), self)
        self.pace = PaceDesk(self.indexing, is_gentle=self.memory.is_gentle, parent=self)
        self._care = LibraryCare(self._lanes.open("care"), self._files.guest(), self)
        self._jobs_desk = JobsDesk(
            self.jobs,
            self.indexing,
            self.preparation,
            self.installs,
            self.label_files,
            self._stay,
            self,
        )
        self._connect()

    def _connect(self) -> None:
        self._opener.opened.connect(self._take_library)
        self._opener.failed.connect(self._not_opened)
        self.rescue.offered.connect(self._offer_rescue)
        self.rescue.asked.connect(self._restore)
        self.rescue.failed.connect(self.failed)
        self.indexing.finished.connect(self._taken_in)
        self.indexing.finished.connect(self.folder_watch.refresh)
        self.indexing.followed.connect(self._taken_in)
        for ended in (self.indexing.finished, self.indexing.followed):
            ended.connect(self.room.look)
        self.indexing.embed_failed.connect(self.room.note)
        self.indexing.refused.connect(self._look_for_room)
        self.room.returned.connect(self._go_on_with_room)
        self.room.still_full.connect(self._stay_read)
        self.folder_watch.changed.connect(self.indexing.look_again)
        self.folder_watch.failed.connect(self.failed)
        self.folder_watch.moved.connect(self.note_folders)
        self.pace.looked.connect(self._jobs_desk.tell_pace)
        self._care.failed.connect(self.failed)
        self._care.came_back.connect(self.pictures_changed)
        self._care.came_back.connect(self.label_files.write)  # what was thrown away waits

    # The library

    def begin(self) -> None:
        """Open the library; to be called when a window is shown, and only done for the first."""
        if not self._has_begun:
            self._has_begun = True
            self._opener.open(self._before_opening)

    def try_again(self) -> None:
        """Open it again, after a failure."""
        self.error = None
        self.state_changed.emit()
        self._opener.open()

    def stop(self) -> None:
        """Cancel everything in the background."""
        self.folder_watch.close()
        self._lanes.stop()

    def wait(self, timeout_s: float) -> bool:
        """Wait for everything to end after `stop`.

        Returns:
            Whether it has.
        """
        return self._lanes.close(timeout_s)

    def close(self) -> None:
        """Close the library; only once nothing uses it any more."""
        self._opener.close()

    def leave(self) -> None:
        """Leave it open to work that does not stop, in a state to end with."""
        self._opener.leave()

    def follow_folders(self) -> None:
        """Follow the folders anew, because something else is passed over."""
        if self.library is not None and self.library.unwritable is None:
            self.folder_watch.start(self.library)

    def file_lane(self) -> Lane:
        """A lane for what a window does with the files of pictures: one thing after another."""
        return self._files.guest()

    def _take_library(self, library: "Library") -> None:
        self.library, self.error = library, None
        if library.unwritable is not None:
            self.unwritable = wording.unwritable(library.unwritable)
        for servant in (
            self.indexing, self.room, self.installs, self.label_files, self.pace, self._jobs_desk,
        ):  # fmt: skip
            servant.set_library(library)
        self.opened.emit(library)
        self.indexing.embed()  # what was being prepared when the program was closed
        if library.awaits_room:
            self.room.wait()
        if library.unwritable is None:
            self.folder_watch.start(library)
        self.preparation.start(library)
        # What changed while the program was closed, or was left over when it was.
        self._roots.call(library.roots, self._catch_up, self.failed.emit)
        self._care.set_library(library)

    def try_to_write(self) -> None:
        """Open a library anew that was opened on a full disk, if there is room now."""
        self._wants_to_write = True
        self.room.ask()

    def reopen(self) -> None:
        """Close all windows and the library, and open them anew as they were."""
        if self.windows.front is not None:
            self.windows.front.reopen()

    def _look_for_room(self) -> None:
        if self.library is not None and self.library.awaits_room:
            self.room.wait()
            self.room.look()

    def _go_on_with_room(self) -> None:
        if self.library is None or not self.library.awaits_room:
            self.indexing.try_again()
        elif self._wants_to_write or (self.indexing.refused_paths and not self.jobs.running):
            self.reopen()
        else:  # nobody waits for it, or an export would be stopped: windows that close may disturb
            self.room_found.emit()

    def _stay_read(self) -> None:
        self._wants_to_write = False

    def _catch_up(self, roots: Sequence[Root]) -> None:
        self.roots_known.emit(roots)
        if roots:
            self.indexing.catch_up()

    def _not_opened(self, error: Exception) -> None:
        self.error = explain(error)
        if isinstance(error, CatalogDamagedError):
            self.rescue.look(error)
        self.state_changed.emit()

    def _offer_rescue(self) -> None:
        if self.error is None and self.rescue.offer is not None:
            self.rescue_offered.emit()
        self.state_changed.emit()

    def _restore(self, restore: Callable[[], object]) -> None:
        """Restore the library; where it is open, by way of other windows."""
        if self.library is None:
            self.error = None
            self.state_changed.emit()
            self._opener.open(restore)
        else:
            self.restoring_asked.emit(restore)

    def _stay(self) -> None:
        """Give up the model that is being prepared; the window used last says so."""
        if self.windows.front is not None:
            self.windows.front.models_desk.stay()

    # What changes the library

    def note_folders(self) -> None:
        """Folders were added, forgotten or found elsewhere."""
        self.folder_watch.refresh()
        self.pictures_changed.emit()

    def _taken_in(self, outcome: IndexSummary, _is_quiet: bool = False) -> None:
        if outcome.added:
            self._care.welcome_back()
        if outcome.labels_back:
            self.labels_changed.emit()
        if not outcome.cancelled:
            self._care.back_up()
