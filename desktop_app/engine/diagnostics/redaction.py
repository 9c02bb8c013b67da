"""Takes out of a report what is the user's own: names of folders, pictures, drives and people.

Rather too much than too little: where it cannot be told where a path ends, the rest of the line
goes too.
"""

import contextlib
import getpass
import os
import platform
import re
from collections.abc import Iterable

PATH = "<path>"
SEARCH = "<search>"

_PICTURES = (
    "avif", "bmp", "gif", "heic", "heif", "jpeg", "jpg", "jxl", "png", "psd", "tif", "tiff",
    "webp", "xmp",
)  # fmt: skip
_ENDING = re.compile(rf"\.(?:{'|'.join(_PICTURES)})\b", re.IGNORECASE)
_NAME = re.compile(rf"[^\s\"'<>|/\\]+{_ENDING.pattern}", re.IGNORECASE)
_CODE = re.compile(r'File "(?P<file>[^"\n]+)"(?=, line \d)')
_CODE_ROOTS = re.compile(r"^.*[\\/](?:site-packages|dist-packages|lib-dynload|_internal)[\\/]")
_PYTHON = re.compile(r"^.*[\\/](?P<kept>python3?\.?\d*[\\/])", re.IGNORECASE)
_ABSOLUTE = re.compile(r"[\\/]|[A-Za-z]:|~")
_OWN = re.compile(r"^.*[\\/](?P<kept>desktop_app[\\/])")
_QUOTED = re.compile(
    r"(?<!\w)'(?:[^'\n\\]|\\.)*'(?!\w)|\"(?:[^\"\n\\]|\\.)*\"|“[^”\n]*”|«[^»\n]*»|‘[^’\n]*’"
)
_PATH = re.compile(
    r"(?:"
    r"\bfile:(?=/)|\b(?!https?:)[A-Za-z][\w+.-]+:(?=//)"  # an address of a file
    r"|\b[A-Za-z]:[\\/]"  # Windows
    r"|\\\\(?=\w)|(?<![:/])//(?=\w)"  # another computer's
    r"|~[\w.-]*[\\/]"
    r"|(?<![\w.<>/\\])/(?=[^\s/])"
    r")[^\n\"]*"
)
_SHORTEST = 2
"""A search or a name of one letter would be taken out of every word."""


class Redaction:
    """Knows what is to be taken out here.

    Args:
        places: Folders with the words that stand for them, such as the library's.
        searches: What was searched for lately.
        names: Whether names of folders and files may stay.
        queries: Whether searches may stay.

    Attributes:
        keeps_queries: Whether searches may stay.
    """

    def __init__(
        self,
        places: Iterable[tuple[str, str]] = (),
        searches: Iterable[str] = (),
        *,
        names: bool = False,
        queries: bool = False,
    ) -> None:
        self._names = names
        self.keeps_queries = queries
        self._places = [
            (re.compile(re.escape(place.rstrip("/\\")) + r"(?![\w.-])([\\/][^\n\"]*)?"), word)
            for place, word in sorted(places, key=lambda each: len(each[0]), reverse=True)
            if len(place) > _SHORTEST
        ]
        wanted = {each.strip() for each in searches if len(each.strip()) >= _SHORTEST}
        self._searches = None if queries else _any_of(wanted)
        self._people = _any_of(_people())
        self._computer = _any_of({platform.node()} - {"", "localhost"})

    def value(self, text: str) -> str:
        """What may be read of a text that was filled into a line of the log."""
        if not self._names and _is_place(text):
            ending = _ENDING.search(text[-6:])
            return f"<path>{ending.group()}" if ending else PATH
        return self.text(text)

    def text(self, text: str) -> str:
        """What may be read of some lines."""
        return "\n".join(self._line(each) for each in text.split("\n"))

    def _line(self, line: str) -> str:
        line = _CODE.sub(lambda found: f'File "{_of_code(found["file"])}"', line)
        code = _CODE.match(line.strip())
        if code is not None:  # a frame says nothing else
            return line
        if self._searches is not None:
            line = self._searches.sub(SEARCH, line)
        if not self._names:
            for place, word in self._places:
                line = place.sub(lambda found, word=word: _in_place(word, found[1]), line)  # type: ignore[misc]
            line = _QUOTED.sub("'…'", line)
            line = _PATH.sub(_short, line)
            line = _NAME.sub(lambda found: f"<picture>{os.path.splitext(found.group())[1]}", line)
            if self._people is not None:
                line = self._people.sub("<user>", line)
            if self._computer is not None:
                line = self._computer.sub("<computer>", line)
        return line


def places_of_this_computer(data: str = "", logs: str = "") -> list[tuple[str, str]]:
    """The folders whose names a report may replace by a word, because they say nothing else.

    Args:
        data: The library's folder.
        logs: The folder of the logs.
    """
    return [(place, word) for place, word in ((data, "library"), (logs, "logs")) if place]


def _of_code(path: str) -> str:
    """A source file as anybody's copy of the program has it."""
    if not _ABSOLUTE.match(path):  # a packed program has the files of no computer
        return path.replace("\\", "/")
    for roots in (_OWN, _PYTHON):
        if (found := roots.match(path)) is not None and "-packages" not in path:
            return path[found.start("kept") :].replace("\\", "/")
    if _CODE_ROOTS.match(path):
        return _CODE_ROOTS.sub("", path).replace("\\", "/")
    return os.path.basename(path.replace("\\", "/"))


def _in_place(word: str, rest: str | None) -> str:
    """A known folder, or something in it, whose name may be the user's own."""
    return f"<in the {word}>" if rest and rest.strip("/\\") else f"<{word}>"


def _short(found: "re.Match[str]") -> str:
    ending = _ENDING.search(found.group()[-6:])
    return f"<path>{ending.group()}" if ending else PATH


def _is_place(text: str) -> bool:
    return "/" in text or "\\" in text or _ENDING.search(text) is not None


def _people() -> set[str]:
    """What this user is called: by the system, and by the name of their folder."""
    names = {os.path.basename(os.path.expanduser("~"))}  # which stays where there is no home
    with contextlib.suppress(OSError, KeyError, ImportError):  # a user without a name
        names.add(getpass.getuser())
    return {each for each in names if len(each) > _SHORTEST}


def _any_of(words: Iterable[str]) -> "re.Pattern[str] | None":
    """Finds any of some words, the longest first; None where there are none."""
    ordered = sorted(words, key=len, reverse=True)
    if not ordered:
        return None
    text = "|".join(re.escape(each) for each in ordered)
    return re.compile(rf"(?<!\w)(?:{text})(?!\w)", re.IGNORECASE)
