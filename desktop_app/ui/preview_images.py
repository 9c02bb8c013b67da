"""Large images for the preview, loaded off the GUI thread; the neighbours beforehand."""

import logging
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop_app.ui.tasks import Lane
from desktop_app.ui.thumbnail_image import read_image

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

_log = logging.getLogger(__name__)

KEPT_IMAGES = 7


@dataclass(frozen=True, slots=True)
class LargeImage:
    """An image to look at closely, or what stands in for it.

    Attributes:
        image: The picture itself, or its thumbnail; None where there is neither.
        side_px: Longest side that was asked for; 0 for a thumbnail shown meanwhile.
        is_gone: Whether the file itself cannot be read now.
    """

    image: QImage | None
    side_px: int = 0
    is_gone: bool = False


class PreviewImages(QObject):
    """Loads one picture after another, the most urgent first.

    The library decodes, not Qt: it reads every format that it indexes, with the same idea of
    what is upright, and refuses files that are made to exhaust memory.
    """

    arrived = Signal(int)
    """The id of a picture of which there is more to see now."""

    def __init__(self, lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = lane
        self._library: Library | None = None
        self._kept: OrderedDict[int, LargeImage] = OrderedDict()
        self._wanted: Sequence[int] = ()
        self._side_px = 0
        self._is_loading = False

    def set_library(self, library: "Library") -> None:
        """Begin to load."""
        self._library = library

    def image(self, picture_id: int) -> LargeImage | None:
        """What there is of a picture now."""
        return self._kept.get(picture_id)

    def want(self, ids: Sequence[int], side_px: int) -> None:
        """Say what is needed now, most urgent first.

        Args:
            ids: Picture ids.
            side_px: Longest side in device pixels.
        """
        self._wanted, self._side_px = ids, side_px
        self._next()

    def forget(self) -> None:
        """Load everything anew when it is wanted again, because files have changed."""
        self._kept.clear()

    def _next(self) -> None:
        library, side_px = self._library, self._side_px
        missing = [each for each in self._wanted if not self._is_ready(each)]
        if library is None or self._is_loading or not missing:
            return
        picture_id = missing[0]
        has_something = picture_id in self._kept
        self._is_loading = True
        self._lane.stream(
            lambda _token: _load(library, picture_id, side_px, with_thumbnail=not has_something),
            lambda image: self._take(picture_id, image),
            self._loaded,
            lambda error: self._failed(picture_id, error),
        )

    def _is_ready(self, picture_id: int) -> bool:
        kept = self._kept.get(picture_id)
        return kept is not None and kept.side_px >= self._side_px

    def _take(self, picture_id: int, image: LargeImage) -> None:
        self._kept[picture_id] = image
        self._kept.move_to_end(picture_id)
        while len(self._kept) > KEPT_IMAGES:
            self._kept.popitem(last=False)
        self.arrived.emit(picture_id)

    def _loaded(self) -> None:
        self._is_loading = False
        self._next()

    def _failed(self, picture_id: int, error: Exception) -> None:
        _log.error("Picture %d could not be shown", picture_id, exc_info=error)
        known = self._kept.get(picture_id, LargeImage(None))
        self._take(picture_id, LargeImage(known.image, self._side_px, is_gone=True))
        self._loaded()


def _load(
    library: "Library", picture_id: int, side_px: int, *, with_thumbnail: bool
) -> Iterator[LargeImage]:
    """Runs in the lane's thread."""
    thumbnail = None
    if with_thumbnail:
        encoded = library.thumbnail(picture_id)
        thumbnail = read_image(encoded) if encoded else None
        yield LargeImage(thumbnail)
    encoded = library.preview(picture_id, side_px)
    image = read_image(encoded) if encoded else None
    if image is not None:
        yield LargeImage(image, side_px)
    else:
        yield LargeImage(thumbnail, side_px, is_gone=True)
