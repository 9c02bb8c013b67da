"""Looks closely at the library's pictures: decodes them for a screen, still and moving."""

import logging
from collections.abc import Callable, Iterator, Sequence

from desktop_app.engine.files.animation import count_plays, read_frames
from desktop_app.engine.files.picture_reader import DecodeLimits, UndecodableError
from desktop_app.engine.files.screen_pixels import (
    Bounds,
    read_for_screen,
    screen_levels,
    screen_pixels,
)
from desktop_app.engine.phrases import phrase
from desktop_app.engine.records import AnimationFrame, CloseLook, Picture, Unseen

logger = logging.getLogger(__name__)

MOST_PIXELS = 50_000_000
"""Pixels of a picture that are held at once: 200 MB, and a third more for smaller copies. Cameras
with more are rare; their pictures come reduced to this."""

OFFLINE = phrase("Engine: Library", "This drive is not connected.")
UNKNOWN = phrase("Engine: Library", "This picture is no longer in the library.")


class Looking:
    """Decodes pictures in the calling thread, which should not be the window's.

    Any thread may call.

    Args:
        describe: Gives the records of pictures by their ids, as `Library.pictures`.
        limits: What one file may cost.
    """

    def __init__(
        self, describe: Callable[[Sequence[int]], dict[int, Picture]], limits: DecodeLimits
    ) -> None:
        self._describe = describe
        self._limits = limits

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
        path = self._path(picture_id)
        if isinstance(path, Unseen):
            return
        try:
            yield from read_frames(path, Bounds(width_px, height_px, MOST_PIXELS))
        except UndecodableError as error:
            logger.info("Picture %d does not play: %s", picture_id, error.reason)

    def _look(self, picture_id: int, bounds: Bounds, *, is_whole: bool) -> CloseLook | Unseen:
        path = self._path(picture_id)
        if isinstance(path, Unseen):
            return path
        try:
            read = read_for_screen(path, bounds, self._limits)
        except UndecodableError as error:
            logger.info("Picture %d cannot be shown: %s", picture_id, error.reason)
            return Unseen(error.reason)
        levels = screen_levels(read.image) if is_whole else (screen_pixels(read.image),)
        return CloseLook(levels, read.width_px, read.height_px, count_plays(path))

    def _path(self, picture_id: int) -> str | Unseen:
        picture = self._describe([picture_id]).get(picture_id)
        if picture is None:
            return Unseen(UNKNOWN)
        return Unseen(OFFLINE) if picture.is_offline else picture.path
