"""One picture, large, over the grid."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from desktop_app.ui import crop_frame, icons, wording
from desktop_app.ui.crop_frame import CropFrame
from desktop_app.ui.heat_layer import HeatLayer
from desktop_app.ui.picture_model import PictureModel
from desktop_app.ui.preview_images import LargeImage, PreviewImages
from desktop_app.ui.theme import BODY_PX, SMALL_PX, Theme, text_font

BAR_PX = 52
_EDGE_PX = 16
_ARROW_PX = 40
_LARGEST_ZOOM = 2.0
_SIDE_STEP_PX = 256
_SENTENCE_PX = 24
GONE = "The file cannot be opened now; this is its thumbnail."
NOTHING = "The file cannot be opened now."


class Preview(QWidget):
    """Shows a row of the model and leads to its neighbours."""

    closed = Signal()
    moved = Signal(int)
    """Another row is shown."""
    menu_asked = Signal(QPoint)
    """Where, on the screen, the menu of the picture should open."""
    cropped = Signal(QImage, str)
    """A part of the picture that is to be searched by, and the picture's name."""
    explained = Signal(int)
    """Where a picture, by its id, fits the search should be shown; 0 for no longer."""

    def __init__(
        self,
        model: PictureModel,
        images: PreviewImages,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._images = images
        self._theme = theme
        self._row = 0
        self._picture_id = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._back = self._button("Back to the pictures (Esc)", self.close_preview)
        self._previous = self._button("Previous picture", lambda: self.go_to(self._row - 1))
        self._next = self._button("Next picture", lambda: self.go_to(self._row + 1))
        self._crop_button = self._button("Search by a part of this picture (C)", self._toggle_crop)
        self._crop_button.setCheckable(True)
        self._explain_button = self._button(
            "Show where it fits the search (E)", lambda: self._explain(not self._is_explained)
        )
        self._explain_button.setCheckable(True)
        self._explain_button.hide()
        self._is_explained = False
        self._reasons = ""
        self._can_explain = False
        self._is_cropping = False
        self._heat = HeatLayer(self)
        self._crop = CropFrame(theme, self)
        self._crop.drawn.connect(self._cut_out)
        self._crop.left.connect(self._end_crop)
        self._name, self._facts, self._position = QLabel(), QLabel(), QLabel()
        self._arrange()
        self.hide()
        model.replaced.connect(self._follow)
        model.dataChanged.connect(self._describe)
        images.arrived.connect(self._image_arrived)
        theme.changed.connect(self._tint)
        self._tint()

    def _button(self, label: str, act: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("quiet", True)
        button.setFixedSize(_ARROW_PX, _ARROW_PX)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setToolTip(label)
        button.setAccessibleName(label)
        button.clicked.connect(act)
        return button

    def _arrange(self) -> None:
        self._bar = QWidget(self)
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(8, 0, _EDGE_PX, 0)
        row.setSpacing(12)
        self._name.setFont(text_font(self.font(), BODY_PX, bold=True))
        self._facts.setFont(text_font(self.font(), SMALL_PX))
        self._position.setFont(text_font(self.font(), SMALL_PX, figures=True))
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(self._back)
        row.addWidget(self._name)
        row.addWidget(self._facts, 1)
        row.addWidget(self._explain_button)
        row.addWidget(self._crop_button)
        row.addWidget(self._position)

    @property
    def row(self) -> int:
        """The row that is shown."""
        return self._row

    @property
    def sentence(self) -> str:
        """What stands below the picture when its file cannot be opened."""
        shown = self._images.image(self._picture_id)
        if shown is None or not shown.is_gone:
            return ""
        picture = self._model.known(self._picture_id)
        if picture is not None and picture.is_offline:
            return wording.OFFLINE
        return NOTHING if shown.image is None else GONE

    def open_row(self, row: int) -> None:
        """Appear with a row of the model."""
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.go_to(row)

    def go_to(self, row: int) -> None:
        """Show another row; one beyond the ends shows the last or first."""
        count = self._model.rowCount()
        if not count:
            self.close_preview()
            return
        self._row = min(max(row, 0), count - 1)
        if int(self._model.ids[self._row]) != self._picture_id:
            self._crop.leave()
            self._picture_id = int(self._model.ids[self._row])
            self._heat.forget()
            self._reasons = ""
            if self._is_explained:
                self.explained.emit(self._picture_id)
        self._describe()
        self._want()
        self.moved.emit(self._row)
        self.update()

    def reload(self) -> None:
        """Load what is shown anew, because files have come or gone."""
        if self.isVisible():
            self.go_to(self._row)

    def close_preview(self) -> None:
        """Give the window back to the grid."""
        self._explain(False)
        self._crop.leave()
        self.hide()
        self.closed.emit()

    # Parts of the picture

    def begin_crop(self) -> None:
        """Let the user draw a frame around what he looks for."""
        shown = self._images.image(self._picture_id)
        self._is_cropping = shown is not None and shown.image is not None
        if self._is_cropping:
            self._heat.hide()
            self._crop.begin(self._place(shown))
            self.update()
        self._crop_button.setChecked(self._is_cropping)

    def _toggle_crop(self) -> None:
        if self._crop.isHidden():
            self.begin_crop()
        else:
            self._crop.leave()

    def _cut_out(self, frame: QRectF) -> None:
        shown = self._images.image(self._picture_id)
        picture = self._model.known(self._picture_id)
        self._end_crop()
        if shown is None or shown.image is None:
            return
        width_px, height_px = shown.image.width(), shown.image.height()
        part = QRect(
            round(frame.x() * width_px),
            round(frame.y() * height_px),
            max(1, round(frame.width() * width_px)),
            max(1, round(frame.height() * height_px)),
        )
        name = "" if picture is None else wording.file_name(picture.path)
        self.cropped.emit(shown.image.copy(part), name)

    def _end_crop(self) -> None:
        self._is_cropping = False
        self._crop_button.setChecked(False)
        self._place_heat()
        if self._is_explained and self._heat.has_values:
            self._heat.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.update()

    def set_explainable(self, can_explain: bool) -> None:
        """Say whether the search has words or pictures of which one could be shown where they fit.

        Args:
            can_explain: Whether it has.
        """
        self._can_explain = can_explain
        self._explain_button.setVisible(can_explain)
        if not can_explain:
            self._explain(False)

    def show_heat(self, picture_id: int, values: NDArray[np.float32]) -> None:
        """Show where a picture fits the search, if it is still the one that is looked at.

        Args:
            picture_id: Which one.
            values: Shape ``(rows, columns)`` over the whole picture, each in [0, 1].
        """
        if self._is_explained and picture_id == self._picture_id:
            self._heat.show_values(values, self._place(self._images.image(picture_id)))
            self._heat.setVisible(self._crop.isHidden())

    def show_reasons(self, picture_id: int, text: str) -> None:
        """Say below a picture why it is a hit, if it is still the one that is looked at."""
        if picture_id == self._picture_id:
            self._reasons = text
            self.update()

    def _explain(self, is_explained: bool) -> None:
        is_explained = is_explained and self._can_explain
        self._explain_button.setChecked(is_explained)
        if is_explained == self._is_explained:
            return
        self._is_explained = is_explained
        self._heat.forget()
        self.explained.emit(self._picture_id if is_explained else 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows lead on, Esc and Space lead back."""
        key = Qt.Key
        steps = {
            key.Key_Right: 1,
            key.Key_Down: 1,
            key.Key_PageDown: 1,
            key.Key_Left: -1,
            key.Key_Up: -1,
            key.Key_PageUp: -1,
            key.Key_Home: -self._row,
            key.Key_End: self._model.rowCount() - 1 - self._row,
        }
        pressed = Qt.Key(event.key())
        if pressed in steps:
            self.go_to(self._row + steps[pressed])
        elif pressed == key.Key_Escape and self._is_explained:
            self._explain(False)
        elif pressed in (key.Key_Escape, key.Key_Space, key.Key_Backspace):
            self.close_preview()
        elif pressed == key.Key_C and not event.modifiers():
            self.begin_crop()
        elif pressed == key.Key_E and not event.modifiers():
            self._explain(not self._is_explained)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Back to the grid, the way one came."""
        self.close_preview()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep clicks from the grid below."""
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the picture's menu."""
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            at = self.mapToGlobal(self.rect().center())
        self.menu_asked.emit(at)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Put bar and arrows where they belong."""
        self._bar.setGeometry(0, 0, self.width(), BAR_PX)
        middle = BAR_PX + (self.height() - BAR_PX - _ARROW_PX) // 2
        self._previous.move(_EDGE_PX // 2, middle)
        self._next.move(self.width() - _ARROW_PX - _EDGE_PX // 2, middle)
        self._crop.leave()
        self._place_heat()
        if self.isVisible():
            self._want()

    def hideEvent(self, _event: QHideEvent) -> None:
        """Nothing large is needed any more."""
        self._images.want([], 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture, fitted, or its thumbnail at the same place."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.tokens.raised))
        shown = self._images.image(self._picture_id)
        place = self._place(shown)
        if shown is not None and shown.image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, shown.image)
        sentence = crop_frame.HINT if self._is_cropping else self.sentence or self._reasons
        if sentence:
            painter.setPen(QColor(self._theme.tokens.secondary))
            below = QRect(0, place.bottom() + 12, self.width(), _SENTENCE_PX)
            below.moveBottom(min(below.bottom(), self.height() - 8))
            painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), sentence)
        painter.end()

    def _place_heat(self) -> None:
        self._heat.setGeometry(self._place(self._images.image(self._picture_id)))

    def _place(self, shown: LargeImage | None) -> QRect:
        """Where the picture goes: fitted, enlarged only up to twice, known before it arrives."""
        below_px = _EDGE_PX + (_SENTENCE_PX if self._is_cropping else 0)
        space = self.rect().adjusted(_ARROW_PX + _EDGE_PX, BAR_PX, -_ARROW_PX - _EDGE_PX, -below_px)
        picture = self._model.picture(self._row) if self._row < self._model.rowCount() else None
        if picture is not None and picture.id == self._picture_id:
            size = QSize(picture.width_px, picture.height_px)
        elif shown is not None and shown.image is not None:
            size = shown.image.size()
        else:
            size = QSize(4, 3)
        limit = size * (_LARGEST_ZOOM / self.devicePixelRatioF())
        fitted = size.scaled(space.size().boundedTo(limit), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(QPoint(), fitted)
        place.moveCenter(space.center())
        return place

    def _want(self) -> None:
        last = self._model.rowCount() - 1
        rows = [self._row, min(self._row + 1, last), max(self._row - 1, 0)]
        longest = max(self.width(), self.height()) * self.devicePixelRatioF()
        steps = -(-int(longest) // _SIDE_STEP_PX)  # few sizes, so that resizing reloads seldom
        ids = dict.fromkeys(int(self._model.ids[row]) for row in rows)
        self._images.want(list(ids), steps * _SIDE_STEP_PX)

    def _describe(self) -> None:
        if not self.isVisible():
            return
        count = self._model.rowCount()
        picture = self._model.picture(self._row) if self._row < count else None
        if picture is not None and picture.id == self._picture_id:
            name = wording.file_name(picture.path)
            self._name.setText(name)
            self._name.setToolTip(wording.tooltip(picture.path))
            self._facts.setText(wording.facts(picture))
            self.setAccessibleName(name)
        else:
            self._name.clear()
            self._facts.clear()
        self._position.setText(f"{wording.count(self._row + 1)} / {wording.count(count)}")
        self._previous.setVisible(self._row > 0)
        self._next.setVisible(self._row < count - 1)
        self._place_heat()
        self.update()

    def _follow(self, _same_question: bool) -> None:
        """The rows have changed: stay with the picture, wherever it is now."""
        if self.isVisible():
            row = self._model.row_of(self._picture_id)
            self.go_to(self._row if row is None else row)

    def _image_arrived(self, picture_id: int) -> None:
        if picture_id == self._picture_id:
            self._place_heat()
            self.update()

    def _tint(self) -> None:
        text, secondary = QColor(self._theme.tokens.text), QColor(self._theme.tokens.secondary)
        for button, name in (
            (self._back, "arrow-left"),
            (self._previous, "chevron-left"),
            (self._next, "chevron-right"),
            (self._crop_button, "crop"),
            (self._explain_button, "scan-search"),
        ):
            button.setIcon(icons.icon(name, text, 20))
            button.setIconSize(QSize(20, 20))
        for label in (self._facts, self._position):
            palette = label.palette()
            palette.setColor(label.foregroundRole(), secondary)
            label.setPalette(palette)
        self.update()
