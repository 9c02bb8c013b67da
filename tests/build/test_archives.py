import os
import sys
import tarfile
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from archives import archive_name, pack
from project_file import Project

PROJECT = Project("toy", "1.2.3", "A toy", {})
DATE = 1_700_000_000


@pytest.fixture
def built(tmp_path: Path) -> Path:
    return build(tmp_path)


def build(place: Path) -> Path:
    folder = place / "dist" / "ImageSeeker"
    (folder / "_internal").mkdir(parents=True)
    program = folder / "image-seeker"
    program.write_bytes(b"program")
    program.chmod(0o755)
    (folder / "_internal" / "library").write_bytes(b"library")
    (folder / "_internal" / "link").symlink_to("library")
    return folder


def test_tar_keeps_links_and_permissions_and_forgets_who_packed(
    built: Path, tmp_path: Path
) -> None:
    with suppress(PermissionError):  # only root can give a file away
        os.chown(built / "image-seeker", 1234, 1234)

    archive = pack(built, tmp_path / "app.tar.xz", DATE)

    with tarfile.open(archive) as file:
        members = {member.name: member for member in file.getmembers()}
    assert list(members) == [
        "ImageSeeker",
        "ImageSeeker/_internal",
        "ImageSeeker/_internal/library",
        "ImageSeeker/_internal/link",
        "ImageSeeker/image-seeker",
    ]
    assert members["ImageSeeker/_internal/link"].issym()
    assert members["ImageSeeker/image-seeker"].mode == 0o755
    assert {member.uid for member in members.values()} == {0}
    assert {member.uname for member in members.values()} == {""}
    assert {member.mtime for member in members.values()} == {DATE}


@pytest.mark.skipif(sys.platform == "win32", reason="there is no umask")
@pytest.mark.parametrize("name", ["app.tar.xz", "app.zip"])
def test_packed_elsewhere_at_another_time_it_is_the_same(tmp_path: Path, name: str) -> None:
    one, other = build(tmp_path / "one"), build(tmp_path / "other")
    (other / "_internal" / "library").chmod(0o600)
    os.utime(other / "_internal" / "library", (1, 1))

    packed = [pack(folder, folder.parent / name, DATE).read_bytes() for folder in (one, other)]

    assert packed[0] == packed[1]


def test_zip_holds_the_folder(built: Path, tmp_path: Path) -> None:
    archive = pack(built, tmp_path / "app.zip", DATE)

    with zipfile.ZipFile(archive) as file:
        assert file.read("ImageSeeker/image-seeker") == b"program"


def test_an_older_archive_is_replaced(built: Path, tmp_path: Path) -> None:
    archive = tmp_path / "app.tar.xz"
    archive.write_bytes(b"old" * 1000)

    pack(built, archive, DATE, level=0)

    assert tarfile.is_tarfile(archive)


def test_the_archive_is_named_after_version_and_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.machine", lambda: "AMD64")
    monkeypatch.setattr("sys.platform", "win32")

    assert archive_name(PROJECT) == "ImageSeeker-1.2.3-win32-amd64.zip"
