"""Writes what the library knows into files that other programs read.

One row a picture, and after them one a file that could not be indexed. All is read from one state
of the catalog, in chunks, so that memory does not grow with the library.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import UserFacingError
from desktop_app.engine.export_files import (
    CsvTable,
    ExportRow,
    ParquetTable,
    Table,
    require_pyarrow,
    written_whole,
)
from desktop_app.engine.files.reach import is_out_of_reach, unreachable_reason
from desktop_app.engine.records import ExportFormat, ExportProgress, ModelInfo, SkippedFile
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.export_rows import StoredRow
from desktop_app.engine.store.roots import StoredRoot

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STORED = np.dtype("<f2")
_FAILURES_AT_ONCE = 2_000

INDEXED, FAILED, MISSING, OFFLINE = "indexed", "failed", "missing", "offline"

_Part = tuple[list[ExportRow], NDArray[np.float16] | None]


class Export:
    """An export of one catalog.

    In a Parquet file vectors are a column; beside a CSV file they are in a ``.npy`` file of the
    same name, float16, shape ``(rows of the table, dim)``, NaN where there is none.

    Args:
        catalog: What to write.
        out: The table's file.
        form: Its format.
        model: Whose vectors to write; None writes none.
    """

    def __init__(
        self, catalog: Catalog, out: Path, form: ExportFormat, model: ModelInfo | None
    ) -> None:
        self._catalog = catalog
        self._out = out
        self._form = form
        self._model = model
        self._vectors = (
            out.with_suffix(".npy") if model is not None and form is ExportFormat.CSV else None
        )
        self.targets = [out] if self._vectors is None else [self._vectors, out]
        """The files it writes."""

    def run(self, cancel: CancelToken, *, overwrite: bool) -> Iterator[ExportProgress]:
        """Write the files; each gets its name when all are complete.

        Args:
            cancel: Stops it with nothing left behind.
            overwrite: Whether files may be replaced.

        Yields:
            How far it is.

        Raises:
            UserFacingError: If a file is there already or cannot be written, or the format needs
                what is not installed.
            CancelledError: If it was stopped.
        """
        if self._form is ExportFormat.PARQUET:
            require_pyarrow()
        if self._vectors == self._out:
            raise UserFacingError(
                f"{self._out} is what the file of the vectors is called.", "Choose another name."
            )
        for target in self.targets:
            if target.is_dir():
                raise UserFacingError(f"{target} is a folder.", "Give the name of a file.")
            if os.path.lexists(target) and not overwrite:
                raise UserFacingError(
                    f"{target} is there already.", "Choose another name, or add --force."
                )
        with written_whole(self.targets) as partial, self._catalog.snapshot():
            roots = self._catalog.roots()
            failures = {root.id: self._failures(root) for root in roots}
            total = self._catalog.picture_count() + sum(map(len, failures.values()))
            done = 0
            vectors = None if self._vectors is None else partial(self._vectors)
            files = tuple(map(str, reversed(self.targets)))
            with closing(self._open_table(partial(self._out), vectors, total)) as table:
                yield ExportProgress(done, total, files)
                for rows, matrix in self._parts(roots, failures):
                    cancel.raise_if_cancelled()
                    table.write(rows, matrix)
                    done += len(rows)
                    yield ExportProgress(done, total, files)

    def _open_table(self, path: Path, vectors: Path | None, total: int) -> Table:
        dim = None if self._model is None else self._model.dim
        if self._form is ExportFormat.PARQUET:
            return ParquetTable(path, dim)
        return CsvTable(path, vectors, total, dim or 0)

    def _failures(self, root: StoredRoot) -> list[SkippedFile]:
        skips = self._catalog.known_skips(root.id, root.path).values()
        return sorted((one for one in skips if one.kind.is_failure), key=lambda one: one.path)

    def _parts(
        self, roots: Sequence[StoredRoot], failures: dict[int, list[SkippedFile]]
    ) -> Iterator[_Part]:
        """Rows and their vectors: pictures by id, then failures."""
        paths = {root.id: root.path for root in roots}
        offline = {
            key
            for key, place in self._catalog.root_places().items()
            if unreachable_reason(place.path, [place.path] if place.was_mount else []) is not None
        }
        for chunk in self._catalog.export_chunks(self._model.key if self._model else None):
            rows = [_row(stored, paths[stored.root_id], offline) for stored in chunk]
            yield rows, self._matrix([stored.vector for stored in chunk])
        for root in roots:
            for start in range(0, len(failures[root.id]), _FAILURES_AT_ONCE):
                some = failures[root.id][start : start + _FAILURES_AT_ONCE]
                yield [_failed(skip, root.path) for skip in some], self._matrix([None] * len(some))

    def _matrix(self, vectors: Sequence[bytes | None]) -> NDArray[np.float16] | None:
        """Vectors as they are stored, shape ``(n, dim)``, NaN where there is none."""
        if self._model is None:
            return None
        matrix = np.full((len(vectors), self._model.dim), np.nan, dtype=np.float16)
        for row, vector in enumerate(vectors):
            if vector is not None:
                matrix[row] = np.frombuffer(vector, dtype=_STORED)
        return matrix


def _row(stored: StoredRow, root: str, offline: set[int | str]) -> ExportRow:
    state = INDEXED if stored.missing_since_s is None else MISSING
    is_offline = is_out_of_reach(offline, stored.root_id, stored.path)
    return ExportRow(
        path=stored.path,
        id=stored.id,
        state=OFFLINE if is_offline else state,
        reason=None,
        root=root,
        size_bytes=stored.size_bytes,
        modified=_iso(stored.mtime_ns / 1e9),
        taken=None if stored.taken_at_s is None else _iso(stored.taken_at_s),
        width_px=stored.width_px,
        height_px=stored.height_px,
        format=stored.format,
        camera=stored.camera,
        utc_offset_s=stored.utc_offset_s,
    )


def _failed(skip: SkippedFile, root: str) -> ExportRow:
    return ExportRow(
        path=skip.path,
        id=None,
        state=FAILED,
        reason=skip.reason,
        root=root,
        size_bytes=None if skip.stamp is None else skip.stamp.size_bytes,
        modified=None if skip.stamp is None else _iso(skip.stamp.mtime_ns / 1e9),
        taken=None,
        width_px=None,
        height_px=None,
        format=None,
        camera=None,
        utc_offset_s=None,
    )


def _iso(time_s: float) -> str | None:
    """A time as ISO 8601 in UTC, to the second; None beyond the years that dates know."""
    try:
        moment = _EPOCH + timedelta(seconds=time_s // 1)
    except OverflowError:
        return None
    return moment.isoformat().replace("+00:00", "Z")
