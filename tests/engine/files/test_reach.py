import os
from pathlib import Path

import pytest

from desktop_app.engine.files import reach
from desktop_app.engine.files.reach import lost_mounts, unreachable_reason


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


def test_lost_mounts_are_those_not_seen_again() -> None:
    assert lost_mounts(["/a", "/b", "/c"], ["/b"]) == ["/a", "/c"]
