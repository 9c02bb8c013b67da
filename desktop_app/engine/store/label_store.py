"""Ratings and tags in the catalog, and what of them is to be written beside the pictures."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence

from desktop_app.engine.records import (
    CommonLabels,
    LabelChange,
    LabelCounts,
    PictureIds,
    PictureLabels,
    SidecarFailure,
)
from desktop_app.engine.store import labels, sidecars
from desktop_app.engine.store.connection import Connections
from desktop_app.engine.store.sidecars import DueSidecar


class LabelStore:
    """Part of a `Catalog`, with its promises: each change is one transaction.

    What changes something is told whether that is due to be written beside the pictures too: it
    is noted in the same transaction, so that nothing is forgotten where the program ends before.

    Args:
        connections: To the catalog's file.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def of(self, ids: PictureIds) -> dict[int, PictureLabels]:
        """The labels of pictures; those that have none, or are gone, have empty ones."""
        with self._connections.snapshot(), self._connections.reading() as connection:
            return labels.of(connection, ids)

    def counts(self) -> LabelCounts:
        """What labels there are."""
        with self._connections.snapshot(), self._connections.reading() as connection:
            return labels.counts(connection)

    def common(self, ids: PictureIds) -> CommonLabels:
        """How many of some pictures have each label."""
        with self._connections.snapshot(), self._connections.reading() as connection:
            return labels.common(connection, ids)

    def rate(self, ids: PictureIds, rating: int, *, is_due: bool) -> LabelChange:
        """Give pictures a rating, 0 to 5."""
        return self._change(lambda connection: labels.rate(connection, ids, rating), is_due)

    def tag(
        self, ids: PictureIds, add: Sequence[str], remove: Sequence[str], *, is_due: bool
    ) -> LabelChange:
        """Give pictures some tags, and take others away."""
        return self._change(lambda connection: labels.tag(connection, ids, add, remove), is_due)

    def rename(self, name: str, new: str, *, is_due: bool) -> LabelChange:
        """Call a tag otherwise."""
        return self._change(lambda connection: labels.rename(connection, name, new), is_due)

    def delete(self, name: str, *, is_due: bool) -> LabelChange:
        """Take a tag from all pictures."""
        return self._change(lambda connection: labels.delete(connection, name), is_due)

    def restore(self, change: LabelChange, *, is_due: bool) -> LabelChange:
        """Take a change back."""
        return self._change(lambda connection: labels.restore(connection, change), is_due)

    # What is to be written beside the pictures

    def take_in(self, found: Mapping[int, PictureLabels]) -> None:
        """Add what was said of pictures elsewhere.

        A rating that is here already stays. What was taken away here, and not there yet, does not
        come back.
        """
        with self._connections.writing() as connection:
            known = labels.of(connection, list(found))
            waiting = sidecars.waiting(connection, list(found))
            for picture_id, said in found.items():
                is_rated, taken = waiting.get(picture_id, (False, frozenset()))
                if said.rating and not known[picture_id].rating and not is_rated:
                    labels.rate(connection, [picture_id], said.rating)
                tags = [tag for tag in said.tags if labels.key_of(tag) not in taken]
                labels.tag(connection, [picture_id], tags, [])

    def set_all_due(self, *, is_due: bool) -> None:
        """Have all labels written, or none."""
        with self._connections.writing() as connection:
            if is_due:
                sidecars.add_all_due(connection)
            else:
                sidecars.clear(connection)

    def retry(self) -> None:
        """Have those written again that have failed."""
        with self._connections.writing() as connection:
            sidecars.retry(connection)

    def count_due(self) -> int:
        """How many are to be written."""
        with self._connections.reading() as connection:
            return sidecars.count(connection)

    def due(self, after_id: int, limit: int) -> list[tuple[DueSidecar, PictureLabels]]:
        """Those after an id, rising, with the labels to write."""
        with self._connections.snapshot(), self._connections.reading() as connection:
            found = sidecars.due(connection, after_id, limit)
            said = labels.of(connection, [one.picture_id for one in found])
            return [(one, said[one.picture_id]) for one in found]

    def paths_of(self, ids: Sequence[int]) -> dict[int, str]:
        """Where the files of pictures are."""
        with self._connections.reading() as connection:
            return sidecars.paths_of(connection, ids)

    def settle(
        self, written: Sequence[DueSidecar], failed: Sequence[tuple[DueSidecar, str]]
    ) -> None:
        """Note what was written, and why the rest was not."""
        with self._connections.writing() as connection:
            sidecars.settle(connection, written, failed)

    def failures(self, most: int) -> list[SidecarFailure]:
        """Those that have failed, so many at most."""
        with self._connections.reading() as connection:
            return sidecars.failures(connection, most)

    def _change(
        self, make: Callable[[sqlite3.Connection], LabelChange], is_due: bool
    ) -> LabelChange:
        with self._connections.writing() as connection:
            change = make(connection)
            if is_due:
                sidecars.add_due(connection, change)
            return change
