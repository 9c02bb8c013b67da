"""Where one says what one is looking for: words, a picture, or both."""

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from desktop_app.engine.records import Query
from desktop_app.ui import icons
from desktop_app.ui.debounce import Debounce
from desktop_app.ui.query_chip import QueryChip
from desktop_app.ui.query_picture import QueryPicture, may_be_picture
from desktop_app.ui.theme import Theme

PAUSE_MS = 120
HEIGHT_PX = 36
SHADOW_PX = 6
PLACEHOLDER = "Search your pictures: two dogs in the snow"
WITH_PICTURE = "Add words, if you like"


class SearchBox(QWidget):
    """A rounded field with the query picture's chip in front of the words."""

    asked = Signal()
    """The query is another one: after a pause in typing, at once for everything else."""
    entered = Signal()
    """Enter or Down: on to the pictures."""
    pasted = Signal(QMimeData)
    """A picture was pasted; what becomes of it comes back through `set_picture`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._picture: QueryPicture | None = None
        self._is_target = False
        self._pause = Debounce(PAUSE_MS, self)
        self._pause.fired.connect(self.asked)
        self._icon = QLabel()
        self._chip = QueryChip(theme)
        self._chip.hide()
        self._chip.removed.connect(lambda: self.set_picture(None))
        self._words = QLineEdit(placeholderText=PLACEHOLDER)
        self._words.setProperty("quiet", True)
        self._words.setMinimumWidth(80)
        self._words.setAccessibleName("Search your pictures")
        self._words.setAcceptDrops(False)  # the window takes all drops
        self._words.textChanged.connect(self._words_changed)
        self._words.installEventFilter(self)
        self._clear = QToolButton()
        self._clear.setProperty("quiet", True)
        self._clear.setFixedSize(24, 24)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.setToolTip("Clear the search (Esc)")
        self._clear.setAccessibleName("Clear the search")
        self._clear.clicked.connect(self.clear)
        self._clear.hide()
        self._arrange()
        theme.changed.connect(self._tint)
        self._tint()

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(SHADOW_PX + 12, SHADOW_PX, SHADOW_PX + 6, SHADOW_PX)
        row.setSpacing(8)
        for widget in (self._icon, self._chip, self._words, self._clear):
            row.addWidget(widget)
        self.setFixedHeight(HEIGHT_PX + 2 * SHADOW_PX)
        self.setFocusProxy(self._words)

    @property
    def query(self) -> Query:
        """What is asked for now."""
        picture = self._picture or QueryPicture("")
        return Query(
            words=self._words.text().strip(), image=picture.image, picture_id=picture.picture_id
        )

    def set_picture(self, picture: QueryPicture | None) -> None:
        """Put a picture into the query, or take it out."""
        self._picture = picture
        if picture is not None:
            self._chip.show_picture(picture)
        self._chip.setVisible(picture is not None)
        self._words.setPlaceholderText(PLACEHOLDER if picture is None else WITH_PICTURE)
        self._ask_now()

    def replace(self, picture: QueryPicture) -> None:
        """Ask for pictures like this one, without the words that are there."""
        self._words.clear()
        self.set_picture(picture)

    def clear(self) -> None:
        """Ask for nothing."""
        self._words.clear()
        self.set_picture(None)

    def take_keyboard(self) -> None:
        """Start to type here; what is there is selected, so that typing replaces it."""
        self._words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._words.selectAll()

    def paste_picture(self) -> bool:
        """Take a picture from the clipboard.

        Returns:
            Whether there was one.
        """
        mime = QGuiApplication.clipboard().mimeData()
        if not may_be_picture(mime):
            return False
        self.pasted.emit(mime)
        return True

    def set_drop_target(self, is_target: bool) -> None:
        """Show that what is being dragged may be dropped here."""
        self._is_target = is_target
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that the line edit would not know, and its focus."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the field and its soft shadow."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        field = QRectF(self.rect()).adjusted(SHADOW_PX, SHADOW_PX, -SHADOW_PX, -SHADOW_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        strength = 14 if self._theme.tokens.is_dark else 6
        for spread in range(SHADOW_PX - 1, 0, -1):
            painter.setBrush(QColor(0, 0, 0, strength))
            around = field.adjusted(-spread, -spread + 1, spread, spread + 1)
            painter.drawRoundedRect(around, around.height() / 2, around.height() / 2)
        painter.setBrush(QColor(self._theme.tokens.field))
        if self._is_target or self._words.hasFocus():
            painter.setPen(QPen(self._theme.accent, 3 if self._is_target else 2))
            field.adjust(1, 1, -1, -1)
        painter.drawRoundedRect(field, field.height() / 2, field.height() / 2)
        painter.end()

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self._pause.flush()
            self.entered.emit()
            return True
        if event.key() == Qt.Key.Key_Escape and not self.query.is_empty:
            self.clear()
            return True
        if event.key() == Qt.Key.Key_Backspace and self._picture and not self._words.text():
            self.set_picture(None)
            return True
        return event.matches(QKeySequence.StandardKey.Paste) and self.paste_picture()

    def _words_changed(self) -> None:
        self._show_clear()
        if self._words.text():
            self._pause.trigger()
        else:
            self._ask_now()

    def _ask_now(self) -> None:
        self._show_clear()
        self._pause.cancel()
        self.asked.emit()

    def _show_clear(self) -> None:
        self._clear.setVisible(bool(self._words.text()) or self._picture is not None)

    def _tint(self) -> None:
        color = QColor(self._theme.tokens.secondary)
        self._icon.setPixmap(icons.icon("search", color, 18).pixmap(QSize(18, 18)))
        self._clear.setIcon(icons.icon("x", color))
        self.update()
