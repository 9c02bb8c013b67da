"""The line that says how far something is that was asked for, and stops it."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from desktop_app.engine.records import FileProgress
from desktop_app.ui.kit.strip import Strip
from desktop_app.ui.kit.text_label import ElidedLabel
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.words.language import tr

PATIENCE_MS = 300
"""What is done by then is not worth a line."""

_BAR_PX = 160


class ProgressStrip(Strip):
    """Appears where something takes longer; its cross, and Esc in it, ask to stop.

    Args:
        theme: For the colours.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.cross.setToolTip(tr("Progress", "Stop"))
        self.cross.setAccessibleName(tr("Progress", "Stop"))
        self._text = ElidedLabel(theme)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedWidth(_BAR_PX)
        self._bar.setAccessibleName(tr("Progress", "How much is done"))
        self.row.addWidget(self._text, 1)
        self.row.addWidget(self._bar)
        self._is_running = False
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._appear)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text

    def begin(self, text: str) -> None:
        """Something has been started."""
        self._text.say(text)
        self._bar.setRange(0, 0)
        self._is_running = True
        self._patience.start()

    def show_progress(self, text: str, progress: FileProgress) -> None:
        """It has got further."""
        self._text.say(text)
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)

    def end(self) -> None:
        """It is done."""
        self._is_running = False
        self._patience.stop()
        self.hide()

    def leave(self) -> None:
        """Ask to stop; it disappears when that has happened."""
        self.closed.emit()

    def _appear(self) -> None:
        self.setVisible(self._is_running)
