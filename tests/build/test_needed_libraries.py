import shutil
import sys
from pathlib import Path

import pytest
import xxhash

from needed_libraries import Links, UnknownLibraryError, debian_packages, links_of, read_links

LIBRARY = next(Path(xxhash.__file__).parent.glob("_xxhash.*"))
OBJDUMP = """
/a/libQt6Gui.so.6:     file format elf64-x86-64

Dynamic Section:
  NEEDED               libEGL.so.1
  NEEDED               libc.so.6
  RUNPATH              $ORIGIN

Version References:
  required from libc.so.6:
    0x06969194 0x00 14 GLIBC_2.34
    0x069691b6 0x00 05 GLIBC_2.36
    0x09691a75 0x00 09 GLIBC_2.2.5
    0x0963cf85 0x00 08 GLIBC_PRIVATE
  required from libstdc++.so.6:
    0x08922974 0x00 04 GLIBCXX_3.4.30
"""


def test_reads_libraries_and_the_oldest_c_library_that_will_do() -> None:
    assert read_links(OBJDUMP) == Links(frozenset({"libEGL.so.1", "libc.so.6"}), (2, 36))


def test_versions_are_numbers_and_no_words() -> None:
    assert read_links("  0x1 0x00 05 GLIBC_2.9\n  0x1 0x00 05 GLIBC_2.10\n").c_version == (2, 10)


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("objdump") is None,
    reason="there is no objdump here",
)
def test_what_the_program_brings_along_is_not_asked_of_the_system(tmp_path: Path) -> None:
    shutil.copy(LIBRARY, tmp_path / "first.so")
    all_links = links_of(tmp_path)
    assert "libc.so.6" in all_links.libraries
    assert all_links.c_version >= (2, 2)
    shutil.copy(LIBRARY, tmp_path / "libc.so.6")

    assert "libc.so.6" not in links_of(tmp_path).libraries


def test_packages_are_named_once_and_in_order() -> None:
    libraries = frozenset(
        {"libxcb.so.1", "libEGL.so.1", "libc.so.6", "libm.so.6", "ld-linux-x86-64.so.2"}
    )

    assert debian_packages(Links(libraries, (2, 36))) == ["libc6 (>= 2.36)", "libegl1", "libxcb1"]


def test_a_library_of_an_unknown_package_ends_the_build() -> None:
    with pytest.raises(UnknownLibraryError, match=r"libodd\.so\.1"):
        debian_packages(Links(frozenset({"libodd.so.1", "libc.so.6"}), (2, 36)))
