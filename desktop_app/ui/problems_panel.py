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
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
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
from desktop_app.ui import icons, wording
from desktop_app.ui.theme import BODY_PX, SMALL_PX, Theme, text_font

AnyIndex = QModelIndex | QPersistentModelIndex
WIDTH_PX = 360
_LINE_PX = 68
_NAME_PX = 20


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
            return f"{file.path}\n{file.reason}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{file.path}: {file.reason}"
        return None


class _LineDelegate(QStyledItemDelegate):
    """Name, cut to the width, above reason, in two lines where one is too short."""

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
        painter.setFont(text_font(painter.font(), BODY_PX))
        painter.setPen(QColor(tokens.text))
        name = painter.fontMetrics().elidedText(
            wording.file_name(file.path), Qt.TextElideMode.ElideMiddle, words.width()
        )
        painter.drawText(words, int(Qt.AlignmentFlag.AlignTop), name)
        painter.setFont(text_font(painter.font(), SMALL_PX))
        painter.setPen(QColor(tokens.danger if failed else tokens.secondary))
        wrapped = int(Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(words.adjusted(0, _NAME_PX, 0, 0), wrapped, file.reason)
        painter.restore()


class ProblemsPanel(QWidget):
    """A panel at the side with a line for each file, and *Copy* and *Try again*.

    Args:
        theme: For the lines.
        title: What these files are.
        explanation: The same for screen readers.
    """

    closed = Signal()
    retry_asked = Signal()

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
        self._copy, self._retry = QPushButton("Copy"), QPushButton("Try again")
        self._copy.setToolTip("Copy the selected lines, or all of them")
        self._copy.clicked.connect(self.copy)
        self._retry.clicked.connect(self.retry_asked)
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
        column.addLayout(buttons)

    def show_files(self, files: Sequence[SkippedFile]) -> None:
        """List other files."""
        self.model.replace(files)

    def copy(self) -> None:
        """Put the selected lines, or all of them, on the clipboard."""
        rows = sorted(index.row() for index in self._list.selectedIndexes())
        chosen = rows or range(self.model.rowCount())
        lines = (f"{self.model.file(row).path}\t{self.model.file(row).reason}" for row in chosen)
        QGuiApplication.clipboard().setText("\n".join(lines))

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
