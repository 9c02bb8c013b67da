"""The line at the bottom: what is shown on the left, what goes on on the right."""

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QProgressBar, QPushButton, QWidget

from desktop_app.engine.records import EmbedProgress, IndexProgress, ModelInfo
from desktop_app.ui.kit.pause_button import PauseButton
from desktop_app.ui.kit.text_label import ElidedLabel, taken_px
from desktop_app.ui.kit.theme import SMALL_PX, Theme, text_font
from desktop_app.ui.messages.embedding_line import EmbeddingLine
from desktop_app.ui.words import wording
from desktop_app.ui.words.language import tr

HEIGHT_PX = 28
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
    paused = Signal()
    resumed = Signal()
    folders_asked = Signal()
    problems_asked = Signal()
    models_asked = Signal()
    jobs_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model_name = ""
        self._shown, self._selected = "", 0
        self._is_indexing = False
        self._progress_state = IndexProgress(0, 0, 0)
        self._embedding_state: tuple[EmbedProgress, ModelInfo | None, bool] | None = None
        self._preparation = ""
        self._has_pace = False
        self._why_paused: str | None = None
        self.setFont(text_font(self.font(), SMALL_PX, figures=True))
        self.setFixedHeight(HEIGHT_PX)
        self._left = ElidedLabel(theme)
        self._folders = self._link(self.folders_asked)
        self._folders.setToolTip(tr("Status", "Folders (Ctrl+Shift+F)"))
        self._model = self._link(self.models_asked)
        self._model.setToolTip(tr("Status", "Models (Ctrl+Shift+M)"))
        self._problems = self._link(self.problems_asked)
        self._progress = ElidedLabel(theme)
        self._progress.setCursor(Qt.CursorShape.PointingHandCursor)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedWidth(120)
        self._bar.setAccessibleName(tr("Status", "Indexing"))
        self._pause = PauseButton(theme)
        self._pause.paused.connect(self.paused)
        self._pause.resumed.connect(self.resumed)
        self._cancel = QPushButton(tr("Status", "Cancel"))
        self._cancel.setProperty("small", True)
        self._cancel.setAccessibleName(tr("Status", "Cancel indexing"))
        self._cancel.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._cancel.clicked.connect(self._cancel_clicked)
        self.embedding = EmbeddingLine(theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(_EDGE_PX, 0, _EDGE_PX, 0)
        row.setSpacing(_SPACING_PX)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        row.addWidget(self._left)
        row.addWidget(self._folders)
        row.addWidget(self._model)
        row.addStretch(1)
        for widget in (
            self._problems,
            self._progress,
            self._bar,
            self._pause,
            self._cancel,
            self.embedding,
        ):
            row.addWidget(widget)
        for label in self.findChildren(ElidedLabel):
            label.setFont(self.font())  # one that is only inherited is lost with another theme
        self._show_pause()
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
        self._shown = text
        self._tell_left()

    def show_selected(self, count: int) -> None:
        """Say how many pictures are selected, where it is more than the one that one sees."""
        self._selected = count
        self._tell_left()

    def _tell_left(self) -> None:
        text = self._shown
        if self._selected > 1:
            selected = tr("Status", "{count} selected").format(count=wording.count(self._selected))
            text = f"{selected} · {text}" if text else selected
        self._left.say(text)
        self._fit()

    def show_folders(self, text: str) -> None:
        """Say what the library is made of; the words lead to the folders."""
        self._folders.setText(text)
        self._folders.setAccessibleName(tr("Status", "Folders: {text}").format(text=text))
        self._folders.setVisible(bool(text))
        self._fit()

    def show_model(self, name: str) -> None:
        """Say which model answers; the name leads to the models."""
        self._model_name = name
        self._model.setAccessibleName(tr("Status", "Model: {name}").format(name=name))
        self._fit()

    def show_problems(self, text: str) -> None:
        """Offer the panel of what is not indexed; an empty text offers nothing."""
        self._problems.setText(text)
        self._problems.setVisible(bool(text))
        self._fit()

    def show_progress(self, progress: IndexProgress) -> None:
        """Say how far indexing is."""
        self._progress_state = progress
        self._is_indexing = True
        self._tell_progress()
        self._fit()

    def hide_progress(self) -> None:
        """Nothing is being indexed."""
        self._is_indexing = False
        self._progress_state = IndexProgress(0, 0, 0)
        self._cancel.setEnabled(True)
        self._fit()

    def show_embedding(
        self, state: EmbedProgress, answering: ModelInfo | None, *, is_paused: bool
    ) -> None:
        """Say how far the preparation of a new model is; see `EmbeddingLine.show_state`."""
        self._embedding_state = (state, answering, is_paused)
        self._tell_embedding()
        self._fit()

    def hide_embedding(self) -> None:
        """No model is being prepared."""
        self._embedding_state = None
        self._fit()

    def show_preparation(self, text: str) -> None:
        """Say how far the preparation of quick searching is, where nothing else is told.

        Args:
            text: The sentence; empty where there is nothing to prepare.
        """
        self._preparation = text
        self._fit()

    def show_pace(self, why_paused: str | None) -> None:
        """Say whether work in the background is paused, and offer to pause it or to go on.

        Args:
            why_paused: Why it is paused, empty where the user wants it so; None where it is not.
        """
        self._has_pace = True
        if why_paused != self._why_paused:
            self._why_paused = why_paused
            self._show_pause()
            self._tell_progress()
            self._tell_embedding()
        self._fit()

    def _show_pause(self) -> None:
        is_paused = self._why_paused is not None
        if is_paused:
            said = tr("Status", "Continue indexing"), tr("Status", "Go on indexing")
        else:
            means = tr("Status", "Pause indexing; what is indexed is kept")
            said = tr("Status", "Pause indexing"), means
        self._pause.show_state(*said, is_paused=is_paused)

    def _tell_progress(self) -> None:
        progress = self._progress_state
        if progress.total:
            self._bar.setRange(0, _BAR_STEPS)
            self._bar.setValue(_BAR_STEPS * progress.done // progress.total)
        else:  # what waits does not move
            self._bar.setRange(0, 0 if self._why_paused is None else _BAR_STEPS)
            self._bar.setValue(0)
        if self._cancel.isEnabled():  # else it is stopping, and says so
            self._progress.say(*wording.progress(self._progress_state, self._why_paused))

    def _tell_embedding(self) -> None:
        if self._embedding_state is not None:
            state, answering, is_held = self._embedding_state
            is_paused = is_held or self._why_paused is not None
            reason = "" if is_held else self._why_paused or ""
            self.embedding.show_state(state, answering, is_paused=is_paused, reason=reason)

    def minimumSizeHint(self) -> QSize:
        """What is said here does not keep the window from shrinking."""
        return QSize(0, HEIGHT_PX)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Leave the room to the words where there is little."""
        self._fit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on what goes on leads to the list of jobs."""
        told = (self._progress, self._bar, self.embedding)
        at = event.position().toPoint()
        if any(each.isVisible() and each.geometry().contains(at) for each in told):
            self.jobs_asked.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bar."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.tokens.raised))
        painter.end()

    def _fit(self) -> None:
        is_embedding = self._embedding_state is not None
        is_busy = self._is_indexing or is_embedding
        is_narrow, is_tiny = self.width() < _NARROW_PX, is_busy and self.width() < _TINY_PX
        is_preparing = bool(self._preparation) and not is_busy
        if is_preparing:
            self._progress.say(self._preparation)
        self._progress.setVisible(self._is_indexing or is_preparing)
        self._bar.setVisible(self._is_indexing and not is_narrow)
        self._pause.setVisible(self._is_indexing and self._has_pace)
        self._cancel.setVisible(self._is_indexing)
        self.embedding.setVisible(is_embedding and not self._is_indexing)
        self._folders.setVisible(bool(self._folders.text()) and not is_tiny)
        room_px = _TINY_NAME_PX if is_tiny else _NARROW_NAME_PX if is_narrow else _NAME_PX
        elide = Qt.TextElideMode.ElideRight
        self._model.setText(self._model.fontMetrics().elidedText(self._model_name, elide, room_px))
        self._model.setVisible(bool(self._model_name))
        # Last, because what is told about progress takes the room that all else leaves.
        room_px = self.width() - 2 * _EDGE_PX
        room_px -= taken_px((self._left, self._folders, self._model, self._problems), _SPACING_PX)
        self.embedding.fit(room_px, has_bar=not is_narrow, has_cancel=not is_tiny)
        self._progress.limit(
            room_px - taken_px((self._bar, self._pause, self._cancel), _SPACING_PX)
        )

    def _cancel_clicked(self) -> None:
        self._cancel.setEnabled(False)
        self._progress.say(tr("Status", "Stopping…"))
        self.cancelled.emit()
