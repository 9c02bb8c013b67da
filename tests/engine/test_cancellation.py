"""The token with which a job is stopped."""

import pytest

from desktop_app.engine.cancellation import CancelToken
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
