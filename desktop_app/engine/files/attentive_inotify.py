"""watchdog's watcher for Linux, made to say what watchdog passes over in silence.

Of a tree of folders, watchdog only reports if its top cannot be watched. A limit hit further
down, an overflow of the kernel's queue, and a folder that may not be read go unnoticed there
(watchdog 7.1: ``InotifyWatchGroup._add_callback``, ``on_queue_overflow``,
``InotifyFD._raise_error``). It also watches hidden folders, which cost watches for nothing.
"""

import errno
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass

from watchdog.observers.api import BaseObserver
from watchdog.observers.inotify import InotifyFullEmitter
from watchdog.observers.inotify_c import (
    DEFAULT_EVENT_BUFFER_SIZE,
    CallbackId,
    InotifyConstants,
    InotifyEvent,
    InotifyFD,
    Mask,
    WatchCallback,
    WatchDescriptor,
)

from desktop_app.engine.errors import CancelledError

LIMIT_ERRORS = frozenset([errno.ENOSPC, errno.EMFILE, errno.ENFILE, errno.ENOMEM])
"""What the kernel answers where it allows no more."""

GATHER_S = 0.05
"""How long events gather before they are read, so that those of one file can be told as one.

Of each event watchdog makes several objects on three threads, which all want Python's lock. While
10,000 files were written on a busy machine, this took the longest pause of another thread from
118 to 52 ms (29 without any watching), and the 99th percentile from 36 to 16 ms.
"""

_CHANGED = InotifyConstants.IN_MODIFY | InotifyConstants.IN_CLOSE_WRITE


@dataclass(frozen=True, slots=True)
class Attention:
    """What is asked and told while folders are watched; called on several threads.

    Attributes:
        is_left_out: Whether a folder is not to be watched.
        limit_hit: Called where the system allows no more watched folders.
        events_lost: Called where more happened than the kernel could hold.
    """

    is_left_out: Callable[[str], bool]
    limit_hit: Callable[[], None]
    events_lost: Callable[[], None]


class AttentiveObserver(BaseObserver):
    """Watches trees of folders, also telling the halves of moves to or from elsewhere.

    Raises:
        OSError: If the system allows no more watchers.
    """

    def __init__(self, attention: Attention) -> None:
        self._inotify = _AttentiveInotify(attention)
        self._inotify.start()
        super().__init__(InotifyFullEmitter, inotify_fd=self._inotify)

    @property
    def is_working(self) -> bool:
        """Whether all threads that bring events are there."""
        emitters = self.emitters.copy()
        return self.is_alive() and self._inotify.is_alive() and all(e.is_alive() for e in emitters)

    def abort(self) -> None:
        """Let a `schedule` that is under way on another thread end with `CancelledError`."""
        self._inotify.is_ending = True

    def on_thread_stop(self) -> None:
        """Take the watches back; called by `stop`."""
        self._inotify.is_ending = True
        super().on_thread_stop()
        self._inotify.stop()
        self._inotify.join()


class _AttentiveInotify(InotifyFD):
    def __init__(self, attention: Attention) -> None:
        super().__init__()
        self._attention = attention
        self.is_ending = False

    def add_callback(
        self, path: bytes, mask: Mask, callback: WatchCallback, id_: CallbackId
    ) -> WatchDescriptor:
        """Watch one folder, unless there is a reason not to.

        An `OSError` from here makes watchdog pass over the folder, but for the top of a tree.
        """
        if self.is_ending:
            if threading.current_thread() is self:  # it must live on to be stopped
                raise OSError(errno.ESHUTDOWN, os.strerror(errno.ESHUTDOWN))
            raise CancelledError
        if self._attention.is_left_out(os.fsdecode(path)):
            raise OSError(errno.EPERM, "left out")
        if not os.access(path, os.R_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        try:
            return super().add_callback(path, mask, callback, id_)
        except OSError as error:
            if error.errno in LIMIT_ERRORS:
                self._attention.limit_hit()
            raise

    def _add_callback(
        self, path: bytes, mask: Mask, callback: WatchCallback, id_: CallbackId
    ) -> WatchDescriptor:
        """Watch a folder, once.

        One that is made while the tree above it is looked through is come upon twice: there, and
        when the kernel tells of it. watchdog warns then, on a thread that nobody listens to.
        """
        watch = self._get_or_create_watch(path, mask)
        watch.callbacks[id_] = callback
        return watch.wd

    def read_events(
        self, *, event_buffer_size: int = DEFAULT_EVENT_BUFFER_SIZE
    ) -> list[InotifyEvent]:
        """Wait for events and read them, without those that say again that a file changes."""
        self.stopped_event.wait(GATHER_S)
        events = super().read_events(event_buffer_size=event_buffer_size)
        changing: set[tuple[int, bytes]] = set()
        told = []
        for event in events:
            file = event.wd, event.name
            if event.mask & _CHANGED:
                if file in changing:
                    continue
                changing.add(file)
            elif event.is_create and not event.is_directory:
                changing.add(file)
            else:
                changing.discard(file)
            told.append(event)
        return told

    def handle_event(self, event: InotifyEvent) -> None:
        """Pass an event on; where some were lost, say so."""
        super().handle_event(event)
        if event.is_queue_overflow:
            self._attention.events_lost()
