"""Places on disk that were looked at or added in vain, and when they are tried again."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.engine.changed_places import merged
from desktop_app.engine.paths import is_below
from desktop_app.engine.records import ChangedPlace

FIRST_RETRY_MS = 10_000
"""After a look that failed, its places are looked at again; after each more failure it takes twice
as long, so that a full disk is not asked without end, until it takes `LAST_RETRY_MS`."""
LAST_RETRY_MS = 600_000
STOPPED_RETRY_MS = 300_000
"""After the user stopped a look: he wants peace now, and a library that is right later."""


class OwedPlaces(QObject):
    """Keeps them, because nobody tells them again."""

    due = Signal()
    """It is time to look at them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places: tuple[ChangedPlace, ...] = ()
        self._added: tuple[str, ...] = ()
        self._failures = 0  # in a row
        self._retry = QTimer(self, singleShot=True)
        self._retry.timeout.connect(self.due)

    @property
    def is_failing(self) -> bool:
        """Whether the last try has failed."""
        return self._failures > 0

    def owe(self, places: Sequence[ChangedPlace], pause_ms: int = STOPPED_RETRY_MS) -> None:
        """Look at places later: with the next ones, after the next run, or after a pause."""
        if places:
            self._places = merged((*self._places, *places))
            self._retry.start(pause_ms)

    def owe_added(self, paths: Sequence[str], pause_ms: int) -> None:
        """Add folders or files later: what was never noted is in no folder to look at."""
        self._added = tuple(dict.fromkeys((*self._added, *paths)))
        self._retry.start(pause_ms)

    def take(self, places: Sequence[ChangedPlace]) -> tuple[ChangedPlace, ...]:
        """Take them all, together with places where something has happened just now."""
        together, self._places = merged((*self._places, *places)), ()
        if not self._added:
            self._retry.stop()
        return together

    def forget_below(self, roots: Collection[str]) -> None:
        """Add nothing any more of folders that the user has had forgotten meanwhile."""
        self._added = tuple(
            path for path in self._added if not any(is_below(path, root) for root in roots)
        )

    def take_added(self) -> tuple[str, ...]:
        """Take what is still to be added."""
        added, self._added = self._added, ()
        return added

    def fail(self, places: Sequence[object]) -> int:
        """A run has failed; where it was to look at places or to add them, one more in a row.

        Returns:
            How long to wait before they are looked at again, in milliseconds.
        """
        pause_ms: int = min(FIRST_RETRY_MS * 2**self._failures, LAST_RETRY_MS)
        self._failures += bool(places)
        return pause_ms

    def succeed(self) -> None:
        """A run has reached its end: what could not be done before may be possible now."""
        self._failures = 0
