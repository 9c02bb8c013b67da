"""What the system sees of a program or shared library on Linux: a file in the form of elf(5)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_MAGIC = b"\x7fELF\x02\x01"
"""Of 64 bits, little-endian, as all desktops that the program runs on."""

_SEGMENT = struct.Struct("<IIQQQQQQ")
"""Kind, flags, offset, address, physical address, size in file, size in memory, alignment."""

_SECTION = struct.Struct("<IIQQQQIIQQ")
"""Name, kind, flags, address, offset, size, link, info, alignment, size of an entry."""

_PAGE = 4096
_MAPPED = 1  # PT_LOAD
_WITHOUT_CONTENTS = 8  # SHT_NOBITS
_IN_MEMORY = 2  # SHF_ALLOC


class NotElfError(ValueError):
    """A file is no 64-bit little-endian ELF file, or one that no system can load."""


@dataclass(frozen=True, slots=True)
class Segment:
    """What the loader is told to do.

    Attributes:
        kind: Map it into memory, find the symbols there, and so on.
        flags: Whether it may be read, written, run.
        address: In bytes from the start of the program.
        end: Where it ends; of what is mapped, where its last page does.
    """

    kind: int
    flags: int
    address: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """Something that has its place in memory: code, constants, symbols for the loader.

    Attributes:
        kind: What it holds.
        flags: Whether it may be written, run, and so on.
        address: In bytes from the start of the program.
        size: In bytes.
        contents: What is found there once the file is loaded; None for what begins as zeros.
        offset: Where it lies in the file, which those who run it do not care about.
    """

    kind: int
    flags: int
    address: int
    size: int
    contents: bytes | None
    offset: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Image:
    """A program or shared library in memory.

    Two files with equal images run alike. What only debuggers and linkers read is not in it, nor
    are the gaps between sections, which nothing refers to.

    Attributes:
        entry: Address where it starts.
        segments: In the file's order.
        sections: In the order of their addresses.
    """

    entry: int
    segments: tuple[Segment, ...]
    sections: tuple[Section, ...]


def read_image(file: Path) -> Image:
    """Load a file as the system would.

    Args:
        file: A program or shared library.

    Raises:
        OSError: It cannot be read.
        NotElfError: It is none, or could not be loaded.
    """
    data = file.read_bytes()
    if not data.startswith(_MAGIC):
        raise NotElfError(f"{file} is no 64-bit little-endian ELF file.")
    try:
        (entry,) = struct.unpack_from("<Q", data, 0x18)
        headers = list(_table(data, _SEGMENT, 0x20, 0x36))
        sections = list(_sections(data, headers))
    except (struct.error, NotElfError) as error:
        raise NotElfError(f"{file} cannot be loaded: {error}") from error
    segments = tuple(
        Segment(kind, flags, address, _end(kind, address, size))
        for kind, flags, _, address, _, _, size, _ in headers
    )
    return Image(entry, segments, tuple(sorted(sections, key=lambda each: each.address)))


def _table(data: bytes, entry: struct.Struct, place: int, shape: int) -> Iterator[tuple[int, ...]]:
    """Entries of a table that the file's header tells of.

    Args:
        data: The whole file.
        entry: How an entry looks.
        place: Where the header has the table's offset.
        shape: Where the header has the size of an entry, and then their number.
    """
    (offset,) = struct.unpack_from("<Q", data, place)
    size, count = struct.unpack_from("<HH", data, shape)
    for index in range(count):
        yield entry.unpack_from(data, offset + index * size)


def _end(kind: int, address: int, size: int) -> int:
    end = address + size
    return end + -end % _PAGE if kind == _MAPPED else end


def _sections(data: bytes, headers: list[tuple[int, ...]]) -> Iterator[Section]:
    mapped = [header for header in headers if header[0] == _MAPPED]
    for _, _, offset, address, _, size, _, _ in mapped:
        if offset % _PAGE != address % _PAGE or offset + size > len(data):
            raise NotElfError("a segment does not lie where it can be mapped from")
    for _, kind, flags, address, offset, size, _, _, _, _ in _table(data, _SECTION, 0x28, 0x3A):
        if not flags & _IN_MEMORY:
            continue
        contents = None
        if kind != _WITHOUT_CONTENTS:
            offset = _offset(mapped, address, size)
            contents = data[offset : offset + size]
        yield Section(kind, flags, address, size, contents, offset)


def _offset(mapped: list[tuple[int, ...]], address: int, size: int) -> int:
    for _, _, offset, start, _, file_size, _, _ in mapped:
        if start <= address and address + size <= start + file_size:
            return offset + address - start
    raise NotElfError("a section is in no segment")
