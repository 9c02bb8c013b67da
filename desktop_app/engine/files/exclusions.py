"""What a scan passes over: by the names of folders, and by patterns of the user's own."""

import fnmatch
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

SERVICE_FOLDERS = frozenset(
    [
        "@eaDir", "#recycle", "#snapshot", "$RECYCLE.BIN", "System Volume Information",
        "lost+found", "node_modules", "__MACOSX", "__pycache__",
    ]
)  # fmt: skip
"""What file servers, systems and tools keep for themselves; as good as hidden. Names with a dot in
front, such as ``.git``, are passed over anyway."""


@dataclass(frozen=True, slots=True)
class Exclusions:
    """What is not looked at, unless it is what the user gave.

    Attributes:
        own_folders: Where the program keeps its own files, which are nobody's pictures.
        patterns: The user's: shell patterns without regard to case. One without a slash is for
            names of files and folders at any depth, such as ``*.psd``; one with a slash is for
            paths below the folder that was added, such as ``Work/drafts``.
    """

    own_folders: Sequence[str] = ()
    patterns: Sequence[str] = ()
    patterns_exclude: Callable[[str, str], bool] | None = field(init=False, compare=False)
    """Whether a pattern is for a path below a root, given path and root; None without patterns."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "patterns_exclude", _matcher(self.patterns))

    def exclude(self, path: str, root: str) -> bool:
        """Whether a path below a root is passed over, by itself or by a folder above it."""
        if self.patterns_exclude is None:
            return False
        while len(path) > len(root):
            if self.patterns_exclude(path, root):
                return True
            path = os.path.dirname(path)
        return False


def _matcher(patterns: Sequence[str]) -> Callable[[str, str], bool] | None:
    names: list[str] = []
    paths: list[str] = []
    for pattern in patterns:
        plain = pattern.strip().replace("\\", "/").strip("/").casefold()
        if plain:
            (paths if "/" in plain else names).append(fnmatch.translate(plain))
    if not names and not paths:
        return None
    name = re.compile("|".join(names)) if names else None
    place = re.compile("|".join(paths)) if paths else None

    def excludes(path: str, root: str) -> bool:
        if name is not None and name.match(os.path.basename(path).casefold()):
            return True
        if place is None:
            return False
        below = path[len(root.rstrip(os.sep)) + 1 :].replace(os.sep, "/")
        return place.match(below.casefold()) is not None

    return excludes


NOTHING_MORE = Exclusions()
"""Only what every scan passes over."""
