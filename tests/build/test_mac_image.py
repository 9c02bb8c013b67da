import sys
from dataclasses import replace
from pathlib import Path

import pytest

from mac_image import image_command, image_name, stage_image
from project_file import read_project


def test_the_image_is_named_after_version_and_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.machine", lambda: "arm64")

    assert image_name(replace(read_project(), version="1.2.3")) == "ImageSeeker-1.2.3-arm64.dmg"


@pytest.mark.skipif(sys.platform == "win32", reason="links are Unix's")
def test_the_program_lies_beside_the_place_to_drag_it_to(tmp_path: Path) -> None:
    bundle = tmp_path / "ImageSeeker.app"
    (bundle / "Contents").mkdir(parents=True)
    (bundle / "Contents" / "link").symlink_to("Info.plist")
    (tmp_path / "stage" / "old").mkdir(parents=True)

    stage_image(bundle, tmp_path / "stage")

    assert sorted(path.name for path in (tmp_path / "stage").iterdir()) == [
        "Applications",
        "Image Seeker.app",
    ]
    assert (tmp_path / "stage" / "Applications").readlink() == Path("/Applications")
    assert (tmp_path / "stage" / "Image Seeker.app" / "Contents" / "link").is_symlink()


def test_the_command_asks_nothing() -> None:
    command = image_command(Path("stage"), Path("out.dmg"))

    assert command[:2] == ["hdiutil", "create"]
    assert "-ov" in command
    assert command[-1] == "out.dmg"
