"""Which of the files that PyInstaller collected the built program takes along."""

from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

from left_out import is_left_out

Part = tuple[str, str, str]
"""As PyInstaller lists what it collects: path in the built folder, source file, type code.

A link has the type code ``SYMLINK`` and, for a source, the path it leads to in the folder.
"""


def needed_parts(parts: Iterable[Part], imports_of: Callable[[str], Iterable[str]]) -> list[Part]:
    """Leave out what is of no use, and every shared library that only it needed.

    PyInstaller follows what a plugin links to before a spec can drop the plugin: GTK's plugin
    alone brings 40 libraries of the building machine.

    Args:
        parts: The binaries and data files that PyInstaller collected.
        imports_of: Names of the shared libraries that a binary file links to.

    Returns:
        The parts to take along, in their order.
    """
    parts = [part for part in parts if not is_left_out(_path(part[0]).as_posix())]
    libraries = {_name(part[0]): part for part in parts if _is_shared_library(part)}
    pending = [part for part in parts if _name(part[0]) not in libraries and _is_binary(part)]
    while pending and libraries:
        for imported in imports_of(pending.pop()[1]):
            library = libraries.pop(_name(imported), None)
            if library is not None:
                pending.append(library)
    orphans = {target for target, _, _ in libraries.values()}
    return [part for part in parts if _destination(part) not in orphans]


def _path(target: str) -> PurePosixPath:
    return PurePosixPath(target.replace("\\", "/"))


def _name(target: str) -> str:
    """A file's name, as it is linked to: Windows finds ``MSVCP140.dll`` in ``msvcp140.dll``."""
    return _path(target).name.casefold()


def _destination(part: Part) -> str:
    target, source, kind = part
    return source if kind == "SYMLINK" else target


def _is_binary(part: Part) -> bool:
    return part[2] in ("BINARY", "EXTENSION")


def _is_shared_library(part: Part) -> bool:
    """Whether a part is there only because another one links to it."""
    target, _, kind = part
    path = _path(target)
    is_python = path.name.lower().startswith(("libpython", "python"))
    folder = path.parent.as_posix()
    is_among_libraries = folder in (".", "PySide6", "PySide6/Qt/lib") or folder.endswith(".libs")
    return kind == "BINARY" and not is_python and is_among_libraries
