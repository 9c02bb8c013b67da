"""The line at the bottom: what is shown on the left, what goes on on the right."""

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QProgressBar, QPushButton, QWidget

from desktop_app.engine.records import EmbedProgress, IndexProgress, ModelInfo
from desktop_app.ui import wording
from desktop_app.ui.embedding_line import EmbeddingLine
from desktop_app.ui.text_label import ElidedLabel, taken_px
from desktop_app.ui.theme import SMALL_PX, Theme, text_font

HEIGHT_PX = 28
MODELS_HINT = "Models (Ctrl+Shift+M)"
_BAR_STEPS = 1000
_EDGE_PX, _SPACING_PX = 12, 8
_NARROW_PX, _TINY_PX = 720, 560
_NAME_PX, _NARROW_NAME_PX, _TINY_NAME_PX = 220, 110, 72


class StatusLine(QWidget):
    """Shows sentences it is given; knows nothing of the library.

    Attributes:
        embedding: How far a new model is; seen only while nothing is being indexed.
    """

    cancelled = Signal()
    problems_asked = Signal()
    models_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model_name = ""
        self._is_indexing = False
        self._is_embedding = False
        self.setFont(text_font(self.font(), SMALL_PX, figures=True))
        self.setFixedHeight(HEIGHT_PX)
        self._left = ElidedLabel(theme)
        self._model = self._link(self.models_asked)
        self._model.setToolTip(MODELS_HINT)
        self._problems = self._link(self.problems_asked)
        self._progress = ElidedLabel(theme)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedWidth(120)
        self._bar.setAccessibleName("Indexing")
        self._cancel = QPushButton("Cancel")
        self._cancel.setProperty("small", True)
        self._cancel.setAccessibleName("Cancel indexing")
        self._cancel.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._cancel.clicked.connect(self._cancel_clicked)
        self.embedding = EmbeddingLine(theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(_EDGE_PX, 0, _EDGE_PX, 0)
        row.setSpacing(_SPACING_PX)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        row.addWidget(self._left)
        row.addWidget(self._model)
        row.addStretch(1)
        for widget in (self._problems, self._progress, self._bar, self._cancel, self.embedding):
            row.addWidget(widget)
        self.hide_progress()

    def _link(self, asked: SignalInstance) -> QPushButton:
        button = QPushButton(flat=True)
        button.setProperty("link", True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(asked)
        button.hide()
        return button

    @property
    def text(self) -> str:
        """The sentence on the left."""
        return self._left.text

    @property
    def model_name(self) -> str:
        """The name on the button that leads to the models."""
        return self._model_name

    @property
    def progress_text(self) -> str:
        """The sentence beside the progress bar."""
        return self._progress.text

    def show_text(self, text: str) -> None:
        """Say what is shown."""
        self._left.say(text)
        self._fit()

    def show_model(self, name: str) -> None:
        """Say which model answers; the name leads to the models."""
        self._model_name = name
        self._model.setAccessibleName(f"Model: {name}")
        self._fit()

    def show_problems(self, text: str) -> None:
        """Offer the panel of what is not indexed; an empty text offers nothing."""
        self._problems.setText(text)
        self._problems.setVisible(bool(text))
        self._fit()

    def show_progress(self, progress: IndexProgress) -> None:
        """Say how far indexing is."""
        if self._cancel.isEnabled():  # else it is stopping, and says so
            self._progress.say(*wording.progress(progress))
        if progress.total:
            self._bar.setRange(0, _BAR_STEPS)
            self._bar.setValue(_BAR_STEPS * progress.done // progress.total)
        else:
            self._bar.setRange(0, 0)
        self._is_indexing = True
        self._fit()

    def hide_progress(self) -> None:
        """Nothing is being indexed."""
        self._is_indexing = False
        self._cancel.setEnabled(True)
        self._fit()

    def show_embedding(
        self, state: EmbedProgress, answering: ModelInfo | None, *, is_paused: bool
    ) -> None:
        """Say how far the preparation of a new model is; see `EmbeddingLine.show_state`."""
        self._is_embedding = True
        self.embedding.show_state(state, answering, is_paused=is_paused)
        self._fit()

    def hide_embedding(self) -> None:
        """No model is being prepared."""
        self._is_embedding = False
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """What is said here does not keep the window from shrinking."""
        return QSize(0, HEIGHT_PX)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Leave the room to the words where there is little."""
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bar."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.tokens.raised))
        painter.end()

    def _fit(self) -> None:
        is_busy = self._is_indexing or self._is_embedding
        is_narrow, is_tiny = self.width() < _NARROW_PX, is_busy and self.width() < _TINY_PX
        self._progress.setVisible(self._is_indexing)
        self._bar.setVisible(self._is_indexing and not is_narrow)
        self._cancel.setVisible(self._is_indexing)
        self.embedding.setVisible(self._is_embedding and not self._is_indexing)
        room_px = _TINY_NAME_PX if is_tiny else _NARROW_NAME_PX if is_narrow else _NAME_PX
        elide = Qt.TextElideMode.ElideRight
        self._model.setText(self._model.fontMetrics().elidedText(self._model_name, elide, room_px))
        self._model.setVisible(bool(self._model_name))
        # Last, because what is told about progress takes the room that all else leaves.
        room_px = self.width() - 2 * _EDGE_PX
        room_px -= taken_px((self._left, self._model, self._problems), _SPACING_PX)
        self.embedding.fit(room_px, has_bar=not is_narrow, has_cancel=not is_tiny)
        self._progress.limit(room_px - taken_px((self._bar, self._cancel), _SPACING_PX))

    def _cancel_clicked(self) -> None:
        self._cancel.setEnabled(False)
        self._progress.say("Stopping…")
        self.cancelled.emit()
