"""What a run of the indexer has done so far."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from desktop_app.engine.indexing.work import Work
from desktop_app.engine.records import HeldBack, IndexSummary, SkippedFile


@dataclass(slots=True)
class Tally:
    """Counts what is done, for the summary at the end; see `IndexSummary`."""

    added: int = 0
    updated: int = 0
    moved: int = 0
    removed: int = 0
    unchanged: int = 0
    skipped: list[SkippedFile] = field(default_factory=list)
    held_back: list[HeldBack] = field(default_factory=list)

    def count_written(self, work: Iterable[Work]) -> None:
        """Count files that were written, as new pictures or as other versions of known ones."""
        for item in work:
            if item.picture_id is None:
                self.added += 1
            else:
                self.updated += 1

    def summary(self, seconds: float, *, cancelled: bool) -> IndexSummary:
        """All of it.

        Args:
            seconds: How long the run took.
            cancelled: Whether it was stopped.
        """
        return IndexSummary(
            added=self.added,
            updated=self.updated,
            moved=self.moved,
            removed=self.removed,
            unchanged=self.unchanged,
            failed=tuple(skip for skip in self.skipped if skip.kind.is_failure),
            skipped=tuple(skip for skip in self.skipped if not skip.kind.is_failure),
            seconds=seconds,
            cancelled=cancelled,
            held_back=tuple(self.held_back),
        )
