"""Takes a folder out of the library and frees what its pictures took on disk."""

from collections.abc import Callable, Iterator, Sequence

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.thumbnails import ThumbnailCache
from desktop_app.engine.records import ForgetProgress
from desktop_app.engine.store.catalog import Catalog

_AT_ONCE = 2_000
"""Pictures removed in one transaction: others wait a tenth of a second."""
_REMEMBERED = 100_000
"""Pictures between two looks for thumbnails that no other picture needs; 10 MB."""


def forget(
    catalog: Catalog,
    thumbnails: ThumbnailCache,
    root_id: int,
    cancel: CancelToken,
    on_removed: Callable[[Sequence[int]], object],
) -> Iterator[ForgetProgress]:
    """Remove a root step by step; nothing else may add pictures meanwhile.

    Killed or stopped in between, it leaves the root with the rest of its pictures, and at worst a
    few thumbnails that nobody needs, which go when the cache is full.

    Args:
        catalog: Where it is.
        thumbnails: Where its thumbnails are.
        root_id: The root; an unknown one has nothing to remove.
        cancel: Looked at before every step.
        on_removed: Gets the ids of the pictures of every step.

    Yields:
        How far it is.

    Raises:
        CancelledError: If it was stopped.
    """
    total = len(catalog.ids_of_root(root_id))
    done = 0
    unneeded: set[bytes] = set()
    yield ForgetProgress(done, total)
    while True:
        cancel.raise_if_cancelled()
        removed = catalog.remove_some_pictures(root_id, _AT_ONCE)
        on_removed([picture_id for picture_id, _ in removed])
        unneeded.update(fingerprint for _, fingerprint in removed)
        done += len(removed)
        if not removed or len(unneeded) >= _REMEMBERED:
            # Copies elsewhere in the library are shown by the same thumbnail.
            catalog.discard_used(unneeded)
            yield from _free(thumbnails, unneeded, ForgetProgress(done, total), cancel)
            unneeded.clear()
        if not removed:
            break
        yield ForgetProgress(done, total)
    catalog.remove_root(root_id)
    while catalog.shrink_a_step():
        cancel.raise_if_cancelled()
        yield ForgetProgress(done, total)


def _free(
    thumbnails: ThumbnailCache,
    fingerprints: set[bytes],
    progress: ForgetProgress,
    cancel: CancelToken,
) -> Iterator[ForgetProgress]:
    for count, fingerprint in enumerate(fingerprints):
        if count % _AT_ONCE == 0:
            cancel.raise_if_cancelled()
            yield progress
        thumbnails.remove(fingerprint.hex())
