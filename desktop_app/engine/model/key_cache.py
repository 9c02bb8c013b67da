"""Remembers the keys of model folders, so that large ones are not digested at every start."""

import contextlib
import json
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop_app.engine.model.replaced_file import replace_file

_MAX_FILE_BYTES = 4 * 1024 * 1024

_Stamps = dict[str, list[int]]


class KeyCache:
    """Keys by folder, each with the sizes and times of the files it was computed from.

    Only a cache: a file that is missing, damaged or cannot be written costs time and nothing
    else. Any thread may call it.
    """

    def __init__(self, file: Path) -> None:
        """Keep them in this file; its folder need not be there yet."""
        self._file = file
        self._lock = threading.Lock()
        self._entries: dict[str, object] | None = None

    def key_of(
        self, label: str, files: Sequence[Path], compute: Callable[[], tuple[str, Sequence[Path]]]
    ) -> str:
        """The key of a folder, from memory where none of its files has changed.

        Args:
            label: What tells this folder and use of it from others.
            files: The files that are known to decide the key.
            compute: Gives the key and all the files it was computed from.
        """
        known = self._remembered(label)
        if known is not None:
            key, stamps = known
            if {str(file) for file in files} <= set(stamps) and _stamps(stamps) == stamps:
                return key
        key, all_files = compute()
        self._remember(label, key, _stamps([str(file) for file in all_files]))
        return key

    def _remembered(self, label: str) -> tuple[str, _Stamps] | None:
        with self._lock:
            if self._entries is None:
                self._entries = _read(self._file)
            entry = self._entries.get(label)
        match entry:
            case {"key": str(key), "files": dict(stamps)}:
                return key, stamps
        return None

    def _remember(self, label: str, key: str, stamps: _Stamps) -> None:
        with self._lock:
            entries = {} if self._entries is None else self._entries
            entries[label] = {"key": key, "files": stamps}
            self._entries = entries
            with contextlib.suppress(OSError):  # computed anew next time
                replace_file(self._file, json.dumps(entries))


def _stamps(files: "_Stamps | Sequence[str]") -> _Stamps:
    """Size and time of every file that can be asked; the others are absent."""
    stamps = {}
    for file in files:
        with contextlib.suppress(OSError, ValueError):
            status = Path(file).stat()
            stamps[file] = [status.st_size, status.st_mtime_ns]
    return stamps


def _read(file: Path) -> dict[str, object]:
    with contextlib.suppress(OSError, ValueError, RecursionError):
        if file.stat().st_size <= _MAX_FILE_BYTES:
            content = json.loads(file.read_bytes())
            if isinstance(content, dict):
                return content
    return {}
