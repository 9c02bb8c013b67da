"""What is said where no connection comes about."""

import errno
import socket
import ssl

import pytest

from desktop_app.engine.refused_connection import why_refused


def _wrapped(cause: OSError) -> RuntimeError:
    """As HTTP libraries raise it, at two removes from what the system said."""
    inner = ValueError("inner")
    inner.__cause__ = cause
    outer = RuntimeError("outer")
    outer.__context__ = inner
    return outer


@pytest.mark.parametrize(
    ("cause", "sentence", "has_hint"),
    [
        (ssl.SSLError("wrong"), "a.org cannot prove that it is itself (", True),
        (socket.gaierror(-2, "unknown"), "The address a.org cannot be found.", True),
        (OSError(errno.ENETUNREACH, "no route"), "There is no network.", True),
        (ConnectionRefusedError(errno.ECONNREFUSED, "no"), "a.org cannot be reached.", False),
    ],
)
def test_the_cause_decides(cause: OSError, sentence: str, has_hint: bool) -> None:
    text, hint = why_refused(_wrapped(cause), "a.org")

    assert text.startswith(sentence)
    assert text.endswith(".")
    assert bool(hint) == has_hint
