"""Copies pictures into a folder: as they are, smaller, or as pictures of a contact sheet.

Nothing in the folder is overwritten, and nothing of the library changes.
"""

import errno
import os
from collections.abc import Callable, Collection, Generator, Iterator
from contextlib import closing

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError
from desktop_app.engine.file_actions import placing, sidecars
from desktop_app.engine.file_actions.actions import GONE, OFFLINE, check_folder
from desktop_app.engine.file_actions.run import reason_of
from desktop_app.engine.file_names import numbered, split_ending
from desktop_app.engine.files.decoder import Decoder, no_pixels
from desktop_app.engine.files.picture_reader import DecodeLimits
from desktop_app.engine.files.reach import is_out_of_reach
from desktop_app.engine.phrases import phrase
from desktop_app.engine.records import (
    CopiesSummary,
    CopyForm,
    FailedFile,
    FileProgress,
    FoundFile,
    KeptDetails,
    Picture,
    PictureCopy,
    PictureIds,
    SheetPicture,
)
from desktop_app.engine.store.catalog import Catalog

Report = FileProgress | CopiesSummary

_READ_AT_ONCE = 500
_MOST_PROCESSES = 4
_TRIES = 20
_ENDS_ALL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.ENODEV)
"""Where one file cannot be written for such a reason, none of the others can."""


class PictureExport:
    """Makes copies. Every method may be called from any thread.

    Args:
        catalog: Where the pictures are.
        limits: What one file may cost.
        offline: Tells what cannot be reached; see `RootPresence.offline`.
    """

    def __init__(
        self,
        catalog: Catalog,
        limits: DecodeLimits,
        offline: Callable[[], Collection[int | str]],
    ) -> None:
        self._catalog = catalog
        self._limits = limits
        self._offline = offline

    def copy(self, ids: PictureIds, folder: str, cancel: CancelToken) -> Iterator[Report]:
        """Copy files as they are, with what lies beside them in XMP files.

        Args:
            ids: Which pictures.
            folder: Absolute path.
            cancel: Stops it; what is done stays, half a file does not.

        Yields:
            Progress, and as the last item a `CopiesSummary`.

        Raises:
            UserFacingError: If the folder cannot take them.
        """
        check_folder(folder)
        target = _Target(folder)
        failed: list[FailedFile] = []
        done, stopped = 0, ""
        for count, (picture, reason) in enumerate(self._files(ids), start=1):
            if cancel.is_cancelled:
                break
            if reason:
                failed.append(FailedFile(picture.path, reason))
                continue
            try:
                target.copy(picture.path, cancel)
                done += 1
            except CancelledError:
                break
            except OSError as error:
                if error.errno in _ENDS_ALL:
                    stopped = reason_of(error)
                    break
                failed.append(FailedFile(picture.path, reason_of(error)))
            yield FileProgress(count, len(ids), picture.path)
        yield CopiesSummary(done, tuple(failed), folder, cancel.is_cancelled, stopped)

    def resize(
        self, ids: PictureIds, folder: str, form: CopyForm, cancel: CancelToken
    ) -> Iterator[Report]:
        """Write smaller JPEGs, made in decoder processes.

        Args:
            ids: Which pictures.
            folder: Absolute path.
            form: How they are made.
            cancel: Stops it; what is done stays, half a file does not.

        Yields:
            Progress, and as the last item a `CopiesSummary`.

        Raises:
            UserFacingError: If the folder cannot take them, or the processes cannot be started.
        """
        check_folder(folder)
        target = _Target(folder)
        failed: list[FailedFile] = []
        done, stopped = 0, ""
        try:
            with closing(self._made(ids, form, cancel)) as copies:
                for count, (path, made) in enumerate(copies, start=1):
                    reason = made if isinstance(made, str) else ""
                    if isinstance(made, PictureCopy):
                        name = split_ending(os.path.basename(path))[0] + ".jpg"
                        try:
                            target.write(name, made.data)
                            done += 1
                        except OSError as error:
                            if error.errno in _ENDS_ALL:
                                raise
                            reason = reason_of(error)
                    if reason:
                        failed.append(FailedFile(path, reason))
                    yield FileProgress(count, len(ids), path)
        except CancelledError:
            pass
        except OSError as error:
            stopped = reason_of(error)
        yield CopiesSummary(done, tuple(failed), folder, cancel.is_cancelled, stopped)

    def sheet(self, ids: PictureIds, side_px: int, cancel: CancelToken) -> Iterator[SheetPicture]:
        """Small pictures in the order of the ids, for a contact sheet; a few are in memory.

        Args:
            ids: Which pictures.
            side_px: Longest side.
            cancel: Stops it.

        Raises:
            CancelledError: If it was stopped.
            UserFacingError: If the processes cannot be started.
        """
        form = CopyForm(side_px, details=KeptDetails.NONE)
        wanted = iter(self._paths(ids))
        waiting: dict[str, SheetPicture] = {}
        due = next(wanted, None)
        with closing(self._made(ids, form, cancel)) as copies:
            for path, made in copies:
                if isinstance(made, PictureCopy):
                    waiting[path] = SheetPicture(path, made.data)
                else:
                    waiting[path] = SheetPicture(path, reason=made)
                while due is not None and due in waiting:
                    yield waiting.pop(due)
                    due = next(wanted, None)

    def _made(
        self, ids: PictureIds, form: CopyForm, cancel: CancelToken
    ) -> Generator[tuple[str, PictureCopy | str]]:
        """Copies as they get ready; or why there is none."""
        unreachable: list[tuple[str, str]] = []

        def files() -> Iterator[FoundFile]:
            for picture, reason in self._files(ids):
                if reason:
                    unreachable.append((picture.path, reason))
                else:
                    yield FoundFile(picture.path, picture.stamp)

        processes = max(1, min(_MOST_PROCESSES, (os.cpu_count() or 2) - 1))
        with Decoder(no_pixels, 0, self._limits, processes, copy=form) as decoder:
            for file, made in decoder.copies(files(), cancel):
                while unreachable:
                    yield unreachable.pop(0)
                yield file.path, made if isinstance(made, PictureCopy) else made.reason
            yield from unreachable

    def _files(self, ids: PictureIds) -> Iterator[tuple[Picture, str]]:
        """The pictures, and why one cannot be read now."""
        for start in range(0, len(ids), _READ_AT_ONCE):
            offline = self._offline()
            for picture in self._catalog.pictures(ids[start : start + _READ_AT_ONCE]):
                if is_out_of_reach(offline, picture.root_id, picture.path):
                    yield picture, OFFLINE
                else:
                    yield picture, "" if os.path.lexists(picture.path) else GONE

    def _paths(self, ids: PictureIds) -> Iterator[str]:
        for start in range(0, len(ids), _READ_AT_ONCE):
            for picture in self._catalog.pictures(ids[start : start + _READ_AT_ONCE]):
                yield picture.path


class _Target:
    """A folder that copies are written into.

    Args:
        folder: Absolute path.
    """

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._device = os.stat(folder).st_dev
        self._next_number: dict[str, int] = {}

    def copy(self, source: str, cancel: CancelToken) -> None:
        """Copy a file, and what belongs to it."""
        target = self._put(
            os.path.basename(source), lambda path: placing.copy(source, path, cancel)
        )
        for one in sidecars.sidecars_of(source):
            beside = sidecars.beside(one, source, target)
            if not os.path.lexists(beside):
                placing.copy(one, beside, cancel)

    def write(self, name: str, data: bytes) -> None:
        """Write a file, whole or not at all."""

        def put(path: str) -> None:
            with placing.partial_file(path) as unfinished:
                with open(unfinished, "xb") as file:
                    file.write(data)
                placing.settle(unfinished, path)

        self._put(name, put)

    def _put(self, name: str, put: Callable[[str], None]) -> str:
        """Put a file under a free name; returns its path."""
        path = os.path.join(self._folder, name)
        # Where a drive is pulled out, its mount point is an empty folder of another disk.
        if os.stat(self._folder).st_dev != self._device:
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
        for _ in range(_TRIES):
            if os.path.lexists(path):
                path = self._numbered(name)
            try:
                put(path)
            except FileExistsError:
                continue
            return path
        raise OSError(phrase("Engine: Files", "Another program takes every name."))

    def _numbered(self, name: str) -> str:
        key = name.casefold()
        for number, other in numbered(name, self._next_number.get(key, 2)):
            self._next_number[key] = number
            path = os.path.join(self._folder, other)
            if not os.path.lexists(path):
                return path
        raise AssertionError("numbers do not end")
