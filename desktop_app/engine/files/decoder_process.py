"""What runs in a decoder process: takes files, answers with decoded pictures, until told to stop.

The process is there to die: whatever a damaged file does to the reader, the program survives it.
Its parent, `desktop_app.engine.files.decoder_worker`, watches its time and memory.
"""

import contextlib
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import connection

import psutil

from desktop_app.engine.child_process import POSIX_NICENESS, follow_parent
from desktop_app.engine.files.picture_reader import (
    OUT_OF_MEMORY,
    DecodeLimits,
    UndecodableError,
    make_copy,
    read_details,
    read_picture,
)
from desktop_app.engine.protocols import PictureResizer
from desktop_app.engine.records import (
    CopyForm,
    DecodedPicture,
    FoundFile,
    PictureCopy,
    PictureDetails,
    SkipKind,
    SkippedFile,
)

GENTLE_NICENESS = 19


@dataclass(frozen=True, slots=True)
class Ready:
    """The first message: everything is imported, files may come."""


@dataclass(frozen=True, slots=True)
class ReaderFault:
    """A file on which the reader failed in a way that is no property of the file.

    Attributes:
        details: The traceback, for the log.
    """

    details: str


Answer = DecodedPicture | PictureDetails | PictureCopy
Reply = Answer | SkippedFile | ReaderFault


def run(
    pipe: "connection.Connection[Ready | Reply, FoundFile]",
    resizer: PictureResizer,
    min_side_px: int,
    limits: DecodeLimits,
    is_gentle: bool = False,
    is_header_only: bool = False,
    copy: CopyForm | None = None,
) -> None:
    """Answer every file that comes through the pipe, in order; end when it closes.

    Args:
        pipe: The only tie to the parent.
        resizer: Makes the model's input.
        min_side_px: Shorter side that the resizer wants at least.
        limits: Handed to `read_picture`.
        is_gentle: Whether to let everything else on the computer go first.
        is_header_only: Whether to answer with what the header says, and decode nothing.
        copy: How to make copies, where those are wanted and nothing else.
    """

    def read(file: FoundFile) -> Answer:
        if copy is not None:
            return make_copy(file.path, copy, limits)
        if is_header_only:
            return read_details(file.path, limits)
        return read_picture(file.path, resizer, min_side_px, limits)

    follow_parent()
    with contextlib.suppress(psutil.Error):  # a system that forbids it decodes all the same
        set_priority(psutil.Process(), is_gentle=is_gentle)
    try:
        pipe.send(Ready())
        while True:
            file = pipe.recv()
            pipe.send(_answer(file, read))
    except (EOFError, OSError):
        return  # the parent has closed its end, or is gone


def _answer(file: FoundFile, read: Callable[[FoundFile], Answer]) -> Reply:
    try:
        return read(file)
    except UndecodableError as error:
        return SkippedFile(file.path, error.reason, error.kind, file.stamp)
    except MemoryError:
        return SkippedFile(file.path, OUT_OF_MEMORY, SkipKind.DECODER_FAILED, file.stamp)
    except Exception:  # noqa: BLE001 - a fault in the resizer must cost one picture, not the run
        return ReaderFault(traceback.format_exc())


def set_priority(process: psutil.Process, *, is_gentle: bool) -> None:
    """Let the window and other programs go before a decoder process.

    Args:
        process: The process.
        is_gentle: Whether it is to work only when nothing else wants to, on its disk too.

    Raises:
        psutil.Error: If the system forbids it. On POSIX that is usual where it is to be less
            gentle than before.
    """
    if sys.platform == "win32":
        process.nice(
            psutil.IDLE_PRIORITY_CLASS if is_gentle else psutil.BELOW_NORMAL_PRIORITY_CLASS
        )
        process.ionice(psutil.IOPRIO_VERYLOW if is_gentle else psutil.IOPRIO_NORMAL)
    else:
        process.nice(GENTLE_NICENESS if is_gentle else POSIX_NICENESS)
        if sys.platform == "linux":
            # NONE follows the niceness, as it does for a process that was never told.
            process.ionice(psutil.IOPRIO_CLASS_IDLE if is_gentle else psutil.IOPRIO_CLASS_NONE)
