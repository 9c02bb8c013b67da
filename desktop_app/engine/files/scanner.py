"""Walks the user's folders and names every file that may be a picture."""

import contextlib
import os
import stat
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.signatures import (
    PICTURE_EXTENSIONS,
    SIGNATURE_BYTES,
    UNSUPPORTED_EXTENSIONS,
    looks_like_picture,
)
from desktop_app.engine.records import FileStamp, FoundFile, SkipKind, SkippedFile

IsRemembered = Callable[[str, FileStamp], bool]
"""Whether the catalog knows the file at this path with this stamp."""

_Folder = tuple[int, int]
"""Device and inode: what makes a folder the same one, whatever path leads to it."""

_SERVICE_FOLDERS = frozenset(
    ["@eaDir", "#recycle", "$RECYCLE.BIN", "System Volume Information", "lost+found"]
)
"""What file servers and systems keep for themselves; as good as hidden."""

BAD_FILE_NAME = "The name of this file is not valid text."
BAD_FOLDER_NAME = "The name of this folder is not valid text, so it was not looked through."
BROKEN_LINK = "This link leads nowhere."
LINK_BACK = "This link leads back to a folder that was already looked through."
LINK_CIRCLE = "This link leads round in a circle."
MISSING = "It is not there, or its drive is not connected."
NOT_A_PICTURE = "Not a picture."
SPECIAL_FILE = "This is a pipe, a socket or a device, not a file."
UNSUPPORTED = "Pictures of this kind cannot be read yet."


def scan(
    roots: Sequence[str],
    is_remembered: IsRemembered,
    cancel: CancelToken,
    left_out: Collection[str] = (),
) -> Iterator[FoundFile | SkippedFile]:
    """Look through folders, depth first, each real folder once.

    Hidden files and folders (a name with a dot in front, and what file servers keep for
    themselves) are passed over in silence, unless they are a root. Links to folders are followed
    after all real folders of their root. A folder that cannot be read is told as a `SkippedFile`
    of kind ``UNREADABLE`` with its path: what the catalog has below it is not gone.

    Args:
        roots: Folders or single files; each file is told once where they overlap.
        is_remembered: A file it knows is told without being opened.
        cancel: Looked at before every entry.
        left_out: Folders that are not looked into, unless they are a root.

    Yields:
        Files that may be pictures, and what was passed over.

    Raises:
        CancelledError: If asked to stop.
    """
    walk = _Walk(is_remembered, cancel, left_out)
    files: list[str] = []
    for root in map(os.path.abspath, roots):
        if not _is_text(root):
            yield _badly_named(root, os.path.isdir(root))
        elif os.path.isdir(root):
            yield from walk.look_through(root)
        else:
            files.append(root)
    for path in dict.fromkeys(files):
        cancel.raise_if_cancelled()
        if not walk.has_told(path):
            yield from walk.look_at_file(path)


class _Walk:
    """One scan: remembers which folders it was in."""

    def __init__(
        self, is_remembered: IsRemembered, cancel: CancelToken, left_out: Collection[str]
    ) -> None:
        self._is_remembered = is_remembered
        self._cancel = cancel
        self._left_out = set(_identities(left_out))
        self._entered: set[_Folder] = set()

    def has_told(self, path: str) -> bool:
        """Whether the folder of this file was looked through, and so the file told."""
        try:
            folder = _identity(os.stat(os.path.dirname(path)))
        except OSError:
            return False
        return folder in self._entered and not os.path.basename(path).startswith(".")

    def look_through(self, root: str) -> Iterator[FoundFile | SkippedFile]:
        """Tell all files of a folder and of those below it."""
        links: deque[str] = deque()
        yield from self._descend(root, links)
        while links:
            link = links.popleft()
            self._cancel.raise_if_cancelled()
            try:
                target = _identity(os.stat(link))
            except OSError as error:
                yield _unreadable(link, error)
                continue
            if target in self._entered:
                yield SkippedFile(link, LINK_BACK, SkipKind.LINK)
            else:
                yield from self._descend(link, links)

    def look_at_file(self, path: str) -> Iterator[FoundFile | SkippedFile]:
        """Tell what is at a path that is not a folder."""
        try:
            status = os.stat(path)
        except OSError as error:
            yield _dead_link(path, error) if os.path.islink(path) else _unreadable(path, error)
            return
        yield self._judge(path, os.path.basename(path), status)

    def _descend(self, top: str, links: deque[str]) -> Iterator[FoundFile | SkippedFile]:
        """Tell the files of all real folders from ``top`` on; put links to folders aside."""
        pending = [top]
        while pending:
            folder = pending.pop()
            try:
                identity = _identity(os.stat(folder))
                if folder != top and identity in self._left_out:
                    continue
                # Some network drives number nothing: there, every folder counts as another one.
                if identity[1] and identity in self._entered:
                    continue
                self._entered.add(identity)
                # Streamed, not listed: a folder may hold a million files.
                with os.scandir(folder) as entries:
                    yield from self._look_into(entries, pending, links)
            except OSError as error:
                yield _unreadable(folder, error)

    def _look_into(
        self, entries: Iterator[os.DirEntry[str]], folders: list[str], links: deque[str]
    ) -> Iterator[FoundFile | SkippedFile]:
        """Tell the files of one folder; add the folders and links to folders in it.

        Ordinary files come first here and with few calls: a rescan of a large library is hardly
        anything but this loop.
        """
        raise_if_cancelled = self._cancel.raise_if_cancelled
        for entry in entries:
            raise_if_cancelled()
            name = entry.name
            if name[0] == ".":
                continue
            if not (name.isascii() or _is_text(name)):
                yield _badly_named(entry.path, entry.is_dir(follow_symlinks=False))
            elif entry.is_file(follow_symlinks=False):
                try:
                    status = entry.stat()
                except FileNotFoundError:
                    continue  # deleted since the folder was opened
                except OSError as error:
                    yield _unreadable(entry.path, error)
                else:
                    yield self._judge(entry.path, name, status)
            elif entry.is_dir(follow_symlinks=False):
                if name not in _SERVICE_FOLDERS:
                    folders.append(entry.path)
            elif _leads_to_folder(entry):
                links.append(entry.path)
            else:
                yield from self.look_at_file(entry.path)

    def _judge(self, path: str, name: str, status: os.stat_result) -> FoundFile | SkippedFile:
        """Say whether something that is not a folder may be a picture."""
        if not stat.S_ISREG(status.st_mode):
            return SkippedFile(path, SPECIAL_FILE, SkipKind.SPECIAL_FILE)
        stamp = FileStamp(status.st_size, status.st_mtime_ns)
        # Three times as quick as os.path.splitext, which would be a tenth of the whole scan.
        extension = name[name.rfind(".") :].lower()
        if extension in PICTURE_EXTENSIONS or self._is_remembered(path, stamp):
            return FoundFile(path, stamp)
        if extension in UNSUPPORTED_EXTENSIONS:
            return SkippedFile(path, UNSUPPORTED, SkipKind.UNSUPPORTED, stamp)
        try:
            with open(path, "rb", buffering=0) as file:
                head = file.read(SIGNATURE_BYTES)
        except OSError as error:
            return _unreadable(path, error, stamp)
        if looks_like_picture(head):
            return FoundFile(path, stamp)
        return SkippedFile(path, NOT_A_PICTURE, SkipKind.NOT_A_PICTURE, stamp)


def is_hidden(path: str, root: str) -> bool:
    """Whether a scan of a root passes over something below it in silence."""
    parts = os.path.relpath(path, root).split(os.sep)
    return path != root and any(part.startswith(".") or part in _SERVICE_FOLDERS for part in parts)


def _identities(folders: Collection[str]) -> Iterator[_Folder]:
    for folder in folders:
        with contextlib.suppress(OSError):
            yield _identity(os.stat(folder))


def _is_text(name: str) -> bool:
    """Whether a name is valid Unicode; bytes that are not come as lone surrogates."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _badly_named(path: str, is_folder: bool) -> SkippedFile:
    printable = os.fsencode(path).decode("utf-8", "backslashreplace")
    reason = BAD_FOLDER_NAME if is_folder else BAD_FILE_NAME
    return SkippedFile(printable, reason, SkipKind.BAD_NAME)


def _identity(status: os.stat_result) -> _Folder:
    return status.st_dev, status.st_ino


def _leads_to_folder(link: os.DirEntry[str]) -> bool:
    try:
        return link.is_dir()
    except OSError:  # a circle, or a folder that may not be entered: told when it is opened
        return False


def _dead_link(path: str, error: OSError) -> SkippedFile:
    """Describe a link whose target cannot be looked at."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return SkippedFile(path, BROKEN_LINK, SkipKind.LINK)
    if isinstance(error, PermissionError):
        return _unreadable(path, error)
    return SkippedFile(path, LINK_CIRCLE, SkipKind.LINK)


def _unreadable(path: str, error: OSError, stamp: FileStamp | None = None) -> SkippedFile:
    if isinstance(error, PermissionError):
        reason = "You may not read it."
    elif isinstance(error, FileNotFoundError):
        reason = MISSING
    else:
        reason = f"It cannot be read ({error.strerror})."
    return SkippedFile(path, reason, SkipKind.UNREADABLE, stamp)
