"""Looks closely at the library's pictures: decodes them for a screen, still and moving."""

import logging
import math
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.animation import count_plays, read_frames
from desktop_app.engine.files.decoder import Decoder, no_pixels
from desktop_app.engine.files.patience import NoAnswerError, Patience
from desktop_app.engine.files.picture_reader import (
    DecodeLimits,
    UndecodableError,
    opened_file,
    plain_errors,
)
from desktop_app.engine.files.reach import NO_ANSWER
from desktop_app.engine.files.screen_pixels import (
    Bounds,
    read_for_screen,
    screen_levels,
    screen_pixels,
)
from desktop_app.engine.phrases import phrase
from desktop_app.engine.records import (
    AnimationFrame,
    CloseLook,
    CopyForm,
    FileStamp,
    FoundFile,
    KeptDetails,
    Picture,
    SkipKind,
    SkippedFile,
    Unseen,
)

logger = logging.getLogger(__name__)

MOST_PIXELS = 50_000_000
"""Pixels of a picture that are held at once: 200 MB, and a third more for smaller copies. Cameras
with more are rare; their pictures come reduced to this."""

_READ_AHEAD_BYTES = 64 * 1024 * 1024
"""Up to this a file is read before it is decoded: a drive that dies meanwhile holds up nothing."""

_QUIET_S, _ANSWER_S = 2.0, 8.0
"""When a drive counts as silent: who looks at pictures waits less long than a scan, but a disk that
sleeps takes some seconds to wake."""

_COPY_QUALITY = 95

OFFLINE = phrase("Engine: Library", "Its drive or folder cannot be reached.")
UNKNOWN = phrase("Engine: Library", "This picture is no longer in the library.")


class Looking:
    """Decodes pictures in the calling thread, which should not be the window's.

    A reader that crashes would take the window along, so only what has been decoded before is
    decoded here: files that are still as they were when a decoder process read them for the
    library. Others go through such a process first. A process for all would cost 0.3 s before the
    first picture, and 10 ms for each.

    Any thread may call.

    Args:
        describe: Gives the records of pictures by their ids, as `Library.pictures`.
        limits: What one file may cost.
        patience: Waits for the disk.
    """

    def __init__(
        self,
        describe: Callable[[Sequence[int]], dict[int, Picture]],
        limits: DecodeLimits,
        patience: Patience | None = None,
    ) -> None:
        self._describe = describe
        self._limits = limits
        self._patience = patience or Patience(_QUIET_S, _ANSWER_S)

    def fitted(self, picture_id: int, width_px: int, height_px: int) -> CloseLook | Unseen:
        """A picture as large as it fits into a box, never enlarged.

        Args:
            picture_id: Which one.
            width_px: Width of the box.
            height_px: Height of the box.

        Returns:
            The picture in one size, or why it cannot be shown.
        """
        return self._look(picture_id, Bounds(width_px, height_px, MOST_PIXELS), is_whole=False)

    def whole(self, picture_id: int) -> CloseLook | Unseen:
        """A picture with all its pixels, up to `MOST_PIXELS` of them.

        Returns:
            The picture in falling sizes, or why it cannot be shown.
        """
        bounds = Bounds(MOST_PIXELS, MOST_PIXELS, MOST_PIXELS)
        return self._look(picture_id, bounds, is_whole=True)

    def frames(self, picture_id: int, width_px: int, height_px: int) -> Iterator[AnimationFrame]:
        """The frames of a picture that moves, once through, each decoded when it is asked for.

        To be asked from one thread at a time, and closed. Ends at once where there are none.

        Args:
            picture_id: Which one.
            width_px: Width of the box that each is to fit into.
            height_px: Height of the box.
        """
        picture = self._picture(picture_id)
        if isinstance(picture, Unseen):
            return
        try:
            source = self._source(picture)
            if source is not None:
                yield from read_frames(source, Bounds(width_px, height_px, MOST_PIXELS))
        except UndecodableError as error:
            logger.info("Picture %d does not play: %s", picture_id, error.reason)

    def _look(self, picture_id: int, bounds: Bounds, *, is_whole: bool) -> CloseLook | Unseen:
        picture = self._picture(picture_id)
        if isinstance(picture, Unseen):
            return picture
        try:
            source = self._source(picture)
            shown = self._copy(picture, bounds) if source is None else source
            read = read_for_screen(shown, bounds, self._limits)
        except UndecodableError as error:
            logger.info("Picture %d cannot be shown: %s", picture_id, error.reason)
            return Unseen(error.reason)
        levels = screen_levels(read.image) if is_whole else (screen_pixels(read.image),)
        plays = None if source is None else count_plays(source)
        return CloseLook(levels, read.width_px, read.height_px, plays)

    def _picture(self, picture_id: int) -> Picture | Unseen:
        picture = self._describe([picture_id]).get(picture_id)
        if picture is None:
            return Unseen(UNKNOWN)
        return Unseen(OFFLINE) if picture.is_offline else picture

    def _source(self, picture: Picture) -> str | bytes | None:
        """What may be decoded here: a file's content, or the file itself where that is large.

        None where its content is another one than the library knows.

        Raises:
            UndecodableError: If it cannot be read.
        """
        path = picture.path

        def read() -> str | bytes | None:
            status = os.stat(path)
            if FileStamp(status.st_size, status.st_mtime_ns) != picture.stamp:
                return None
            if picture.stamp.size_bytes > _READ_AHEAD_BYTES:
                return path
            with opened_file(path) as file:
                return file.read()

        with plain_errors():
            try:
                return self._patience.ask(read, path, CancelToken())
            except NoAnswerError as error:
                raise UndecodableError(SkipKind.OFFLINE, NO_ANSWER) from error

    def _copy(self, picture: Picture, bounds: Bounds) -> bytes:
        """A JPEG of a picture that was made by a process, which may die of it.

        Raises:
            UndecodableError: If there can be none.
        """
        side_px = min(max(bounds.width_px, bounds.height_px), int(math.sqrt(bounds.pixels)))
        form = CopyForm(side_px, _COPY_QUALITY, KeptDetails.NONE)
        file = FoundFile(picture.path, picture.stamp)
        with (
            Decoder(
                no_pixels, 0, self._limits, 1, copy=form, is_silent=self._patience.is_silent
            ) as decoder,
            closing(decoder.copies([file], CancelToken())) as copies,
        ):
            _, made = next(copies)
        if isinstance(made, SkippedFile):
            raise UndecodableError(made.kind, made.reason)
        return made.data
