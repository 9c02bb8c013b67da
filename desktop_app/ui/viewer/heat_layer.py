"""Shows on a picture where it fits the words: warm where it does, dark where it does not."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop_app.ui.pictures.turned_image import draw_turned

_COLD = QColor(8, 10, 30, 205)
_WARM = QColor(255, 196, 70, 40)
_LEAST_RANGE = 0.1
_FINENESS = 32
"""Pixels for each value, so that a part that is looked at very closely can be drawn evenly."""


class HeatLayer(QWidget):
    """Covers its parent, draws where the picture lies and lets the mouse through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._image: QImage | None = None
        self._place = QRectF()
        self._turns = 0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    @property
    def has_values(self) -> bool:
        """Whether there is a map, shown or not."""
        return self._image is not None

    def forget(self) -> None:
        """Vanish, with the map."""
        self._image = None
        self.hide()

    def show_values(
        self, values: NDArray[np.float32], place: QRect | QRectF, turns: int = 0
    ) -> None:
        """Show a map.

        Args:
            values: Shape ``(rows, columns)`` over the whole upright picture, each in [0, 1].
            place: Where the picture is.
            turns: Quarter turns clockwise by which it is turned.
        """
        image = heat_image(stretched(values))
        self._image = image.scaled(
            image.size() * _FINENESS,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        self.follow(place, turns)
        self.show()
        self.raise_()

    def follow(self, place: QRect | QRectF, turns: int) -> None:
        """Stay on the picture, which lies elsewhere now."""
        self._place, self._turns = QRectF(place), turns
        self.setGeometry(self._parent.rect())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it, smoothly."""
        if self._image is None:
            return
        painter = QPainter(self)
        draw_turned(painter, self._image, self._place, self._turns, QRectF(self.rect()))
        painter.end()


def stretched(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """The same map with more contrast: the darkest part 0, the brightest the root of what it was.

    A picture that fits everywhere would be bright everywhere otherwise, and one that fits a little
    dark. What differs by less than `_LEAST_RANGE` is left alone: that is no more than chance.
    """
    lowest, highest = float(values.min()), float(values.max())
    if highest - lowest < _LEAST_RANGE:
        return values
    return (values - np.float32(lowest)) * np.float32(math.sqrt(highest) / (highest - lowest))


def heat_image(values: NDArray[np.float32]) -> QImage:
    """Colour a map, one pixel for each value."""
    cold = np.array(_COLD.getRgb(), dtype=np.float32)
    warm = np.array(_WARM.getRgb(), dtype=np.float32)
    share = np.clip(np.nan_to_num(values), 0, 1)[..., np.newaxis]
    pixels = np.ascontiguousarray((cold + share * (warm - cold)).astype(np.uint8))
    rows, columns = values.shape
    image = QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGBA8888)
    return image.copy()  # the pixels belong to numpy
