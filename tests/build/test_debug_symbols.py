import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import xxhash

import debug_symbols
from debug_symbols import strip_folder, strip_library
from elf_image import read_image

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("strip") is None,
    reason="there is no strip here",
)

LIBRARY = next(Path(xxhash.__file__).parent.glob("_xxhash.*"))


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return Path(shutil.copy(LIBRARY, tmp_path / "library.so"))


def test_a_library_gets_smaller_and_loads_the_same(library: Path) -> None:
    library.chmod(0o755)

    saved = strip_library(library)

    assert saved == LIBRARY.stat().st_size - library.stat().st_size
    assert saved > 0
    assert read_image(library) == read_image(LIBRARY)
    assert library.stat().st_mode & 0o777 == 0o755
    assert list(library.parent.iterdir()) == [library]


def test_what_would_not_stay_the_same_is_left_alone(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaging_strip(command: list[str], **options: bool) -> None:
        data = bytearray(library.read_bytes())
        data[data.index(b"PyInit__xxhash")] ^= 1
        Path(command[command.index("-o") + 1]).write_bytes(data[:-1])

    monkeypatch.setattr(subprocess, "run", damaging_strip)

    assert strip_library(library) == 0
    assert library.read_bytes() == LIBRARY.read_bytes()
    assert list(library.parent.iterdir()) == [library]


def test_a_folder_is_stripped_but_for_what_is_no_library(library: Path, tmp_path: Path) -> None:
    text = tmp_path / "libscript.so"
    text.write_text("INPUT(library.so)")
    (tmp_path / "link.so.1").symlink_to("library.so")
    program = tmp_path / "program"
    shutil.copy(LIBRARY, program)

    assert strip_folder(tmp_path) == LIBRARY.stat().st_size - library.stat().st_size
    assert text.read_text() == "INPUT(library.so)"
    assert (tmp_path / "link.so.1").is_symlink()
    assert program.read_bytes() == LIBRARY.read_bytes()


def test_without_binutils_it_says_so(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(FileNotFoundError):
        debug_symbols.strip_library(library)
