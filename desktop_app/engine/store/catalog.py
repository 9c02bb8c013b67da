"""The catalog: what is in the library, in one SQLite file. It is the truth."""

import sqlite3
from collections import Counter
from collections.abc import (
    Callable,
    Collection,
    Hashable,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CatalogDamagedError
from desktop_app.engine.query_language.parts import Filter
from desktop_app.engine.records import (
    Arrangement,
    FoundFile,
    GroupBy,
    ModelInfo,
    NameHits,
    NewPicture,
    Picture,
    PictureSums,
    RootKind,
    SkippedFile,
    SortBy,
    Vocabulary,
)
from desktop_app.engine.saved_search import SavedSearch
from desktop_app.engine.store import (
    arranging,
    colours,
    details,
    export_rows,
    filtering,
    folder_counts,
    kept_labels,
    models,
    name_beginnings,
    name_search,
    pictures,
    relocation,
    roots,
    searches,
    skips,
    sums,
    vectors,
    vocabulary,
)
from desktop_app.engine.store.backups import Backups
from desktop_app.engine.store.connection import Connections
from desktop_app.engine.store.details import NewDetails
from desktop_app.engine.store.export_rows import StoredRow
from desktop_app.engine.store.file_moves import FileMoves
from desktop_app.engine.store.folder_counts import CountedFolder
from desktop_app.engine.store.label_store import LabelStore
from desktop_app.engine.store.models import ModelChoice, StoredModel
from desktop_app.engine.store.pictures import Copy, Move, StoredContent
from desktop_app.engine.store.relocation import NewTime
from desktop_app.engine.store.roots import PlaceKey, RootPlace, StoredRoot

NewVector = tuple[int, bytes, NDArray[np.float32]]
"""Picture id, fingerprint of the content that was embedded, its vector."""

_Answer = TypeVar("_Answer")

_READ_AT_ONCE = 20_000
"""Fingerprints read in one query, a hundredth of a second."""

_FREED_AT_ONCE = 2_000
"""Vectors deleted in one transaction, 2 MB: others wait a few hundredths of a second."""


class Catalog:
    """Roots, pictures, their vectors and what was skipped.

    Any thread may call it. Every method that changes something is one transaction: when it
    returns, a killed process or a power cut cannot undo it; when it raises, nothing of it stays.
    All methods raise `StoreError` where the disk or another program is in the way.

    Attributes:
        labels: Ratings and tags.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._counted: tuple[Hashable, int] = None, 0
        self.labels = LabelStore(connections)

    @classmethod
    def open(cls, path: Path, *, writable: bool = True) -> "Catalog":
        """Open a catalog and bring it up to date; without a file there, an empty one.

        Args:
            path: Its file.
            writable: False changes and creates nothing on disk.

        Raises:
            StoreError: If it cannot be opened, is damaged, no catalog, or of a newer version.
        """
        return cls(Connections(path, writable=writable))

    def close(self) -> None:
        """Close it for all threads; later calls raise `StoreError`."""
        self._connections.close()

    def empty_log(self) -> None:
        """Leave no log behind, where the process ends without closing it; waits for a second."""
        self._connections.empty_log()

    @property
    def file_moves(self) -> FileMoves:
        """What is written while files are renamed, moved and thrown away."""
        return FileMoves(self._connections)

    # Damage and backups

    @property
    def backups(self) -> Backups:
        """Its backups."""
        return self._connections.backups

    @property
    def ended_uncleanly(self) -> bool:
        """Whether the program that wrote it last was killed or had its power cut."""
        return self._connections.ended_uncleanly

    def check(self, cancel: CancelToken) -> None:
        """Read all of it. 14 s at 1,000,000 pictures; others may read and write meanwhile.

        Where only the index of the words of names is damaged, it is made anew.

        Raises:
            CatalogDamagedError: If it is damaged.
            CancelledError: If it was stopped.
        """
        self._connections.check(cancel)

    def back_up(self, cancel: CancelToken) -> None:
        """Make a backup. 11 s at 1,000,000 pictures; others may read and write meanwhile.

        Raises:
            CatalogDamagedError: If it is damaged; the former backups stay.
            CancelledError: If it was stopped.
        """
        self._connections.back_up(cancel)

    @property
    def is_writable(self) -> bool:
        """Whether it was opened for writing."""
        return self._connections.is_writable

    def change_mark(self) -> tuple[int, int]:
        """Something that is another one after every change; takes some microseconds.

        What is kept of the catalog is to be marked with what this gave before it was read.
        """
        return self._connections.change_mark()

    def library_id(self) -> str:
        """A name that no other catalog has, given when it was made."""
        with self._connections.reading() as connection:
            return str(connection.execute("SELECT library_id FROM identity").fetchone()[0])

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let this thread read one state of the catalog, whatever others write meanwhile.

        It must not write in the block.
        """
        with self._connections.snapshot():
            yield

    def export_chunks(self, model_key: str | None) -> Iterator[list[StoredRow]]:
        """Every picture by id rising, with the vectors of a model if one is given."""
        with self._connections.reading() as connection:
            yield from export_rows.chunks(connection, model_key)

    # Roots

    def add_root(self, path: str, kind: RootKind) -> int:
        """Add a root, or find the one of that path; returns its id."""
        with self._connections.writing() as connection:
            return roots.add(connection, path, kind)

    def add_roots(self, kinds: Mapping[str, RootKind]) -> dict[str, int]:
        """Add roots, in one transaction; returns their ids by path."""
        if not kinds:
            return {}
        with self._connections.writing() as connection:
            return {path: roots.add(connection, path, kind) for path, kind in kinds.items()}

    def roots(self) -> list[StoredRoot]:
        """Every root, in the order they were added."""
        with self._connections.reading() as connection:
            return roots.all_of_them(connection)

    def root_places(self) -> dict[PlaceKey, RootPlace]:
        """Where every root is, and every drive below one; counts nothing, so it is quick."""
        with self._connections.reading() as connection:
            return roots.places(connection)

    def remove_root(self, root_id: int) -> None:
        """Remove a root with its pictures, their vectors and its skipped files."""
        with self._connections.writing() as connection:
            roots.remove(connection, root_id)
            vectors.note_removal(connection)

    def remove_some_pictures(self, root_id: int, limit: int) -> list[tuple[int, bytes]]:
        """Remove so many pictures of a root with their vectors; returns ids and fingerprints.

        What a whole root holds would keep all others from writing for a minute.
        """
        with self._connections.writing() as connection:
            removed = roots.remove_some_pictures(connection, root_id, limit)
            if removed:
                vectors.note_removal(connection)
        return removed

    def merge_roots(self, into_id: int, child_ids: Sequence[int]) -> None:
        """Give everything of some roots to another one, and remove them."""
        with self._connections.writing() as connection:
            roots.merge(connection, into_id, child_ids)

    def relocate_root(
        self, root_id: int, new: str, separators: tuple[str, str], times: Iterable[NewTime]
    ) -> None:
        """Give a root and all below it another path; see `store.relocation.relocate`."""
        with self._connections.writing() as connection:
            relocation.relocate(connection, root_id, new, separators, times)

    def ids_of_root(self, root_id: int) -> NDArray[np.int64]:
        """The pictures of a root, shape ``(n,)``, rising."""
        with self._connections.reading() as connection:
            return relocation.picture_ids(connection, root_id)

    def mark_scanned(self, root_id: int, at_s: float) -> None:
        """Note when a complete scan of a root ended, seconds since the epoch."""
        with self._connections.writing() as connection:
            roots.mark_scanned(connection, root_id, at_s)

    def mounts(self, root_id: int) -> list[str]:
        """Where other drives were when a root was last scanned: below it, there, or above it."""
        with self._connections.reading() as connection:
            return roots.mounts(connection, root_id)

    def set_mounts(self, root_id: int, paths: Sequence[str]) -> None:
        """Note where other drives are: below a root, right there, or the one that it lies on."""
        with self._connections.writing() as connection:
            roots.set_mounts(connection, root_id, paths)

    # Pictures

    def write_pictures(
        self, root_id: int, model: ModelInfo, batch: Sequence[NewPicture]
    ) -> list[int]:
        """Add pictures with their vectors; one of a known path is updated and keeps its id.

        Where its content is another one, the vectors of all other models go. The paths are no
        longer listed as skipped.

        Args:
            root_id: The root they belong to.
            model: The model that made the vectors.
            batch: What to write.

        Returns:
            Their ids, in the order of the batch.

        Raises:
            ValueError: If a vector is not finite or not of the model's length.
        """
        for picture in batch:
            _check_vector(picture.vector, model)
        if not batch:
            return []
        with self._connections.writing() as connection:
            if vectors.drop_outdated(connection, ((one.path, one.fingerprint) for one in batch)):
                vectors.note_removal(connection)
            model_id, revision = vectors.begin_change(connection, model)
            ids = [pictures.write(connection, root_id, picture) for picture in batch]
            new_vectors = zip(ids, (picture.vector for picture in batch), strict=True)
            vectors.write(connection, model_id, revision, new_vectors)
            skips.forget(connection, (picture.path for picture in batch))
        return ids

    def write_copies(self, copies: Sequence[Copy]) -> list[int | None]:
        """Add pictures that are exact copies of others; they share what is known of these.

        A picture of a known path is updated and keeps its id. The paths are no longer listed as
        skipped.

        Returns:
            Their ids in the order of the copies; None where the original is gone or has another
            content by now.
        """
        if not copies:
            return []
        with self._connections.writing() as connection:
            ids = [pictures.write_copy(connection, one) for one in copies]
            pairs = [
                (id_, one.original_id)
                for id_, one in zip(ids, copies, strict=True)
                if id_ is not None and id_ != one.original_id
            ]
            vectors.copy(connection, pairs, vectors.begin_change_of_all(connection))
            skips.forget(connection, (one.path for one in copies))
        return ids

    def move_pictures(self, moves: Sequence[Move]) -> list[int]:
        """Give pictures other paths; ids and vectors stay.

        The new paths are no longer listed as skipped; other pictures known under them are
        removed.

        Args:
            moves: Picture id, new path, id of the root it is in now, its stamp there.

        Returns:
            The ids of the pictures that were removed.
        """
        with self._connections.writing() as connection:
            replaced = pictures.move(connection, moves)
            if replaced:
                vectors.note_removal(connection)
            skips.forget(connection, (path for _, path, _, _ in moves))
        return replaced

    def remove_pictures(self, ids: Iterable[int], *, is_damaged: bool = False) -> None:
        """Remove pictures with their vectors; what the user attached to them waits for their files.

        Args:
            ids: The pictures; unknown ones are ignored.
            is_damaged: Whether their files are there, and can be read no more.
        """
        with self._connections.writing() as connection:
            if pictures.remove(connection, ids, is_damaged=is_damaged):
                vectors.note_removal(connection)

    def give_back_labels(
        self, is_there: Callable[[int, str], bool] = lambda _root_id, _path: True
    ) -> list[int]:
        """Give what was attached to pictures that were gone to what their files are now.

        Args:
            is_there: Whether a picture can be reached, by its root and path: else it is no file
                that has moved, but a copy of it.

        Returns:
            The ids of the pictures that got something.
        """
        with self._connections.reading() as connection:
            if not kept_labels.pairs(
                connection, is_there
            ):  # mostly: then there is nothing to write
                return []
        with self._connections.writing() as connection:
            return kept_labels.give_back(connection, is_there)

    def known_files(self, root_id: int, place: str) -> dict[str, str]:
        """A root's pictures at a place or below it, for comparison with a scan.

        Returns:
            ``id:size:time`` by path: size in bytes, modification time in nanoseconds. A text, since
            there may be a million.
        """
        with self._connections.reading() as connection:
            return pictures.known_files(connection, root_id, place)

    def has_pictures(self, root_id: int, place: str) -> bool:
        """Whether a root has a picture at a place or below it."""
        with self._connections.reading() as connection:
            return pictures.has_any(connection, root_id, place)

    def missing_ids(self, root_id: int) -> set[int]:
        """The pictures of a root whose file is gone and whose removal waits for a yes."""
        with self._connections.reading() as connection:
            return pictures.missing_ids(connection, root_id)

    def missing_contents(self, root_id: int) -> list[StoredContent]:
        """The pictures of a root whose file is gone and whose removal waits for a yes."""
        with self._connections.reading() as connection:
            return list(pictures.missing(connection, root_id))

    def mark_missing(self, ids: Collection[int], since_s: float | None) -> None:
        """Note since when files are gone, seconds since the epoch; None says that they are back."""
        if ids:
            with self._connections.writing() as connection:
                pictures.mark_missing(connection, ids, since_s)

    def contents_alike(self, size_bytes: int, fingerprint: bytes) -> list[StoredContent]:
        """The pictures whose files have this length and fingerprint."""
        with self._connections.reading() as connection:
            return list(pictures.alike(connection, size_bytes, fingerprint))

    def contents_of_sizes(self, sizes: Iterable[int]) -> list[StoredContent]:
        """The pictures whose files have one of some lengths in bytes."""
        with self._connections.reading() as connection:
            return list(pictures.of_sizes(connection, sizes))

    def picture_ids_newest_first(self) -> NDArray[np.int64]:
        """Every picture's id, shape ``(n,)``: by date falling, then by id falling."""
        with self._connections.reading() as connection:
            return pictures.ids_newest_first(connection)

    def pictures(self, ids: Iterable[int]) -> list[Picture]:
        """Pictures in the order of the ids; those that are gone are left out."""
        with self._connections.reading() as connection:
            return pictures.records(connection, ids)

    def average_colours(self, ids: Iterable[int]) -> dict[int, int]:
        """The average colours of pictures, 0xRRGGBB; those of which it is not known are missing."""
        with self._connections.reading() as connection:
            return colours.of(connection, ids)

    def without_colour(self, after_id: int, limit: int) -> list[tuple[int, bytes]]:
        """Ids and fingerprints of the pictures after one, rising, whose colour is not known."""
        with self._connections.reading() as connection:
            return colours.unknown(connection, after_id, limit)

    def write_colours(self, found: Sequence[tuple[int, bytes, int]]) -> None:
        """Note colours, by id and fingerprint; pictures with another content by now are left."""
        with self._connections.writing() as connection:
            colours.write(connection, found)

    def discard_used(self, fingerprints: set[bytes]) -> None:
        """Take those out of a set that a picture still has; others may write meanwhile."""
        place, rows = 0, [(0, b"")]
        while rows and fingerprints:
            with self._connections.reading() as connection:
                rows = pictures.fingerprints(connection, place, _READ_AT_ONCE)
            fingerprints.difference_update(fingerprint for _, fingerprint in rows)
            place = rows[-1][0] if rows else place

    def path_of(self, picture_id: int) -> str | None:
        """A picture's path; None where it is gone."""
        with self._connections.reading() as connection:
            return pictures.path_of(connection, picture_id)

    def picture_count(self) -> int:
        """How many pictures there are; counted anew only after a change, 5 ms for 1,000,000."""
        # Taken first: what changes meanwhile makes the count one of the past.
        mark: Hashable = self.change_mark()
        counted_at, count = self._counted
        if counted_at != mark:
            with self._connections.reading() as connection:
                count = pictures.count(connection)
                if not connection.in_transaction:  # which may see what was before the mark
                    self._counted = mark, count
        return count

    def shrink_a_step(self) -> bool:
        """Give some of the space of what was removed back; whether there is more to give."""
        return self._connections.shrink_a_step()

    # How pictures were taken

    def count_without_details(self, root_id: int, place: str) -> int:
        """How many pictures of a root, at a place or below, nobody has looked into for it yet."""
        with self._connections.reading() as connection:
            return details.count_unread(connection, root_id, place)

    def files_without_details(self, root_id: int, place: str) -> Iterator[FoundFile]:
        """These pictures' files; others may write meanwhile."""
        last_id = 0
        while True:
            with self._connections.reading() as connection:
                rows = details.unread(connection, root_id, place, last_id, _READ_AT_ONCE)
            if not rows:
                return
            last_id = rows[-1][0]
            yield from (file for _, file in rows)

    def write_details(self, found: Sequence[NewDetails]) -> None:
        """Note what files say of how they were taken; those that have changed are left."""
        with self._connections.writing() as connection:
            details.write(connection, found)

    # Searching by what is known of pictures

    def ids_matching(self, filters: Sequence[Filter]) -> NDArray[np.int64]:
        """The pictures that fulfil all filters, shape ``(n,)``, rising."""
        return self._by_words(lambda connection: filtering.ids_matching(connection, filters))

    def names_matching(
        self, words: str, most_others: int, among: NDArray[np.int64] | None = None
    ) -> NameHits:
        """The pictures whose names have some of the words; see `store.name_search`."""
        count = self.picture_count() if among is None else len(among)

        def ask(connection: sqlite3.Connection) -> NameHits:
            with self._connections.snapshot():
                return name_search.names_matching(connection, words, count, most_others, among)

        return self._by_words(ask)

    def ids_beginning(self, typed: str) -> NDArray[np.int64]:
        """The pictures whose names begin with a text; see `store.name_beginnings`."""
        with self._connections.reading() as connection:
            return name_beginnings.ids_beginning(connection, typed)

    def _by_words(self, ask: Callable[[sqlite3.Connection], _Answer]) -> _Answer:
        """Ask the index of words; where it is damaged, make it anew and ask once more."""
        try:
            with self._connections.reading() as connection:
                return ask(connection)
        except CatalogDamagedError:
            if not self._connections.mend_words(CancelToken()):
                raise
        with self._connections.reading() as connection:
            return ask(connection)

    def arranged(
        self,
        ids: NDArray[np.int64] | None,
        sort_by: SortBy,
        *,
        descending: bool = False,
        group_by: GroupBy = GroupBy.NONE,
    ) -> Arrangement:
        """Sort and group pictures; see `store.arranging.arranged`."""
        with self._connections.snapshot(), self._connections.reading() as connection:
            return arranging.arranged(connection, ids, sort_by, group_by, descending=descending)

    def vocabulary(self, most: int = 1_000) -> Vocabulary:
        """The folders, cameras, formats and tags that most pictures have, so many of each."""
        with self._connections.reading() as connection:
            return vocabulary.vocabulary(connection, most)

    def counted_folders(self) -> list[CountedFolder]:
        """Every folder with pictures right in it, and how many they are."""
        with self._connections.reading() as connection:
            return folder_counts.counted(connection)

    def failures_by_folder(self) -> Counter[str]:
        """How many files failed right in each folder, by its path."""
        with self._connections.reading() as connection:
            return folder_counts.failures(connection)

    def sums(self, ids: NDArray[np.int64] | None) -> PictureSums:
        """What some pictures come to together, or all of them; see `store.sums.sums`."""
        with self._connections.reading() as connection:
            return sums.sums(connection, ids)

    # Saved searches

    def saved_searches(self) -> list[SavedSearch]:
        """The searches that the user keeps, in the order in which they were saved."""
        with self._connections.reading() as connection:
            return searches.every(connection)

    def save_search(self, search: SavedSearch) -> int:
        """Keep a search, or what it has become; returns its id.

        Examples that have left the library meanwhile are left out.
        """
        with self._connections.writing() as connection:
            return searches.save(connection, search)

    def remove_search(self, search_id: int) -> None:
        """Keep a search no longer."""
        with self._connections.writing() as connection:
            searches.remove(connection, search_id)

    # Skipped files

    def write_skipped(self, root_id: int, skipped: Sequence[SkippedFile]) -> None:
        """Note what is not in the library; the newest reason for a path counts."""
        with self._connections.writing() as connection:
            skips.write(connection, root_id, skipped)

    def forget_skipped(self, paths: Sequence[str]) -> None:
        """Drop the entries of some paths, whose files are gone; unknown ones are ignored."""
        with self._connections.writing() as connection:
            skips.forget(connection, paths)
            kept_labels.note_gone(connection, paths)

    def known_skips(self, root_id: int, place: str) -> dict[str, SkippedFile]:
        """A root's skipped files at a place or below it, by path, for comparison with a scan."""
        with self._connections.reading() as connection:
            return skips.known(connection, root_id, place)

    def skipped(self, most_others: int | None = None) -> list[SkippedFile]:
        """The failures, and after them at most so many of the rest (None: all); each by path."""
        with self._connections.reading() as connection:
            return skips.failures(connection) + skips.others(connection, most_others)

    def skip_counts(self) -> tuple[int, int]:
        """How many failures there are, and how many files that are no pictures."""
        with self._connections.reading() as connection:
            return skips.counts(connection)

    # Models

    def model_choice(self) -> ModelChoice:
        """Which models the library uses."""
        with self._connections.reading() as connection:
            return models.choice(connection)

    def choose_models(self, chosen: ModelChoice) -> None:
        """Note which models the library uses."""
        with self._connections.writing() as connection:
            models.choose(connection, chosen)

    def note_model_folder(self, model: ModelInfo, folder: str) -> None:
        """Note under which name a model is installed."""
        with self._connections.writing() as connection:
            models.note_folder(connection, model, folder)

    def stored_models(self) -> list[StoredModel]:
        """Every model that has made vectors here, in the order they came."""
        with self._connections.reading() as connection:
            return models.all_of_them(connection)

    def free_vectors(self, model_key: str) -> None:
        """Delete all vectors of a model, and give their space back to the disk.

        In many small transactions, between which others may write: one that is interrupted has
        deleted a part, and the rest goes with the next call.
        """
        deleted = _FREED_AT_ONCE
        while deleted:
            with self._connections.writing() as connection:
                deleted = models.free_vectors(connection, model_key, _FREED_AT_ONCE)
        self._connections.shrink()

    # Vectors

    def write_vectors(self, model: ModelInfo, batch: Sequence[NewVector]) -> list[int]:
        """Add vectors of pictures that are there already.

        Args:
            model: The model that made them.
            batch: Id, fingerprint and vector of each, float32, shape ``(dim,)``.

        Returns:
            The ids of those that were written: a picture that has gone or whose content is
            another one by now gets none.

        Raises:
            ValueError: If a vector is not finite or not of the model's length.
        """
        for _, _, vector in batch:
            _check_vector(vector, model)
        if not batch:
            return []
        with self._connections.writing() as connection:
            model_id, revision = vectors.begin_change(connection, model)
            fitting = [
                (id_, vector)
                for id_, fingerprint, vector in batch
                if pictures.has_content(connection, id_, fingerprint)
            ]
            vectors.write(connection, model_id, revision, fitting)
        return [id_ for id_, _ in fitting]

    def exact_copies(self) -> list[tuple[int, int]]:
        """All exact copies, with the first picture in the library of the same content.

        Half a second for a million pictures.
        """
        with self._connections.reading() as connection:
            return pictures.copies(connection)

    def share_vectors(self, model: ModelInfo, copies: Sequence[tuple[int, int]]) -> list[int]:
        """Give copies the vector that a model has made of the picture they are copies of.

        Args:
            model: The model.
            copies: As `exact_copies` tells them, none with a vector of the model.

        Returns:
            The ids of those that got it: the other picture may have none, be gone or be another
            one by now.
        """
        if not copies:
            return []
        with self._connections.writing() as connection:
            model_id, revision = vectors.begin_change(connection, model)
            return vectors.share(connection, model_id, revision, copies)

    def ids_without_vector(self, model_key: str) -> NDArray[np.int64]:
        """The pictures that have no vector of a model, shape ``(n,)``, rising."""
        with self._connections.reading() as connection:
            return vectors.ids_without(connection, model_key)

    def vector(self, picture_id: int, model_key: str) -> NDArray[np.float32] | None:
        """A picture's vector, shape ``(dim,)``; None where it has none of that model."""
        with self._connections.reading() as connection:
            return vectors.one(connection, picture_id, model_key)

    def vectors_since(
        self, model_key: str, revision: int, chunk: int
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float16]]]:
        """Vectors written after a revision, oldest first; 0 gives all.

        What is written meanwhile may come too, and then an id may come twice: the later counts.
        The database is not held between two chunks.

        Args:
            model_key: Whose vectors.
            revision: The last one that the caller has.
            chunk: How many at most in one step.

        Yields:
            Picture ids, shape ``(n,)``, and vectors, shape ``(n, dim)``.
        """
        place: vectors.Place = (revision + 1, -1)
        while True:
            with self._connections.reading() as connection:
                found = vectors.next_chunk(connection, model_key, place, chunk)
            if found is None:
                return
            content, place = found
            yield content

    def vectors_of(
        self, model_key: str, ids: NDArray[np.int64], chunk: int
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float16]]]:
        """The vectors of some pictures; those that have none are left out.

        Args:
            model_key: Whose vectors.
            ids: The pictures, shape ``(n,)``.
            chunk: How many at most in one step, between which the database is not held.

        Yields:
            Picture ids, shape ``(n,)``, and vectors, shape ``(n, dim)``.
        """
        for start in range(0, len(ids), chunk):
            with self._connections.reading() as connection:
                found = vectors.of_pictures(connection, model_key, ids[start : start + chunk])
            if len(found[0]):
                yield found

    def vector_ids(self, model_key: str) -> NDArray[np.int64]:
        """The pictures that have a vector of a model, shape ``(n,)``, rising."""
        with self._connections.reading() as connection:
            return vectors.picture_ids(connection, model_key)

    def vector_revision(self, model_key: str) -> int:
        """Rises with every change of a model's vectors; 0 where it has none yet."""
        with self._connections.reading() as connection:
            return vectors.revision_of(connection, model_key)


def _check_vector(vector: NDArray[np.float32], model: ModelInfo) -> None:
    if vector.shape != (model.dim,) or not np.isfinite(vector).all():
        raise ValueError(f"not a vector of {model.dim} finite numbers")
