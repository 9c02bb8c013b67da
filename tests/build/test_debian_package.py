import email
import gzip
import shutil
import subprocess
import sys
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest
import xxhash

from debian_package import (
    control_text,
    debian_version,
    make_debian_package,
    package_name,
)
from project_file import read_project

LIBRARY = next(Path(xxhash.__file__).parent.glob("_xxhash.*"))
PROJECT = replace(read_project(), version="1.2rc1")
DATE = 1_700_000_000

needs_dpkg = pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("dpkg-deb") is None,
    reason="dpkg-deb is not installed",
)


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("1.2.3", "1.2.3"),
        ("1.2rc1", "1.2~rc1"),
        ("1.2a3", "1.2~a3"),
        ("1.2b1", "1.2~b1"),
        ("1.2.dev4", "1.2~dev4"),
        ("1.2rc1.dev4", "1.2~rc1~dev4"),
        ("1.2.post1", "1.2.post1"),
    ],
)
def test_versions_sort_as_pip_sorts_them(version: str, expected: str) -> None:
    assert debian_version(version) == expected


def test_the_control_file_has_what_dpkg_asks_for() -> None:
    control = email.message_from_string(control_text(PROJECT, ["libc6 (>= 2.36)", "libgl1"], 1234))

    assert control["Package"] == "image-seeker"
    assert control["Version"] == "1.2~rc1"
    assert control["Depends"] == "libc6 (>= 2.36), libgl1"
    assert control["Installed-Size"] == "1234"
    summary, *long = control["Description"].split("\n")
    assert len(summary) < 80
    assert not summary.endswith(".")
    assert all(line.startswith(" ") and line.strip() for line in long)


def build(place: Path) -> Path:
    folder = place / "ImageSeeker"
    folder.mkdir(parents=True)
    shutil.copy(LIBRARY, folder / "image-seeker")  # an ELF file for objdump
    (folder / "image-seeker").chmod(0o700)
    (folder / "ImageSeeker").symlink_to("image-seeker")
    return folder


@needs_dpkg
def test_the_package_holds_the_program_and_belongs_to_root(tmp_path: Path) -> None:
    package = make_debian_package(build(tmp_path), tmp_path, PROJECT, DATE, level=0)

    assert package == tmp_path / package_name(PROJECT)
    assert not (tmp_path / "debian").exists()
    with subprocess.Popen(
        ["dpkg-deb", "--fsys-tarfile", package], stdout=subprocess.PIPE
    ) as unpack:
        assert unpack.stdout is not None
        with tarfile.open(fileobj=unpack.stdout, mode="r|") as file:
            members = {member.name: member for member in file}
    assert {member.uid for member in members.values()} == {0}
    assert members["./usr/lib/image-seeker/image-seeker"].mode == 0o755
    assert members["./usr/bin/image-seeker"].linkname == "../lib/image-seeker/image-seeker"
    assert max(member.mtime for member in members.values()) == DATE
    subprocess.run(["dpkg-deb", "--raw-extract", package, tmp_path / "root"], check=True)
    control = tmp_path / "root" / "DEBIAN"
    subprocess.run(
        ["md5sum", "--check", "--quiet", "DEBIAN/md5sums"], cwd=tmp_path / "root", check=True
    )
    assert "libc6 (>= " in (control / "control").read_text()
    log = tmp_path / "root" / "usr" / "share" / "doc" / "image-seeker" / "changelog.gz"
    assert gzip.decompress(log.read_bytes()).startswith(b"image-seeker (1.2~rc1) ")


@needs_dpkg
def test_made_twice_it_is_the_same(tmp_path: Path) -> None:
    packages = []
    for name, umask in (("one", 0o022), ("other", 0o077)):
        folder = build(tmp_path / name)
        (folder / "image-seeker").chmod(0o777 & ~umask)
        packages.append(make_debian_package(folder, tmp_path / name, PROJECT, DATE, level=0))

    assert packages[0].read_bytes() == packages[1].read_bytes()
