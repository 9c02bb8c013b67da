"""What colour pictures are on the whole, for their places in the grid until they come."""

from collections.abc import Mapping, Sequence
from itertools import islice

from PySide6.QtCore import QObject, Signal

MOST_KEPT = 50_000


class AverageColours(QObject):
    """Keeps the colours of the pictures looked at last, and asks for others once."""

    wanted = Signal(list)
    """Ids (a list of int) whose colours should be given to `add`."""
    arrived = Signal(list)
    """Ids (a list of int) whose colours have come."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._colours: dict[int, int | None] = {}  # None: asked for

    def of(self, picture_id: int) -> int | None:
        """The colour of a picture as ``0xRRGGBB``, None where it is not known; asks for nothing."""
        return self._colours.get(picture_id)

    def want(self, ids: Sequence[int]) -> None:
        """Ask for those of some pictures that nobody has asked for."""
        missing = [each for each in ids if each not in self._colours]
        if missing:
            self._keep(dict.fromkeys(missing))
            self.wanted.emit(missing)

    def add(self, colours: Mapping[int, int]) -> None:
        """Take colours that were asked for; what has none is left out, and not asked for again."""
        self._keep(colours)
        if colours:
            self.arrived.emit(list(colours))

    def forget(self) -> None:
        """Drop all, because files may have changed; what is shown has to ask again."""
        self._colours.clear()

    def _keep(self, colours: Mapping[int, int | None]) -> None:
        self._colours.update(colours)
        too_many = len(self._colours) - MOST_KEPT
        if too_many > 0:
            for oldest in list(islice(self._colours, too_many)):
                del self._colours[oldest]
