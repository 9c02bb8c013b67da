"""The line at the bottom: what is shown on the left, what goes on on the right."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from desktop_app.engine.records import IndexProgress
from desktop_app.ui import wording
from desktop_app.ui.theme import SMALL_PX, Theme, text_font

HEIGHT_PX = 28
_BAR_STEPS = 1000


class StatusLine(QWidget):
    """Shows sentences it is given; knows nothing of the library."""

    cancelled = Signal()
    problems_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFont(text_font(self.font(), SMALL_PX, figures=True))
        self.setFixedHeight(HEIGHT_PX)
        self._left = QLabel()
        self._problems = QPushButton(flat=True)
        self._problems.setProperty("link", True)
        self._problems.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._problems.setCursor(Qt.CursorShape.PointingHandCursor)
        self._problems.clicked.connect(self.problems_asked)
        self._problems.hide()
        self._progress = QLabel()
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedWidth(120)
        self._bar.setAccessibleName("Indexing")
        self._cancel = QPushButton("Cancel")
        self._cancel.setProperty("small", True)
        self._cancel.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._cancel.clicked.connect(self._cancel_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        self._left.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(self._left, 1)
        for widget in (self._problems, self._progress, self._bar, self._cancel):
            row.addWidget(widget)
        self.hide_progress()
        theme.changed.connect(self._tint)
        self._tint()

    @property
    def text(self) -> str:
        """The sentence on the left."""
        return self._left.text()

    @property
    def progress_text(self) -> str:
        """The sentence beside the progress bar."""
        return self._progress.text()

    def show_text(self, text: str) -> None:
        """Say what is shown."""
        self._left.setText(text)

    def show_problems(self, text: str) -> None:
        """Offer the panel of what is not indexed; an empty text offers nothing."""
        self._problems.setText(text)
        self._problems.setVisible(bool(text))

    def show_progress(self, progress: IndexProgress) -> None:
        """Say how far indexing is."""
        if self._cancel.isEnabled():  # else it is stopping, and says so
            self._progress.setText(wording.progress(progress))
        if progress.total:
            self._bar.setRange(0, _BAR_STEPS)
            self._bar.setValue(_BAR_STEPS * progress.done // progress.total)
        else:
            self._bar.setRange(0, 0)
        for widget in (self._progress, self._bar, self._cancel):
            widget.show()

    def hide_progress(self) -> None:
        """Nothing is being indexed."""
        for widget in (self._progress, self._bar, self._cancel):
            widget.hide()
        self._cancel.setEnabled(True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bar."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.tokens.raised))
        painter.end()

    def _cancel_clicked(self) -> None:
        self._cancel.setEnabled(False)
        self._progress.setText("Stopping…")
        self.cancelled.emit()

    def _tint(self) -> None:
        for label in (self._left, self._progress):
            palette = label.palette()
            palette.setColor(label.foregroundRole(), QColor(self._theme.tokens.secondary))
            label.setPalette(palette)
