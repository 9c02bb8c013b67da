"""Brings the catalog in step with a scan, as far as no file has to be decoded for that."""

import os
from collections.abc import Generator, Iterable, Mapping, Sequence

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.changes import MissingFile
from desktop_app.engine.files.patience import NoAnswerError, Patience
from desktop_app.engine.indexing.moves import MoveWriter
from desktop_app.engine.indexing.removals import Remover
from desktop_app.engine.indexing.scan_run import Scanned
from desktop_app.engine.indexing.work import Reconciled, Work
from desktop_app.engine.paths import is_below
from desktop_app.engine.records import FoundFile, IndexProgress
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.roots import StoredRoot


class Reconciler:
    """Writes moves, removals and lists of skipped files.

    Args:
        catalog: Where to write.
        remover: Takes out what is gone.
        patience: Waits for the disk.
    """

    def __init__(self, catalog: Catalog, remover: Remover, patience: Patience) -> None:
        self._catalog = catalog
        self._patience = patience
        self._moves = MoveWriter(catalog, patience)
        self._remover = remover

    def apply(
        self, scans: Sequence[Scanned], cancel: CancelToken
    ) -> Generator[IndexProgress, None, Reconciled]:
        """Write all that needs no decoding, and tell what does.

        Args:
            scans: What was found.
            cancel: Looked at while files are read, before anything is written.

        Yields:
            Progress, while files are read to find out whether they have moved.

        Raises:
            CancelledError: If it was cancelled.
        """
        outcome = Reconciled()
        roots = {root.id: root for root in self._catalog.roots()}
        moved = yield from self._moves.write_moves(scans, roots, outcome, cancel)
        gone_to = {one.picture_id for one in moved.values()}
        self._forgive(scans, gone_to)
        for scanned in scans:
            self._list_skips(scanned)
            _plan(scanned, moved, outcome)
            if scanned.is_complete:
                self._note_mounts(scanned)
        self._remover.remove(scans, roots, gone_to, outcome, cancel)
        self._drop_renamed(roots, cancel)
        return outcome

    def _drop_renamed(self, roots: dict[int, StoredRoot], cancel: CancelToken) -> None:
        """Forget roots that were renamed: nothing is there, and all they had lies elsewhere.

        Not those on drives of their own: another drive may be where theirs was.
        """
        for root in self._catalog.roots():
            before = roots.get(root.id)
            if before is None or not before.picture_count or root.picture_count:
                continue
            if not self._catalog.mounts(root.id) and not self._is_there(root.path, cancel):
                self._catalog.remove_root(root.id)

    def _is_there(self, path: str, cancel: CancelToken) -> bool:
        try:
            return self._patience.ask(lambda: os.path.lexists(path), path, cancel)
        except NoAnswerError:  # nobody can say
            return True

    def _forgive(self, scans: Iterable[Scanned], moved: set[int]) -> None:
        """Pictures that were thought to be gone and are there are so no longer."""
        found = {id_ for scanned in scans for id_ in scanned.found_again}
        self._catalog.mark_missing(found - moved, None)

    def _list_skips(self, scanned: Scanned) -> None:
        """Bring the catalog's list of what is not indexed in step."""
        root_id = scanned.target.root_id
        if scanned.new_skips:
            self._catalog.write_skipped(root_id, scanned.new_skips)
        if scanned.skips_gone:
            self._catalog.forget_skipped(scanned.skips_gone)

    def _note_mounts(self, scanned: Scanned) -> None:
        target = scanned.target
        before = self._catalog.mounts(target.root_id)
        # What lies above a root is noted when all of the root is looked through.
        kept = [
            path
            for path in before
            if not is_below(path, target.path)
            and not (target.is_root and is_below(target.path, path))
        ]
        now = sorted({*kept, *scanned.mounts})
        if now != sorted(before):
            self._catalog.set_mounts(target.root_id, now)


def _plan(scanned: Scanned, moved: Mapping[str, MissingFile], outcome: Reconciled) -> None:
    """Say what has to be decoded."""
    root_id, strikes = scanned.target.root_id, scanned.strikes
    files: list[tuple[FoundFile, int | None, bool]] = [(file, None, True) for file in scanned.new]
    gone_on = {one.picture_id for one in moved.values()}
    for changed in scanned.changed:
        # What was there may have made room for it.
        picture_id = None if changed.picture_id in gone_on else changed.picture_id
        files.append((changed.file, picture_id, changed.is_edited))
    for file, picture_id, is_edited in files:
        one = moved.get(file.path)
        if one is None:
            count = strikes.get(file.path, 0)
            outcome.work.append(Work(file, root_id, picture_id, count, is_edited))
        elif one.picture_id in scanned.without_vector:
            outcome.work.append(Work(file, root_id, one.picture_id, is_edited=False))
