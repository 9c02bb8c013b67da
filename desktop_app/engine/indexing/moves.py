"""Finds the files that are pictures from another place, and gives these their new paths."""

from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.changes import MissingFile, pair_moved
from desktop_app.engine.files.fingerprint import content_hash, fingerprint
from desktop_app.engine.files.known_files import picture_id_of
from desktop_app.engine.files.patience import NoAnswerError, Patience
from desktop_app.engine.indexing.places import Places
from desktop_app.engine.indexing.scan_run import Scanned, ScanTarget
from desktop_app.engine.indexing.work import Reconciled
from desktop_app.engine.records import FoundFile, IndexProgress
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.pictures import StoredContent
from desktop_app.engine.store.roots import StoredRoot

_SIZES_AT_ONCE = 900
_READ_BETWEEN_REPORTS = 100


class MoveWriter:
    """Recognises moved pictures by their content.

    Args:
        catalog: Where they are.
        patience: Waits for the disk.
    """

    def __init__(self, catalog: Catalog, patience: Patience) -> None:
        self._catalog = catalog
        self._patience = patience

    def write_moves(
        self,
        scans: Sequence[Scanned],
        roots: dict[int, StoredRoot],
        outcome: Reconciled,
        cancel: CancelToken,
    ) -> Generator[IndexProgress, None, dict[str, MissingFile]]:
        """Write which files are pictures that lay elsewhere; returns these by path."""
        if not any(root.picture_count for root in roots.values()):
            return {}
        edited = {
            one.file.path: one.picture_id
            for scanned in scans
            for one in scanned.changed
            if one.is_edited
        }
        missing = self._missing(scans, set(edited.values()), roots, outcome, cancel)
        if not missing:
            return {}
        places = {file.path: (file, target) for file, target in _candidates(scans)}
        files = [file for file, _ in places.values()]
        digests = yield from self._digests(files, missing, cancel)

        def whole(path: str) -> bytes | None:
            return self._read(path, cancel, lambda: content_hash(path))

        pairs = pair_moved(files, missing, lambda path, like: digests.get((path, len(like))), whole)
        pairs = _without_edited(pairs, edited)
        # What was overwritten by a picture from elsewhere goes with the moves.
        outcome.removed += self._catalog.move_pictures(
            [
                (one.picture_id, path, places[path][1].root_id, places[path][0].stamp)
                for path, one in pairs.items()
            ]
        )
        outcome.touched = sum(path == one.path for path, one in pairs.items())
        outcome.moved = len(pairs) - outcome.touched
        return pairs

    def _missing(
        self,
        scans: Sequence[Scanned],
        edited: set[int],
        roots: dict[int, StoredRoot],
        outcome: Reconciled,
        cancel: CancelToken,
    ) -> list[MissingFile]:
        """The pictures that a file could be, as long as it is.

        Also those that lay in folders that are not looked through now, and what edited files were
        before: names can be passed on from one file to the next.
        """
        sizes = sorted({file.stamp.size_bytes for file, _ in _candidates(scans)})
        left = {picture_id_of(known) for scanned in scans for known in scanned.left.values()}
        places = Places(self._catalog, roots, self._patience)
        missing: list[MissingFile] = []
        for start in range(0, len(sizes), _SIZES_AT_ONCE):
            alike = self._catalog.contents_of_sizes(sizes[start : start + _SIZES_AT_ONCE])
            gone = left | edited
            gone |= places.gone([one for one in alike if one.picture_id not in gone], cancel)
            for one in alike:
                if one.picture_id in gone:
                    missing.append(_missing_file(one))
                else:
                    outcome.known_sizes.add(one.size_bytes)
        return missing

    def _digests(
        self, files: Sequence[FoundFile], missing: Sequence[MissingFile], cancel: CancelToken
    ) -> Generator[IndexProgress, None, dict[tuple[str, int], bytes]]:
        """Read the fingerprints of the files that are as long as a missing one.

        Returns:
            Them by path and by their own length, which tells the kind of a fingerprint.
        """
        kinds: defaultdict[int, dict[int, bytes]] = defaultdict(dict)
        for one in missing:
            kinds[one.size_bytes][len(one.fingerprint)] = one.fingerprint
        found: dict[tuple[str, int], bytes] = {}
        for number, file in enumerate(files):
            if number % _READ_BETWEEN_REPORTS == 0:
                yield IndexProgress(0, 0, len(files), current=file.path)
            for length, like in kinds.get(file.stamp.size_bytes, {}).items():

                def parts(path: str = file.path, like: bytes = like) -> bytes | None:
                    return fingerprint(path, like)

                digest = self._read(file.path, cancel, parts)
                if digest is not None:
                    found[file.path, length] = digest
        return found

    def _read(
        self, path: str, cancel: CancelToken, digest: Callable[[], bytes | None]
    ) -> bytes | None:
        """What a file's digest is; None where it cannot be read."""
        try:
            return self._patience.ask(digest, path, cancel)
        except NoAnswerError:
            return None


def _candidates(scans: Iterable[Scanned]) -> Iterator[tuple[FoundFile, ScanTarget]]:
    """The files that may be pictures from elsewhere: new ones, and edited ones."""
    for scanned in scans:
        for file in scanned.new:
            yield file, scanned.target
        for one in scanned.changed:
            if one.is_edited:
                yield one.file, scanned.target


def _without_edited(
    pairs: Mapping[str, MissingFile], edited: Mapping[str, int]
) -> dict[str, MissingFile]:
    """Leave an edited file its picture, unless another picture has come to its place.

    Programs that keep the former version beside it, under another name, make a copy by that. Where
    names were passed on from one file to the next, up to a new name, room was made for a new file:
    the pictures go with them.

    Args:
        pairs: Which picture a file is, by the file's path.
        edited: The picture that an edited file was, by path.
    """
    home = {picture_id: path for path, picture_id in edited.items()}
    taken_to = {home[one.picture_id]: path for path, one in pairs.items() if one.picture_id in home}
    settled = dict(pairs)
    for place in taken_to.keys() - pairs.keys():
        steps = [taken_to[place]]
        while steps[-1] in taken_to:
            steps.append(taken_to[steps[-1]])
        if len(steps) == 1 or steps[-1] in edited:  # else room was made
            for path in steps:
                del settled[path]
    return settled


def _missing_file(content: StoredContent) -> MissingFile:
    return MissingFile(
        content.picture_id,
        content.path,
        content.size_bytes,
        content.fingerprint,
        content.content_hash,
    )
