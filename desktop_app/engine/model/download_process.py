"""What runs in the download process: fetches the files of one model, and tells how far it is.

A process of its own, because that alone can be stopped at any instant, be it waiting for a name
server, a connection or a byte; and because ``huggingface_hub`` reads its settings from the
environment when it is imported: here it gets ours and the program's own environment stays alone.
"""

import contextlib
import errno
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import connection
from pathlib import Path

from desktop_app.engine.child_process import follow_parent
from desktop_app.engine.model.hub_source import HubSource
from desktop_app.engine.model.offers import OfferedFile
from desktop_app.engine.phrases import phrase

REPORT_EVERY_S = 0.1

_MAKE_ROOM = phrase(
    "Engine: Models",
    "Make room on that disk and try again: what was fetched is kept, and it goes on from there.",
)
_SETTINGS = {
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
    "HF_HUB_DISABLE_UPDATE_CHECK": "1",
    "HF_HUB_DISABLE_XET": "1",  # another protocol, with a cache of its own
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
}


@dataclass(frozen=True, slots=True)
class Request:
    """What to fetch.

    Attributes:
        source: Where it comes from.
        files: The files, in the order in which they are fetched.
        folder: Where they go.
    """

    source: HubSource
    files: tuple[OfferedFile, ...]
    folder: Path


@dataclass(frozen=True, slots=True)
class Fetched:
    """How far it is.

    Attributes:
        file: At work.
        done_bytes: Of all files together.
    """

    file: str
    done_bytes: int


@dataclass(frozen=True, slots=True)
class Failed:
    """Why it ended.

    Attributes:
        text: One plain sentence.
        hint: What to do about it.
    """

    text: str
    hint: str


@dataclass(frozen=True, slots=True)
class Done:
    """Every file is there and right."""


Message = Fetched | Failed | Done


def bytes_there(folder: Path, file: OfferedFile) -> int:
    """How much of a file earlier attempts have fetched; whether it is right is not looked at."""
    for name in (file.path, file.path + ".part"):
        with contextlib.suppress(OSError):
            return min((folder / name).stat().st_size, file.size_bytes)
    return 0


def run(pipe: "connection.Connection[Message, object]", request: Request) -> None:
    """Fetch all files of a model; the last message says how it ended.

    Args:
        pipe: Gets the messages.
        request: What to fetch.
    """
    follow_parent()
    os.environ.update(_SETTINGS, HF_HOME=str(request.folder.parent / "hub"))
    pipe.send(_fetch_all(request, pipe.send))


def _fetch_all(request: Request, send: Callable[[Message], None]) -> Message:
    # only now: it reads the environment when it is imported
    from desktop_app.engine.model.hub_client import KEPT, FetchError, fetch_file

    there = {file: bytes_there(request.folder, file) for file in request.files}
    try:
        for file in request.files:
            others = sum(there.values()) - there[file]
            report = _Reporter(file, others, send).report
            fetch_file(request.source, file, request.folder, report)
            there[file] = file.size_bytes
    except FetchError as error:
        return Failed(error.text, error.hint)
    except OSError as error:
        is_full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        return Failed(
            phrase("Engine: Models", "The folder {folder} cannot be written ({reason}).").format(
                folder=request.folder, reason=error.strerror or error
            ),
            _MAKE_ROOM if is_full else KEPT,
        )
    return Done()


class _Reporter:
    """Sends how far a file is, now and then."""

    def __init__(
        self, file: OfferedFile, others_bytes: int, send: Callable[[Message], None]
    ) -> None:
        self._file = file
        self._others_bytes = others_bytes
        self._send = send
        self._sent_at = 0.0

    def report(self, done_bytes: int) -> None:
        now = time.monotonic()
        if now - self._sent_at >= REPORT_EVERY_S or done_bytes >= self._file.size_bytes:
            self._sent_at = now
            self._send(Fetched(self._file.path, self._others_bytes + done_bytes))
