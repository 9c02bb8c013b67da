"""Brings the picture that is looked at onto the canvas: first rough, then fine, then moving."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtGui import QImage

from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.pictures.animation_player import AnimationPlayer
from desktop_app.ui.pictures.viewer_images import LargeImage, ViewerImages
from desktop_app.ui.pictures.whole_picture import WholePicture
from desktop_app.ui.viewer.viewer_canvas import ViewerCanvas
from desktop_app.ui.work.tasks import Lane

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

_SETTLED_MS = 150
"""A window that is being resized asks for pictures of its size once it keeps still."""
_UNKNOWN = QSize(4, 3)
_BLUR = 1.02
"""So much may a picture be enlarged before more of its pixels are wanted."""


@dataclass(frozen=True, slots=True)
class ShowLanes:
    """Where pictures are decoded: those as large as the window, all pixels of one, frames."""

    fitted: Lane
    whole: Lane
    frames: Lane


class PictureShow(QObject):
    """Shows one picture after another on a canvas.

    Args:
        canvas: Where.
        lanes: Where pictures are decoded.
        theme: Says whether anything may move.
    """

    changed = Signal()
    """There is more to see of the picture, or it plays now, or no longer."""

    def __init__(self, canvas: ViewerCanvas, lanes: ShowLanes, theme: Theme) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._theme = theme
        self.images = ViewerImages(lanes.fitted, self)
        self.player = AnimationPlayer(lanes.frames, self)
        self._whole = WholePicture(lanes.whole, self)
        self._library: Library | None = None
        self._id = 0
        self._ahead: Sequence[int] = ()
        self._turns: dict[int, int] = {}
        self._goes_on = False
        self._settling = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settling.timeout.connect(self._settled)
        self.images.arrived.connect(self._arrived)
        self._whole.arrived.connect(self._draw)
        self.player.showed.connect(self._draw)
        self.player.changed.connect(self.changed)
        canvas.viewed.connect(self._look_closer)

    def set_library(self, library: "Library") -> None:
        """Begin to load."""
        self._library = library
        self.images.set_library(library)
        self._whole.set_library(library)

    @property
    def shown(self) -> LargeImage | None:
        """What there is of the picture, with all its pixels if these have come."""
        return self._whole.image(self._id) or self.images.image(self._id)

    @property
    def image(self) -> QImage | None:
        """What is seen now."""
        shown = self.shown
        return self.player.image or (None if shown is None else shown.image)

    def show(self, picture_id: int, size: QSize | None, ahead: Sequence[int]) -> None:
        """Show a picture.

        Args:
            picture_id: Which one.
            size: Of the upright picture, where it is known already.
            ahead: Those that are likely to be shown next.
        """
        if picture_id != self._id:
            self._id = picture_id
            self.player.unload()
            self._whole.forget()
            self._canvas.view.set_picture(
                size or self._known_size(), self._turns.get(picture_id, 0)
            )
            self._canvas.look_again()
        self._ahead = ahead
        self._want()
        self._draw()

    def correct_size(self, size: QSize) -> None:
        """Take the size of the picture, which is known now."""
        if size != self._canvas.view.size:
            self._canvas.view.correct_size(size)
            self._canvas.look_again()

    def turn(self, quarters: int) -> None:
        """Turn the view of the picture; it is remembered until the viewer closes."""
        self._canvas.view.turn(quarters)
        self._turns[self._id] = self._canvas.view.turns
        self._canvas.look_again()

    def settle(self) -> None:
        """The space has changed: pictures of its size are wanted soon."""
        self._settling.start()

    def forget(self) -> None:
        """Files have changed: load anew what is shown."""
        self.images.forget()
        self._whole.forget()
        self.player.unload()

    def rest(self) -> None:
        """Nobody sees it for a while: stop what moves."""
        self._goes_on = self.player.is_playing
        self.player.pause()

    def go_on(self) -> None:
        """It is seen again."""
        if self._goes_on:
            self.player.play()

    def close(self) -> None:
        """Nothing is looked at any more."""
        self._settling.stop()
        self.player.unload()
        self._whole.forget()
        self.images.rest()
        self._canvas.show_images((), is_whole=False)
        self._turns.clear()
        self._id, self._ahead = 0, ()

    @property
    def _box(self) -> tuple[int, int]:
        size = self._canvas.view.space.size() * self._canvas.ratio
        return max(1, round(size.width())), max(1, round(size.height()))

    def _known_size(self) -> QSize:
        shown = self.images.image(self._id)
        if shown is None:
            return _UNKNOWN
        if shown.size is not None:
            return shown.size
        return _UNKNOWN if shown.thumbnail is None else shown.thumbnail.size()

    def _want(self) -> None:
        if self._id:
            self.images.want(list(dict.fromkeys([self._id, *self._ahead])), self._box)

    def _settled(self) -> None:
        self._want()
        self._look_closer()

    def _arrived(self, picture_id: int) -> None:
        if picture_id == self._id:
            self._draw()

    def _draw(self) -> None:
        fitted, whole, frame = self.images.image(self._id), self.shown, self.player.image
        if not self._id or fitted is None or whole is None:
            self._canvas.show_images((), is_whole=False)
        elif frame is not None:
            self._canvas.show_images((frame,), is_whole=fitted.is_whole)
        elif not fitted.levels:
            self._canvas.show_images(
                () if fitted.thumbnail is None else (fitted.thumbnail,), is_whole=False
            )
        else:
            levels = {level.width(): level for level in (*whole.levels, *fitted.levels)}
            ordered = [levels[width] for width in sorted(levels, reverse=True)]
            self._canvas.show_images(ordered, is_whole=whole.is_whole)
            self._animate(fitted)
        self._look_closer()
        self.changed.emit()

    def _animate(self, fitted: LargeImage) -> None:
        if fitted.plays is None or self._library is None or self.player.is_animated:
            return
        may_move = bool(self._theme.motion_ms)
        self.player.load(self._library, self._id, fitted.plays, self._box, play=may_move)

    def _look_closer(self) -> None:
        """Ask for all pixels where what has come is not sharp any more."""
        fitted = self.images.image(self._id)
        if fitted is None or not fitted.levels or fitted.is_whole or fitted.plays is not None:
            return
        if self._canvas.needed().width() > fitted.levels[0].width() * _BLUR and not (
            self._settling.isActive()
        ):
            self._whole.want(self._id)
