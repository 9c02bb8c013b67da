"""Where one says what one is looking for: one line, and pictures."""

import datetime as dt
from collections.abc import Callable, Sequence

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

from desktop_app.engine.query_language.completion import Vocabulary, complete
from desktop_app.engine.records import Query
from desktop_app.ui.kit import icons
from desktop_app.ui.kit.mirroring import margins
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.memory.search_history import SearchHistory
from desktop_app.ui.search.filter_menu import Entry, FilterMenu
from desktop_app.ui.search.query_draft import QueryDraft
from desktop_app.ui.search.query_picture import may_be_picture
from desktop_app.ui.search.suggestions import Suggestion, Suggestions
from desktop_app.ui.words.engine_wording import told
from desktop_app.ui.words.language import tr
from desktop_app.ui.work.debounce import Debounce

PAUSE_MS = 10
"""Between a key and the search: shorter than anybody types, longer than a key that repeats."""
VALUE_PAUSE_MS = 600
"""While values of a filter are offered: for who types one without looking."""

HEIGHT_PX = 36
SHADOW_PX = 6
_SHOWN_HISTORY = 8
_SHOWN_EXAMPLES = 4


class SearchBox(QWidget):
    """A rounded field with the line; what else the search consists of stands below it.

    Attributes:
        draft: The search.
    """

    asked = Signal()
    """The query is another one: after a pause in typing, at once for everything else."""
    all_asked = Signal()
    """All was to be selected where nothing is typed: the pictures are meant."""
    entered = Signal()
    """Enter or Down: on to the pictures."""
    pasted = Signal(QMimeData)
    """A picture was pasted; what becomes of it comes back through the draft."""
    files_asked = Signal()
    """Picture files are to be picked, to search by."""
    save_asked = Signal()
    """The search is to be kept."""

    def __init__(
        self,
        theme: Theme,
        history: SearchHistory | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._history = history
        self._vocabulary = Vocabulary()
        self._examples: Sequence[str] = ()
        self._is_target = False
        self._is_typing = False
        self._can_save = True
        self.draft = QueryDraft(self)
        # Ctrl+Z where the line itself has nothing to take back; a window takes back the newest.
        self.take_back: Callable[[], object] = self.draft.undo
        self._pause = Debounce(PAUSE_MS, self)
        self._pause.fired.connect(self.asked)
        self._icon = QLabel()
        self._words = QLineEdit(placeholderText=_placeholder())
        self._words.setProperty("quiet", True)
        self._words.setMinimumWidth(80)
        self._words.setAccessibleName(tr("Search", "Search your pictures"))
        self._words.setAcceptDrops(False)  # the window takes all drops
        self._words.textEdited.connect(self._typed)
        self._words.installEventFilter(self)
        self._suggestions = Suggestions(self._words, self, SHADOW_PX)
        self._suggestions.chosen.connect(self._take)
        self._filters = QToolButton()
        self._filters.setProperty("quiet", True)
        self._filters.setFixedSize(24, 24)
        self._filters.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._filters.setToolTip(
            tr(
                "Search",
                "Add a filter: date, folder, type, size, camera; search by a picture; save",
            )
        )
        self._filters.setAccessibleName(tr("Search", "Add a filter"))
        self._filters.clicked.connect(self._open_filters)
        self._clear = QToolButton()
        self._clear.setProperty("quiet", True)
        self._clear.setFixedSize(24, 24)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.setToolTip(tr("Search", "Clear the search (Esc)"))
        self._clear.setAccessibleName(tr("Search", "Clear the search"))
        self._clear.clicked.connect(self.clear)
        self._clear.hide()
        self._arrange()
        self.draft.line_set.connect(self._words.setText)
        self.draft.changed.connect(self._show_state)
        theme.changed.connect(self._tint)
        self._tint()

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(margins(SHADOW_PX + 12, SHADOW_PX, SHADOW_PX + 6, SHADOW_PX))
        row.setSpacing(8)
        for widget in (self._icon, self._words, self._clear, self._filters):
            row.addWidget(widget)
        self.setFixedHeight(HEIGHT_PX + 2 * SHADOW_PX)
        self.setFocusProxy(self._words)

    @property
    def line(self) -> QWidget:
        """What has the keyboard while one types."""
        return self._words

    @property
    def query(self) -> Query:
        """What is asked for now."""
        return self.draft.query

    def set_vocabulary(self, vocabulary: Vocabulary) -> None:
        """Offer these folders and cameras while one types."""
        self._vocabulary = vocabulary

    def set_examples(self, words: Sequence[str]) -> None:
        """Offer these words, below what was searched for earlier, to who has typed nothing."""
        self._examples = words

    def remember(self) -> None:
        """Keep the line among those that were searched for."""
        is_finished = not any(each.is_unfinished for each in self.draft.parsed.complaints)
        if self._history is not None and is_finished:
            self._history.add(self.draft.state.line)

    def clear(self) -> None:
        """Ask for nothing."""
        self.remember()
        self.draft.clear()

    def forbid_saving(self) -> None:
        """Offer no saving."""
        self._can_save = False

    def take_keyboard(self) -> None:
        """Start to type here; what is there is selected, so that typing replaces it."""
        self._words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._words.selectAll()

    def type_text(self, text: str) -> None:
        """Take the keyboard and begin with a text; it takes the place of what is there."""
        self.take_keyboard()
        self._words.insert(text)

    def paste_picture(self) -> bool:
        """Take a picture from the clipboard.

        Returns:
            Whether there was one.
        """
        mime: QMimeData | None = QGuiApplication.clipboard().mimeData()  # None: never used
        if mime is None or not may_be_picture(mime):
            return False
        self.pasted.emit(mime)
        return True

    def set_drop_target(self, is_target: bool) -> None:
        """Show that what is being dragged may be dropped here."""
        self._is_target = is_target
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that the line edit would not know, its focus, and a click into the empty line."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        if event.type() == QEvent.Type.MouseButtonRelease and self._is_empty:
            self._show_history()
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

    @property
    def _is_empty(self) -> bool:
        return not self._words.text() and self.draft.state.is_empty

    def _key(self, event: QKeyEvent) -> bool:
        """What a key does here; returns whether it does something, else the line has it."""
        if self._suggestions.take_key(event):
            return True
        key = event.key()
        if key == Qt.Key.Key_Down and self._is_empty and self._show_history():
            self._suggestions.go_to(0)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self._suggestions.close()
            self._pause.flush()
            self.remember()
            self.entered.emit()
            return True
        if key == Qt.Key.Key_Escape and not self._is_empty:
            self.clear()
            return True
        if key == Qt.Key.Key_Backspace and not self._words.text():
            # Who holds the key down to delete words does not mean the pictures.
            return not event.isAutoRepeat() and self.draft.drop_last_picture()
        if event.matches(QKeySequence.StandardKey.SelectAll) and not self._words.text():
            self.all_asked.emit()
            return True
        if event.matches(QKeySequence.StandardKey.Undo) and not self._words.isUndoAvailable():
            self.take_back()
            return True
        return event.matches(QKeySequence.StandardKey.Paste) and self.paste_picture()

    def _typed(self, line: str) -> None:
        self._is_typing = True
        try:
            self.draft.type_line(line)
        finally:
            self._is_typing = False
        self._suggest(line)
        if self._pause.is_waiting and self._is_value_offered(line):
            self._pause.trigger(VALUE_PAUSE_MS)

    def _is_value_offered(self, line: str) -> bool:
        """Whether one is in the middle of a filter's value: half a folder's name finds nothing."""
        typed = line[: self._words.cursorPosition()].rpartition(" ")[2]
        return self._suggestions.is_open and ":" in typed

    def _show_state(self) -> None:
        """Something of the search is different: ask, after a pause while one types words."""
        state = self.draft.state
        self._words.setPlaceholderText(_placeholder(has_picture=bool(state.pictures)))
        self._clear.setVisible(not self._is_empty)
        if self._is_typing and state.line:
            self._pause.trigger()
        else:
            self._suggestions.close()
            self._pause.cancel()
            self.asked.emit()

    def _open_filters(self) -> None:
        """Offer the filters that can be clicked."""
        others: list[Entry] = [(tr("Search", "Search by a picture…"), self.files_asked.emit, True)]
        if self._can_save:
            keys = QKeySequence(QKeySequence.StandardKey.Save)
            shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
            is_something = not self.draft.query.is_empty
            label = tr("Search", "Save this search")
            others.append((f"{label}\t{shown}", self.save_asked.emit, is_something))
        menu = FilterMenu(self._vocabulary, self.draft.choose, dt.date.today(), self, others)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._filters.mapToGlobal(self._filters.rect().bottomLeft()))

    # What could be typed next

    def _suggest(self, line: str) -> None:
        cursor = self._words.cursorPosition()
        self._suggestions.show_rows(
            [
                Suggestion(
                    each.text,
                    line[: each.start] + each.text + line[each.end :],
                    each.start + len(each.text),
                    told(each.hint),
                )
                for each in complete(line, cursor, self._vocabulary)
            ]
        )

    def _show_history(self) -> bool:
        """Open the list of earlier lines; returns whether there are any."""
        lines: Sequence[str] = () if self._history is None else self._history.lines
        rows = [Suggestion(line, line, len(line)) for line in lines[:_SHOWN_HISTORY]]
        if rows:
            rows.append(_clear_history())
        hint = tr("SearchBox", "Try")
        examples = [each for each in self._examples if each not in lines][:_SHOWN_EXAMPLES]
        rows += [Suggestion(each, each, len(each), hint) for each in examples]
        self._suggestions.show_rows(rows)
        return bool(rows)

    def _take(self, suggestion: Suggestion) -> None:
        if suggestion.is_quiet:
            if self._history is not None:
                self._history.clear()
            return
        self.draft.set_line(suggestion.line)
        self._words.setCursorPosition(suggestion.cursor)
        self._words.setFocus(Qt.FocusReason.OtherFocusReason)
        self._suggest_values()

    def _suggest_values(self) -> None:
        """After a filter's name, offer what can stand behind it."""
        line, cursor = self._words.text(), self._words.cursorPosition()
        if line[:cursor].endswith(":"):
            self._suggest(line)

    def _tint(self) -> None:
        color = QColor(self._theme.tokens.secondary)
        self._icon.setPixmap(icons.icon("search", color, 18).pixmap(QSize(18, 18)))
        self._clear.setIcon(icons.icon("x", color))
        self._filters.setIcon(icons.icon("list-filter", color))
        self.update()


def _placeholder(*, has_picture: bool = False) -> str:
    if has_picture:
        return tr("Search", "Add words, if you like")
    return tr("Search", "Search your pictures: two dogs in the snow")


def _clear_history() -> Suggestion:
    return Suggestion(tr("Search", "Clear history"), "", 0, is_quiet=True)
