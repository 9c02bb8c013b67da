"""Indexes what is dropped on the window, and prepares the next model when nothing is waiting."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop_app.engine.changed_places import merged
from desktop_app.engine.errors import CatalogDamagedError, NoRoomError, StoreError
from desktop_app.engine.records import (
    ChangedPlace,
    EmbedProgress,
    EmbedSummary,
    IndexProgress,
    IndexSummary,
)
from desktop_app.ui.library.owed_places import STOPPED_RETRY_MS, OwedPlaces
from desktop_app.ui.work.tasks import Lane
from desktop_app.ui.work.throttle import Throttle

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

PROGRESS_INTERVAL_MS = 100

T = TypeVar("T")

SILENT_PICTURES = 30
"""A run that follows changes shows its progress only if there are more pictures to take in."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Paths to index in one run; none means everything that was added before.

    Where there are ``places``, only those, in which something happened, are looked at.
    """

    paths: tuple[str, ...]
    retry_failed: bool = False
    is_quiet: bool = False
    places: tuple[ChangedPlace, ...] = ()


@dataclass(slots=True)
class _Embedding:
    """Where the embedding by the next model stands.

    Attributes:
        is_wanted: Whether there may be something to embed.
        is_held: Whether it waits for the user.
        is_running: Whether it has the lane.
        is_interrupted: Whether the run was asked to stop and will go on later.
        requests: How often it was asked for: a request during a run is for another one.
        lacks_room: Whether it ended because the disk was full.
        latest: What has not been told yet.
    """

    is_wanted: bool = False
    is_held: bool = False
    is_running: bool = False
    is_interrupted: bool = False
    requests: int = 0
    lacks_room: bool = False
    latest: EmbedProgress | None = None


class IndexingQueue(QObject):
    """Runs one job at a time and tells about it at a pace that eyes can follow.

    What is asked for before the library is open, or while a run is going, waits. The embedding
    of the library by its next model is a job for hours: it makes way for everything else and
    goes on afterwards, since what it has made is kept.
    """

    progressed = Signal(IndexProgress)
    grown = Signal()
    """Pictures became searchable."""
    finished = Signal(IndexSummary, bool)
    """What a run did, and whether it was a quiet one, which nobody asked for."""
    followed = Signal(IndexSummary)
    """What a run did that followed changes on disk; one that was stopped is told by `finished`."""
    failed = Signal(object)
    """An exception that ended a run."""
    refused = Signal()
    """The user has asked for a run, and the library cannot be written."""
    idle_changed = Signal(bool)
    """Whether nothing is being indexed and nothing waits to be."""
    embed_progressed = Signal(EmbedProgress)
    embedded = Signal(EmbedSummary)
    """How the embedding ended; one that was interrupted goes on later."""
    embed_failed = Signal(object)
    """An exception that ended the embedding."""
    embedding_changed = Signal(bool)
    """Whether the embedding is running now."""

    def __init__(self, lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = lane
        self._library: Library | None = None
        self._is_refusing = False
        self._refused: list[str] = []
        self._waiting: list[_Run] = []
        self._tasks: list[Callable[[], None]] = []  # each starts one
        self._is_running = False
        self._decoding: _Run | None = None
        self._interrupted: _Run | None = None
        self._has_task = False
        self._is_stopped = False
        self._root_paths: frozenset[str] = frozenset()
        self._latest: IndexProgress | None = None
        self._has_grown = False
        self._pace = Throttle(PROGRESS_INTERVAL_MS, self)
        self._pace.fired.connect(self._tell)
        self._embedding = _Embedding()
        self._last_error = ""
        self._lacked_room = False
        self._has_reached_end = False
        self._told: IndexProgress | None = None
        self._told_embedding: EmbedProgress | None = None
        self._owed = OwedPlaces(self)
        self._owed.due.connect(self._try_again)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being indexed and nothing waits to be."""
        return not self._is_running and not self._waiting

    @property
    def refused_paths(self) -> tuple[str, ...]:
        """What was to be added to a library that cannot be written."""
        return tuple(self._refused)

    @property
    def lacks_room(self) -> bool:
        """Whether what was to be taken in could not be for want of room, and is tried again."""
        return self._owed.is_failing and self._lacked_room

    @property
    def told(self) -> IndexProgress | None:
        """What `progressed` told last; None while nothing is being indexed."""
        return None if self.is_idle else self._told

    @property
    def told_embedding(self) -> EmbedProgress | None:
        """What `embed_progressed` told last; None where there is nothing to embed any more."""
        return self._told_embedding if self._embedding.is_wanted else None

    def set_library(self, library: "Library") -> None:
        """Begin with what waits; where the library cannot be written, nothing is ever begun."""
        self._library = library
        self._is_refusing = library.unwritable is not None
        if self._is_refusing and self._waiting:
            self._refused += [path for run in self._waiting for path in run.paths]
            self._waiting.clear()
            self.refused.emit()
            self.idle_changed.emit(True)
        self._next()

    def set_roots(self, paths: Iterable[str]) -> None:
        """Say which folders the library has."""
        before, self._root_paths = self._root_paths, frozenset(paths)
        self._owed.forget_below(before - self._root_paths)

    def add(self, paths: Sequence[str]) -> None:
        """Index folders or files; a run that has pictures to take in makes way and goes on later.

        What was asked for last is what the user waits for, and another run may take hours.
        """
        if self._decoding is not None and self._interrupted is None:
            self._interrupted = self._decoding
            self._lane.cancel()
        self._queue(_Run(tuple(paths)))

    def rescan(self, *, retry_failed: bool = False) -> None:
        """Look again through everything that was added before.

        Args:
            retry_failed: Whether to try again the files that could not be read.
        """
        self._queue(_Run((), retry_failed=retry_failed))

    def catch_up(self) -> None:
        """Look for what changed while the program was closed; nobody asked for it."""
        self._queue(_Run((), is_quiet=True))

    def retry(self, paths: Sequence[str]) -> None:
        """Try some files again that could not be read; none means all of them."""
        self._queue(_Run(tuple(paths), retry_failed=True))

    def do(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        """Do something else that changes the library, as soon as nothing is being indexed.

        Args:
            work: Runs in the background.
            done: Takes its result.
            failed: Takes its error.
        """

        def over(tell: Callable[[], None]) -> None:
            self._has_task = False
            tell()
            self._next()

        def start() -> None:
            self._has_task = True
            self._lane.call(
                work,
                lambda result: over(lambda: done(result)),
                lambda error: over(lambda: failed(error)),
            )

        self._tasks.append(start)
        self._interrupt_embedding()
        self._next()

    def look_again(self, places: Sequence[ChangedPlace]) -> None:
        """Take in what happened on disk. Silent: pictures come and go, and that is all.

        After `cancel`, no folder is looked through as a whole before the user asks for something:
        that would be the run that was stopped.
        """
        places = self._owed.take(places)
        if self._is_stopped:
            places = tuple(place for place in places if place.path not in self._root_paths)
        if not places:
            return
        waiting = next((run for run in self._waiting if run.places), None)
        if waiting is None:
            self._queue(_Run((), is_quiet=True, places=places))
        else:
            together = merged((*waiting.places, *places))
            self._waiting[self._waiting.index(waiting)] = replace(waiting, places=together)

    def try_again(self) -> None:
        """Do what could not be done for want of room."""
        if self._embedding.lacks_room:
            self.embed()
        self._try_again()

    def cancel(self) -> None:
        """Stop the run and forget what waits; what is indexed stays.

        What happened on disk is not forgotten, it is looked at later.
        """
        had_waiting = bool(self._waiting)
        self._is_stopped = self._is_stopped or had_waiting or self._is_running
        for run in self._waiting:
            self._owed.owe(run.places)
        self._waiting.clear()
        self._interrupted = None
        if self._is_running:
            self._lane.cancel()
        elif had_waiting:
            self.idle_changed.emit(True)

    # Embedding by the next model

    @property
    def is_embedding_held(self) -> bool:
        """Whether there is something to embed that waits for `embed`."""
        return self._embedding.is_wanted and self._embedding.is_held

    @property
    def is_embedding(self) -> bool:
        """Whether the embedding is running now."""
        return self._embedding.is_running and not self._embedding.is_interrupted

    def embed(self) -> None:
        """Embed by the next model, if there is one, whenever nothing is to be indexed."""
        if self._is_refusing:
            return
        self._embedding.requests += 1
        self._embedding.is_wanted, self._embedding.is_held = True, False
        self._embedding.lacks_room = False
        self._next()

    def hold_embedding(self) -> None:
        """Stop embedding until `embed` is called."""
        self._embedding.is_held = True
        self._interrupt_embedding()

    def drop_embedding(self) -> None:
        """Stop embedding, because there is no next model any more."""
        self._embedding.is_wanted = self._embedding.is_held = False
        self._embedding.lacks_room = False
        self._told_embedding = None
        self._interrupt_embedding()

    def _interrupt_embedding(self) -> None:
        if self._embedding.is_running:
            self._embedding.is_interrupted = True
            self._lane.cancel()

    def _queue(self, run: _Run) -> None:
        if self._is_refusing:
            self._refused += run.paths
            if not run.is_quiet:
                self.refused.emit()
            return
        if not run.places:
            self._is_stopped = False
        was_idle = self.is_idle
        if run not in self._waiting:
            self._waiting.append(run)
        if was_idle:
            self.idle_changed.emit(False)
        self._interrupt_embedding()
        self._next()

    def _next(self) -> None:
        library = self._library
        if library is None or self._is_running or self._has_task or self._embedding.is_running:
            return
        if self._tasks:
            self._tasks.pop(0)()
        elif self._waiting:
            self._index(library, self._waiting.pop(0))
        elif self._embedding.is_wanted and not self._embedding.is_held:
            self._embed(library)

    def _index(self, library: "Library", run: _Run) -> None:
        self._is_running = True
        self._has_reached_end = False
        self._lane.stream(
            lambda token: (
                library.look_again(run.places, token)
                if run.places
                else library.index(run.paths, token, retry_failed=run.retry_failed)
            ),
            lambda item: self._take(item, run),
            lambda: self._run_over(run),
            lambda error: self._run_failed(error, run),
        )

    def _embed(self, library: "Library") -> None:
        self._embedding.is_running, self._embedding.is_interrupted = True, False
        request = self._embedding.requests
        self.embedding_changed.emit(True)
        self._lane.stream(
            library.embed_next,
            self._take_embedded,
            lambda: self._embed_over(request),
            lambda error: self._embed_failed(error, request),
        )

    def _take_embedded(self, item: EmbedProgress | EmbedSummary) -> None:
        if isinstance(item, EmbedProgress):
            self._embedding.latest = item
            self._has_grown = self._has_grown or item.is_answering
            self._pace.trigger()
            return
        if not item.cancelled:  # the end was reached, even if something was about to interrupt
            self._embedding.is_interrupted = False
        self._tell()
        self.embedded.emit(item)

    def _embed_over(self, request: int) -> None:
        embedding = self._embedding
        self._pace.cancel()
        embedding.latest, embedding.is_running = None, False
        if not embedding.is_interrupted and embedding.requests == request:
            embedding.is_wanted = False
        self.embedding_changed.emit(False)
        self._next()

    def _embed_failed(self, error: Exception, request: int) -> None:
        self._embedding.is_interrupted = False  # or it would fail again and again
        self._embedding.lacks_room = isinstance(error, NoRoomError)
        self.embed_failed.emit(error)
        self._embed_over(request)

    def _take(self, item: IndexProgress | IndexSummary, run: _Run) -> None:
        if isinstance(item, IndexSummary):
            self._tell()
            self._last_error = ""
            self._decoding = None
            self._has_reached_end = not item.cancelled
            if self._interrupted is not None and item.cancelled:
                self._waiting.append(self._interrupted)  # its end is told when it has gone on
                self._interrupted = None
            elif run.places and not item.cancelled:
                self.followed.emit(item)
            else:
                self.finished.emit(item, run.is_quiet)
            return
        if item.total and not run.places:
            self._decoding = run
        if not run.places or item.total > SILENT_PICTURES:
            self._latest = item
        self._has_grown = self._has_grown or bool(item.added_ids)
        self._pace.trigger()

    def _tell(self) -> None:
        latest, self._latest = self._latest, None
        if latest is not None:
            self._told = latest
            self.progressed.emit(latest)
        if self._has_grown:
            self._has_grown = False
            self.grown.emit()
        embedded, self._embedding.latest = self._embedding.latest, None
        if embedded is not None:
            self._told_embedding = embedded
            self.embed_progressed.emit(embedded)

    def _run_over(self, run: _Run, retry_ms: int = STOPPED_RETRY_MS) -> None:
        self._pace.cancel()
        self._tell()
        if not self._has_reached_end:
            self._owed.owe(run.places, retry_ms)
        else:
            self._owed.succeed()
            self._try_again()  # what could not be done before may be possible now
        self._is_running = False
        self._told = None
        self._decoding = self._interrupted = None
        if self.is_idle:
            self.idle_changed.emit(True)
        self._next()

    def _run_failed(self, error: Exception, run: _Run) -> None:
        # A full disk would be told again with every file that somebody saves.
        if not run.is_quiet or str(error) != self._last_error:
            self.failed.emit(error)
        self._last_error = str(error)
        self._lacked_room = isinstance(error, NoRoomError)
        # Whoever frees the disk has nothing to press: what was to be taken in is tried again, too.
        is_passing = isinstance(error, StoreError) and not isinstance(error, CatalogDamagedError)
        if run.paths and is_passing:
            self._owed.owe_added(run.paths, self._owed.fail(run.paths))
            self._run_over(run)
            return
        paths = run.paths or sorted(self._root_paths)
        places = run.places or tuple(ChangedPlace(path) for path in paths)
        self._run_over(replace(run, places=places), self._owed.fail(places))

    def _try_again(self) -> None:
        """Do what could not be done before."""
        added = self._owed.take_added()
        if added:
            self._queue(_Run(added, is_quiet=True))
        self.look_again(())
