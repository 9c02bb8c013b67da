"""The files of an export: tables as CSV or Parquet, vectors as .npy, each whole or not at all."""

import csv
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields
from operator import attrgetter
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.errors import UserFacingError


@dataclass(frozen=True, slots=True)
class ExportRow:
    """A row of the table; its fields are the columns. None is an empty cell.

    Attributes:
        path: Absolute path.
        id: The catalog's id; None of what is not in the library.
        state: ``indexed``; ``missing``: its file is gone; ``offline``: its folder is not there
            now; ``failed``: it could not be indexed.
        reason: Why it failed.
        root: The folder that the user added.
        size_bytes: Length of the file.
        modified: When the file was modified, ISO 8601 in UTC.
        taken: When the picture was taken, ISO 8601 in UTC.
        width_px: Width of the upright picture.
        height_px: Height of the upright picture.
        format: Such as ``JPEG``.
        camera: Maker and model of what took it.
        utc_offset_s: How far the clock there was before UTC when it was taken, in seconds.
    """

    path: str
    id: int | None
    state: str
    reason: str | None
    root: str
    size_bytes: int | None
    modified: str | None
    taken: str | None
    width_px: int | None
    height_px: int | None
    format: str | None
    camera: str | None
    utc_offset_s: int | None


COLUMNS = tuple(field.name for field in fields(ExportRow))
# Ten times as quick as dataclasses.astuple, which copies every cell.
_CELLS_OF = attrgetter(*COLUMNS)
_NUMBERS = frozenset(["id", "size_bytes", "width_px", "height_px", "utc_offset_s"])
_STORED = np.dtype("<f2")


class Table(Protocol):
    """Takes rows in order."""

    def write(self, rows: Sequence[ExportRow], vectors: NDArray[np.float16] | None) -> None:
        """Add rows; ``vectors``, where they are wanted, has one for each."""
        ...

    def close(self) -> None:
        """Write what is not written yet, and close the file."""
        ...


class CsvTable:
    """A table as spreadsheets and scripts read it, with vectors in a file of their own.

    As RFC 4180 says, in UTF-8 with the mark without which Excel takes it for something else. No
    cell can be taken for a formula: the texts are absolute paths, dates and our own words, and
    what begins with ``=``, ``+``, ``-`` or ``@`` in spite of that gets an apostrophe in front.

    Args:
        path: The table's file.
        vectors: The vectors' file; None where none are wanted.
        total: How many rows will come.
        dim: How long the vectors are.
    """

    def __init__(self, path: Path, vectors: Path | None, total: int, dim: int) -> None:
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._vectors = None if vectors is None else vectors.open("wb")
        self._writer = csv.writer(self._file)
        self._writer.writerow(COLUMNS)
        if self._vectors is not None:
            # Written from front to end rather than mapped into memory: where the disk gets full,
            # writing into a map kills the process.
            header = {"descr": _STORED.str, "fortran_order": False, "shape": (total, dim)}
            np.lib.format.write_array_header_1_0(self._vectors, header)

    def write(self, rows: Sequence[ExportRow], vectors: NDArray[np.float16] | None) -> None:
        """Add rows."""
        self._writer.writerows([_harmless(cell) for cell in _CELLS_OF(row)] for row in rows)
        if self._vectors is not None and vectors is not None:
            self._vectors.write(vectors.astype(_STORED, copy=False).tobytes())

    def close(self) -> None:
        """Write the rest."""
        try:
            self._file.close()
        finally:
            if self._vectors is not None:
                self._vectors.close()


class ParquetTable:
    """A table with types, compressed; vectors are a column of lists of the same length.

    Args:
        path: Its file.
        dim: How long the vectors are; None where none are wanted.
    """

    def __init__(self, path: Path, dim: int | None) -> None:
        import pyarrow as pa
        from pyarrow import parquet

        self._pa: Any = pa
        self._dim = dim
        columns = [(name, pa.int64() if name in _NUMBERS else pa.string()) for name in COLUMNS]
        if dim is not None:
            columns.append(("vector", pa.list_(pa.float16(), dim)))
        self._schema = pa.schema(columns)
        self._writer: Any = parquet.ParquetWriter(path, self._schema, compression="zstd")

    def write(self, rows: Sequence[ExportRow], vectors: NDArray[np.float16] | None) -> None:
        """Add rows."""
        columns = list(zip(*map(_CELLS_OF, rows), strict=True)) if rows else [()] * len(COLUMNS)
        arrays = [
            self._pa.array(column, type=field.type)
            for column, field in zip(columns, self._schema, strict=False)
        ]
        if self._dim is not None and vectors is not None:
            flat = self._pa.array(vectors.ravel(), type=self._pa.float16())
            absent = self._pa.array(np.isnan(vectors[:, 0]))
            arrays.append(self._pa.FixedSizeListArray.from_arrays(flat, self._dim, mask=absent))
        self._writer.write_table(self._pa.Table.from_arrays(arrays, schema=self._schema))

    def close(self) -> None:
        """Write the rest."""
        self._writer.close()


def require_pyarrow() -> None:
    """Make sure that Parquet can be written.

    Raises:
        UserFacingError: If it cannot.
    """
    try:
        import pyarrow.parquet  # noqa: F401 - whether it is there
    except ImportError as error:
        raise UserFacingError(
            "Parquet files need the package pyarrow, which is not installed.",
            'Install it with `pip install "image-seeker[export]"`, or write CSV.',
        ) from error


@contextmanager
def written_whole(targets: Sequence[Path]) -> Iterator[Callable[[Path], Path]]:
    """Have files written under other names; they get theirs when the block ends well.

    Args:
        targets: The files.

    Yields:
        What a target is called until then.

    Raises:
        UserFacingError: If they cannot be written. Nothing of them is left then.
    """

    def partial(target: Path) -> Path:
        return target.with_name(f".{target.name}.{os.getpid()}.partial")

    try:
        yield partial
        for target in targets:
            with partial(target).open("rb+") as file:
                os.fsync(file.fileno())
        for target in targets:
            os.replace(partial(target), target)
    except OSError as error:
        raise UserFacingError(
            f"{targets[-1]} cannot be written ({error.strerror or error}).",
            "Choose another place."
            if isinstance(error, FileNotFoundError | PermissionError)
            else "Free some space or choose another place.",
        ) from error
    finally:
        for target in targets:
            with suppress(OSError):
                partial(target).unlink(missing_ok=True)


def _harmless(cell: object) -> object:
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + cell
    return cell
