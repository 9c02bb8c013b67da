"""What the catalog remembers of the files below a place, while they are looked at again."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from functools import cached_property

from desktop_app.engine.records import FileStamp, SkipKind, SkippedFile

MOST_STRIKES = 3
"""How often a file may cost the decoder its process before it waits for a change or the user."""

KnownFile = str
"""``id:size:time``: picture id, size in bytes, modification time in nanoseconds since the epoch.

A text, because there may be a million: the cycle collector, which stops the window while it looks
at tuples, passes over texts."""

_TRIED_AGAIN = (SkipKind.UNREADABLE, SkipKind.CLOUD_ONLY, SkipKind.BEING_WRITTEN)
"""What may be gone without the file having changed."""


def picture_id_of(known: KnownFile) -> int:
    """The id in what is remembered of a picture."""
    return int(known[: known.index(":")])


class KnownFiles:
    """Tells which files are as the catalog says, and is left with those that nobody has seen.

    Each is let go as soon as it is recognised.

    Args:
        pictures: Reads the pictures, by path, when the first is asked for: a million take 200 MB,
            and nobody asks while their drive is away. What it gives is taken over.
        skips: Files that are not in the library, by path; taken over.
        without_vector: Ids that have no vector of the model in use.
        missing: Ids whose removal waits for the user's yes.
        retry_failed: Whether failed files are to be tried again.
    """

    def __init__(
        self,
        pictures: Callable[[], dict[str, KnownFile]],
        skips: dict[str, SkippedFile],
        without_vector: AbstractSet[int] = frozenset(),
        missing: AbstractSet[int] = frozenset(),
        *,
        retry_failed: bool = False,
    ) -> None:
        self._read = pictures
        self._skips = skips
        self._without_vector = without_vector
        self._missing = missing
        self._retry_failed = retry_failed
        self._is_looked_up = bool(without_vector or missing)  # mostly there are none
        self.unchanged = 0
        """How many pictures were recognised."""
        self.standing: list[SkippedFile] = []
        """Files that were passed over before and still are."""
        self.found_again: list[int] = []
        """Recognised pictures that were thought to be gone."""

    def recognise(self, path: str, size_bytes: int, mtime_ns: int) -> bool:
        """Whether there is nothing to do for a file. Called once for every file of a scan."""
        known = self._pictures.get(path)
        if known is None:
            return self._stands(path, size_bytes, mtime_ns)
        if not _has_stamp(known, size_bytes, mtime_ns):
            return False
        if self._is_looked_up:
            picture_id = picture_id_of(known)
            if picture_id in self._without_vector:
                return False
            if picture_id in self._missing:
                self.found_again.append(picture_id)
        del self._pictures[path]
        self.unchanged += 1
        return True

    def take(self, path: str, stamp: FileStamp) -> tuple[int, bool] | None:
        """The picture at a path that was not recognised; it counts as seen.

        Args:
            path: The file.
            stamp: Its size and time now.

        Returns:
            Its id, and whether the file is another one than it was; None where it is new.
        """
        known = self._pictures.pop(path, None)
        if known is None:
            return None
        return picture_id_of(known), not _has_stamp(known, stamp.size_bytes, stamp.mtime_ns)

    def skip(self, path: str) -> SkippedFile | None:
        """How a file was passed over before, if it was; it counts as seen."""
        return self._skips.pop(path, None)

    @cached_property
    def _pictures(self) -> dict[str, KnownFile]:
        return self._read()

    @property
    def pictures_left(self) -> dict[str, KnownFile]:
        """The pictures that were not seen, by path."""
        return self._pictures

    @property
    def skips_left(self) -> list[str]:
        """The paths of skipped files that were not seen."""
        return list(self._skips)

    def _stands(self, path: str, size_bytes: int, mtime_ns: int) -> bool:
        """Whether a file that was passed over before still is, without trying it again."""
        skip = self._skips.get(path)
        if skip is None or skip.stamp != FileStamp(size_bytes, mtime_ns):
            return False
        if skip.kind in _TRIED_AGAIN or (self._retry_failed and skip.kind.is_failure):
            return False
        if skip.kind is SkipKind.DECODER_FAILED and skip.strikes < MOST_STRIKES:
            return False
        del self._skips[path]
        self.standing.append(skip)
        return True


def _has_stamp(known: KnownFile, size_bytes: int, mtime_ns: int) -> bool:
    return known.endswith(f":{size_bytes}:{mtime_ns}")
