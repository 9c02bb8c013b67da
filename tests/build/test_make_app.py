import os
import tarfile
import zipfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

import make_app
from project_file import Project, read_project

PROJECT = Project("toy", "1.2.3", "A toy", {"models/starter/config.json": "x/config.json"})


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = tmp_path / "dist" / "ImageSeeker"
    (folder / "_internal").mkdir(parents=True)
    program = folder / "image-seeker"
    program.write_bytes(b"program")
    program.chmod(0o755)
    (folder / "_internal" / "library").write_bytes(b"library")
    (folder / "_internal" / "link").symlink_to("library")
    return folder


def test_nothing_is_in_the_way_in_this_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.metadata.version", lambda name: "1.2.3")

    assert make_app.find_obstacle(read_project()) is None


def test_a_program_that_is_not_installed_has_no_version_to_show() -> None:
    sentence = make_app.find_obstacle(replace(PROJECT, name="no-such-distribution"))

    assert sentence is not None
    assert sentence.startswith("no-such-distribution is not installed: run pip install -e")


def test_a_missing_model_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("importlib.metadata.version", lambda name: "1.2.3")

    sentence = make_app.find_obstacle(PROJECT, tmp_path)

    assert sentence == "The program cannot be built without models/starter/config.json."


def test_without_pyinstaller_it_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    assert make_app.main([]) == 1
    assert 'pip install -e ".[dev]"' in capsys.readouterr().err


def test_tar_keeps_links_and_permissions_and_forgets_who_packed(
    built: Path, tmp_path: Path
) -> None:
    with suppress(PermissionError):  # only root can give a file away
        os.chown(built / "image-seeker", 1234, 1234)

    archive = make_app.pack(built, tmp_path / "app.tar.xz")

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
    assert members["ImageSeeker/image-seeker"].mode & 0o111
    assert {member.uid for member in members.values()} == {0}
    assert {member.uname for member in members.values()} == {""}


def test_zip_holds_the_folder(built: Path, tmp_path: Path) -> None:
    archive = make_app.pack(built, tmp_path / "app.zip")

    with zipfile.ZipFile(archive) as file:
        assert file.read("ImageSeeker/image-seeker") == b"program"


def test_the_archive_is_named_after_version_and_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.machine", lambda: "AMD64")
    monkeypatch.setattr("sys.platform", "win32")

    assert make_app.archive_name(PROJECT) == "ImageSeeker-1.2.3-win32-amd64.zip"
