"""The token with which a job is stopped."""

import pytest

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError


def test_a_token_stops_a_job_only_once_it_is_cancelled() -> None:
    token = CancelToken()
    assert not token.is_cancelled
    token.raise_if_cancelled()
    token.cancel()
    token.cancel()
    assert token.is_cancelled
    with pytest.raises(CancelledError):
        token.raise_if_cancelled()
