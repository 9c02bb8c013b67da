"""What is not in the library, and why."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.engine.records import SkippedFile
from desktop_app.ui import date_wording, icons, wording
from desktop_app.ui.text_label import TextLabel, Tint
from desktop_app.ui.theme import BODY_PX, SMALL_PX, Theme, text_font

AnyIndex = QModelIndex | QPersistentModelIndex
WIDTH_PX = 360
_LINE_PX = 68
_NAME_PX = 20
_GAP_PX = 12


class SkippedModel(QAbstractListModel):
    """The files that are not indexed: failures first, in the order the library gives them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files: Sequence[SkippedFile] = ()

    def replace(self, files: Sequence[SkippedFile]) -> None:
        """Show other files."""
        self.beginResetModel()
        self._files = files
        self.endResetModel()

    def file(self, row: int) -> SkippedFile:
        """What a row is about."""
        return self._files[row]

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Number of files."""
        return 0 if parent.isValid() else len(self._files)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What Qt, tooltips and screen readers ask for."""
        if not index.isValid() or index.row() >= len(self._files):
            return None
        file = self._files[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return wording.file_name(file.path)
        if role == Qt.ItemDataRole.ToolTipRole:
            return wording.tooltip("\n".join((file.path, file.reason, *wording.tried(file))))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " ".join((f"{file.path}: {file.reason}", *wording.tried(file)))
        return None


class _LineDelegate(QStyledItemDelegate):
    """Name, cut to the width, and when, above the reason, which may take two lines."""

    def __init__(self, model: SkippedModel, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        return QSize(0, _LINE_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        file = self._model.file(index.row())
        tokens = self._theme.tokens
        rect = option.rect
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.hover))
            painter.drawRoundedRect(rect.adjusted(4, 1, -4, -1), 6, 6)
        words = rect.adjusted(12, 8, -12, -8)
        failed = file.kind.is_failure
        when = "" if file.at_s is None else date_wording.here(file.at_s, with_time=True)
        top = int(Qt.AlignmentFlag.AlignTop)
        painter.setFont(text_font(painter.font(), SMALL_PX, figures=True))
        painter.setPen(QColor(tokens.secondary))
        when_px = painter.fontMetrics().horizontalAdvance(when) + _GAP_PX if when else 0
        right = top | int(Qt.AlignmentFlag.AlignRight)
        painter.drawText(words.adjusted(0, 2, 0, 0), right, when)
        painter.setFont(text_font(painter.font(), BODY_PX))
        painter.setPen(QColor(tokens.text))
        name = painter.fontMetrics().elidedText(
            wording.file_name(file.path), Qt.TextElideMode.ElideMiddle, words.width() - when_px
        )
        painter.drawText(words, top, name)
        painter.setFont(text_font(painter.font(), SMALL_PX))
        painter.setPen(QColor(tokens.danger if failed else tokens.secondary))
        wrapped = top | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(words.adjusted(0, _NAME_PX, 0, 0), wrapped, file.reason)
        painter.restore()


class ProblemsPanel(QWidget):
    """A panel at the side with a line for each file, and *Copy* and *Try again*.

    Args:
        theme: For the lines.
        title: What these files are.
        explanation: The same for screen readers.
    """

    opened = Signal()
    closed = Signal()
    retry_asked = Signal(list)
    """The paths (a list of str) of the selected lines; none means all."""

    def __init__(
        self,
        theme: Theme,
        title: str = "Not indexed",
        explanation: str = "Files that are not indexed",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedWidth(WIDTH_PX)
        self.model = SkippedModel(self)
        self._title = QLabel(title)
        self._title.setFont(text_font(self.font(), BODY_PX, bold=True))
        self._close = QToolButton()
        self._close.setProperty("quiet", True)
        self._close.setFixedSize(28, 28)
        self._close.setAccessibleName("Close the panel")
        self._close.clicked.connect(self.closed)
        self._list = QListView()
        self._list.setFrameShape(QListView.Shape.NoFrame)
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName(explanation)
        self._list.viewport().setAutoFillBackground(False)
        self._list.setItemDelegate(_LineDelegate(self.model, theme, self))
        self._list.setModel(self.model)
        self._rest = TextLabel(theme, self, SMALL_PX, Tint.SECONDARY)
        self._copy, self._retry = QPushButton("Copy"), QPushButton("Try again")
        self._copy.setToolTip("Copy the selected lines, or all of them")
        self._copy.clicked.connect(self.copy)
        self._retry.setToolTip("Try the selected files again, or all of them")
        self._retry.clicked.connect(self.retry)
        self._arrange()
        theme.changed.connect(self._tint)
        self._tint()

    def _arrange(self) -> None:
        top, buttons, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        top.setContentsMargins(12, 0, 8, 0)
        top.addWidget(self._title, 1)
        top.addWidget(self._close)
        buttons.setContentsMargins(12, 0, 12, 0)
        buttons.setSpacing(8)
        buttons.addWidget(self._retry, 1)
        buttons.addWidget(self._copy, 1)
        column.setContentsMargins(0, 12, 0, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._list, 1)
        rest = QHBoxLayout()
        rest.setContentsMargins(12, 0, 12, 0)
        rest.addWidget(self._rest)
        column.addLayout(rest)
        column.addLayout(buttons)

    def show_files(self, files: Sequence[SkippedFile], unlisted: int = 0) -> None:
        """List other files, and say how many there are beside them."""
        self.model.replace(files)
        self._rest.say(wording.unlisted(unlisted))

    def copy(self) -> None:
        """Put the selected lines, or all of them, on the clipboard."""
        chosen = self._selected() or range(self.model.rowCount())
        files = map(self.model.file, chosen)
        lines = ("\t".join((one.path, one.reason, *wording.tried(one))) for one in files)
        QGuiApplication.clipboard().setText("\n".join(lines))

    def retry(self) -> None:
        """Ask that the selected files, or all of them, be tried again."""
        self.retry_asked.emit([self.model.file(row).path for row in self._selected()])

    def _selected(self) -> list[int]:
        return sorted(index.row() for index in self._list.selectedIndexes())

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for what there is."""
        super().showEvent(event)
        self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, Ctrl+C copies."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the panel."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.tokens.raised))
        painter.end()

    def _tint(self) -> None:
        self._close.setIcon(icons.icon("x", QColor(self._theme.tokens.secondary)))
        self.update()
