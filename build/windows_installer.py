"""Makes the installer for Windows, where Inno Setup is installed."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from project_file import ROOT, Project
from windows_version import version_numbers

SCRIPT = ROOT / "build" / "windows" / "image-seeker.iss"

_PLACES = (
    ("ProgramFiles(x86)", "Inno Setup 6"),
    ("ProgramFiles", "Inno Setup 6"),
    ("LOCALAPPDATA", "Programs/Inno Setup 6"),
)
"""Where its installer puts it: a variable, and the folder below what that says."""


def installer_name(project: Project) -> str:
    """File name of the installer, as the script gives it."""
    return f"ImageSeeker-{project.version}-setup.exe"


def find_compiler(environment: Mapping[str, str] | None = None) -> Path | None:
    """Inno Setup's compiler: on the search path, or where its own installer puts it.

    Args:
        environment: Tells where programs are; None for that of this process.
    """
    found = shutil.which("ISCC")
    if found:
        return Path(found)
    told = os.environ if environment is None else environment
    for variable, below in _PLACES:
        if variable in told and (place := Path(told[variable]) / below / "ISCC.exe").is_file():
            return place
    return None


def compiler_command(
    compiler: Path, folder: Path, icon: Path, target: Path, project: Project
) -> list[str]:
    """The command line that makes the installer.

    Args:
        compiler: Inno Setup's.
        folder: The built program.
        icon: The program's, in Windows' form.
        target: Folder to put the installer into.
        project: What pyproject.toml says.
    """
    numbers = ".".join(map(str, version_numbers(project.version)))
    named = {"Version": project.version, "Numbers": numbers, "Folder": folder, "Icon": icon}
    options = [f"/D{name}={value}" for name, value in named.items()]
    return [str(compiler), "/Q", *options, f"/O{target}", str(SCRIPT)]


def make_installer(folder: Path, icon: Path, target: Path, project: Project) -> Path | None:
    """Make the installer.

    Args:
        folder: The built program.
        icon: The program's, in Windows' form.
        target: Folder to put the installer into.
        project: What pyproject.toml says.

    Returns:
        The installer; None where there is no Inno Setup.

    Raises:
        subprocess.CalledProcessError: It did not understand the script.
    """
    compiler = find_compiler()
    if compiler is None:
        return None
    subprocess.run(compiler_command(compiler, folder, icon, target, project), check=True)
    return target / installer_name(project)
