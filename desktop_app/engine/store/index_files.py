"""Saved vector indexes on disk: each a file of its own and a record that vouches for it.

The record names the index file, its length and its checksum. A new index is written under a new
name and the record is replaced last, so that a process killed at any instant leaves the old pair
or the new one. Python writes the files rather than USearch: its own errors say when a disk is
full, and on Windows its file names may have any letters.
"""

import contextlib
import dataclasses
import hashlib
import json
import logging
import mmap
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_log = logging.getLogger(__name__)

_FORMAT = 1
_CHUNK_BYTES = 1 << 22


@dataclasses.dataclass(frozen=True, slots=True)
class SavedIndex:
    """What a saved index was made from.

    Attributes:
        library_id: The catalog whose vectors it holds.
        model_key: The model that made them.
        dim: Their length.
        dtype: Their type, as USearch calls it.
        count: How many.
        revision: The catalog's revision of that model's vectors.
    """

    library_id: str
    model_key: str
    dim: int
    dtype: str
    count: int
    revision: int


def read_record(folder: Path, model_key: str) -> SavedIndex | None:
    """What the saved index of a model was made from; None where there is none to be trusted."""
    content = _read_record(_record_path(folder, model_key))
    return None if content is None else content[0]


@contextmanager
def opened(folder: Path, model_key: str) -> Iterator[memoryview | None]:
    """The bytes of a model's saved index; None unless they are those that were written."""
    content = _read_record(_record_path(folder, model_key))
    if content is None:
        yield None
        return
    _, file_name, size_bytes, checksum = content
    with contextlib.ExitStack() as stack:
        data: memoryview | None = None
        try:
            file = stack.enter_context((folder / file_name).open("rb"))
            if os.fstat(file.fileno()).st_size == size_bytes and size_bytes:
                mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
                data = stack.enter_context(memoryview(stack.enter_context(mapped)))
        except OSError as error:
            _log.warning("The saved vector index cannot be read: %s", error)
        # USearch trusts what it loads; a flipped bit in its graph would end the process.
        if data is not None and _checksum(data) != checksum:
            data = None
        if data is None:
            _log.warning("The saved vector index %s is missing or damaged", file_name)
        yield data


def write(folder: Path, saved: SavedIndex, data: bytes) -> None:
    """Replace a model's saved index.

    Args:
        folder: Made if it is missing.
        saved: What it was made from.
        data: The index as USearch serialises it.

    Raises:
        OSError: If it cannot be written; the former one stays.
    """
    folder.mkdir(parents=True, exist_ok=True)
    record_path = _record_path(folder, saved.model_key)
    with memoryview(data) as view:
        checksum = _checksum(view)
    # Named by its content: saving what is there already replaces it by itself.
    index_path = folder / f"{record_path.stem}-{saved.revision}-{checksum:08x}.usearch"
    record = dataclasses.asdict(saved) | {
        "format": _FORMAT,
        "file": index_path.name,
        "size_bytes": len(data),
        "crc32": checksum,
    }
    _replace(index_path, data)
    _replace(record_path, json.dumps(record, indent=1).encode())
    _sync_folder(folder)
    for other in folder.glob(f"{record_path.stem}*"):
        if other not in (index_path, record_path):
            with contextlib.suppress(OSError):  # Windows, where somebody still has it open
                other.unlink()


def remove(folder: Path, model_key: str) -> None:
    """Delete a model's saved index, as far as the system lets it."""
    record_path = _record_path(folder, model_key)
    # The record first: without it, what is left of the rest is nothing to anybody.
    for path in (record_path, *folder.glob(f"{record_path.stem}*")):
        with contextlib.suppress(OSError):  # Windows, where somebody still has it open
            path.unlink()


def size_bytes(folder: Path, model_key: str) -> int:
    """What a model's saved index takes on disk."""
    total = 0
    for path in folder.glob(f"{_record_path(folder, model_key).stem}*"):
        with contextlib.suppress(OSError):  # replaced this instant
            total += path.stat().st_size
    return total


def _record_path(folder: Path, model_key: str) -> Path:
    # Keys come from model folders; a digest is a file name everywhere.
    return folder / f"{hashlib.sha256(model_key.encode()).hexdigest()[:24]}.json"


def _read_record(path: Path) -> tuple[SavedIndex, str, int, int] | None:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        _log.warning("The record of the saved vector index cannot be read: %s", error)
        return None
    try:
        fields = json.loads(text)
        if fields.pop("format") != _FORMAT:
            _log.info("The saved vector index has another format")
            return None
        file_name, size_bytes = str(fields.pop("file")), int(fields.pop("size_bytes"))
        checksum = int(fields.pop("crc32"))
        return SavedIndex(**fields), file_name, size_bytes, checksum
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        _log.warning("The record of the saved vector index is damaged: %r", error)
        return None


def _checksum(data: memoryview) -> int:
    checksum = 0
    for start in range(0, len(data), _CHUNK_BYTES):
        with data[start : start + _CHUNK_BYTES] as chunk:
            checksum = zlib.crc32(chunk, checksum)
    return checksum


def _replace(path: Path, data: bytes) -> None:
    temporary = path.with_name(path.name + ".tmp")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    """Make the new names last through a power cut, where folders can be synced at all."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
