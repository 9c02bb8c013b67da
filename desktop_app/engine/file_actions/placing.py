"""Gives a file another place without ever overwriting one."""

import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.fingerprint import content_hash
from desktop_app.engine.phrases import phrase

PARTIAL = ".partial"
"""End of the names of unfinished copies; they begin with a dot, so no scan looks at them."""

_CHUNK_BYTES = 1 << 20
_OTHER_VOLUME = (errno.EXDEV,)
_WINDOWS_OTHER_VOLUME = 17  # ERROR_NOT_SAME_DEVICE


class CopyDiffersError(OSError):
    """What was read back of a copy is not what was written, or the original changed meanwhile."""

    def __init__(self, path: str) -> None:
        super().__init__(
            errno.EIO, phrase("Engine: Files", "The copy is not the same as the original."), path
        )


def place(source: str, target: str, cancel: CancelToken) -> None:
    """Move a file, also to another volume: there it is copied, compared and only then removed.

    Args:
        source: Where it is.
        target: Where it is to be; its folder is there.
        cancel: Stops a copy with nothing left of it.

    Raises:
        FileExistsError: If something is there already.
        OSError: If it cannot be done; the file is where it was.
        CancelledError: If a copy was stopped.
    """
    if _is_other_spelling(source, target):
        os.rename(source, target)
        return
    try:
        _rename(source, target)
    except OSError as error:
        if not _is_other_volume(error):
            raise
        _carry_over(source, target, cancel)


def copy(source: str, target: str, cancel: CancelToken) -> None:
    """Copy a file with its times; nothing of it is at the target before all of it is.

    Raises:
        FileExistsError: If something is there already.
        OSError: If it cannot be done.
        CancelledError: If it was stopped; nothing is left then.
    """
    with partial_file(target) as unfinished:
        _copy_content(source, unfinished, cancel)
        _rename(unfinished, target)


@contextmanager
def partial_file(target: str) -> Iterator[str]:
    """A name for an unfinished file beside its target; whatever is still there goes at the end."""
    folder, name = os.path.split(target)
    unfinished = os.path.join(folder, f"{partial_start(name)}{os.getpid()}{PARTIAL}")
    try:
        yield unfinished
    finally:
        with suppress(OSError):
            os.unlink(unfinished)


def partial_start(name: str) -> str:
    """What the names of unfinished files begin with; no longer than a name may be."""
    return f".{os.fsencode(name)[:200].decode('utf-8', 'ignore')}."


def settle(unfinished: str, target: str) -> None:
    """Give a finished file its name.

    Raises:
        FileExistsError: If something is there already.
    """
    _rename(unfinished, target)


def _rename(source: str, target: str) -> None:
    """Rename within a volume, but over nothing. POSIX would replace what is there."""
    if sys.platform == "win32":
        os.rename(source, target)
        return
    # Takes the name first: from then on whoever wants it sees that it is taken.
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        os.replace(source, target)
    except BaseException:
        remove_placeholder(target)
        raise


def remove_placeholder(target: str) -> None:
    """Remove a file that only held a name, unless something has been written into it."""
    with suppress(OSError):
        if os.lstat(target).st_size == 0:
            os.unlink(target)


def _is_other_spelling(source: str, target: str) -> bool:
    """Whether two names are one file because their folder takes large and small letters alike.

    Two hard links to one file are not: for these POSIX lets a renaming do nothing.
    """
    if source == target or source.casefold() != target.casefold():
        return False
    try:
        is_same = os.path.samefile(source, target)
        names = os.listdir(os.path.dirname(target)) if is_same else []
    except OSError:
        return False
    return is_same and os.path.basename(target) not in names


def _is_other_volume(error: OSError) -> bool:
    return error.errno in _OTHER_VOLUME or (
        getattr(error, "winerror", None) == _WINDOWS_OTHER_VOLUME
    )


def _carry_over(source: str, target: str, cancel: CancelToken) -> None:
    with partial_file(target) as unfinished:
        before = os.stat(source)
        _copy_content(source, unfinished, cancel)
        if content_hash(unfinished) != content_hash(source):
            raise CopyDiffersError(source)
        after = os.stat(source)
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise CopyDiffersError(source)
        _rename(unfinished, target)
    _sync_folder(os.path.dirname(target))
    try:
        os.unlink(source)
    except OSError:
        # One that may not be removed would be there twice: it stays where it was.
        with suppress(OSError):
            os.unlink(target)
        raise


def _copy_content(source: str, target: str, cancel: CancelToken) -> None:
    with open(source, "rb") as reader, open(target, "xb") as writer:
        while chunk := reader.read(_CHUNK_BYTES):
            cancel.raise_if_cancelled()
            writer.write(chunk)
        writer.flush()
        os.fsync(writer.fileno())
    _copy_times(source, target)


def _copy_times(source: str, target: str) -> None:
    """Give a copy the times, rights and attributes of its original, as far as its drive takes them.

    Drives of phones and cameras, and many on a network, refuse to be told.
    """
    with suppress(OSError):
        shutil.copystat(source, target)
        return
    status = os.stat(source)
    with suppress(OSError):
        os.utime(target, ns=(status.st_atime_ns, status.st_mtime_ns))


def _sync_folder(folder: str) -> None:
    """Have the new name on the disk before the old one goes."""
    if sys.platform == "win32":
        return
    with suppress(OSError):  # not every file system can
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
