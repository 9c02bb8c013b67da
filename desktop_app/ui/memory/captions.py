"""What is written below the pictures of the grid: their names and dates, where wanted."""

from dataclasses import dataclass

ABOVE_PX = 6  # the ring of a selected picture reaches into it
LINE_PX = 16


@dataclass(frozen=True, slots=True)
class Captions:
    """What is written below each picture.

    Attributes:
        names: Whether its file name is.
        dates: Whether its day is.
    """

    names: bool = False
    dates: bool = False

    @property
    def height_px(self) -> int:
        """How much of a cell it takes; 0 for nothing."""
        lines = self.names + self.dates
        return ABOVE_PX + lines * LINE_PX if lines else 0
