"""What the program stands on here: libraries, disk, display, and the user's library."""

import os
import shutil
import tempfile
import time
from pathlib import Path

from desktop_app.engine.library import Library
from desktop_app.engine.model.encoder import OnnxRuntime
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.protocols import Models
from desktop_app.engine.store import hnsw, sqlite_facts
from desktop_app.self_test.main_job import SelfTestError

_WRITTEN_BYTES = 16 * 1024 * 1024
_LEAST_FREE_BYTES = 200_000_000
"""With less, indexing stops soon."""


def display() -> str:
    """Whether the window could open; a computer without a screen is none that fails.

    Raises:
        UserFacingError: If there is a screen, and no window can open on it.
    """
    from desktop_app.ui.start.display import NoDisplayError, require_display

    try:
        require_display()
    except NoDisplayError as error:
        return f"none: {error.text}"
    return os.environ.get("QT_QPA_PLATFORM") or os.environ.get("XDG_SESSION_TYPE") or "there"


def onnxruntime() -> str:
    """Its version, and what it could compute with."""
    runtime = OnnxRuntime()
    providers = [each.removesuffix("ExecutionProvider") for each in runtime.providers]
    return f"{runtime.version} with {', '.join(providers)}"


def usearch() -> str:
    """Its version, and the kind of processor it is made for here."""
    return hnsw.description()


def sqlite(folder: Path) -> str:
    """Its version, and what the library needs of it."""
    found = sqlite_facts.look(folder / "facts.sqlite3")
    if not found.has_words:
        raise SelfTestError(f"{found.version} without FTS5, which finds names")
    return f"{found.version}, a commit takes {found.commit_s * 1000:.1f} ms"


def disk(paths: DataPaths) -> str:
    """Room and speed of the disk on which the library lies.

    Where there is none yet, what stands in its way is said, and is no failure: it may be meant to
    lie elsewhere.
    """
    folder = paths.data
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    room = f"{free / 1e9:.1f} GB free"
    if folder != paths.data:
        if not os.access(folder, os.W_OK):
            return f"{room}, no library yet, and its folder cannot be made"
        little = " (too little)" if free < _LEAST_FREE_BYTES else ""
        return f"{room}{little}, no library yet"
    if free < _LEAST_FREE_BYTES:
        raise SelfTestError(f"only {free / 1e6:.0f} MB free where the library lies")
    return f"{room}, writes {_write_speed(folder) / 1e6:.0f} MB/s"


def library(paths: DataPaths, models: Models) -> str:
    """What the user has, as far as numbers tell."""
    if not paths.catalog.exists():
        return "none yet"
    opened = Library.open(paths, models, writable=False)
    try:
        failed, _others = opened.skip_counts()
        folders = len(opened.roots())
        size = paths.catalog.stat().st_size
        return (
            f"{opened.picture_count()} pictures in {folders} folders, {failed} not indexed, "
            f"{size / 1e6:.1f} MB"
        )
    finally:
        opened.close()


def _write_speed(folder: Path) -> float:
    """Bytes a second that reach the disk; leaves nothing there."""
    block = os.urandom(1024 * 1024)
    started = time.perf_counter()
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            for _ in range(_WRITTEN_BYTES // len(block)):
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise SelfTestError(
            f"the library's folder cannot be written: {error.strerror or error}"
        ) from error
    return _WRITTEN_BYTES / (time.perf_counter() - started)
