"""One picture, as large as the window or the screen, with the way to its neighbours."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHideEvent, QImage, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop_app.engine.records import Picture
from desktop_app.ui.grid.picture_model import PictureModel
from desktop_app.ui.kit.announcement import announce
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.pictures.strip_images import StripImages
from desktop_app.ui.viewer import crop_frame, picture_sentence
from desktop_app.ui.viewer.full_screen import FullScreen
from desktop_app.ui.viewer.information_desk import InformationDesk
from desktop_app.ui.viewer.picture_parts import PictureParts
from desktop_app.ui.viewer.picture_show import PictureShow, ShowLanes
from desktop_app.ui.viewer.viewer_bar import BarActions
from desktop_app.ui.viewer.viewer_canvas import ViewerCanvas
from desktop_app.ui.viewer.viewer_furniture import Furnishing, Furniture
from desktop_app.ui.viewer.viewer_keys import press
from desktop_app.ui.words import wording
from desktop_app.ui.work.tasks import Lane

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library


@dataclass(frozen=True, slots=True)
class ViewerLanes:
    """Where the work is done: decoding, thumbnails of the film strip, reading about photos."""

    show: ShowLanes
    strip: Lane
    facts: Lane


class Viewer(QWidget):
    """Shows a row of the model and leads to its neighbours.

    Args:
        model: The pictures.
        lanes: Where the work is done.
        theme: For the colours.
        parent: What it covers.

    Attributes:
        canvas: Where the picture lies; zooms it.
        parts: Searches by a part of the picture, and shows where it fits.
        full_screen: Covers the screen.
    """

    closed = Signal()
    moved = Signal(int)
    """Another row is shown."""
    menu_asked = Signal(QPoint)
    """Where, on the screen, the menu of the picture should open."""
    cropped = Signal(QImage, str)
    """A part of the picture that is to be searched by, and the picture's name."""
    explained = Signal(int)
    """Where a picture, by its id, fits the search should be shown; 0 for no longer."""
    strip_switched = Signal(bool)
    """The film strip is to be shown, or no longer."""
    informed = Signal(bool)
    """Information is to be shown, or no longer."""

    def __init__(
        self,
        model: PictureModel,
        lanes: ViewerLanes,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._row, self._picture_id, self._direction = 0, 0, 1
        self._reasons = self._told = ""
        self._room = (QRectF(), QRectF())
        self.is_strip_shown, self.is_informed = True, False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.canvas = ViewerCanvas(theme, self)
        self._show = PictureShow(self.canvas, lanes.show, theme)
        self.parts = PictureParts(self.canvas, lambda: self._show.image, theme)
        self._strip_images = StripImages(lanes.strip, self)
        self.full_screen = FullScreen(self, lambda: (self._around.bar, self._around.strip))
        self._around = Furniture(
            model,
            self._strip_images,
            self._actions(),
            lambda step: self.go_to(self._row + step),
            theme,
            self,
        )
        self._information = InformationDesk(self._around.information, lanes.facts)
        self.hide()
        self._connect()

    def _actions(self) -> BarActions:
        return BarActions(
            close=self.close_viewer,
            toggle_zoom=self.canvas.toggle_zoom,
            toggle_playing=self.toggle_playing,
            turn_left=lambda: self.turn(-1),
            turn_right=lambda: self.turn(1),
            crop=self.parts.toggle_crop,
            explain=self.toggle_explained,
            inform=lambda: self.set_informed(not self.is_informed),
            fill_screen=self.full_screen.toggle,
        )

    def _connect(self) -> None:
        self._model.replaced.connect(self._follow)
        self._model.dataChanged.connect(self._describe)
        self._show.changed.connect(self._tell)
        self.canvas.viewed.connect(self._tell)
        self.canvas.closed.connect(self.close_viewer)
        self.canvas.pointed.connect(self.full_screen.follow_pointer)
        self.parts.cropped.connect(self._search_by)
        self.parts.explained.connect(
            lambda is_on: self.explained.emit(self._picture_id if is_on else 0)
        )
        self.parts.left.connect(lambda: self.setFocus(Qt.FocusReason.OtherFocusReason))
        self.parts.changed.connect(self._tell)
        self._around.strip.chosen.connect(self.go_to)
        self.full_screen.changed.connect(self._lay_out)
        self.full_screen.bars_changed.connect(lambda _shown: self._lay_out())

    def set_library(self, library: "Library") -> None:
        """Begin to load."""
        self._show.set_library(library)
        self._strip_images.set_library(library)
        self._information.set_library(library)

    def refresh_labels(self) -> None:
        """Ratings and tags may be others now."""
        if self.isVisible() and self.is_informed:
            self._information.read_labels()

    # Which picture

    @property
    def row(self) -> int:
        """The row that is shown."""
        return self._row

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._model.rowCount()

    @property
    def picture(self) -> Picture | None:
        """The record of the picture that is shown, if it is here yet."""
        if self._row >= self.count or int(self._model.ids[self._row]) != self._picture_id:
            return None
        return self._model.picture(self._row)

    def open_row(self, row: int) -> None:
        """Appear with a row of the model."""
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._lay_out()
        self._direction = 1
        self.go_to(row)

    def go_to(self, row: int) -> None:
        """Show another row; one beyond the ends shows the last or first."""
        if not self.count:
            self.close_viewer()
            return
        row = min(max(row, 0), self.count - 1)
        if row != self._row:
            self._direction = 1 if row > self._row else -1
        self._row = row
        picture_id = int(self._model.ids[row])
        if picture_id != self._picture_id:
            self._picture_id, self._reasons = picture_id, ""
            self.parts.forget_picture()
            if self.parts.is_explained:
                self.explained.emit(picture_id)
        picture = self.picture
        size = None if picture is None else QSize(picture.width_px, picture.height_px)
        self._show.show(picture_id, size, self._ahead())
        self._around.strip.show_row(row)
        self._describe()
        self.moved.emit(row)

    def _ahead(self) -> list[int]:
        """Those that are likely to be next: two in the direction of travel, and one back."""
        rows = (self._row + each * self._direction for each in (1, 2, -1))
        return [int(self._model.ids[row]) for row in rows if 0 <= row < self.count]

    def reload(self) -> None:
        """Load what is shown anew, because files have come or gone."""
        self._show.forget()
        self._strip_images.forget()
        if self.isVisible():
            self.go_to(self._row)

    def step_back(self) -> None:
        """Leave what was entered last: full screen, the map, the viewer."""
        if self.full_screen.is_on:
            self.full_screen.leave()
        elif self.parts.is_explained:
            self.parts.explain(False)
        else:
            self.close_viewer()

    def close_viewer(self) -> None:
        """Give the window back to the grid."""
        self.full_screen.leave()
        self.parts.explain(False)
        self.parts.leave_crop()
        self.hide()
        self.closed.emit()

    def _follow(self, _same_question: bool) -> None:
        """The rows have changed: stay with the picture, wherever it is now."""
        if self.isVisible():
            row = self._model.row_of(self._picture_id)
            self.go_to(self._row if row is None else row)

    # How it is looked at

    def turn(self, quarters: int) -> None:
        """Turn the view of this picture clockwise; the file stays as it is."""
        self._show.turn(quarters)

    def toggle_playing(self) -> None:
        """Stop a picture that moves, or let it go on."""
        self._show.player.toggle()

    @property
    def is_animated(self) -> bool:
        """Whether the picture moves."""
        return self._show.player.is_animated

    def set_strip_shown(self, is_shown: bool) -> None:
        """Show the film strip, or hide it."""
        if is_shown != self.is_strip_shown:
            self.is_strip_shown = is_shown
            self._lay_out()
            self.strip_switched.emit(is_shown)

    def set_informed(self, is_informed: bool) -> None:
        """Lay over the picture what is known of it, or take it away."""
        if is_informed != self.is_informed:
            self.is_informed = is_informed
            self._describe()
            self.informed.emit(is_informed)

    # Parts of the picture

    def toggle_explained(self) -> None:
        """Show where the picture fits the search, or no longer."""
        self.parts.explain(not self.parts.is_explained)

    def set_explainable(self, can_explain: bool) -> None:
        """Say whether the search has words or pictures of which one could be shown where they fit.

        Args:
            can_explain: Whether it has.
        """
        self.parts.set_explainable(can_explain)

    def show_heat(self, picture_id: int, values: NDArray[np.float32]) -> None:
        """Show where a picture fits the search, if it is still the one that is looked at.

        Args:
            picture_id: Which one.
            values: Shape ``(rows, columns)`` over the whole picture, each in [0, 1].
        """
        if picture_id == self._picture_id:
            self.parts.show_heat(values)

    def show_reasons(self, picture_id: int, text: str) -> None:
        """Say below a picture why it is a hit, if it is still the one that is looked at."""
        if picture_id == self._picture_id:
            self._reasons = text
            self._tell()

    def _search_by(self, part: QImage) -> None:
        picture = self._model.known(self._picture_id)
        self.cropped.emit(part, "" if picture is None else wording.file_name(picture.path))

    # What is said

    @property
    def sentence(self) -> str:
        """What stands below the picture when its file cannot be opened, or not all of it shown."""
        return picture_sentence.sentence(
            self._show.shown, self._model.known(self._picture_id), self.canvas.view.zoom
        )

    def _tell(self) -> None:
        """Say what has to do with the view."""
        if not self.isVisible():
            return
        view, player, bar = self.canvas.view, self._show.player, self._around.bar
        bar.show_zoom(view.zoom, is_fitted=view.is_fitted)
        bar.show_animation(is_animated=player.is_animated, is_playing=player.is_playing)
        bar.crop.setChecked(self.parts.is_cropping)
        bar.show_explain(can_explain=self.parts.can_explain, is_on=self.parts.is_explained)
        hint = crop_frame.hint() if self.parts.is_cropping else ""
        said = hint or self.sentence or self._reasons
        if said != self._around.note.text:
            self._around.note.say(said)
            self._lay_out()

    def _describe(self) -> None:
        """Say what the picture is."""
        if not self.isVisible():
            return
        picture = self.picture
        self._around.describe(picture)
        if picture is not None and self.is_informed:
            self._information.show(picture)
        if picture is not None:
            self._show.correct_size(QSize(picture.width_px, picture.height_px))
            self._announce(f"{wording.file_name(picture.path)}, {wording.facts(picture)}")
        self._lay_out()
        self._tell()

    def _announce(self, text: str) -> None:
        """Say aloud which picture is shown now, once."""
        self.setAccessibleName(text)
        self.canvas.setAccessibleName(text)
        if text != self._told:
            self._told = text
            announce(self, text)

    # What Qt asks for

    def _lay_out(self) -> None:
        how = Furnishing(
            self.full_screen.is_on,
            self.full_screen.are_bars_shown,
            self.is_strip_shown,
            self.is_informed,
        )
        space, clear = self._around.lay_out(
            how, has_previous=self._row > 0, has_next=self._row < self.count - 1
        )
        self.canvas.show_pointer(self.full_screen.are_bars_shown)
        self.canvas.setGeometry(self.rect())
        if (space, clear) != self._room:
            self._room = (space, clear)
            self.canvas.set_space(space, clear, is_full=how.is_full)
            self._show.settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lead on, look closer, or lead back."""
        if not press(self, event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab goes round among the viewer's own buttons, which come back for it."""
        self.full_screen.show_bars()
        stops: list[QWidget] = [self, *self._around.bar.buttons]
        here = self.focusWidget()
        place = stops.index(here) if here in stops else 0
        reason = Qt.FocusReason.TabFocusReason if is_next else Qt.FocusReason.BacktabFocusReason
        stops[(place + (1 if is_next else -1)) % len(stops)].setFocus(reason)
        return True

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the picture's menu."""
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            at = self.mapToGlobal(self.rect().center())
        self.menu_asked.emit(at)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Put everything where it belongs."""
        self.parts.leave_crop()
        self._lay_out()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing large is needed any more, unless only the window was put away."""
        if event.spontaneous():
            self._show.rest()
        else:
            self._show.close()
            self._picture_id = 0

    def showEvent(self, event: QShowEvent) -> None:
        """Go on where the window was put away."""
        if event.spontaneous():
            self._show.go_on()
