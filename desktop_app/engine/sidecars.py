"""Writes the labels of pictures into files beside them, and reads what other programs wrote there.

Only where the user has switched it on. What is to be written is noted in the catalog together with
the change of the label, so that it is written sometime, whatever happens to the program.
"""

import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import UserFacingError
from desktop_app.engine.files.reach import is_out_of_reach
from desktop_app.engine.files.sidecars import SidecarError, change_sidecar, read_sidecar
from desktop_app.engine.files.xmp import Xmp
from desktop_app.engine.labels import tidy_tag
from desktop_app.engine.records import PictureLabels, SidecarFailure, SidecarProgress
from desktop_app.engine.settings import change_settings
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.labels import key_of
from desktop_app.engine.store.sidecars import DueSidecar

logger = logging.getLogger(__name__)

_AT_ONCE = 50
"""Files written between two reports: half a second on a slow disk."""


class Sidecars:
    """Keeps XMP files in step with the labels of a library. Any thread may call it.

    Of a file that is there, only the rating that was given here and the tags that were given or
    taken away here are changed; see `desktop_app.engine.files.sidecars` on which file it is.

    Args:
        catalog: Where the labels are.
        settings: The settings file.
        is_on: Whether it was switched on before.
        check_writable: Raises `UnwritableError` where nothing can be changed.
        offline: Tells which roots and drives cannot be reached.
    """

    def __init__(
        self,
        catalog: Catalog,
        settings: Path,
        *,
        is_on: bool,
        check_writable: Callable[[], object],
        offline: Callable[[], Collection[int | str]],
    ) -> None:
        self._store = catalog.labels
        self._moves = catalog.file_moves
        self._settings = settings
        self._is_on = is_on
        self._check_writable = check_writable
        self._offline = offline

    @property
    def is_on(self) -> bool:
        """Whether labels are written beside the pictures."""
        return self._is_on

    def switch(self, is_on: bool) -> None:
        """Begin to write labels beside the pictures, those there are included, or end it.

        What was written before stays.

        Raises:
            UserFacingError: If the library or the settings cannot be written.
        """
        self._check_writable()
        if is_on == self._is_on:
            return
        change_settings(self._settings, {"write_sidecars": is_on})
        self._is_on = is_on
        self._store.set_all_due(is_due=is_on)

    def write(self, cancel: CancelToken) -> Iterator[SidecarProgress]:
        """Write what is to be written; to be called after changes and after the library was opened.

        Pictures that cannot be reached now, or are being moved, are left for another time.

        Args:
            cancel: Stops it; the rest is written next time.

        Yields:
            How far it is, with what has failed; nothing where there is nothing to do.

        Raises:
            StoreError: If the library cannot be written.
            CancelledError: If it was stopped.
        """
        total = self._store.count_due() if self._is_on else 0
        offline = self._offline() if total else ()
        done = last_id = 0
        while total:
            cancel.raise_if_cancelled()
            due = self._store.due(last_id, _AT_ONCE)
            if not due or not self._is_on:
                return
            last_id = due[-1][0].picture_id
            in_work = self._moves.in_work()
            written: list[DueSidecar] = []
            failed: list[tuple[DueSidecar, str]] = []
            for one, labels in due:
                if one.picture_id in in_work or is_out_of_reach(offline, one.root_id, one.path):
                    continue
                try:
                    _write(one, labels)
                except SidecarError as error:
                    if not self._has_moved(one):
                        failed.append((one, error.reason))
                else:
                    written.append(one)
            self._store.settle(written, failed)
            done += len(due)
            yield SidecarProgress(
                done,
                max(done, total),
                tuple(SidecarFailure(one.picture_id, one.path, why) for one, why in failed),
            )

    def _has_moved(self, one: DueSidecar) -> bool:
        """Whether the user has moved the picture since it was looked up, or is moving it now."""
        path = self._store.paths_of([one.picture_id]).get(one.picture_id)
        return path != one.path or one.picture_id in self._moves.in_work()

    def failures(self, most: int = 1_000) -> list[SidecarFailure]:
        """Beside which pictures nothing could be written, and why; so many at most."""
        return self._store.failures(most)

    def retry(self) -> None:
        """Have `write` try those again that have failed.

        Raises:
            UserFacingError: If the library cannot be written.
        """
        self._check_writable()
        self._store.retry()

    def take_in(self, ids: Sequence[int]) -> None:
        """Read what other programs wrote beside pictures; nothing where it is switched off.

        Tags are added, and a rating where there is none yet.

        Raises:
            StoreError: If the library cannot be written.
        """
        if not self._is_on or not ids:
            return
        found: dict[int, PictureLabels] = {}
        for picture_id, path in self._store.paths_of(ids).items():
            try:
                xmp = read_sidecar(path)
            except SidecarError as error:
                logger.info("Labels beside picture %d were not read: %s", picture_id, error)
                continue
            if xmp is not None:
                found[picture_id] = PictureLabels(max(0, xmp.rating or 0), _tags(xmp))
        if found:
            self._store.take_in(found)


def _write(due: DueSidecar, labels: PictureLabels) -> None:
    def change(xmp: Xmp) -> None:
        if due.is_rated:
            xmp.set_rating(labels.rating)
        kept = [each for each in xmp.keywords if key_of(each) not in due.taken]
        known = {key_of(each) for each in kept}
        xmp.set_keywords([*kept, *(tag for tag in labels.tags if key_of(tag) not in known)])

    change_sidecar(due.path, change)


def _tags(xmp: Xmp) -> tuple[str, ...]:
    """The keywords that can be tags."""
    tags: list[str] = []
    for each in xmp.keywords:
        try:
            tags.append(tidy_tag(each))
        except UserFacingError:  # such as a whole text
            continue
    return tuple(tags)
