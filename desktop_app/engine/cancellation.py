"""The token with which a long job is asked to stop, and the signals that ask for it."""

import signal
import threading

from desktop_app.engine.errors import CancelledError


class CancelToken:
    """Tells a running job to stop at its next safe point.

    Any thread may cancel; the job looks between two pictures or batches.
    """

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the job to stop. Calling it again changes nothing."""
        self._event.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody asked the job to stop."""
        return self._event.is_set()

    def wait(self, timeout_s: float) -> bool:
        """Wait until somebody asks the job to stop, but no longer than this.

        Returns:
            Whether somebody did.
        """
        return self._event.wait(timeout_s)

    def raise_if_cancelled(self) -> None:
        """Leave the job from wherever it is.

        Raises:
            CancelledError: If somebody asked the job to stop.
        """
        if self.is_cancelled:
            raise CancelledError


def ending_signals() -> list[signal.Signals]:
    """The signals by which a user or the system asks a program to end."""
    asking = [signal.SIGINT, signal.SIGTERM]
    hangup = getattr(signal, "SIGHUP", None)  # the terminal is closed; Windows has none
    if hangup is not None and signal.getsignal(hangup) is not signal.SIG_IGN:  # as nohup has it
        asking.append(hangup)
    return asking
