"""Does something at most once in a while, however often it is asked to."""

from PySide6.QtCore import QObject, QTimer, Signal


class Throttle(QObject):
    """Emits `fired` at the first `trigger`, then at most once per `interval_ms`.

    A trigger during the interval is not lost: `fired` follows at the interval's end.
    """

    fired = Signal()

    def __init__(self, interval_ms: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pending = False
        self._timer = QTimer(self, singleShot=True, interval=interval_ms)
        self._timer.timeout.connect(self._interval_over)

    @property
    def is_waiting(self) -> bool:
        """Whether the interval since the last time is not over."""
        return self._timer.isActive()

    def trigger(self) -> None:
        """Fire now, or as soon as the interval since the last time is over."""
        if self._timer.isActive():
            self._pending = True
        else:
            self._fire()

    def flush(self) -> None:
        """Fire now if something is pending."""
        if self._pending:
            self._timer.stop()
            self._fire()

    def cancel(self) -> None:
        """Forget what is pending and start afresh."""
        self._pending = False
        self._timer.stop()

    def _fire(self) -> None:
        self._pending = False
        self._timer.start()
        self.fired.emit()

    def _interval_over(self) -> None:
        if self._pending:
            self._fire()
