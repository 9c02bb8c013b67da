import configparser
import gzip
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.ui.start.windows import DESKTOP_FILE as WINDOW_DESKTOP_FILE
from desktop_app.ui.window.window_title import TITLE
from linux_tree import DESKTOP_FILE, ICON_SIDES_PX, METAINFO, PROGRAMS, install_tree, metainfo
from picture_types import mime_types
from project_file import read_project

PROJECT = replace(read_project(), version="1.2.3")
DATE = 1_700_000_000

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="lays out a Linux system")


@pytest.fixture
def keys() -> configparser.SectionProxy:
    entry = configparser.RawConfigParser(delimiters="=", strict=True)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(DESKTOP_FILE, "utf-8")
    return entry["Desktop Entry"]


def test_the_entry_for_menus_takes_folders_and_all_pictures(
    keys: configparser.SectionProxy,
) -> None:
    assert keys["MimeType"] == "".join(f"{name};" for name in mime_types())
    assert keys["Exec"].split() == ["image-seeker-window", "%F"]
    assert keys["TryExec"] in PROGRAMS


def test_the_window_and_the_entry_know_each_other(keys: configparser.SectionProxy) -> None:
    assert DESKTOP_FILE.stem == WINDOW_DESKTOP_FILE
    assert keys["Name"] == keys["StartupWMClass"] == TITLE


def test_both_speak_of_the_program_as_the_project_does(keys: configparser.SectionProxy) -> None:
    root = ET.fromstring(metainfo(PROJECT, DATE))
    summaries = [each.text for each in root.findall("summary")]

    assert keys["Comment"] == summaries[0] == PROJECT.description
    assert keys["Comment[fr]"] == summaries[1]
    assert [each.text for each in root.findall("provides/mediatype")] == mime_types()
    assert [each.text for each in root.findall("provides/binary")] == list(PROGRAMS)
    assert root.findtext("launchable") == DESKTOP_FILE.name
    assert f"{root.findtext('id')}.metainfo.xml" == METAINFO.name


def test_this_version_is_the_newest_release() -> None:
    (release,) = ET.fromstring(metainfo(PROJECT, DATE)).findall("releases/release")

    assert release.attrib == {"version": "1.2.3", "date": "2023-11-14"}


@pytest.mark.parametrize(
    ("tool", "file"),
    [
        (("desktop-file-validate",), DESKTOP_FILE),
        (("appstreamcli", "validate", "--no-net"), METAINFO),
    ],
)
def test_tools_that_know_the_rules_have_nothing_to_say(tool: tuple[str, ...], file: Path) -> None:
    if shutil.which(tool[0]) is None:
        pytest.skip(f"{tool[0]} is not installed")

    result = subprocess.run([*tool, str(file)], capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout + result.stderr


@needs_links
def test_programs_icons_and_manual_lie_where_desktops_look(tmp_path: Path) -> None:
    built = tmp_path / "ImageSeeker"
    built.mkdir()
    (built / "image-seeker").write_bytes(b"program")
    (built / "ImageSeeker").symlink_to("image-seeker")

    install_tree(built, tmp_path / "root", PROJECT, DATE)

    usr = tmp_path / "root" / "usr"
    for name in PROGRAMS:
        assert (usr / "bin" / name).read_bytes() == b"program"
        assert not (usr / "bin" / name).readlink().is_absolute()
        page = gzip.decompress((usr / "share" / "man" / "man1" / f"{name}.1.gz").read_bytes())
        assert page.startswith(b".TH IMAGE-SEEKER 1")
    icons = usr / "share" / "icons" / "hicolor"
    for side_px in ICON_SIDES_PX:
        file = icons / f"{side_px}x{side_px}" / "apps" / "image-seeker.png"
        with Image.open(file) as icon:
            assert icon.size == (side_px, side_px)
            assert icon.getpixel((side_px // 2, side_px // 2)) != (0, 0, 0, 0)
    assert (icons / "scalable" / "apps" / "image-seeker.svg").is_file()
    assert (usr / "share" / "applications" / "image-seeker.desktop").is_file()
