"""Pictures as large as the window, decoded off the GUI thread; the neighbours beforehand."""

import logging
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from desktop_app.engine.records import CloseLook, Pixels
from desktop_app.ui.pictures.thumbnail_image import read_image
from desktop_app.ui.words.language import tr
from desktop_app.ui.work.tasks import Lane

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

_log = logging.getLogger(__name__)

BUDGET_BYTES = 192 * 1024 * 1024
"""The picture and its neighbours: 20 of them on a common screen, 5 on one of 4K."""
IDLE_BYTES = 32 * 1024 * 1024
_STALE = (-1, -1)


class ScreenImage(QImage):
    """An image of pixels that were decoded elsewhere, without copying them.

    It keeps the pixels, which Qt does not: a plain copy of it would outlive them.
    """

    def __init__(self, pixels: Pixels) -> None:
        height, width, _ = pixels.shape
        super().__init__(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
        self.pixels = pixels


@dataclass(frozen=True, slots=True)
class LargeImage:
    """A picture to look at closely, or what stands in for it.

    Attributes:
        levels: The picture, the largest first, each half the one before; none while only its
            thumbnail is known.
        thumbnail: Its thumbnail, if it was asked for and there is one.
        box: Width and height in device pixels it was to fit into; 0 for a thumbnail shown
            meanwhile, and where it was to fit into nothing.
        size: The size of the upright picture in its file, where it is known.
        is_whole: Whether the first level has all the pixels of the file.
        plays: How often it plays if it moves, 0 for without an end; None if it does not move.
        reason: Why it cannot be shown, as a sentence; empty where it can.
    """

    levels: tuple[QImage, ...] = ()
    thumbnail: QImage | None = None
    box: tuple[int, int] = (0, 0)
    size: QSize | None = None
    is_whole: bool = False
    plays: int | None = None
    reason: str = ""

    @property
    def image(self) -> QImage | None:
        """The best there is of it."""
        return self.levels[0] if self.levels else self.thumbnail

    @property
    def size_bytes(self) -> int:
        """Memory it takes."""
        thumbnail = 0 if self.thumbnail is None else self.thumbnail.sizeInBytes()
        return thumbnail + sum(level.sizeInBytes() for level in self.levels)


def large_image(
    look: CloseLook, box: tuple[int, int], thumbnail: QImage | None = None
) -> LargeImage:
    """Make what the engine decoded ready to be drawn. Any thread may call."""
    return LargeImage(
        tuple(map(ScreenImage, look.levels)),
        thumbnail,
        box,
        QSize(look.width_px, look.height_px),
        look.is_whole,
        look.plays,
    )


class ViewerImages(QObject):
    """Loads one picture after another, the most urgent first, and keeps the last within a budget.

    The library decodes, not Qt: it reads every format that it indexes, with the same idea of
    what is upright and of colours, and refuses files that are made to exhaust memory.

    Args:
        lane: Where it works.
        parent: Owner.
        budget_bytes: What is kept at most; those wanted are kept whatever they take.
    """

    arrived = Signal(int)
    """The id of a picture of which there is more to see now."""

    def __init__(
        self, lane: Lane, parent: QObject | None = None, budget_bytes: int = BUDGET_BYTES
    ) -> None:
        super().__init__(parent)
        self._lane = lane
        self._budget_bytes = budget_bytes
        self._library: Library | None = None
        self._kept: OrderedDict[int, LargeImage] = OrderedDict()
        self._wanted: Sequence[int] = ()
        self._box = (0, 0)
        self._is_loading = False
        self._edition = 0

    def set_library(self, library: "Library") -> None:
        """Begin to load."""
        self._library = library
        self._next()

    def image(self, picture_id: int) -> LargeImage | None:
        """What there is of a picture now."""
        return self._kept.get(picture_id)

    @property
    def size_bytes(self) -> int:
        """Memory that is taken."""
        return sum(each.size_bytes for each in self._kept.values())

    def want(self, ids: Sequence[int], box: tuple[int, int]) -> None:
        """Say what is needed now, most urgent first.

        Args:
            ids: Picture ids.
            box: Width and height in device pixels that each has to fit into.
        """
        self._wanted, self._box = ids, box
        self._next()

    def rest(self) -> None:
        """Nothing is looked at: keep little."""
        self._wanted = ()
        self._drop(IDLE_BYTES)

    def forget(self) -> None:
        """Load everything anew, because files have changed; what is wanted stays meanwhile."""
        self._edition += 1
        self._kept = OrderedDict(
            (each, replace(known, box=_STALE, is_whole=False))
            for each, known in self._kept.items()
            if each in self._wanted
        )

    def _next(self) -> None:
        library, box, edition = self._library, self._box, self._edition
        missing = [each for each in self._wanted if not self._is_ready(each)]
        if library is None or self._is_loading or not missing:
            return
        picture_id = missing[0]
        known = self._kept.get(picture_id)
        self._is_loading = True
        self._lane.stream(
            lambda _token: _load(library, picture_id, box, known),
            lambda image: self._take(picture_id, image, edition),
            self._loaded,
            lambda error: self._failed(picture_id, box, edition, error),
        )

    def _is_ready(self, picture_id: int) -> bool:
        kept = self._kept.get(picture_id)
        return kept is not None and (kept.box == self._box or kept.is_whole)

    def _take(self, picture_id: int, image: LargeImage, edition: int) -> None:
        if edition != self._edition:
            return
        self._kept[picture_id] = image
        self._kept.move_to_end(picture_id)
        self._drop(self._budget_bytes)
        self.arrived.emit(picture_id)

    def _drop(self, budget_bytes: int) -> None:
        """Give up those that came longest ago, beyond a budget."""
        size_bytes = self.size_bytes
        for picture_id in [each for each in self._kept if each not in self._wanted]:
            if size_bytes <= budget_bytes:
                return
            size_bytes -= self._kept.pop(picture_id).size_bytes

    def _loaded(self) -> None:
        self._is_loading = False
        self._next()

    def _failed(
        self, picture_id: int, box: tuple[int, int], edition: int, error: Exception
    ) -> None:
        _log.error("Picture %d could not be shown", picture_id, exc_info=error)
        known = self._kept.get(picture_id, LargeImage())
        reason = tr("Viewer", "The file cannot be opened now.")
        self._take(picture_id, LargeImage(thumbnail=known.image, box=box, reason=reason), edition)
        self._loaded()


def _load(
    library: "Library", picture_id: int, box: tuple[int, int], known: LargeImage | None
) -> Iterator[LargeImage]:
    """Runs in the lane's thread."""
    if known is None:
        encoded = library.thumbnail(picture_id)
        known = LargeImage(thumbnail=read_image(encoded) if encoded else None)
        yield known
    look = library.looking.fitted(picture_id, *box)
    if isinstance(look, CloseLook):
        yield large_image(look, box, known.thumbnail)
    else:
        yield LargeImage(thumbnail=known.image, box=box, reason=look.reason)
