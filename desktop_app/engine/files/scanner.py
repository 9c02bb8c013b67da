"""Walks the user's folders and names every file that may be a picture."""

import contextlib
import os
import stat
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, islice
from operator import attrgetter

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.attributes import (
    CLOUD_ONLY,
    HAS_ATTRIBUTES,
    is_hidden_by_system,
    is_placeholder,
)
from desktop_app.engine.files.cache_tags import TAG_NAME, CacheFolders, is_cache
from desktop_app.engine.files.exclusions import NOTHING_MORE, SERVICE_FOLDERS, Exclusions
from desktop_app.engine.files.patience import Whereabouts
from desktop_app.engine.files.reach import NO_ANSWER
from desktop_app.engine.files.signatures import (
    PICTURE_EXTENSIONS,
    SIGNATURE_BYTES,
    UNSUPPORTED_EXTENSIONS,
    is_sidecar,
    looks_like_picture,
)
from desktop_app.engine.paths import is_below
from desktop_app.engine.phrases import phrase
from desktop_app.engine.records import FileStamp, FoundFile, SkipKind, SkippedFile

Recognise = Callable[[str, int, int], bool]
"""Whether there is nothing to do for the file at this path, of this length in bytes and this
modification time in nanoseconds."""

_Folder = tuple[int, int]
"""Device and inode: what makes a folder the same one, whatever path leads to it."""

PULSE_EVERY = 500
"""Files between two signs of life."""

READ_AHEAD = 10_000
"""Entries of a folder that are read before the first is told, 3 MB: among them the tag of a cache
is found without asking for it. Only a folder that has more is asked."""

BAD_FILE_NAME = phrase("Engine: Files", "The name of this file is not valid text.")
BAD_FOLDER_NAME = phrase(
    "Engine: Files", "The name of this folder is not valid text, so it was not looked through."
)
BROKEN_LINK = phrase("Engine: Files", "This link leads nowhere.")
LINK_BACK = phrase(
    "Engine: Files", "This link leads back to a folder that was already looked through."
)
LINK_CIRCLE = phrase("Engine: Files", "This link leads round in a circle.")
MISSING = phrase("Engine: Files", "It is not there, or its drive is not connected.")
NOT_A_PICTURE = phrase("Engine: Files", "Not a picture.")
SPECIAL_FILE = phrase("Engine: Files", "This is a pipe, a socket or a device, not a file.")
UNSUPPORTED = phrase("Engine: Files", "Pictures of this kind cannot be read yet.")


def scan(
    roots: Sequence[str],
    recognise: Recognise,
    cancel: CancelToken,
    exclusions: Exclusions = NOTHING_MORE,
    on_mount: Callable[[str], None] = lambda _path: None,
    silent: Collection[str] = (),
    at: Whereabouts | None = None,
    within: str | None = None,
) -> Iterator[FoundFile | SkippedFile | None]:
    """Look through folders, depth first, each real folder once.

    Hidden files and folders, folders that say they are a cache, and what `Exclusions` names are
    passed over in silence, unless they are a root. Links to folders are followed after all real
    folders of their root. A folder that cannot be read is told as a `SkippedFile` of kind
    ``UNREADABLE`` with its path: what the catalog has below it is not gone. Placeholders of files
    that lie in a cloud are not opened.

    Args:
        roots: Folders or single files; each file is told once where they overlap.
        recognise: Asked once for every file; what it recognises is neither opened nor told.
        cancel: Looked at many times a second.
        exclusions: What is passed over.
        on_mount: Called with every folder that is another drive than the one above it.
        silent: Folders, and links to folders, that do not answer: they are told as `OFFLINE` and
            nobody is asked for them.
        at: Is told where the scan is.
        within: The folder of the library that the roots are parts of; what the whole of it would
            show elsewhere is not shown by links in a part. None where the roots are wholes.

    Yields:
        Files that may be pictures, and what was passed over; None now and then, after
        `PULSE_EVERY` files.

    Raises:
        CancelledError: If asked to stop.
    """
    at = at or Whereabouts("")
    walk = _Walk(recognise, cancel, exclusions, on_mount, frozenset(silent), at, within)
    files: list[str] = []
    for root in map(os.path.abspath, roots):
        at.go_to(root)
        if not _is_text(root):
            yield _badly_named(root, os.path.isdir(root))
        elif os.path.isdir(root):
            yield from walk.look_through(root)
        else:
            files.append(root)
    for path in dict.fromkeys(files):
        cancel.raise_if_cancelled()
        at.go_to(path)
        if not walk.has_told(path):
            yield from walk.look_at_file(path)


class _Walk:
    """One scan: which folders it has entered, and what it passes over."""

    def __init__(
        self,
        recognise: Recognise,
        cancel: CancelToken,
        exclusions: Exclusions,
        on_mount: Callable[[str], None],
        silent: AbstractSet[str],
        at: Whereabouts,
        within: str | None,
    ) -> None:
        self._recognise = recognise
        self._cancel = cancel
        self._exclusions = exclusions
        self._on_mount = on_mount
        self._silent = silent
        self._at = at
        self._left_out = set(_identities(exclusions.own_folders))
        self._within = within
        self._real_whole = None if within is None else os.path.realpath(within)
        self._whole = set(_identities(() if within is None else [within]))
        self._entered: set[_Folder] = set()

    def has_told(self, path: str) -> bool:
        """Whether the folder of this file was looked through, and so the file told."""
        try:
            folder = _identity(os.stat(os.path.dirname(path)))
        except OSError:
            return False
        return folder in self._entered and not os.path.basename(path).startswith(".")

    def look_through(self, root: str) -> Iterator[FoundFile | SkippedFile | None]:
        """Tell all files of a folder and of those below it."""
        links: deque[str] = deque()
        if self._is_below_link(root) and self._leads_back(root):
            yield SkippedFile(root, LINK_BACK, SkipKind.LINK)
            return
        if os.path.ismount(root):
            self._on_mount(root)
        yield from self._descend(root, self._within or root, links)
        while links:
            link = links.popleft()
            self._cancel.raise_if_cancelled()
            self._at.go_to(link)
            try:
                target = _identity(os.stat(link))
            except OSError as error:
                yield _unreadable(link, error)
                continue
            if self._is_known(target) or self._leads_back(link):
                yield SkippedFile(link, LINK_BACK, SkipKind.LINK)
            else:
                yield from self._descend(link, self._within or root, links)

    def _is_known(self, folder: _Folder) -> bool:
        """Whether what is in a folder is told without entering it once more."""
        return folder in self._entered or folder in self._whole

    def _is_below_link(self, path: str) -> bool:
        """Whether a part of a whole lies, as it is called, behind a link in it."""
        if self._within is None or self._real_whole is None:
            return False
        plain = os.path.join(self._real_whole, os.path.relpath(path, self._within))
        return os.path.realpath(path) != plain

    def _leads_back(self, link: str) -> bool:
        """Whether a link in a part leads to what the whole shows without it."""
        whole = self._real_whole
        if whole is None:
            return False
        real = os.path.realpath(link)
        return (
            is_below(real, whole)
            and not is_apart(real, whole)
            and not self._exclusions.exclude(real, whole)
        )

    def look_at_file(self, path: str) -> Iterator[FoundFile | SkippedFile]:
        """Tell what is at a path that is not a folder."""
        try:
            status = os.stat(path)
        except OSError as error:
            yield _dead_link(path, error) if os.path.islink(path) else _unreadable(path, error)
            return
        if not self._recognise(path, status.st_size, status.st_mtime_ns):
            yield self._judge(path, os.path.basename(path), status)

    def _descend(
        self, top: str, root: str, links: deque[str]
    ) -> Iterator[FoundFile | SkippedFile | None]:
        """Tell the files of all real folders from ``top`` on; put links to folders aside."""
        pending: list[tuple[str, int | None]] = [(top, None)]
        while pending:
            folder, device_above = pending.pop()
            self._cancel.raise_if_cancelled()
            if folder in self._silent:
                yield SkippedFile(folder, NO_ANSWER, SkipKind.OFFLINE)
                continue
            self._at.go_to(folder)
            try:
                identity = _identity(os.stat(folder))
                if folder != top and identity in self._left_out:
                    continue
                # Some network drives number nothing: there, every folder counts as another one.
                if identity[1] and self._is_known(identity):
                    continue
                self._entered.add(identity)
                if device_above is not None and identity[0] != device_above:
                    self._on_mount(folder)
                # Streamed, not listed: a folder may hold a million files.
                with os.scandir(folder) as entries:
                    first = list(islice(entries, READ_AHEAD))
                    if folder != root and _has_tag(folder, first):
                        self._entered.discard(identity)  # it may be a root of its own
                        continue
                    folders: list[str] = []
                    yield from self._look_into(chain(first, entries), root, folders, links)
                    pending += [(below, identity[0]) for below in folders]
            except OSError as error:
                yield _unreadable(folder, error)

    def _look_into(
        self,
        entries: Iterator[os.DirEntry[str]],
        root: str,
        folders: list[str],
        links: deque[str],
    ) -> Iterator[FoundFile | SkippedFile | None]:
        """Tell the files of one folder; add the folders and links to folders in it.

        Ordinary files come first here and with few calls: a rescan of a large library is hardly
        anything but this loop.
        """
        recognise, excludes = self._recognise, self._exclusions.patterns_exclude
        at = self._at
        for entry in entries:
            name = entry.name
            if name[0] == "." or (excludes is not None and excludes(entry.path, root)):
                continue
            if not (name.isascii() or _is_text(name)):
                yield _badly_named(entry.path, entry.is_dir(follow_symlinks=False))
            elif entry.is_file(follow_symlinks=False):
                at.steps += 1
                if at.steps % PULSE_EVERY == 0:
                    self._cancel.raise_if_cancelled()
                    yield None
                try:
                    status = entry.stat()
                except FileNotFoundError:
                    continue  # deleted since the folder was opened
                except OSError as error:
                    yield _unreadable(entry.path, error)
                else:
                    path = entry.path
                    if recognise(path, status.st_size, status.st_mtime_ns):
                        continue
                    self._cancel.raise_if_cancelled()
                    if not (is_hidden_by_system(status) or is_sidecar(name)):
                        yield self._judge(path, name, status)
            elif entry.is_dir(follow_symlinks=False):
                if name not in SERVICE_FOLDERS and not _is_hidden_folder(entry):
                    folders.append(entry.path)
            elif entry.path in self._silent:
                yield SkippedFile(entry.path, NO_ANSWER, SkipKind.OFFLINE)
            else:
                yield from self._look_at_link(entry, links)

    def _look_at_link(
        self, entry: os.DirEntry[str], links: deque[str]
    ) -> Iterator[FoundFile | SkippedFile]:
        """Put a link to a folder aside, and tell everything else that is no ordinary file."""
        folder = self._at.place
        self._at.go_to(entry.path)  # it may lead to where nobody answers
        if _leads_to_folder(entry):
            links.append(entry.path)
        else:
            yield from self.look_at_file(entry.path)
        self._at.go_to(folder)

    def _judge(self, path: str, name: str, status: os.stat_result) -> FoundFile | SkippedFile:
        """Say whether something that is not a folder may be a picture."""
        if not stat.S_ISREG(status.st_mode):
            return SkippedFile(path, SPECIAL_FILE, SkipKind.SPECIAL_FILE)
        stamp = FileStamp(status.st_size, status.st_mtime_ns)
        # Three times as quick as os.path.splitext, which would be a tenth of the whole scan.
        extension = name[name.rfind(".") :].lower()
        if is_placeholder(status):
            kind = SkipKind.CLOUD_ONLY
            if extension in PICTURE_EXTENSIONS or extension in UNSUPPORTED_EXTENSIONS:
                return SkippedFile(path, CLOUD_ONLY, kind, stamp)
            return SkippedFile(path, NOT_A_PICTURE, SkipKind.NOT_A_PICTURE, stamp)
        if extension in PICTURE_EXTENSIONS:
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
    """Whether a scan of a root passes over something below it because of its name. Asks no disk."""
    parts = os.path.relpath(path, root).split(os.sep)
    if path == root:
        return False
    return is_sidecar(path) or any(
        part.startswith(".") or part in SERVICE_FOLDERS for part in parts
    )


def is_apart(path: str, root: str) -> bool:
    """Whether a scan of a root passes over something below it, which may be a root of its own."""
    return is_hidden(path, root) or CacheFolders().hold(path, root)


def _has_tag(folder: str, entries: Sequence[os.DirEntry[str]]) -> bool:
    """Whether a folder is a cache, by its first `READ_AHEAD` entries."""
    # In C: a loop here would be a twentieth of the whole scan.
    may_be = len(entries) == READ_AHEAD or TAG_NAME in map(attrgetter("name"), entries)
    return may_be and is_cache(folder)


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


def _is_hidden_folder(entry: os.DirEntry[str]) -> bool:
    """Whether the system hides a folder; on Linux nobody is asked."""
    if not HAS_ATTRIBUTES:
        return False
    try:
        return is_hidden_by_system(entry.stat(follow_symlinks=False))
    except OSError:
        return False


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
        reason = phrase("Engine: Files", "You may not read it.")
    elif isinstance(error, FileNotFoundError):
        reason = MISSING
    else:
        reason = phrase("Engine: Files", "It cannot be read ({reason}).").format(
            reason=error.strerror
        )
    return SkippedFile(path, reason, SkipKind.UNREADABLE, stamp)
