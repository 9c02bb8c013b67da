"""Small images for the film strip, loaded one after another off the GUI thread.

Not by the grid's loader: the grid would lose what it wants, and its images have another size.
"""

import logging
from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop_app.ui.pictures.thumbnail_image import cell_image
from desktop_app.ui.work.tasks import Lane

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

_log = logging.getLogger(__name__)

KEPT = 400
"""Images kept: 5 MB, and 20 MB on a dense screen."""


class StripImages(QObject):
    """Holds the images looked at last and loads those that are wanted."""

    arrived = Signal(int)

    def __init__(self, lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = lane
        self._library: Library | None = None
        self._kept: OrderedDict[int, QImage | None] = OrderedDict()
        self._wanted: Sequence[int] = ()
        self._side_px, self._scale = 0, 1.0
        self._is_loading = False

    def set_library(self, library: "Library") -> None:
        """Begin to load."""
        self._library = library
        self._next()

    def image(self, picture_id: int) -> QImage | None:
        """What there is of a picture, to be drawn now."""
        return self._kept.get(picture_id)

    def want(self, ids: Sequence[int], side_px: int, scale: float) -> None:
        """Say what is needed now, most urgent first; what is not in it any more is dropped.

        Args:
            ids: Picture ids.
            side_px: Side of an image in logical pixels.
            scale: Device pixels per logical pixel.
        """
        if (side_px, scale) != (self._side_px, self._scale):
            self._side_px, self._scale = side_px, scale
            self._kept.clear()
        self._wanted = ids
        self._next()

    def forget(self) -> None:
        """Load everything anew when it is wanted again, because files have changed."""
        self._kept.clear()

    def _next(self) -> None:
        library, side_px, scale = self._library, round(self._side_px * self._scale), self._scale
        missing = next((each for each in self._wanted if each not in self._kept), None)
        if library is None or self._is_loading or missing is None:
            return
        self._is_loading = True

        def load() -> QImage | None:
            encoded = library.thumbnail(missing)
            return cell_image(encoded, side_px, scale) if encoded else None

        self._lane.call(
            load,
            lambda image: self._take(missing, image, scale),
            lambda error: self._failed(missing, error),
        )

    def _take(self, picture_id: int, image: QImage | None, scale: float) -> None:
        self._is_loading = False
        if scale == self._scale:
            self._kept[picture_id] = image
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.arrived.emit(picture_id)
        self._next()

    def _failed(self, picture_id: int, error: Exception) -> None:
        _log.error("The thumbnail of picture %d could not be read", picture_id, exc_info=error)
        self._take(picture_id, None, self._scale)
