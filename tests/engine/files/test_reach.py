import os
from pathlib import Path

import pytest

from desktop_app.engine.files import reach
from desktop_app.engine.files.reach import (
    has_entries,
    lost_drives,
    mount_above,
    unreachable_reason,
)


def test_what_is_there_can_be_reached(tmp_path: Path) -> None:
    assert unreachable_reason(str(tmp_path), is_listed=True) is None
    (tmp_path / "a.jpg").touch()
    assert unreachable_reason(str(tmp_path / "a.jpg"), is_listed=True) is None


def test_what_is_not_there_cannot(tmp_path: Path) -> None:
    gone = str(tmp_path / "gone")
    assert unreachable_reason(gone) == reach.NOT_THERE


def test_a_mount_point_without_its_drive_cannot(tmp_path: Path) -> None:
    assert unreachable_reason(str(tmp_path), [str(tmp_path)]) == reach.NO_DRIVE
    assert unreachable_reason(str(tmp_path), [str(tmp_path / "below")]) is None


def test_a_lost_permission_shows_when_it_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: str) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "scandir", refuse)
    path = str(tmp_path)
    assert unreachable_reason(path) is None
    assert unreachable_reason(path, is_listed=True) == reach.NOT_READABLE


def test_what_lies_on_a_drive_that_is_gone_cannot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that lies in the empty mount point does not make it the drive."""
    inside = tmp_path / "drive" / "Photos"
    inside.mkdir(parents=True)
    drive = str(tmp_path / "drive")
    assert unreachable_reason(str(inside), [drive]) == reach.NO_DRIVE
    monkeypatch.setattr(os.path, "ismount", lambda path: path == drive)
    assert unreachable_reason(str(inside), [drive]) is None
    assert lost_drives([drive, "/b", "/a"]) == ["/a", "/b"]


def test_the_drive_of_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    top = os.path.abspath(os.sep)
    drive = str(tmp_path / "drive")
    monkeypatch.setattr(os.path, "ismount", lambda path: path in (drive, top))
    assert mount_above(os.path.join(drive, "Photos", "2020")) == drive
    assert mount_above(drive) == drive
    assert mount_above(str(tmp_path)) is None


def test_has_entries(tmp_path: Path) -> None:
    assert not has_entries(str(tmp_path / "missing"))
    assert not has_entries(str(tmp_path))
    (tmp_path / "a").touch()
    assert has_entries(str(tmp_path))
    assert not has_entries(str(tmp_path / "a"))
