import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from archives import pack
from compare_builds import main, read_build

DATE = 1_700_000_000

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links are Unix's")


def build(folder: Path) -> Path:
    (folder / "below").mkdir(parents=True)
    (folder / "below" / "file").write_bytes(b"contents")
    (folder / "link").symlink_to("below/file")
    for path in (folder / "below" / "file", folder / "below", folder):
        os.utime(path, (DATE, DATE))
    return folder


def test_what_is_the_same_is_found_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(build(tmp_path / "a")), str(build(tmp_path / "b"))]) == 0
    assert capsys.readouterr().out == "3 and 3 entries, 0 differences\n"


def test_each_difference_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a, b = build(tmp_path / "a"), build(tmp_path / "b")
    (a / "below" / "file").write_bytes(b"other")
    os.utime(a / "below" / "file", (DATE, DATE))
    (b / "more").touch()
    (b / "link").unlink()
    (b / "link").symlink_to("below")
    (b / "below").chmod(0o700)

    assert main([str(a), str(b)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "below: another mode",
        "below/file: another contents",
        "link: another contents",
        "more: only in the second",
        "3 and 4 entries, 4 differences",
    ]


@pytest.mark.parametrize("ending", [".tar.xz", ".zip"])
def test_archives_are_opened(tmp_path: Path, ending: str) -> None:
    folder = build(tmp_path / "a")
    archive = pack(folder, tmp_path / f"a{ending}", DATE, level=0)

    entries = read_build(archive)

    assert entries["a/below/file"] == read_build(folder)["below/file"]


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="dpkg-deb is not installed")
def test_packages_of_debian_are_opened(tmp_path: Path) -> None:
    root = build(tmp_path / "root")
    (root / "DEBIAN").mkdir()
    (root / "DEBIAN" / "control").write_text(
        "Package: toy\nVersion: 1\nArchitecture: all\nMaintainer: N <n@example.org>\n"
        "Description: toy\n"
    )
    subprocess.run(
        ["dpkg-deb", "-Zxz", "--build", root, tmp_path / "a.deb"],
        check=True,
        stdout=subprocess.DEVNULL,
    )

    entries = read_build(tmp_path / "a.deb")

    assert entries["data.tar.xz/below/file"] == read_build(root)["below/file"]
    assert "control.tar.xz/control" in entries
    assert "debian-binary" in entries


@pytest.mark.parametrize(
    ("name", "contents"),
    [("a.txt", b""), ("a.deb", b"no archive"), ("a.zip", b"no archive"), ("a.tar.xz", b"none")],
)
def test_what_cannot_be_read_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, contents: bytes
) -> None:
    (tmp_path / name).write_bytes(contents)

    assert main([str(tmp_path / name), str(tmp_path)]) == 2
    assert "cannot be compared" in capsys.readouterr().err
