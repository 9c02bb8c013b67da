"""What is not in the library, and why."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
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
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.engine.records import SkippedFile
from desktop_app.ui.kit.keyboard_mark import give_focus
from desktop_app.ui.kit.panel_frame import PanelFrame
from desktop_app.ui.kit.text_label import TextLabel, Tint
from desktop_app.ui.kit.theme import BODY_PX, SMALL_PX, Theme, leading, text_font, trailing
from desktop_app.ui.words import date_wording, wording
from desktop_app.ui.words.engine_wording import told
from desktop_app.ui.words.language import tr

AnyIndex = QModelIndex | QPersistentModelIndex
WIDTH_PX = 360
_LINE_PX = 68
_HEADING_PX = 28
_NAME_PX = 20
_GAP_PX = 12


class SkippedModel(QAbstractListModel):
    """The files that are not indexed: failures first, those of a folder together."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files: Sequence[SkippedFile] = ()
        self._headings: dict[int, tuple[str, int]] = {}

    def replace(self, files: Sequence[SkippedFile]) -> None:
        """Show other files; folders come in the order of their first files."""
        groups: dict[tuple[bool, str], list[SkippedFile]] = {}
        for file in files:
            folder = wording.folder_of(file.path)
            groups.setdefault((not file.kind.is_failure, folder), []).append(file)
        self.beginResetModel()
        self._files, self._headings = [], {}
        for (_, folder), some in sorted(groups.items(), key=lambda group: group[0][0]):
            self._headings[len(self._files)] = (folder, len(some))
            self._files += some
        self.endResetModel()

    @property
    def paths(self) -> list[str]:
        """The files' paths, in order."""
        return [file.path for file in self._files]

    def heading(self, row: int) -> tuple[str, int] | None:
        """The folder that begins with a row, and how many files follow; None within one."""
        return self._headings.get(row)

    def rows_below(self, folder: str) -> list[int]:
        """The rows of failures that lie in a folder or below it."""
        place = folder.rstrip("/\\")
        return [
            row
            for row, file in enumerate(self._files)
            if file.kind.is_failure and file.path.startswith((f"{place}/", f"{place}\\"))
        ]

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
            return wording.tooltip("\n".join((file.path, told(file.reason), *wording.tried(file))))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " ".join((f"{file.path}: {told(file.reason)}", *wording.tried(file)))
        return None


class _LineDelegate(QStyledItemDelegate):
    """Name, cut to the width, and when, above the reason, which may take two lines.

    Above the first file of a folder stands that folder.
    """

    def __init__(self, model: SkippedModel, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        has_heading = self._model.heading(index.row()) is not None
        return QSize(0, _LINE_PX + (_HEADING_PX if has_heading else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        file = self._model.file(index.row())
        tokens = self._theme.tokens
        rect = option.rect
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # By its own direction: read from the right, a path would have its first slash at its end.
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        start, end = int(leading(option.widget)), int(trailing(option.widget))
        heading = self._model.heading(index.row())
        if heading is not None:
            self._paint_heading(painter, rect, (start, end), *heading)
            rect = rect.adjusted(0, _HEADING_PX, 0, 0)
        is_chosen = state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver)
        secondary = tokens.chosen if is_chosen else tokens.secondary
        if is_chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.hover))
            painter.drawRoundedRect(rect.adjusted(4, 1, -4, -1), 6, 6)
        words = rect.adjusted(12, 8, -12, -8)
        failed = file.kind.is_failure
        when = "" if file.at_s is None else date_wording.here(file.at_s, with_time=True)
        top = int(Qt.AlignmentFlag.AlignTop)
        painter.setFont(text_font(painter.font(), SMALL_PX, figures=True))
        painter.setPen(QColor(secondary))
        when_px = painter.fontMetrics().horizontalAdvance(when) + _GAP_PX if when else 0
        painter.drawText(words.adjusted(0, 2, 0, 0), top | end, when)
        painter.setFont(text_font(painter.font(), BODY_PX))
        painter.setPen(QColor(tokens.text))
        name = painter.fontMetrics().elidedText(
            wording.file_name(file.path), Qt.TextElideMode.ElideMiddle, words.width() - when_px
        )
        painter.drawText(words, top | start, name)
        painter.setFont(text_font(painter.font(), SMALL_PX))
        painter.setPen(QColor(tokens.danger if failed else secondary))
        wrapped = top | start | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(words.adjusted(0, _NAME_PX, 0, 0), wrapped, told(file.reason))
        painter.restore()

    def _paint_heading(
        self, painter: QPainter, rect: QRect, sides: tuple[int, int], folder: str, count: int
    ) -> None:
        painter.setFont(text_font(painter.font(), SMALL_PX, bold=True, figures=True))
        painter.setPen(QColor(self._theme.tokens.secondary))
        words = QRect(rect.left() + 12, rect.top() + 6, rect.width() - 24, _HEADING_PX - 6)
        counted = wording.count(count)
        counted_px = painter.fontMetrics().horizontalAdvance(counted) + _GAP_PX
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(words, middle | sides[1], counted)
        elided = painter.fontMetrics().elidedText(
            folder, Qt.TextElideMode.ElideMiddle, words.width() - counted_px
        )
        painter.drawText(words, middle | sides[0], elided)


class ProblemsPanel(PanelFrame):
    """A panel at the side with a line for each file, and *Copy* and *Try again*.

    Args:
        theme: For the lines.
        title: What these files are; None for what is not indexed.
        explanation: The same for screen readers.
        can_retry: Whether trying again can be asked for here.
    """

    retry_asked = Signal(list)
    """The paths (a list of str) of the selected lines; none means all."""

    def __init__(
        self,
        theme: Theme,
        title: str | None = None,
        explanation: str | None = None,
        parent: QWidget | None = None,
        *,
        can_retry: bool = True,
    ) -> None:
        super().__init__(theme, tr("Problems", "Not indexed") if title is None else title, parent)
        self.setFixedWidth(WIDTH_PX)
        self.model = SkippedModel(self)
        self._awaited = ""  # a folder to lead to, once its files are listed
        self._list = QListView()
        self._list.setFrameShape(QListView.Shape.NoFrame)
        # Lines are of two heights: without batches, ten thousand would be measured at once.
        self._list.setLayoutMode(QListView.LayoutMode.Batched)
        self._list.setMouseTracking(True)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName(
            tr("Problems", "Files that are not indexed") if explanation is None else explanation
        )
        self._list.viewport().setAutoFillBackground(False)
        self._list.setItemDelegate(_LineDelegate(self.model, theme, self))
        self._list.setModel(self.model)
        self._rest = TextLabel(theme, self, SMALL_PX, Tint.SECONDARY)
        self._copy = QPushButton(tr("Problems", "Copy"))
        self._retry = QPushButton(tr("Problems", "Try again"))
        self._copy.setToolTip(tr("Problems", "Copy the selected lines, or all of them"))
        self._copy.clicked.connect(self.copy)
        self._retry.setToolTip(tr("Problems", "Try the selected files again, or all of them"))
        self._retry.clicked.connect(self.retry)
        self._retry.setVisible(can_retry)
        self._arrange()

    def _arrange(self) -> None:
        buttons, column = QHBoxLayout(), QVBoxLayout(self)
        buttons.setContentsMargins(12, 0, 12, 0)
        buttons.setSpacing(8)
        buttons.addWidget(self._retry, 1)
        buttons.addWidget(self._copy, 1)
        column.setContentsMargins(0, 12, 0, 12)
        column.setSpacing(8)
        column.addLayout(self.top)
        column.addWidget(self._list, 1)
        rest = QHBoxLayout()
        rest.setContentsMargins(12, 0, 12, 0)
        rest.addWidget(self._rest)
        column.addLayout(rest)
        column.addLayout(buttons)

    def show_files(self, files: Sequence[SkippedFile], unlisted: int = 0) -> None:
        """List other files, and say how many there are beside them; what is selected stays."""
        chosen = {self.model.file(row).path for row in self._selected()}
        self.model.replace(files)
        self._select([row for row, path in enumerate(self.model.paths) if path in chosen])
        self._rest.say(wording.unlisted(unlisted))
        if self._awaited and self.model.rowCount():
            self.lead_to(self._awaited)

    def lead_to(self, folder: str) -> None:
        """Select the failures in a folder and below it, now or as soon as they are listed.

        Args:
            folder: Its path.
        """
        rows = self.model.rows_below(folder)
        self._awaited = "" if rows else folder
        if rows:
            self._select(rows)
            self._list.scrollTo(self.model.index(rows[0]), QListView.ScrollHint.PositionAtTop)
            give_focus(self._list)

    def _select(self, rows: Sequence[int]) -> None:
        if not rows:
            return
        flags = QItemSelectionModel.SelectionFlag
        chosen = QItemSelection()
        for row in rows:
            chosen.append(QItemSelectionRange(self.model.index(row)))
        selection = self._list.selectionModel()
        selection.setCurrentIndex(self.model.index(rows[0]), flags.NoUpdate)
        selection.select(chosen, flags.ClearAndSelect)

    def copy(self) -> None:
        """Put the selected lines, or all of them, on the clipboard."""
        chosen = self._selected() or range(self.model.rowCount())
        files = map(self.model.file, chosen)
        lines = ("\t".join((one.path, told(one.reason), *wording.tried(one))) for one in files)
        QGuiApplication.clipboard().setText("\n".join(lines))

    def retry(self) -> None:
        """Ask that the selected files, or all of them, be tried again."""
        self.retry_asked.emit([self.model.file(row).path for row in self._selected()])

    def _selected(self) -> list[int]:
        return sorted(index.row() for index in self._list.selectedIndexes())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, Ctrl+C copies."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)
