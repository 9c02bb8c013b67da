"""Keeps encoded thumbnails on disk within a budget. All of it may be deleted at any time."""

import logging
import os
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.cache_tags import write_tag

logger = logging.getLogger(__name__)

_KEY = re.compile(r"[0-9a-f]{4,64}")
_SUFFIX = ".jpg"
_JPEG_START, _JPEG_END = b"\xff\xd8", b"\xff\xd9"

_BINARY = getattr(os, "O_BINARY", 0)  # Windows
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY

_EVICT_TO = 0.9
"""Share of the budget that an eviction leaves, so that the next one is far away."""


class _Entry(NamedTuple):
    """A file of the cache."""

    used_ns: int
    size_bytes: int
    path: str


class ThumbnailCache:
    """Thumbnails by the fingerprint of their picture. Any thread may call any method.

    Nothing is forced to the disk: after a crash or a power failure a thumbnail may be empty or cut
    short, which `get` takes for a miss, as it does one that is being written. A file's
    modification time says when it was last used.

    Args:
        folder: Where they lie; made when the first one is put, with a tag that keeps backups and
            other indexers away from it.
        budget_bytes: When there is more than this, those used longest ago are deleted.
    """

    def __init__(self, folder: Path, budget_bytes: int) -> None:
        self._folder = folder
        self._budget_bytes = budget_bytes
        self._lock = threading.Lock()
        self._size_bytes: int | None = None
        self._cleared = 0  # how often; what was counted before it does not count
        self._sweeper: threading.Thread | None = None
        self._closed = threading.Event()
        self._is_failing = False

    def close(self) -> None:
        """End what is going on in the background. Thumbnails can be read and put afterwards."""
        self._closed.set()
        sweeper = self._sweeper
        if sweeper is not None:
            sweeper.join()

    def get(self, key: str) -> bytes | None:
        """The thumbnail of a key.

        Args:
            key: Fingerprint of the picture, in hex.

        Returns:
            An encoded JPEG; None if there is none or it is damaged.
        """
        data = self.peek(key)
        if data is not None:
            try:
                os.utime(self._path(key))
            except OSError:  # a read-only cache still serves
                logger.debug("The use of a thumbnail cannot be noted.")
        return data

    def peek(self, key: str) -> bytes | None:
        """The same as `get`, for work that is not to count as use."""
        try:
            data = self._path(key).read_bytes()
        except OSError:
            return None
        is_whole = data.startswith(_JPEG_START) and data.endswith(_JPEG_END)
        return data if is_whole else None

    def put(self, key: str, data: bytes) -> None:
        """Keep a thumbnail, in place of an older one. Does nothing where the disk refuses.

        Args:
            key: Fingerprint of the picture, in hex.
            data: An encoded JPEG.
        """
        path = self._path(key)
        try:
            replaced_bytes = _write(path, data)
        except OSError as error:
            if not self._is_failing:  # a full disk is told once, not for every picture
                logger.warning("Thumbnails cannot be kept: %s", error)
            self._is_failing = True
            _delete(str(path))
            return
        self._is_failing = False
        self._count(len(data) - replaced_bytes)

    def remove(self, key: str) -> None:
        """Delete a thumbnail, if there is one.

        Args:
            key: Fingerprint of the picture, in hex.
        """
        path = self._path(key)
        try:
            size_bytes = path.stat().st_size
        except OSError:
            return
        if _delete(str(path)):
            with self._lock:
                if self._size_bytes is not None:
                    self._size_bytes = max(0, self._size_bytes - size_bytes)

    @property
    def budget_bytes(self) -> int:
        """When there is more than this, those used longest ago are deleted."""
        return self._budget_bytes

    def resize(self, budget_bytes: int) -> None:
        """Keep more from now on, or less; what is too much goes in the background, soon."""
        self._budget_bytes = budget_bytes
        self._count(0)

    def clear(self, cancel: CancelToken) -> int:
        """Delete all thumbnails. What is put meanwhile may stay.

        Args:
            cancel: Stops it; what is gone by then is gone.

        Returns:
            How many bytes are free now.
        """
        freed_bytes = 0
        try:
            for entry in list(self._entries()):
                if cancel.is_cancelled or self._closed.is_set():
                    break
                if _delete(entry.path):
                    freed_bytes += entry.size_bytes
        finally:
            with self._lock:
                self._cleared += 1
                self._size_bytes = None  # counted anew when somebody asks
        return freed_bytes

    @property
    def size_bytes(self) -> int:
        """Size of all thumbnails, nearly; the first call may walk through them."""
        with self._lock:
            if self._size_bytes is not None:
                return self._size_bytes
            cleared = self._cleared
        size_bytes = sum(entry.size_bytes for entry in self._entries())
        self._note_size(size_bytes, cleared)
        return size_bytes

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError(f"not a fingerprint in hex: {key!r}")
        return self._folder / key[:2] / (key + _SUFFIX)

    def _note_size(self, size_bytes: int, cleared: int) -> None:
        """Note what was counted, unless all was deleted since it began."""
        with self._lock:
            if cleared == self._cleared:
                self._size_bytes = size_bytes

    def _count(self, added_bytes: int) -> None:
        """Note what was put; have the folder swept when its size is unknown or too large."""
        with self._lock:
            if self._size_bytes is not None:
                self._size_bytes += added_bytes
                if self._size_bytes <= self._budget_bytes:
                    return
            if self._sweeper is None and not self._closed.is_set():
                self._sweeper = threading.Thread(target=self._sweep, name="thumbnail sweeper")
                self._sweeper.start()

    def _sweep(self) -> None:
        """Count all thumbnails, and delete the oldest ones if there are too many.

        What is put meanwhile may be missed or counted twice; the next sweep counts anew, and
        only what a sweep itself has seen decides what is deleted.
        """
        try:
            cleared = self._cleared
            entries: list[_Entry] = []
            for entry in self._entries():
                if self._closed.is_set():
                    return
                entries.append(entry)
            self._note_size(self._evict(entries), cleared)
        finally:
            with self._lock:
                self._sweeper = None

    def _evict(self, entries: list[_Entry]) -> int:
        """Delete the oldest where there are too many; returns the size of the others."""
        size_bytes = sum(entry.size_bytes for entry in entries)
        if size_bytes > self._budget_bytes:
            # numpy lets other threads run; sorting 100,000 in Python stops them for 78 ms.
            ages = np.fromiter((entry.used_ns for entry in entries), np.int64, len(entries))
            for place in np.argsort(ages, kind="stable").tolist():
                entry = entries[place]
                if size_bytes <= self._budget_bytes * _EVICT_TO or self._closed.is_set():
                    break
                if _delete(entry.path):
                    size_bytes -= entry.size_bytes
        return size_bytes

    def _entries(self) -> Iterator[_Entry]:
        """All thumbnails."""
        try:
            shards = [shard.path for shard in os.scandir(self._folder) if shard.is_dir()]
        except OSError:
            return
        for shard in shards:
            try:
                with os.scandir(shard) as files:
                    for file in files:
                        if file.name.endswith(_SUFFIX):
                            status = file.stat()
                            yield _Entry(status.st_mtime_ns, status.st_size, file.path)
            except OSError:  # deleted by the user while it is walked through
                continue


def _write(path: Path, data: bytes) -> int:
    """Write a file and say how long the one was that it replaces.

    Straight to its place: a rename would cost as much again as the writing, and `get` takes a
    thumbnail without its end for a miss.
    """
    replaced_bytes = 0
    try:
        try:
            target = os.open(path, _NEW_FILE)
        except FileNotFoundError:  # the first of its shard
            path.parent.mkdir(parents=True, exist_ok=True)
            write_tag(str(path.parent.parent))
            target = os.open(path, _NEW_FILE)
    except FileExistsError:
        replaced_bytes = path.stat().st_size
        target = os.open(path, os.O_WRONLY | os.O_TRUNC | _BINARY)
    with open(target, "wb", buffering=0) as file:
        file.write(data)
    return replaced_bytes


def _delete(path: str) -> bool:
    """Delete a file; whether it was there and could be."""
    try:
        os.unlink(path)
    except OSError:
        return False
    return True
