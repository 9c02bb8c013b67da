"""The token with which a job is stopped."""

import signal
import sys

import pytest

from desktop_app.engine.cancellation import CancelToken, ending_signals
from desktop_app.engine.errors import CancelledError


def test_a_token_stops_a_job_only_once_it_is_cancelled() -> None:
    token = CancelToken()
    token.raise_if_cancelled()
    states = [token.is_cancelled]
    token.cancel()
    token.cancel()
    assert [*states, token.is_cancelled] == [False, True]
    with pytest.raises(CancelledError):
        token.raise_if_cancelled()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_the_end_of_the_terminal_asks_to_end_unless_that_is_to_be_survived() -> None:
    assert signal.SIGHUP in ending_signals()
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup has it
    try:
        assert signal.SIGHUP not in ending_signals()
    finally:
        signal.signal(signal.SIGHUP, before)
