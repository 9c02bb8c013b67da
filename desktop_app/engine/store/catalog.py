"""The catalog: what is in the library, in one SQLite file. It is the truth."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.records import (
    KnownFile,
    ModelInfo,
    NewPicture,
    Picture,
    RootKind,
    SkippedFile,
)
from desktop_app.engine.store import pictures, roots, skips, vectors
from desktop_app.engine.store.connection import Connections
from desktop_app.engine.store.pictures import Move
from desktop_app.engine.store.roots import StoredRoot


class Catalog:
    """Roots, pictures, their vectors and what was skipped.

    Any thread may call it. Every method that changes something is one transaction: when it
    returns, a killed process or a power cut cannot undo it; when it raises, nothing of it stays.
    All methods raise `StoreError` where the disk or another program is in the way.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

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

    def library_id(self) -> str:
        """A name that no other catalog has, given when it was made."""
        with self._connections.reading() as connection:
            return str(connection.execute("SELECT library_id FROM identity").fetchone()[0])

    # Roots

    def add_root(self, path: str, kind: RootKind) -> int:
        """Add a root, or find the one of that path; returns its id."""
        with self._connections.writing() as connection:
            return roots.add(connection, path, kind)

    def roots(self) -> list[StoredRoot]:
        """Every root, in the order they were added."""
        with self._connections.reading() as connection:
            return roots.all_of_them(connection)

    def remove_root(self, root_id: int) -> None:
        """Remove a root with its pictures, their vectors and its skipped files."""
        with self._connections.writing() as connection:
            roots.remove(connection, root_id)
            vectors.note_removal(connection)

    def merge_roots(self, into_id: int, child_ids: Sequence[int]) -> None:
        """Give everything of some roots to another one, and remove them."""
        with self._connections.writing() as connection:
            roots.merge(connection, into_id, child_ids)

    def mark_scanned(self, root_id: int, at_s: float) -> None:
        """Note when a complete scan of a root ended, seconds since the epoch."""
        with self._connections.writing() as connection:
            roots.mark_scanned(connection, root_id, at_s)

    # Pictures

    def write_pictures(
        self, root_id: int, model: ModelInfo, batch: Sequence[NewPicture]
    ) -> list[int]:
        """Add pictures with their vectors; one of a known path is updated and keeps its id.

        Their paths are no longer listed as skipped.

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
            if picture.vector.shape != (model.dim,) or not np.isfinite(picture.vector).all():
                raise ValueError(f"not a vector of {model.dim} finite numbers: {picture.path!r}")
        if not batch:
            return []
        with self._connections.writing() as connection:
            model_id, revision = vectors.begin_change(connection, model)
            ids = [pictures.write(connection, root_id, picture) for picture in batch]
            new_vectors = zip(ids, (picture.vector for picture in batch), strict=True)
            vectors.write(connection, model_id, revision, new_vectors)
            skips.forget(connection, (picture.path for picture in batch))
        return ids

    def move_pictures(self, moves: Sequence[Move]) -> None:
        """Give pictures other paths; ids and vectors stay.

        The new paths are no longer listed as skipped; other pictures known under them are
        removed.

        Args:
            moves: Picture id, new path, id of the root it is in now, its stamp there.
        """
        with self._connections.writing() as connection:
            if pictures.move(connection, moves):
                vectors.note_removal(connection)
            skips.forget(connection, (path for _, path, _, _ in moves))

    def remove_pictures(self, ids: Iterable[int]) -> None:
        """Remove pictures with their vectors; unknown ids are ignored."""
        with self._connections.writing() as connection:
            if pictures.remove(connection, ids):
                vectors.note_removal(connection)

    def known_files(self, root_ids: Sequence[int], model_key: str) -> dict[str, KnownFile]:
        """The files of some roots' pictures, by path, for comparison with a scan."""
        with self._connections.reading() as connection:
            return pictures.known_files(connection, root_ids, model_key)

    def picture_ids_newest_first(self) -> NDArray[np.int64]:
        """Every picture's id, shape ``(n,)``: by date falling, then by id falling."""
        with self._connections.reading() as connection:
            return pictures.ids_newest_first(connection)

    def pictures(self, ids: Iterable[int]) -> list[Picture]:
        """Pictures in the order of the ids; those that are gone are left out."""
        with self._connections.reading() as connection:
            return pictures.records(connection, ids)

    def path_of(self, picture_id: int) -> str | None:
        """A picture's path; None where it is gone."""
        with self._connections.reading() as connection:
            return pictures.path_of(connection, picture_id)

    def picture_count(self) -> int:
        """How many pictures there are."""
        with self._connections.reading() as connection:
            return pictures.count(connection)

    # Skipped files

    def write_skipped(self, root_id: int, skipped: Sequence[SkippedFile]) -> None:
        """Note what is not in the library; the newest reason for a path counts."""
        with self._connections.writing() as connection:
            skips.write(connection, root_id, skipped)

    def forget_skipped(self, paths: Iterable[str]) -> None:
        """Drop the entries of some paths; unknown ones are ignored."""
        with self._connections.writing() as connection:
            skips.forget(connection, paths)

    def known_skips(self, root_ids: Sequence[int]) -> dict[str, SkippedFile]:
        """The skipped files of some roots, by path, for comparison with a scan."""
        with self._connections.reading() as connection:
            return skips.known(connection, root_ids)

    def skipped(self) -> list[SkippedFile]:
        """Every skipped file: failures first, then by path."""
        with self._connections.reading() as connection:
            return skips.all_of_them(connection)

    # Vectors

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

    def vector_ids(self, model_key: str) -> NDArray[np.int64]:
        """The pictures that have a vector of a model, shape ``(n,)``, rising."""
        with self._connections.reading() as connection:
            return vectors.picture_ids(connection, model_key)

    def vector_revision(self, model_key: str) -> int:
        """Rises with every change of a model's vectors; 0 where it has none yet."""
        with self._connections.reading() as connection:
            return vectors.revision_of(connection, model_key)
