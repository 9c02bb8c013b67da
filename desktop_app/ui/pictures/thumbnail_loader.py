"""Thumbnails for the grid, made off the GUI thread: what is visible now comes first."""

import logging
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from desktop_app.ui.pictures.thumbnail_image import cell_image
from desktop_app.ui.work.throttle import Throttle

_log = logging.getLogger(__name__)

CACHE_BYTES = 192 * 1024 * 1024
THREADS = 2
_BYTES_PER_PIXEL = 4
TAKEN_EVERY_MS = 10
"""Images that come after each other are shown together: each for itself, they would keep Qt from
all else until the last has come."""

ReadThumbnail = Callable[[int], bytes | None]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A cell's image and what it was made for; no image where the picture has none."""

    image: QImage | None
    side_px: int
    is_whole: bool
    edition: int

    @property
    def size_bytes(self) -> int:
        return 64 if self.image is None else self.image.sizeInBytes()


class ThumbnailLoader(QObject):
    """Holds the images of the cells looked at last and loads those that are wanted.

    All methods belong to the GUI thread. An image made for another cell size, or before
    `refresh`, is still given out until the right one has come.

    Args:
        cache_bytes: How much memory the images may take; one is kept in any case.
    """

    arrived = Signal(list)
    """Ids (a list of int) whose image is new."""
    _loaded = Signal()

    def __init__(self, cache_bytes: int = CACHE_BYTES, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cache_bytes = cache_bytes
        self._used_bytes = 0
        self._kept: OrderedDict[int, _Kept] = OrderedDict()
        self._read: ReadThumbnail | None = None
        self._threads: list[threading.Thread] = []
        self._condition = threading.Condition()
        # Shared with the threads, guarded by the condition.
        self._queue: deque[int] = deque()
        self._at_work: set[int] = set()
        self._side_px = 0
        self._scale = 1.0
        self._is_whole = False
        self._edition = 0
        self._closed = False
        self._is_resting = False
        self._wanted: Sequence[int] = ()
        self._results: deque[tuple[int, _Kept]] = deque()
        self._takes = Throttle(TAKEN_EVERY_MS, self)
        self._takes.fired.connect(self._take_results)
        self._loaded.connect(self._takes.trigger, Qt.ConnectionType.QueuedConnection)

    def start(self, read: ReadThumbnail) -> None:
        """Begin to load.

        Args:
            read: Gives the encoded thumbnail of an id; called from several threads at once.
        """
        self._read = read
        for number in range(THREADS):
            thread = threading.Thread(target=self._work, name=f"thumbnails-{number}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def image(self, picture_id: int) -> QImage | None:
        """What there is of a picture, to be drawn now."""
        kept = self._kept.get(picture_id)
        if kept is None:
            return None
        self._kept.move_to_end(picture_id)
        return kept.image

    def is_missing(self, picture_id: int) -> bool:
        """Whether it is known that the picture has no thumbnail."""
        kept = self._kept.get(picture_id)
        return kept is not None and kept.image is None

    @property
    def used_bytes(self) -> int:
        """How much memory the images take."""
        return self._used_bytes

    def want(
        self, ids: Sequence[int], side_px: int, scale: float, *, is_whole: bool = False
    ) -> None:
        """Say what is needed now, most urgent first; what is not in it any more is dropped.

        Args:
            ids: Picture ids; those that there is no room for are left out.
            side_px: Side of a cell in logical pixels.
            scale: Device pixels per logical pixel.
            is_whole: Whether nothing of a picture is cut off.
        """
        device_side_px = round(side_px * scale)
        # More than there is room for would push each other out and be loaded again and again.
        room = self._cache_bytes // max(1, _BYTES_PER_PIXEL * device_side_px**2)
        self._wanted = ids[: max(1, room)]
        with self._condition:
            self._side_px, self._scale, self._is_whole = device_side_px, scale, is_whole
            needed = (each for each in self._wanted if not self._is_ready(each))
            self._queue = deque(each for each in needed if each not in self._at_work)
            self._condition.notify_all()

    @contextmanager
    def resting(self) -> Iterator[None]:
        """Begin with no image in the block, which paints.

        Painting lets go of Python's lock with every call of Qt, and has to get it back from
        threads that do the same: beside two of them a page took twice as long.
        """
        with self._condition:
            self._is_resting = True
        try:
            yield
        finally:
            with self._condition:
                self._is_resting = False
                self._condition.notify_all()

    def refresh(self) -> None:
        """Load everything anew when it is wanted again, because files have changed."""
        self._edition += 1

    def close(self) -> None:
        """Let the threads end; `wait` tells when they have."""
        with self._condition:
            self._closed = True
            self._queue.clear()
            self._condition.notify_all()

    def wait(self, timeout_s: float) -> bool:
        """Wait for each thread to end after `close`.

        Returns:
            Whether all have ended.
        """
        for thread in self._threads:
            thread.join(timeout_s)
        return not any(thread.is_alive() for thread in self._threads)

    def _is_ready(self, picture_id: int) -> bool:
        kept = self._kept.get(picture_id)
        return (
            kept is not None
            and kept.edition == self._edition
            and kept.side_px == self._side_px
            and kept.is_whole == self._is_whole
        )

    def _has_turn(self) -> bool:
        """Whether a loading thread is to go on; asked with the condition."""
        return self._closed or (bool(self._queue) and not self._is_resting)

    def _work(self) -> None:
        """Body of a loading thread."""
        while True:
            with self._condition:
                self._condition.wait_for(self._has_turn)
                if self._closed:
                    return
                picture_id = self._queue.popleft()
                self._at_work.add(picture_id)
                side_px, scale, is_whole = self._side_px, self._scale, self._is_whole
                edition = self._edition
            image = self._load(picture_id, side_px, scale, is_whole=is_whole)
            self._results.append((picture_id, _Kept(image, side_px, is_whole, edition)))
            self._loaded.emit()

    def _load(
        self, picture_id: int, side_px: int, scale: float, *, is_whole: bool
    ) -> QImage | None:
        if self._read is None:
            return None
        try:
            encoded = self._read(picture_id)
        except Exception:  # noqa: BLE001 - a thumbnail is not worth more than its own cell
            _log.exception("The thumbnail of picture %d could not be read", picture_id)
            return None
        return cell_image(encoded, side_px, scale, is_whole=is_whole) if encoded else None

    def _take_results(self) -> None:
        ids: list[int] = []
        while self._results:
            picture_id, kept = self._results.popleft()
            old = self._kept.pop(picture_id, None)
            self._used_bytes += kept.size_bytes - (old.size_bytes if old else 0)
            self._kept[picture_id] = kept
            ids.append(picture_id)
        with self._condition:  # only now, or whoever scrolls would have them loaded twice
            self._at_work.difference_update(ids)
        while self._used_bytes > self._cache_bytes and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._used_bytes -= dropped.size_bytes
        if not all(self._is_ready(each) for each in ids if each in self._kept):
            # Made while the cells changed size: good to look at, but once more, please.
            side_px = round(self._side_px / self._scale)
            self.want(self._wanted, side_px, self._scale, is_whole=self._is_whole)
        if ids:
            self.arrived.emit(ids)
