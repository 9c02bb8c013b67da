"""Exact copies of pictures that are in the library already: they share what is known of these."""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.fingerprint import content_hash, fingerprint
from desktop_app.engine.files.patience import NoAnswerError, Patience
from desktop_app.engine.indexing.work import Work
from desktop_app.engine.records import FoundFile
from desktop_app.engine.store.catalog import Catalog


@dataclass(frozen=True, slots=True)
class Original:
    """The picture that a file is an exact copy of.

    Attributes:
        picture_id: The catalog's id.
        content_hash: Digest of the whole file.
    """

    picture_id: int
    content_hash: bytes


class CopyFinder:
    """Compares files with pictures of the same length: first in parts, then whole.

    Reading a file whole takes a fiftieth of decoding it, and a backup of a folder is nothing but
    copies.

    Args:
        catalog: Where the pictures are.
        model_key: The model in use: only a picture with a vector of it has something to share.
        patience: Waits for the disk.
        cancel: Ends the wait.
    """

    def __init__(
        self, catalog: Catalog, model_key: str, patience: Patience, cancel: CancelToken
    ) -> None:
        self._catalog = catalog
        self._model_key = model_key
        self._patience = patience
        self._cancel = cancel

    def original_of(self, file: FoundFile) -> tuple[Original | None, bytes | None]:
        """The picture that a file is an exact copy of.

        Returns:
            The picture, None where there is none; and the file's fingerprint, None where it cannot
            be read.

        Raises:
            CancelledError: If it was cancelled.
        """
        parts = self._read(fingerprint, file.path)
        if parts is None:
            return None, None
        alike = [
            one
            for one in self._catalog.contents_alike(file.stamp.size_bytes, parts)
            if one.content_hash is not None
        ]
        if not alike:
            return None, parts
        whole = self._read(content_hash, file.path)
        if whole is None:
            return None, parts
        for one in alike:
            if one.content_hash == whole and self._has_vector(one.picture_id):
                return Original(one.picture_id, whole), parts
        return None, parts

    def _read(self, digest: Callable[[str], bytes | None], path: str) -> bytes | None:
        try:
            return self._patience.ask(lambda: digest(path), path, self._cancel)
        except NoAnswerError:
            return None

    def _has_vector(self, picture_id: int) -> bool:
        return self._catalog.vector(picture_id, self._model_key) is not None


def split_by_length(
    work: Sequence[Work], known_sizes: AbstractSet[int]
) -> tuple[list[Work], list[Work]]:
    """Put files aside that may be exact copies.

    Args:
        work: The files.
        known_sizes: Lengths of pictures of the library, in bytes.

    Returns:
        Those that are no copies, and those that have the length of a picture or of a file before
        them.
    """
    seen = set(known_sizes)
    first: list[Work] = []
    later: list[Work] = []
    for item in work:
        size = item.file.stamp.size_bytes
        if size in seen:
            later.append(item)
        else:
            seen.add(size)
            first.append(item)
    return first, later
