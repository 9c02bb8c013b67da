from pathlib import Path

import pytest
from PIL import Image

from app_icons import SOURCE, draw, write_icon


@pytest.mark.parametrize(
    ("platform", "name", "file_format"),
    [
        ("win32", "image-seeker.ico", "ICO"),
        ("darwin", "image-seeker.icns", "ICNS"),
    ],
)
def test_each_platform_gets_its_own_form(
    tmp_path: Path, platform: str, name: str, file_format: str
) -> None:
    path = write_icon(tmp_path / "icons", platform)

    assert path == tmp_path / "icons" / name
    with Image.open(path) as icon:
        assert icon.format == file_format
        assert icon.size[0] >= 256


def test_windows_finds_the_small_sizes_too(tmp_path: Path) -> None:
    with Image.open(write_icon(tmp_path, "win32")) as icon:
        assert {(16, 16), (32, 32), (256, 256)} <= icon.info["sizes"]


def test_the_icon_is_drawn_on_nothing() -> None:
    picture = draw(SOURCE, 64)

    corner, middle = picture.getpixel((0, 0)), picture.getpixel((32, 6))
    assert isinstance(corner, tuple)
    assert corner[3] == 0
    assert isinstance(middle, tuple)
    assert middle[3] == 255


def test_what_is_no_svg_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "icon.svg"
    source.write_text("no picture")

    with pytest.raises(ValueError, match="not an SVG"):
        draw(source, 64)
