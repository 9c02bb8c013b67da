"""Where a picture lies in the viewer: how large, turned how, and which part of it is seen."""

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF
from PySide6.QtGui import QTransform

LARGEST_FIT = 2.0
"""Small pictures are enlarged to fit up to this many device pixels a pixel."""
LARGEST_ZOOM = 32.0
_SNAP = 0.02
"""A zoom this near to fitting fits."""


class Viewpoint:
    """Places a picture in a space, in the space's logical pixels.

    A zoom says how many device pixels a pixel of the picture takes; without one the picture fits.
    What is looked at stays where it is when the space or the zoom changes, as far as the edges
    allow: a picture larger than the space leaves none of it empty, a smaller one is in the middle.
    """

    def __init__(self) -> None:
        self._size = QSizeF(4, 3)  # of the upright picture, in its pixels
        self._space = QRectF(0, 0, 1, 1)
        self._ratio = 1.0  # device pixels per logical pixel
        self._turns = 0
        self._zoom: float | None = None
        self._middle = QPointF(0.5, 0.5)  # what is in the middle of the space, as shares, turned

    @property
    def size(self) -> QSize:
        """Width and height of the upright picture, in its pixels."""
        return self._size.toSize()

    @property
    def turns(self) -> int:
        """Quarter turns clockwise, 0 to 3."""
        return self._turns

    @property
    def space(self) -> QRectF:
        """Where it may lie."""
        return QRectF(self._space)

    @property
    def is_fitted(self) -> bool:
        """Whether the zoom follows the space."""
        return self._zoom is None

    @property
    def fit(self) -> float:
        """The zoom at which the whole picture is seen, as large as possible."""
        turned = self._turned
        return min(
            self._space.width() * self._ratio / turned.width(),
            self._space.height() * self._ratio / turned.height(),
            LARGEST_FIT,
        )

    @property
    def zoom(self) -> float:
        """Device pixels a pixel of the picture takes now."""
        return self.fit if self._zoom is None else self._zoom

    @property
    def place(self) -> QRectF:
        """Where the turned picture lies; may reach far beyond the space."""
        size = self._turned * (self.zoom / self._ratio)
        space, middle = self._space, self._space.center()
        left = middle.x() - self._middle.x() * size.width()
        top = middle.y() - self._middle.y() * size.height()
        return QRectF(
            _kept_within(left, size.width(), space.left(), space.right()),
            _kept_within(top, size.height(), space.top(), space.bottom()),
            size.width(),
            size.height(),
        )

    @property
    def can_move(self) -> bool:
        """Whether there is more of the picture than fits into the space."""
        place = self.place
        return place.width() > self._space.width() + 1 or place.height() > self._space.height() + 1

    @property
    def seen(self) -> QRectF:
        """Which part of the turned picture is in the space, as shares of its sides."""
        return self._shares(self._space)

    def set_picture(self, size: QSize, turns: int = 0) -> None:
        """Show another picture, fitted."""
        self._size = QSizeF(max(1, size.width()), max(1, size.height()))
        self._turns = turns % 4
        self.fit_in()

    def correct_size(self, size: QSize) -> None:
        """Take the same picture's true size, which was not known well; what is seen stays."""
        self._size = QSizeF(max(1, size.width()), max(1, size.height()))

    def set_space(self, space: QRectF, ratio: float) -> None:
        """Give it another space.

        Args:
            space: Where the picture may lie.
            ratio: Device pixels per logical pixel.
        """
        self._space = QRectF(space.topLeft(), space.size().expandedTo(QSizeF(1, 1)))
        self._ratio = ratio
        if self._zoom is not None and self._zoom < self._smallest:
            self.fit_in()

    def fit_in(self) -> None:
        """Show the whole picture."""
        self._zoom, self._middle = None, QPointF(0.5, 0.5)

    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom, and leave a point where it is.

        Args:
            zoom: Device pixels a pixel of the picture is to take.
            at: The point; the middle of the space if None.
        """
        at = self._space.center() if at is None else at
        before = self.place
        share = QPointF(
            min(max((at.x() - before.x()) / before.width(), 0.0), 1.0),
            min(max((at.y() - before.y()) / before.height(), 0.0), 1.0),
        )
        zoom = min(max(zoom, self._smallest), max(LARGEST_ZOOM, self.fit))
        if abs(zoom / self.fit - 1) < _SNAP:
            self.fit_in()
            return
        self._zoom = zoom
        size = self._turned * (zoom / self._ratio)
        middle = self._space.center()
        self._look_at(
            QPointF(
                share.x() + (middle.x() - at.x()) / size.width(),
                share.y() + (middle.y() - at.y()) / size.height(),
            )
        )

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom in, by a factor above 1, or out."""
        self.zoom_to(self.zoom * factor, at)

    def toggle(self, at: QPointF | None = None) -> None:
        """From fitting to one pixel for one, and back."""
        if self.is_fitted and abs(self.fit - 1) >= _SNAP:
            self.zoom_to(1.0, at)
        else:
            self.fit_in()

    def move(self, by: QPointF) -> None:
        """Push the picture, as a hand does."""
        size = self._turned * (self.zoom / self._ratio)
        self._look_at(self._middle - QPointF(by.x() / size.width(), by.y() / size.height()))

    def look_at(self, share: QPointF) -> None:
        """Bring a point of the turned picture, as shares of its sides, into the middle."""
        self._look_at(share)

    def turn(self, quarters: int) -> None:
        """Turn it clockwise, around what is in the middle."""
        for _ in range(quarters % 4):
            self._middle = QPointF(1 - self._middle.y(), self._middle.x())
        self._turns = (self._turns + quarters) % 4
        if self._zoom is not None and self._zoom < self._smallest:
            self.fit_in()
        self._look_at(self._middle)

    def part(self, area: QRectF) -> QRectF:
        """Which part of the upright picture lies in an area, as shares of its sides."""
        shares = self._shares(area)
        back = QTransform().translate(0.5, 0.5).rotate(-90 * self._turns).translate(-0.5, -0.5)
        return back.mapRect(shares).intersected(QRectF(0, 0, 1, 1))

    @property
    def _turned(self) -> QSizeF:
        return self._size.transposed() if self._turns % 2 else self._size

    @property
    def _smallest(self) -> float:
        return min(1.0, self.fit)

    def _shares(self, area: QRectF) -> QRectF:
        place = self.place
        inside = area.intersected(place)
        return QRectF(
            (inside.x() - place.x()) / place.width(),
            (inside.y() - place.y()) / place.height(),
            inside.width() / place.width(),
            inside.height() / place.height(),
        )

    def _look_at(self, share: QPointF) -> None:
        """Take what is in the middle, kept so that moving back acts at once at the edges."""
        self._middle = share
        place, space = self.place, self._space.center()
        self._middle = QPointF(
            (space.x() - place.x()) / place.width(), (space.y() - place.y()) / place.height()
        )


def _kept_within(start: float, length: float, first: float, last: float) -> float:
    """Where something begins: in the middle where it is short, else leaving no gap at the ends."""
    if length <= last - first:
        return (first + last - length) / 2
    return min(max(start, last - length), first)
