"""Where a folder of a volume may be now."""

import os
from pathlib import Path

import psutil
import pytest

from desktop_app.engine.files.volumes import distinct_places, mounted_volumes, places_on_volume


def test_the_volumes_are_told() -> None:
    assert all(os.path.isabs(volume) for volume in mounted_volumes())


def test_a_system_that_tells_none_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*, all: bool) -> None:
        raise OSError

    monkeypatch.setattr(psutil, "disk_partitions", fail)
    assert mounted_volumes() == []


@pytest.mark.parametrize(
    "old", ["/media/ann/usb/Photos/2020", "E:\\Photos\\2020", "E:/Photos/2020", "/Photos/2020"]
)
def test_every_part_may_have_been_the_mount_point(tmp_path: Path, old: str) -> None:
    volume = tmp_path / "volume"
    (volume / "Photos" / "2020").mkdir(parents=True)
    assert list(places_on_volume(old, str(tmp_path / "not there"))) == []
    places = [place for place, _ in places_on_volume(old, str(volume))]
    assert places == [str(volume / "Photos" / "2020"), str(volume)]


def test_a_place_is_told_once_and_never_the_old_one(tmp_path: Path) -> None:
    old = tmp_path / "a" / "b"
    old.mkdir(parents=True)
    (tmp_path / "b").mkdir()
    found = [
        place
        for volume in (tmp_path, tmp_path, tmp_path / ".")
        for place in places_on_volume(str(old), str(volume))
    ]
    assert distinct_places(found) == [str(tmp_path / "b"), str(tmp_path)]


def test_a_name_that_cannot_be_is_nowhere(tmp_path: Path) -> None:
    assert [place for place, _ in places_on_volume("/x\0y", str(tmp_path))] == [str(tmp_path)]
