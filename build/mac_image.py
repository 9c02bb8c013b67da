"""Makes the disk image that people on macOS drag the program out of."""

import platform
import shutil
import subprocess
from pathlib import Path

from project_file import Project


def image_name(project: Project) -> str:
    """File name of the disk image for this machine."""
    return f"ImageSeeker-{project.version}-{platform.machine()}.dmg"


def image_command(stage: Path, image: Path) -> list[str]:
    """The command line that makes the image: compressed, and never asking.

    Args:
        stage: What is to be seen in it.
        image: Where to write it.
    """
    command = ["hdiutil", "create", "-volname", "Image Seeker", "-srcfolder", str(stage)]
    return [*command, "-fs", "HFS+", "-format", "ULMO", "-ov", "-quiet", str(image)]


def stage_image(bundle: Path, stage: Path) -> None:
    """Lay out what is seen: the program, and beside it where to drag it.

    Args:
        bundle: ImageSeeker.app.
        stage: A new folder; one of an earlier run is replaced.
    """
    shutil.rmtree(stage, ignore_errors=True)
    shutil.copytree(bundle, stage / "Image Seeker.app", symlinks=True)
    (stage / "Applications").symlink_to("/Applications")


def make_disk_image(bundle: Path, target: Path, project: Project) -> Path:
    """Make the image.

    Args:
        bundle: ImageSeeker.app.
        target: Folder to put the image into.
        project: What pyproject.toml says.

    Returns:
        The image.

    Raises:
        OSError: The bundle is not there, or this is no Mac.
        subprocess.CalledProcessError: The system could not make it.
    """
    stage, image = target / "stage", target / image_name(project)
    stage_image(bundle, stage)
    subprocess.run(image_command(stage, image), check=True)
    shutil.rmtree(stage)
    return image
