"""Which pictures the user wants kept although their files are gone; he is asked once."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.engine.records import Root
from desktop_app.ui.memory.window_memory import WindowMemory


@dataclass(frozen=True, slots=True)
class Kept:
    """What was gone from a root when the user said that it is to stay.

    Attributes:
        missing: How many pictures; fewer once some of them are back.
        since_s: When the last of them was found gone, seconds since the epoch.
    """

    missing: int
    since_s: float


class KeptPictures:
    """Remembers, by root and from one start to the next, what the user wants kept.

    Other pictures that go later are found gone later, and more or fewer of them are gone: so they
    are asked about, also where as many have come back.

    Args:
        memory: Where it is written down.
    """

    def __init__(self, memory: WindowMemory) -> None:
        self._memory = memory
        self._kept = {
            root_id: Kept(missing, since_s) for root_id, missing, since_s in memory.kept_pictures
        }

    def keep(self, root_id: int, missing: int, since_s: float) -> None:
        """Remember that all that is gone from a root now is to stay."""
        self._write(self._kept | {root_id: Kept(missing, since_s)})

    def holds(self, root_id: int, missing: int, since_s: float) -> bool:
        """Whether all that is gone from a root was gone already when the user wanted it kept."""
        kept = self._kept.get(root_id)
        return kept is not None and missing <= kept.missing and since_s <= kept.since_s

    def catch_up(self, roots: Sequence[Root]) -> None:
        """Forget what was kept of pictures that are back, and of roots that are gone."""
        still: dict[int, Kept] = {}
        for root in roots:
            kept = self._kept.get(root.id)
            if kept is not None and root.missing_count:
                still[root.id] = Kept(min(kept.missing, root.missing_count), kept.since_s)
        self._write(still)

    def _write(self, kept: dict[int, Kept]) -> None:
        if kept != self._kept:
            self._kept = kept
            self._memory.set_kept_pictures(
                [(root_id, one.missing, one.since_s) for root_id, one in kept.items()]
            )
