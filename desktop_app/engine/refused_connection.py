"""Why no connection to a server came about, in a sentence; opens none itself."""

import errno
import socket
import ssl
from collections.abc import Iterator

from desktop_app.engine.phrases import phrase


def why_refused(error: BaseException, host: str) -> tuple[str, str]:
    """Say what kept a connection from coming about.

    Args:
        error: What was raised; its causes tell more than itself.
        host: The server's name.

    Returns:
        A sentence, and what to do about it; the latter is empty where another attempt may succeed.
    """
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLError):
            text = phrase("Engine: Network", "{host} cannot prove that it is itself ({reason}).")
            reason = getattr(cause, "reason", None) or cause  # only OpenSSL's own have one
            return text.format(host=host, reason=reason), phrase(
                "Engine: Network", "Check the computer's clock and what filters its connections."
            )
        if isinstance(cause, socket.gaierror):
            text = phrase("Engine: Network", "The address {host} cannot be found.")
            hint = phrase("Engine: Network", "Check the network connection.")
            return text.format(host=host), hint
        if isinstance(cause, OSError) and cause.errno == errno.ENETUNREACH:
            text = phrase("Engine: Network", "There is no network.")
            return text, phrase("Engine: Network", "Connect and try again.")
    return phrase("Engine: Network", "{host} cannot be reached.").format(host=host), ""


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
