"""Shows on a picture where it fits the words: warm where it does, dark where it does not."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

_COLD = QColor(8, 10, 30, 205)
_WARM = QColor(255, 196, 70, 40)
_LEAST_RANGE = 0.1


class HeatLayer(QWidget):
    """Lies over a picture and lets the mouse through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
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

    def show_values(self, values: NDArray[np.float32], place: QRect) -> None:
        """Show a map.

        Args:
            values: Shape ``(rows, columns)`` over the whole picture, each in [0, 1].
            place: Where the picture is.
        """
        self._image = heat_image(stretched(values))
        self.setGeometry(place)
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it, smoothly."""
        if self._image is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.rect(), self._image)
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
