"""The programs that open a file, as freedesktop systems know them.

After the Desktop Entry and the MIME applications specifications
(https://specifications.freedesktop.org/mime-apps-spec/latest/). Blocks: off the window's thread.
"""

import configparser
import locale
import os
import re
import shlex
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QMimeDatabase

_ENTRY = "Desktop Entry"
MOST_PROGRAMS = 20
_SCRIPT_FOLLOWS = re.compile("-[a-z]*c", re.IGNORECASE)
"""What stands before a command for a shell, such as ``-c`` and ``-lc``."""
_SHELL = re.compile("(ba|da|z|k|mk|fi|c|tc|a)?sh")
_OTHER_CODE = re.compile("%[^%ck]")
"""Codes that are deprecated, and to be left out."""


@dataclass(frozen=True, slots=True)
class Program:
    """A program that can open files.

    Attributes:
        name: In the user's language.
        command: Its command line as its entry gives it, with field codes such as ``%F``.
        icon: Name of its icon in the system's set, or a path; may be empty.
        entry: Its entry's file.
    """

    name: str
    command: str
    icon: str
    entry: str


def programs_for(path: str) -> list[Program]:
    """The programs for a file, the usual one first."""
    kind = QMimeDatabase().mimeTypeForFile(path)
    kinds = [kind.name(), *kind.allAncestors()]
    found: dict[str, Program] = {}
    removed: set[str] = set()
    for each in kinds:
        if each == "application/octet-stream":
            continue
        for name in _associated(each, removed):
            if name not in found:
                program = read_entry(name)
                if program is not None:
                    found[name] = program
    return list(found.values())[:MOST_PROGRAMS]


def command_line(program: Program, paths: Sequence[str]) -> list[str]:
    """What to run so that a program opens files; see the Exec key in the specification."""
    arguments: list[str] = []
    has_files = False
    for part in shlex.split(program.command):
        if part in ("%F", "%U"):
            arguments += paths
            has_files = True
        elif part in ("%f", "%u"):
            arguments.append(paths[0])
            has_files = True
        elif part == "%i":
            arguments += ["--icon", program.icon] if program.icon else []
        elif not _OTHER_CODE.fullmatch(part):
            has_files = has_files or _names_file(part)
            arguments.append(_filled(part, program, paths))
    return arguments if has_files else [*arguments, *paths]


def read_entry(name: str) -> Program | None:
    """A program by the name of its entry; None where it is not there or not for use."""
    for folder in _application_folders():
        # A dash may stand for a folder: kde4-gimp.desktop is kde4/gimp.desktop.
        for place in (folder / name, folder / name.replace("-", "/", 1)):
            if place.is_file():
                return _program(place)
    return None


def _program(place: Path) -> Program | None:
    parser = _read(place)
    if not parser.has_section(_ENTRY):
        return None
    entry = parser[_ENTRY]
    hidden = any(entry.get(key, "").strip() == "true" for key in ("Hidden", "Terminal"))
    command, test = entry.get("Exec", "").strip(), entry.get("TryExec", "").strip()
    if hidden or not command or (test and shutil.which(test) is None):
        return None
    try:
        parts = shlex.split(command)
    except ValueError:
        return None
    if not parts or shutil.which(parts[0]) is None or _tells_a_shell(parts):
        return None
    name = next((entry[key] for key in _name_keys() if entry.get(key)), place.stem)
    return Program(name.strip(), command, entry.get("Icon", "").strip(), str(place))


def _tells_a_shell(parts: Sequence[str]) -> bool:
    """Whether the name of a file would be put into a shell's command, which could do anything."""
    is_shell = any(_SHELL.fullmatch(os.path.basename(part)) for part in parts)
    return is_shell and any(
        _SCRIPT_FOLLOWS.fullmatch(before) and _names_file(part) for before, part in pairwise(parts)
    )


def _names_file(part: str) -> bool:
    """Whether an argument holds a code that stands for files."""
    return any(code in "fFuU" for code in re.findall("%(.)", part))


def _filled(part: str, program: Program, paths: Sequence[str]) -> str:
    """One argument with its field codes put in."""
    result, signs = "", iter(part)
    for sign in signs:
        if sign != "%":
            result += sign
            continue
        code = next(signs, "%")
        values = {"%": "%", "c": program.name, "k": program.entry, "f": paths[0], "u": paths[0]}
        result += values.get(code, "")  # the others are deprecated, and to be left out
    return result


def _associated(kind: str, removed: set[str]) -> Iterator[str]:
    """Names of the entries for a kind of file: the usual one, added ones, those that say so."""
    lists = [_read(place) for place in _lists()]
    for section in ("Default Applications", "Added Associations"):
        for each in lists:
            yield from (n for n in _names(each, section, kind) if n not in removed)
    for each in lists:
        removed.update(_names(each, "Removed Associations", kind))
    for folder in _application_folders():
        cache = _read(folder / "mimeinfo.cache")
        yield from (name for name in _names(cache, "MIME Cache", kind) if name not in removed)


def _names(parser: configparser.RawConfigParser, section: str, kind: str) -> list[str]:
    value = parser.get(section, kind, fallback="")
    return [name.strip() for name in value.split(";") if name.strip()]


def _lists() -> Iterator[Path]:
    config = Path(os.environ.get("XDG_CONFIG_HOME") or "~/.config").expanduser()
    folders = [config, *_paths("XDG_CONFIG_DIRS", "/etc/xdg"), *_application_folders()]
    desktops = os.environ.get("XDG_CURRENT_DESKTOP", "").lower().split(":")
    for folder in folders:
        for desktop in filter(None, desktops):
            yield folder / f"{desktop}-mimeapps.list"
        yield folder / "mimeapps.list"


def _application_folders() -> list[Path]:
    own = Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser()
    folders = [own, *_paths("XDG_DATA_DIRS", "/usr/local/share:/usr/share")]
    return [folder / "applications" for folder in folders]


def _paths(name: str, otherwise: str) -> list[Path]:
    return [Path(part) for part in (os.environ.get(name) or otherwise).split(":") if part]


def _read(place: Path) -> configparser.RawConfigParser:
    """A file of sections with keys; empty where it cannot be read."""
    parser = configparser.RawConfigParser(
        delimiters=("=",), comment_prefixes=("#",), strict=False, interpolation=None
    )
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # keys are case-sensitive
    try:
        parser.read(place, encoding="utf-8")
    except (configparser.Error, UnicodeDecodeError, OSError):
        return configparser.RawConfigParser()
    return parser


def _name_keys() -> Iterator[str]:
    language = (locale.getlocale()[0] or "").split(".")[0]
    if language:
        yield f"Name[{language}]"
        yield f"Name[{language.split('_')[0]}]"
    yield "Name"
