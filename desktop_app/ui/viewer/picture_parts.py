"""Parts of the picture in the viewer: the frame to search by, and where it fits the search."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QRect, QRectF, Signal
from PySide6.QtGui import QImage, QTransform

from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.viewer.crop_frame import CropFrame
from desktop_app.ui.viewer.heat_layer import HeatLayer
from desktop_app.ui.viewer.viewer_canvas import ViewerCanvas


class PictureParts(QObject):
    """Keeps frame and map on the picture, however it is zoomed and turned.

    Zooming and moving leave the frame: it was drawn around what was seen before.

    Args:
        canvas: Where the picture lies.
        image: Gives what there is of the picture now, None if nothing.
        theme: For the frame.
    """

    cropped = Signal(QImage)
    """What is in the frame, turned as it was seen."""
    explained = Signal(bool)
    """Whether to show where the picture fits."""
    changed = Signal()
    """A frame is drawn now, or no longer; or the map is wanted, or no longer."""
    left = Signal()
    """The frame is gone, and with it the keyboard."""

    def __init__(
        self, canvas: ViewerCanvas, image: Callable[[], QImage | None], theme: Theme
    ) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._image = image
        self._heat = HeatLayer(canvas)
        self._crop = CropFrame(theme, canvas)
        self._crop.drawn.connect(self._cut_out)
        self._crop.left.connect(self._end_crop)
        self._framed = (canvas.view.place, canvas.view.turns)
        self._can_explain = self._is_explained = False
        canvas.viewed.connect(self._follow)

    @property
    def is_cropping(self) -> bool:
        """Whether a frame is being drawn."""
        return not self._crop.isHidden()

    @property
    def can_explain(self) -> bool:
        """Whether there is something to show."""
        return self._can_explain

    @property
    def is_explained(self) -> bool:
        """Whether it is to be shown where the picture fits."""
        return self._is_explained

    def begin_crop(self) -> None:
        """Let the user draw a frame around what he looks for."""
        view = self._canvas.view
        if self._image() is not None:
            self._heat.hide()
            self._framed = (view.place, view.turns)
            self._crop.begin(self._canvas.visible.toAlignedRect())
        self.changed.emit()

    def toggle_crop(self) -> None:
        """Draw a frame, or no longer."""
        if self.is_cropping:
            self._crop.leave()
        else:
            self.begin_crop()

    def leave_crop(self) -> None:
        """Draw no frame any more."""
        self._crop.leave()

    def set_explainable(self, can_explain: bool) -> None:
        """Say whether the search has words or pictures that could be shown."""
        self._can_explain = can_explain
        if not can_explain:
            self.explain(False)
        self.changed.emit()

    def explain(self, is_explained: bool) -> None:
        """Show where the picture fits, or no longer."""
        is_explained = is_explained and self._can_explain
        if is_explained != self._is_explained:
            self._is_explained = is_explained
            self._heat.forget()
            self.explained.emit(is_explained)
        self.changed.emit()

    def show_heat(self, values: NDArray[np.float32]) -> None:
        """Show where the picture fits, unless that is no longer wanted.

        Args:
            values: Shape ``(rows, columns)`` over the whole picture, each in [0, 1].
        """
        if self._is_explained:
            self._heat.show_values(values, self._canvas.view.place, self._canvas.view.turns)
            self._heat.setVisible(not self.is_cropping)

    def forget_picture(self) -> None:
        """Another picture is shown."""
        self._crop.leave()
        self._heat.forget()

    def _cut_out(self, frame: QRectF) -> None:
        covered, image, view = QRectF(self._crop.geometry()), self._image(), self._canvas.view
        self._end_crop()
        if image is None:
            return
        area = QRectF(
            covered.x() + frame.x() * covered.width(),
            covered.y() + frame.y() * covered.height(),
            frame.width() * covered.width(),
            frame.height() * covered.height(),
        )
        part = view.part(area)
        width_px, height_px = image.width(), image.height()
        pixels = QRect(
            round(part.x() * width_px),
            round(part.y() * height_px),
            max(1, round(part.width() * width_px)),
            max(1, round(part.height() * height_px)),
        )
        cut = image.copy(pixels)
        self.cropped.emit(cut.transformed(QTransform().rotate(90 * view.turns)))

    def _end_crop(self) -> None:
        if self._is_explained and self._heat.has_values:
            self._heat.show()
        self._follow()
        self.left.emit()
        self.changed.emit()

    def _follow(self) -> None:
        view = self._canvas.view
        if self.is_cropping and (view.place, view.turns) != self._framed:
            self._crop.leave()
        self._heat.follow(view.place, view.turns)
