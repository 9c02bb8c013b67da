import ctypes
import struct
import sys
from pathlib import Path

import pytest
import xxhash

from elf_image import Section, read_image
from search_paths import _inside_only, forget_search_paths

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="no ELF files here")

LIBRARY = next(Path(xxhash.__file__).parent.glob("_xxhash.*"))
_DYNAMIC, _STRINGS, _RUNPATH, _NEEDED = 6, 5, 29, 1
_SOMETHING_ELSE = {0x6FFFFFF9, 0x6FFFFFFB, 0x1E}
"""Entries without which a library loads as well."""


def dynamic(file: Path) -> tuple[Section, list[tuple[int, int]]]:
    (section,) = [each for each in read_image(file).sections if each.kind == _DYNAMIC]
    return section, list(struct.iter_unpack("<QQ", section.contents or b""))


def test_what_leads_elsewhere_is_dropped_and_overwritten() -> None:
    strings = b"\0libc.so.6\0/home/me/lib\0$ORIGIN\0end\0"
    entries = [(_NEEDED, 1), (_RUNPATH, 11), (_RUNPATH, 24)]

    kept, text = _inside_only(entries, strings, frozenset({33}))

    assert kept == [(_NEEDED, 1), (_RUNPATH, 24)]
    assert text == strings.replace(b"/home/me/lib", bytes(12))


def test_what_leads_beside_the_library_stays() -> None:
    strings = b"\0$ORIGIN/../libs:/home/me:$ORIGIN\0"

    kept, text = _inside_only([(_RUNPATH, 1)], strings, frozenset())

    assert kept == [(_RUNPATH, 1)]
    assert text.split(b"\0")[1] == b"$ORIGIN/../libs:$ORIGIN"
    assert len(text) == len(strings)


def test_a_text_whose_end_is_a_name_is_not_overwritten() -> None:
    strings = b"\0/home/me/free\0"

    kept, text = _inside_only([(_RUNPATH, 1)], strings, frozenset({strings.index(b"free")}))

    assert kept == []
    assert text == strings


def test_a_library_forgets_and_loads_as_before(tmp_path: Path) -> None:
    section, entries = dynamic(LIBRARY)
    place = next((n for n, (tag, _) in enumerate(entries) if tag in _SOMETHING_ELSE), None)
    if place is None:
        pytest.skip("this library has nothing to spare")
    data = bytearray(LIBRARY.read_bytes())
    start = dict(entries)[_STRINGS]
    (strings,) = [each for each in read_image(LIBRARY).sections if each.address == start]
    name = (strings.contents or b"").index(b"PyInit__xxhash")
    struct.pack_into("<QQ", data, section.offset + 16 * place, _RUNPATH, name)
    copy = tmp_path / "library.so"
    copy.write_bytes(data)

    assert forget_search_paths(tmp_path) == [copy]

    assert len(dynamic(copy)[1]) == len(entries)
    assert _RUNPATH not in dict(dynamic(copy)[1])
    assert ctypes.CDLL(str(copy)).PyInit__xxhash
    assert forget_search_paths(tmp_path) == []


def test_what_is_no_library_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "script.so").write_text("INPUT(libc.so.6)")

    assert forget_search_paths(tmp_path) == []
