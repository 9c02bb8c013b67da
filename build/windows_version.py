"""What Windows shows under Properties, Details of an executable, as PyInstaller reads it."""

import re
from pathlib import Path

from project_file import Project

_US_ENGLISH_UTF16 = (0x0409, 0x04B0)


def write_version_file(target: Path, project: Project) -> Path:
    """Write a version file.

    Args:
        target: Where to.
        project: What pyproject.toml says.

    Returns:
        The file written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(version_text(project), "utf-8")
    return target


def version_text(project: Project) -> str:
    """The contents of a version file: an expression over Windows' resource structures.

    Args:
        project: What pyproject.toml says.
    """
    strings = {
        "FileDescription": "Image Seeker",
        "FileVersion": project.version,
        "ProductName": "Image Seeker",
        "ProductVersion": project.version,
        "Comments": project.description,
    }
    fields = ", ".join(f"StringStruct({name!r}, {text!r})" for name, text in strings.items())
    language, charset = _US_ENGLISH_UTF16
    numbers = version_numbers(project.version)
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}), kids=["
        f"StringFileInfo([StringTable('{language:04X}{charset:04X}', [{fields}])]), "
        f"VarFileInfo([VarStruct('Translation', [{language}, {charset}])])])\n"
    )


def version_numbers(version: str) -> tuple[int, int, int, int]:
    """The four numbers that Windows keeps of a version.

    Args:
        version: Such as ``1.2.0rc1``, of which ``1.2.0`` counts.

    Raises:
        ValueError: If it does not begin with a number.
    """
    release = re.match(r"\d+(\.\d+){0,3}", version)
    if release is None:
        raise ValueError(f"The version {version} does not begin with a number.")
    numbers = [int(number) for number in release.group().split(".")]
    major, minor, patch, build = numbers + [0] * (4 - len(numbers))
    return major, minor, patch, build
