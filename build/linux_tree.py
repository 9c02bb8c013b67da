"""The program as it lies on a Linux system: programs, entry for the menu, icons, manual page."""

import gzip
import shutil
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from pathlib import Path

from app_icons import SOURCE, draw
from manual_page import manual_page
from project_file import ROOT, Project

DESKTOP_FILE = ROOT / "build" / "linux" / "image-seeker.desktop"
METAINFO = ROOT / "build" / "linux" / "org.imageseeker.ImageSeeker.metainfo.xml"

PROGRAMS = {"image-seeker": "image-seeker", "image-seeker-window": "ImageSeeker"}
"""What people type, as pip installs it too, and what it is called in the built folder."""

LIBRARY = "usr/lib/image-seeker"
ICON_SIDES_PX = (16, 22, 24, 32, 48, 64, 128, 256, 512)


def install_tree(folder: Path, root: Path, project: Project, date: int) -> None:
    """Lay the program out below a root, as a package or an AppDir holds it.

    Args:
        folder: The built program.
        root: Stands for ``/``; must not exist.
        project: What pyproject.toml says.
        date: What the build is dated, in seconds since 1970.
    """
    share = root / "usr" / "share"
    shutil.copytree(folder, root / LIBRARY, symlinks=True)
    (root / "usr" / "bin").mkdir(parents=True)
    for name, built in PROGRAMS.items():
        (root / "usr" / "bin" / name).symlink_to(f"../lib/image-seeker/{built}")
    _copy(DESKTOP_FILE, share / "applications")
    _copy(SOURCE, share / "icons" / "hicolor" / "scalable" / "apps")
    for side_px in ICON_SIDES_PX:
        icon = share / "icons" / "hicolor" / f"{side_px}x{side_px}" / "apps" / "image-seeker.png"
        icon.parent.mkdir(parents=True)
        draw(SOURCE, side_px).save(icon, optimize=True)
    (share / "metainfo").mkdir()
    (share / "metainfo" / METAINFO.name).write_text(metainfo(project, date), "utf-8")
    pages = share / "man" / "man1"
    pages.mkdir(parents=True)
    write_gzip(pages / "image-seeker.1.gz", manual_page(project, date))
    (pages / "image-seeker-window.1.gz").symlink_to("image-seeker.1.gz")


def metainfo(project: Project, date: int) -> str:
    """What software centres show, with this version as the newest release.

    Args:
        project: What pyproject.toml says.
        date: When it was made, in seconds since 1970.
    """
    root = ET.fromstring(METAINFO.read_text("utf-8"))
    releases = root.find("releases")
    if releases is None:
        raise ValueError(f"{METAINFO} has no <releases>.")
    day = datetime.fromtimestamp(date, UTC).date().isoformat()
    ET.SubElement(releases, "release", version=project.version, date=day)
    ET.indent(root)
    text: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def write_gzip(target: Path, text: str) -> None:
    """Compress a text, without the date and name that gzip would add.

    Args:
        target: Where to.
        text: What.
    """
    target.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


def _copy(file: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, folder / file.name)
