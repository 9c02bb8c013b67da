"""Looks through a .zip before anything is unpacked from it."""

import os
import stat
import zipfile
from collections.abc import Collection
from pathlib import Path, PurePosixPath

from desktop_app.engine.errors import ModelError
from desktop_app.engine.model.layout import files_to_copy
from desktop_app.engine.model.sources import (
    ANOTHER,
    MAX_ENTRIES,
    Item,
    find_model,
    readable_size,
)
from desktop_app.engine.phrases import phrase

_MAX_DIRECTORY_BYTES = 32 * 1024 * 1024
# Weights hardly shrink; a zip that promises this much more than it holds is a bomb. Below the
# first figure anything goes: it does no harm.
_HARMLESS_BYTES = 64 * 1024 * 1024
_MAX_RATIO = 100
_END_RECORD, _END_RECORD_BYTES, _MAX_COMMENT = b"PK\x05\x06", 22, 65_535
_LOCATOR_64, _LOCATOR_64_BYTES = b"PK\x06\x07", 20
_END_RECORD_64, _END_RECORD_64_BYTES = b"PK\x06\x06", 56
_ENCRYPTED = 1


def check_directory(source: Path) -> None:
    """Refuse a table of contents of absurd size before zipfile reads it into memory.

    Raises:
        ModelError: If it is.
        zipfile.BadZipFile: If there is none.
    """
    with source.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        before = _LOCATOR_64_BYTES + _END_RECORD_64_BYTES
        file.seek(max(0, size - _END_RECORD_BYTES - _MAX_COMMENT - before))
        tail = file.read()
    at = tail.rfind(_END_RECORD)
    record = tail[at : at + _END_RECORD_BYTES]
    if at < 0 or len(record) < _END_RECORD_BYTES:
        raise zipfile.BadZipFile("no end record")
    declared = _declared_64(tail[:at])
    if declared is None:
        declared = int.from_bytes(record[12:16], "little")
    if declared > _MAX_DIRECTORY_BYTES:
        raise ModelError(
            phrase(
                "Engine: Models", "The file {source} holds far too many files for a model."
            ).format(source=source.name),
            ANOTHER,
        )


def _declared_64(before: bytes) -> int | None:
    """Size of the table of contents by the records of the 64-bit kind; None where there are none.

    Where they are, zipfile believes them and not the end record, whatever that says.
    """
    locator = before[-_LOCATOR_64_BYTES:]
    record = before[:-_LOCATOR_64_BYTES][-_END_RECORD_64_BYTES:]
    if not (locator.startswith(_LOCATOR_64) and record.startswith(_END_RECORD_64)):
        return None
    return int.from_bytes(record[40:48], "little")


def archive_items(archive: zipfile.ZipFile, zip_name: str) -> list[Item]:
    """The files to unpack.

    Raises:
        ModelError: If there is no model, or something that a model has no need of.
    """
    # `ZipInfo.is_dir` fails where a name is empty, as one is that begins with NUL.
    entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
    if len(entries) > MAX_ENTRIES:
        raise ModelError(
            phrase(
                "Engine: Models", "The file {zip_name} holds far too many files for a model."
            ).format(zip_name=zip_name),
            ANOTHER,
        )
    by_name: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        _check_entry(entry, zip_name)
        if entry.filename.casefold() in by_name:
            raise ModelError(
                phrase(
                    "Engine: Models", "The file {zip_name} is refused: it holds {filename} twice."
                ).format(zip_name=zip_name, filename=_shown(entry.filename)),
                ANOTHER,
            )
        by_name[entry.filename.casefold()] = entry
    names = [entry.filename for entry in entries]
    prefix = find_model(names, zip_name)
    inside = [name.removeprefix(prefix) for name in names if name.startswith(prefix)]
    items = []
    for name in files_to_copy(inside):
        entry = by_name[(prefix + name).casefold()]
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            # zipfile unpacks the other kinds without a bound on the memory it takes for that.
            raise ModelError(
                phrase(
                    "Engine: Models",
                    "The file {zip_name} is packed in a way that is not supported.",
                ).format(zip_name=zip_name),
                phrase("Engine: Models", "Unpack it and choose the folder."),
            )
        if entry.flag_bits & _ENCRYPTED:
            raise ModelError(
                phrase("Engine: Models", "The file {zip_name} is locked with a password.").format(
                    zip_name=zip_name
                ),
                phrase("Engine: Models", "Unpack it and choose the folder."),
            )
        items.append(Item(name, entry.file_size, entry))
    _check_ratio(items, zip_name, _size_bytes(archive))
    return items


def _check_entry(entry: zipfile.ZipInfo, zip_name: str) -> None:
    """Refuse an archive that would write or link to somewhere else.

    Nothing is ever written under such a name here; but who packs one means no good.
    """
    # zipfile turns backslashes into slashes on Windows and cuts at NUL; what was written counts.
    name = entry.orig_filename
    parts = PurePosixPath(name.replace("\\", "/")).parts
    leads_out = ".." in parts or name.startswith(("/", "\\")) or (parts and ":" in parts[0])
    if leads_out or "\0" in name:
        raise ModelError(
            phrase(
                "Engine: Models", "The file {zip_name} is refused: {name} in it leads out of it."
            ).format(zip_name=zip_name, name=_shown(name)),
            ANOTHER,
        )
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise ModelError(
            phrase(
                "Engine: Models", "The file {zip_name} is refused: {name} in it is a link."
            ).format(zip_name=zip_name, name=_shown(name)),
            ANOTHER,
        )


def _size_bytes(archive: zipfile.ZipFile) -> int:
    if archive.fp is None:
        raise ValueError("a closed archive")
    return archive.fp.seek(0, os.SEEK_END)


def _check_ratio(items: Collection[Item], zip_name: str, zip_bytes: int) -> None:
    declared = sum(item.size_bytes for item in items)
    said = sum(
        item.origin.compress_size for item in items if isinstance(item.origin, zipfile.ZipInfo)
    )
    # Entries may lie about that too, or share one stretch of the file.
    packed = min(said, zip_bytes)
    if declared > max(_HARMLESS_BYTES, packed * _MAX_RATIO):
        raise ModelError(
            phrase(
                "Engine: Models",
                "The file {zip_name} is refused: it would grow to {declared}, "
                "{times} times its size.",
            ).format(
                zip_name=zip_name,
                declared=readable_size(declared),
                times=declared // max(1, packed),
            ),
            ANOTHER,
        )


def _shown(name: str) -> str:
    """A name from an archive, fit to be shown."""
    printable = name if name.isprintable() else ascii(name)
    return printable if len(printable) <= 80 else f"{printable[:80]}…"
