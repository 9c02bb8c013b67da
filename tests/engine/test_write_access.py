"""Whether a library's disk has room, tried on disks that have and have not."""

import os
from pathlib import Path

from desktop_app.engine import write_access
from tests.helpers.disks import fill, no_file_beyond, small_disk


def test_room_is_missed_and_found_again(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "16m") as disk:
        assert write_access.has_room(disk.folder)
        ballast = fill(disk.folder)
        assert not write_access.has_room(disk.folder)
        assert os.listdir(disk.folder) == [ballast.name]
        ballast.unlink()
        assert write_access.has_room(disk.folder)
        assert os.listdir(disk.folder) == []


def test_room_that_may_not_be_taken_is_none(tmp_path: Path) -> None:
    with no_file_beyond(100_000):
        assert not write_access.has_room(tmp_path)
    assert write_access.has_room(tmp_path)
    assert not write_access.has_room(tmp_path / "gone")
