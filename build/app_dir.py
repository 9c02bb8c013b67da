"""Makes the folder that appimagetool wraps into one file, an AppImage."""

import os
import platform
import shutil
from pathlib import Path

from linux_tree import DESKTOP_FILE, METAINFO, install_tree
from project_file import ROOT, Project

APP_RUN = ROOT / "build" / "linux" / "AppRun"


def app_dir_name(project: Project) -> str:
    """Name of the folder for this machine."""
    return f"ImageSeeker-{project.version}-{platform.machine()}.AppDir"


def make_app_dir(folder: Path, target: Path, project: Project, date: int) -> Path:
    """Make the AppDir; ``appimagetool FOLDER`` does the rest.

    At its top lie what starts the program, the entry for menus and the icon; below is the tree of
    a Linux package. AppImages know one name of the metainfo: that of the entry for menus.

    Args:
        folder: The built program.
        target: Folder to put the AppDir into; one of an earlier run is replaced.
        project: What pyproject.toml says.
        date: What the build is dated, in seconds since 1970.

    Returns:
        The AppDir.
    """
    root = target / app_dir_name(project)
    shutil.rmtree(root, ignore_errors=True)
    install_tree(folder, root, project, date)
    metainfo = root / "usr" / "share" / "metainfo"
    (metainfo / METAINFO.name).rename(metainfo / "image-seeker.appdata.xml")
    shutil.copyfile(APP_RUN, root / "AppRun")
    (root / "AppRun").chmod(0o755)
    (root / DESKTOP_FILE.name).symlink_to(f"usr/share/applications/{DESKTOP_FILE.name}")
    icon = "usr/share/icons/hicolor/256x256/apps/image-seeker.png"
    (root / "image-seeker.png").symlink_to(icon)
    (root / ".DirIcon").symlink_to("image-seeker.png")
    for path in (*root.rglob("*"), root):
        if not path.is_symlink():
            os.utime(path, (date, date))
    return root
