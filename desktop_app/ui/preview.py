"""One picture, large, over the grid."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from desktop_app.ui import icons, wording
from desktop_app.ui.picture_model import PictureModel
from desktop_app.ui.preview_images import LargeImage, PreviewImages
from desktop_app.ui.theme import BODY_PX, SMALL_PX, Theme, text_font

BAR_PX = 52
_EDGE_PX = 16
_ARROW_PX = 40
_LARGEST_ZOOM = 2.0
_SIDE_STEP_PX = 256
GONE = "The file cannot be opened now; this is its thumbnail."
NOTHING = "The file cannot be opened now."


class Preview(QWidget):
    """Shows a row of the model and leads to its neighbours."""

    closed = Signal()
    moved = Signal(int)
    """Another row is shown."""
    menu_asked = Signal(QPoint)
    """Where, on the screen, the menu of the picture should open."""

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
        self._picture_id = int(self._model.ids[self._row])
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
        self.hide()
        self.closed.emit()

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
        elif pressed in (key.Key_Escape, key.Key_Space, key.Key_Backspace):
            self.close_preview()
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
        if self.sentence:
            painter.setPen(QColor(self._theme.tokens.secondary))
            below = QRect(0, place.bottom() + 12, self.width(), 24)
            below.moveBottom(min(below.bottom(), self.height() - 8))
            painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), self.sentence)
        painter.end()

    def _place(self, shown: LargeImage | None) -> QRect:
        """Where the picture goes: fitted, enlarged only up to twice, known before it arrives."""
        space = self.rect().adjusted(_ARROW_PX + _EDGE_PX, BAR_PX, -_ARROW_PX - _EDGE_PX, -_EDGE_PX)
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
        self.update()

    def _follow(self, _same_question: bool) -> None:
        """The rows have changed: stay with the picture, wherever it is now."""
        if self.isVisible():
            row = self._model.row_of(self._picture_id)
            self.go_to(self._row if row is None else row)

    def _image_arrived(self, picture_id: int) -> None:
        if picture_id == self._picture_id:
            self.update()

    def _tint(self) -> None:
        text, secondary = QColor(self._theme.tokens.text), QColor(self._theme.tokens.secondary)
        for button, name in (
            (self._back, "arrow-left"),
            (self._previous, "chevron-left"),
            (self._next, "chevron-right"),
        ):
            button.setIcon(icons.icon(name, text, 20))
            button.setIconSize(QSize(20, 20))
        for label in (self._facts, self._position):
            palette = label.palette()
            palette.setColor(label.foregroundRole(), secondary)
            label.setPalette(palette)
        self.update()
