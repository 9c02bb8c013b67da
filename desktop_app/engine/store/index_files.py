"""Saved vector indexes on disk: segments that never change, and a manifest that vouches for them.

The manifest names the files of every segment, their lengths and checksums, and has a checksum of
its own. New segments are written under new names and the manifest is replaced last, so that a
process killed at any instant leaves the old state or the new one.
"""

import base64
import contextlib
import dataclasses
import hashlib
import json
import logging
import os
import secrets
import zlib
from collections.abc import Collection, Iterable
from pathlib import Path

from desktop_app.engine.store.folder_sync import sync_folder

_log = logging.getLogger(__name__)

_FORMAT = 2


@dataclasses.dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file and what must be found in it.

    Attributes:
        name: In the folder of indexes.
        size_bytes: Its length.
        crc32: Its checksum.
    """

    name: str
    size_bytes: int
    crc32: int


@dataclasses.dataclass(frozen=True, slots=True)
class SegmentRecord:
    """A segment on disk.

    Attributes:
        ids: The picture ids, int64, rising.
        rows: The vectors in the same order, alone or with the graph that links them.
        count: How many.
        is_linked: Whether there is a graph.
        dead: Which of them no longer count, as `packed` writes bits; empty for none.
    """

    ids: WrittenFile
    rows: WrittenFile
    count: int
    is_linked: bool
    dead: str = ""

    @property
    def file_names(self) -> tuple[str, str]:
        """The files it lies in."""
        return self.ids.name, self.rows.name


@dataclasses.dataclass(frozen=True, slots=True)
class Manifest:
    """What a saved index consists of.

    Attributes:
        library_id: The catalog whose vectors it holds.
        model_key: The model that made them.
        dim: Their length.
        dtype: Their type, as USearch calls it.
        revision: The catalog's revision of that model's vectors up to which nothing is missing.
        segments: Where they lie.
    """

    library_id: str
    model_key: str
    dim: int
    dtype: str
    revision: int
    segments: tuple[SegmentRecord, ...] = ()


def read_manifest(folder: Path, model_key: str) -> Manifest | None:
    """The saved index of a model; None where there is none to be trusted."""
    try:
        content = _manifest_path(folder, model_key).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        _log.warning("The record of the saved vector index cannot be read: %s", error)
        return None
    try:
        outside = json.loads(content)
        if outside["format"] != _FORMAT:
            _log.info("The saved vector index has another format")
            return None
        # One flipped digit of a revision would be a valid record of something else.
        if content != _sealed(outside["index"]):
            _log.warning("The record of the saved vector index is damaged")
            return None
        fields = outside["index"]
        segments = tuple(
            SegmentRecord(
                **segment
                | {"ids": WrittenFile(**segment["ids"]), "rows": WrittenFile(**segment["rows"])}
            )
            for segment in fields.pop("segments")
        )
        return Manifest(**fields, segments=segments)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        _log.warning("The record of the saved vector index is damaged: %r", error)
        return None


def write_manifest(folder: Path, manifest: Manifest, keep: Collection[str] = ()) -> None:
    """Replace a model's saved index by another one, and delete what only the former one needed.

    Args:
        folder: Where the files of its segments lie.
        manifest: The new state.
        keep: Names of files that are being written for a later one.

    Raises:
        OSError: If it cannot be written; the former one stays.
    """
    path = _manifest_path(folder, manifest.model_key)
    write(path, [_sealed(dataclasses.asdict(manifest))])
    sweep(folder, manifest, keep)


def sweep(folder: Path, manifest: Manifest, keep: Collection[str] = ()) -> None:
    """Delete what a model's manifest does not name: whoever was killed may have left much.

    Args:
        folder: Where saved indexes lie.
        manifest: What is there.
        keep: Names of files that are being written for a later one.
    """
    path = _manifest_path(folder, manifest.model_key)
    needed = {path.name, *keep}
    for segment in manifest.segments:
        needed.update(segment.file_names)
    for other in folder.glob(f"{path.stem}*"):
        if other.name not in needed:
            delete(other)


def new_name(model_key: str, ending: str) -> str:
    """A file name that was never used before."""
    return f"{_stem(model_key)}-{secrets.token_hex(6)}.{ending}"


def write(path: Path, blocks: Iterable[bytes]) -> WrittenFile:
    """Write a file that is whole or not there.

    Args:
        path: Where; replaced if it is there. The folder is made if it is missing, but not the one
            that it lies in: the drive of the library may be away.
        blocks: The content.

    Raises:
        OSError: If it cannot be written.
    """
    path.parent.mkdir(exist_ok=True)
    temporary = path.with_name(path.name + ".tmp")
    size_bytes = checksum = 0
    try:
        with temporary.open("wb") as file:
            for block in blocks:
                file.write(block)
                size_bytes += len(block)
                checksum = zlib.crc32(block, checksum)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError:
        delete(temporary)
        raise
    sync_folder(path.parent)
    return WrittenFile(path.name, size_bytes, checksum)


def delete(path: Path) -> None:
    """Delete a file, as far as the system lets it."""
    with contextlib.suppress(OSError):  # Windows, where somebody still has it open
        path.unlink(missing_ok=True)


def remove(folder: Path, model_key: str) -> None:
    """Delete a model's saved index, as far as the system lets it."""
    # The manifest first: without it, what is left of the rest is nothing to anybody.
    delete(_manifest_path(folder, model_key))
    for path in folder.glob(f"{_stem(model_key)}*"):
        delete(path)


def size_bytes(folder: Path, model_key: str) -> int:
    """What a model's saved index takes on disk."""
    total = 0
    for path in folder.glob(f"{_stem(model_key)}*"):
        with contextlib.suppress(OSError):  # replaced this instant
            total += path.stat().st_size
    return total


def packed(bits: bytes) -> str:
    """Bits as short text: long runs of equal ones cost nothing."""
    return base64.b64encode(zlib.compress(bits)).decode("ascii")


def unpacked(text: str) -> bytes:
    """What `packed` was given.

    Raises:
        ValueError: If it is not such a text.
    """
    try:
        return zlib.decompress(base64.b64decode(text, validate=True))
    except zlib.error as error:
        raise ValueError("not packed bits") from error


def _manifest_path(folder: Path, model_key: str) -> Path:
    return folder / f"{_stem(model_key)}.json"


def _stem(model_key: str) -> str:
    # Keys come from model folders; a digest is a file name everywhere.
    return hashlib.sha256(model_key.encode()).hexdigest()[:24]


def _sealed(index: dict[str, object]) -> bytes:
    """A manifest's file, with its checksum."""
    text = json.dumps(index, sort_keys=True)
    crc32 = zlib.crc32(text.encode())
    return json.dumps({"format": _FORMAT, "crc32": crc32, "index": index}, sort_keys=True).encode()
