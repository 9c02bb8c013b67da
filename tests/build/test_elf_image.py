import struct
import sys
from pathlib import Path

import pytest
import xxhash

from elf_image import NotElfError, read_image

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="no ELF files here")

LIBRARY = next(Path(xxhash.__file__).parent.glob("_xxhash.*"))
_FIRST_SEGMENT = 0x40  # right after the header, in all files that linkers write


def test_code_and_symbols_are_where_the_loader_looks() -> None:
    image = read_image(LIBRARY)

    assert any(b"PyInit__xxhash" in (section.contents or b"") for section in image.sections)
    addresses = [section.address for section in image.sections]
    assert addresses == sorted(addresses)
    assert all(
        section.contents is None or len(section.contents) == section.size
        for section in image.sections
    )


def test_what_only_debuggers_read_is_not_part_of_it(tmp_path: Path) -> None:
    data = LIBRARY.read_bytes()
    copy = tmp_path / "copy.so"
    copy.write_bytes(data + b"notes for a debugger")

    assert read_image(copy) == read_image(LIBRARY)


def test_one_changed_byte_of_a_section_is_seen(tmp_path: Path) -> None:
    data = bytearray(LIBRARY.read_bytes())
    place = data.index(b"PyInit__xxhash")
    data[place] ^= 1
    copy = tmp_path / "copy.so"
    copy.write_bytes(data)

    assert read_image(copy) != read_image(LIBRARY)


def test_a_segment_that_no_system_can_map_is_refused(tmp_path: Path) -> None:
    data = bytearray(LIBRARY.read_bytes())
    (size, count) = struct.unpack_from("<HH", data, 0x36)
    mapped = [
        start
        for start in range(_FIRST_SEGMENT, _FIRST_SEGMENT + size * count, size)
        if struct.unpack_from("<I", data, start) == (1,)
    ]
    (offset,) = struct.unpack_from("<Q", data, mapped[-1] + 8)
    struct.pack_into("<Q", data, mapped[-1] + 8, offset + 8)  # no longer in step with its page
    copy = tmp_path / "copy.so"
    copy.write_bytes(data)

    with pytest.raises(NotElfError, match="cannot be loaded"):
        read_image(copy)


@pytest.mark.parametrize("length", [0, 3, 20, 100, 2000])
def test_a_cut_file_is_refused(tmp_path: Path, length: int) -> None:
    copy = tmp_path / "copy.so"
    copy.write_bytes(LIBRARY.read_bytes()[:length])

    with pytest.raises(NotElfError):
        read_image(copy)
