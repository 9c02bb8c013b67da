"""All pixels of the one picture that is looked at very closely."""

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.engine.records import CloseLook, Unseen
from desktop_app.ui.pictures.viewer_images import LargeImage, large_image
from desktop_app.ui.work.tasks import Lane

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

_log = logging.getLogger(__name__)


class WholePicture(QObject):
    """Holds one picture at a time: with all its pixels it may take 270 MB.

    In a lane of its own, so that the next picture does not wait for the pixels of this one.
    """

    arrived = Signal()

    def __init__(self, lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = lane
        self._library: Library | None = None
        self._picture_id = 0
        self._image: LargeImage | None = None

    def set_library(self, library: "Library") -> None:
        """Begin to load."""
        self._library = library

    def image(self, picture_id: int) -> LargeImage | None:
        """The picture, if it is this one and has come."""
        return self._image if picture_id == self._picture_id else None

    def want(self, picture_id: int) -> None:
        """Load a picture, unless it is here or on its way."""
        library = self._library
        if library is None or picture_id == self._picture_id:
            return
        self.forget()
        self._picture_id = picture_id

        def load() -> LargeImage | None:
            look: CloseLook | Unseen = library.looking.whole(picture_id)
            return large_image(look, (0, 0)) if isinstance(look, CloseLook) else None

        self._lane.call(load, self._take, self._failed)

    def forget(self) -> None:
        """Give its memory back."""
        self._lane.supersede()
        self._picture_id, self._image = 0, None

    def _take(self, image: LargeImage | None) -> None:
        # Where it cannot be read, what is shown already stays, and nobody asks again and again.
        self._image = image
        self.arrived.emit()

    def _failed(self, error: Exception) -> None:
        _log.error("Picture %d has not all its pixels", self._picture_id, exc_info=error)
