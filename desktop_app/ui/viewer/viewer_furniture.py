"""What stands around the picture in the viewer: bar, arrows, film strip, note, information."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRect, QRectF, QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QToolButton, QWidget

from desktop_app.engine.records import Picture
from desktop_app.ui.grid.picture_model import PictureModel
from desktop_app.ui.kit import icons
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.pictures.strip_images import StripImages
from desktop_app.ui.viewer import film_strip, information_layer, viewer_bar
from desktop_app.ui.viewer.film_strip import FilmStrip
from desktop_app.ui.viewer.information_layer import InformationLayer
from desktop_app.ui.viewer.picture_note import PictureNote
from desktop_app.ui.viewer.shade import Shade
from desktop_app.ui.viewer.viewer_bar import BarActions, ViewerBar
from desktop_app.ui.words import wording
from desktop_app.ui.words.language import tr

_EDGE_PX = 12
_ARROW_PX = 40
_NOTE_PX = 40


@dataclass(frozen=True, slots=True)
class Furnishing:
    """What of it is to be there.

    Attributes:
        is_full: Whether it lies over a picture that covers the screen.
        has_bars: Whether bars and arrows are there at all.
        has_strip: Whether the film strip is among them.
        has_information: Whether information is.
    """

    is_full: bool
    has_bars: bool
    has_strip: bool
    has_information: bool


class Furniture(QObject):
    """Children of the viewer, put where they belong.

    Args:
        model: The pictures.
        images: Loads thumbnails for the film strip.
        actions: What the buttons of the bar do.
        step: Leads on, by 1 or -1.
        theme: For the colours.
        viewer: Their parent.
    """

    def __init__(
        self,
        model: PictureModel,
        images: StripImages,
        actions: BarActions,
        step: Callable[[int], object],
        theme: Theme,
        viewer: QWidget,
    ) -> None:
        super().__init__(viewer)
        self._viewer = viewer
        self._shade = Shade(theme, viewer)
        self._step = step
        self.note = PictureNote(self._shade, viewer)
        self.previous = self._arrow(tr("Viewer", "Previous picture"), -1)
        self.next = self._arrow(tr("Viewer", "Next picture"), 1)
        self.information = InformationLayer(self._shade, viewer)
        self.strip = FilmStrip(model, images, self._shade, viewer)
        self.bar = ViewerBar(actions, self._shade, viewer)
        self._shade.changed.connect(self._tint)
        self._tint()

    def _arrow(self, label: str, step: int) -> QToolButton:
        button = QToolButton(self._viewer)
        button.setProperty("over", True)
        button.setFixedSize(_ARROW_PX, _ARROW_PX)
        button.setToolTip(label)
        button.setAccessibleName(label)
        button.clicked.connect(lambda: self._step(step))
        return button

    def describe(self, picture: Picture | None) -> None:
        """Say what the picture is; nothing where that is not known yet."""
        if picture is None:
            self.bar.show_picture("", "", "")
            return
        self.bar.show_picture(
            wording.file_name(picture.path),
            wording.facts(picture),
            wording.tooltip(picture.path),
        )

    def lay_out(
        self, how: Furnishing, *, has_previous: bool, has_next: bool
    ) -> tuple[QRectF, QRectF]:
        """Put everything in its place.

        Returns:
            Where the picture fits in, and where something of it can be seen.
        """
        width_px, height_px = self._viewer.width(), self._viewer.height()
        self._shade.darken(how.is_full)
        has_strip = how.has_bars and how.has_strip
        self.bar.setVisible(how.has_bars)
        self.bar.setGeometry(0, 0, width_px, viewer_bar.HEIGHT_PX)
        self.bar.show_full_screen(how.is_full)
        self.bar.show_position("" if how.has_strip else self.strip.position)
        self.bar.inform.setChecked(how.has_information)
        self.strip.setVisible(has_strip)
        self.strip.lie_over(how.is_full)
        strip_px = film_strip.HEIGHT_PX if has_strip else 0
        self.strip.setGeometry(0, height_px - strip_px, width_px, film_strip.HEIGHT_PX)
        top_px = viewer_bar.HEIGHT_PX if how.has_bars else 0
        between = QRect(0, top_px, width_px, max(1, height_px - top_px - strip_px))
        self._place_arrows(between, how.has_bars and has_previous, how.has_bars and has_next)
        self._inform(between, is_shown=how.has_information)
        self.note.place(between.adjusted(0, 0, 0, -8))
        if how.is_full:
            return QRectF(self._viewer.rect()), QRectF(between)
        return QRectF(between.adjusted(_EDGE_PX, 0, -_EDGE_PX, -_NOTE_PX)), QRectF(between)

    def _place_arrows(self, between: QRect, has_previous: bool, has_next: bool) -> None:
        top = between.center().y() - _ARROW_PX // 2
        ends = [between.left() + _EDGE_PX, between.right() + 1 - _ARROW_PX - _EDGE_PX]
        if self._viewer.isRightToLeft():
            ends.reverse()
        self.previous.move(ends[0], top)
        self.next.move(ends[1], top)
        self.previous.setVisible(has_previous)
        self.next.setVisible(has_next)

    def _inform(self, between: QRect, *, is_shown: bool) -> None:
        width_px = min(information_layer.WIDTH_PX, between.width() - 2 * _EDGE_PX)
        self.information.setVisible(is_shown)
        self.information.fit(width_px)
        left = between.left() + _EDGE_PX
        if self._viewer.isRightToLeft():
            left = between.right() + 1 - _EDGE_PX - width_px
        self.information.move(left, between.top() + _EDGE_PX)

    def _tint(self) -> None:
        color = QColor(self._shade.tokens.text)
        names = ["chevron-left", "chevron-right"]
        if self._viewer.isRightToLeft():
            names.reverse()
        for button, name in zip((self.previous, self.next), names, strict=True):
            button.setIcon(icons.icon(name, color, 20))
            button.setIconSize(QSize(20, 20))
