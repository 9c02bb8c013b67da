import os
import shutil
import sys
from pathlib import Path

import pytest

import check_packages
from app_dir import make_app_dir
from archives import pack
from check_packages import link_app_dir, main, unpack_archive, unpack_debian_package
from debian_package import make_debian_package
from project_file import read_project

PROJECT = read_project()
DATE = 1_700_000_000

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="checks Linux' own")


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that knows its version, and can do nothing else."""
    folder = tmp_path / "ImageSeeker"
    folder.mkdir()
    program = folder / "image-seeker"
    program.write_text(f"#!/bin/sh\necho {PROJECT.name} {PROJECT.version}\n")
    program.chmod(0o755)
    (folder / "ImageSeeker").symlink_to("image-seeker")
    os.utime(program, (DATE, DATE))
    monkeypatch.setattr(check_packages, "BUILT_FOLDER", folder)
    monkeypatch.setattr(check_packages, "PACKAGES", tmp_path / "packages")
    (tmp_path / "packages").mkdir()
    return folder


@pytest.fixture
def without_validators(monkeypatch: pytest.MonkeyPatch) -> None:
    which = shutil.which
    quick = {"dpkg-deb", "desktop-file-validate"}
    monkeypatch.setattr("shutil.which", lambda name: which(name) if name in quick else None)


def test_a_good_archive_has_nothing_to_complain_of(built: Path, tmp_path: Path) -> None:
    archive = pack(built, tmp_path / "a.tar.xz", DATE, level=0)

    assert list(unpack_archive(archive, tmp_path / "é à", PROJECT)) == []


def test_what_differs_from_the_built_program_is_told(built: Path, tmp_path: Path) -> None:
    archive = pack(built, tmp_path / "a.tar.xz", DATE, level=0)
    (built / "image-seeker").write_text("#!/bin/sh\nexit 3\n")
    os.utime(built / "image-seeker", (DATE, DATE))

    found = list(unpack_archive(archive, tmp_path / "place", PROJECT))

    assert found == ["it is not what was built: image-seeker: another contents"]


def test_a_program_of_another_version_or_none_is_told(built: Path, tmp_path: Path) -> None:
    (built / "image-seeker").write_text("#!/bin/sh\necho oh no >&2\nexit 3\n")
    os.utime(built / "image-seeker", (DATE, DATE))
    archive = pack(built, tmp_path / "a.tar.xz", DATE, level=0)

    found = list(unpack_archive(archive, tmp_path / "place", PROJECT))

    assert found == [
        "image-seeker --version says 'oh no'.",
        "ImageSeeker --version says 'oh no'.",
    ]


@pytest.mark.usefixtures("without_validators")
def test_an_app_dir_is_complete(built: Path, tmp_path: Path) -> None:
    app_dir = make_app_dir(built, tmp_path, PROJECT, DATE)

    assert list(link_app_dir(app_dir, tmp_path / "é à", PROJECT)) == []


@pytest.mark.usefixtures("without_validators")
def test_what_is_missing_from_an_app_dir_is_told(built: Path, tmp_path: Path) -> None:
    app_dir = make_app_dir(built, tmp_path, PROJECT, DATE)
    (
        app_dir / "usr" / "share" / "icons" / "hicolor" / "256x256" / "apps" / "image-seeker.png"
    ).unlink()
    (app_dir / "usr" / "bin" / "image-seeker-window").unlink()

    found = list(link_app_dir(app_dir, tmp_path / "link", PROJECT))

    assert "image-seeker.png is missing or leads nowhere." in found
    assert "the icon 256x256/apps/image-seeker.png is missing." in found
    assert "the entry for menus starts image-seeker-window, which is not there." in found


@pytest.mark.usefixtures("without_validators")
@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="dpkg-deb is not installed")
def test_a_package_of_debian_is_complete(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("debian_package.links_of", lambda folder: None)
    monkeypatch.setattr("debian_package.debian_packages", lambda links: ["libc6"])
    package = make_debian_package(built, tmp_path, PROJECT, DATE, level=0)

    assert list(unpack_debian_package(package, tmp_path / "é à", PROJECT)) == []


@pytest.mark.usefixtures("built")
def test_without_packages_it_says_how_to_make_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 1
    assert capsys.readouterr().err.count("run python build/make_packages.py first") == 3
