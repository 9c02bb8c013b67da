"""Waits for a pause before it does something."""

from PySide6.QtCore import QObject, QTimer, Signal


class Debounce(QObject):
    """Emits `fired` once a pause of `delay_ms` has followed the last `trigger`."""

    fired = Signal()

    def __init__(self, delay_ms: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._delay_ms = delay_ms
        self._timer = QTimer(self, singleShot=True, interval=delay_ms)
        self._timer.timeout.connect(self.fired)

    @property
    def is_waiting(self) -> bool:
        """Whether something was triggered that has not fired yet."""
        return self._timer.isActive()

    def trigger(self, delay_ms: int | None = None) -> None:
        """Start waiting, or start again.

        Args:
            delay_ms: How long this time; None for as long as usual.
        """
        self._timer.start(self._delay_ms if delay_ms is None else delay_ms)

    def flush(self) -> None:
        """Fire now if something is waiting."""
        if self.is_waiting:
            self._timer.stop()
            self.fired.emit()

    def cancel(self) -> None:
        """Forget what is waiting."""
        self._timer.stop()
