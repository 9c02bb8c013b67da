"""Asks one address once, with limits; runs in a process of its own, which alone has a network."""

from dataclasses import dataclass
from multiprocessing import connection

import httpx2

from desktop_app.engine.child_process import follow_parent
from desktop_app.engine.phrases import phrase
from desktop_app.engine.refused_connection import why_refused
from desktop_app.engine.updates.release import (
    Release,
    ReleaseError,
    ReleaseSource,
    read_release,
)

LARGEST_BYTES = 512 * 1024
"""An answer of GitHub has some 10 to 100 KB, mostly notes on the release."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    Attributes:
        source: Where.
        own_version: The version of the program that asks.
    """

    source: ReleaseSource
    own_version: str


Answer = Release | ReleaseError


def run(pipe: "connection.Connection[Answer, object]", question: Question) -> None:
    """Ask, and send the answer.

    Args:
        pipe: Gets one answer.
        question: What to ask.
    """
    follow_parent()
    try:
        content = fetch(question.source, question.own_version)
        pipe.send(read_release(content, question.source, question.own_version))
    except ReleaseError as error:
        pipe.send(error)


def fetch(source: ReleaseSource, own_version: str) -> bytes:
    """Get the answer's body.

    Says what program asks, as GitHub wants, and nothing else: no cookie, no name, no version of
    the system.

    Args:
        source: Where.
        own_version: The version of this program.

    Raises:
        ReleaseError: If it cannot be had; says why.
    """
    headers = {
        "Accept": "application/vnd.github+json",
        "Accept-Encoding": "identity",  # the limit is for what arrives
        "User-Agent": f"image-seeker/{own_version}",
    }
    timeout = httpx2.Timeout(source.read_s, connect=source.connect_s)
    try:
        with (
            httpx2.Client(timeout=timeout, follow_redirects=False) as client,
            client.stream("GET", source.address, headers=headers) as response,
        ):
            _check_status(source, response)
            return _limited(source, response)
    except httpx2.TimeoutException as error:
        raise _refuse(
            phrase("Engine: Updates", "{host} does not answer.").format(host=source.host)
        ) from error
    except httpx2.ConnectError as error:
        raise _refuse(*why_refused(error, source.host)) from error
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise _refuse(
            phrase("Engine: Updates", "The connection to {host} broke off.").format(
                host=source.host
            )
        ) from error


def _check_status(source: ReleaseSource, response: httpx2.Response) -> None:
    status, host = response.status_code, source.host
    if response.is_redirect:
        raise _refuse(
            phrase(
                "Engine: Updates", "{host} sends on to another address, which was not asked."
            ).format(host=host),
            phrase("Engine: Updates", "Look at the project's page in a browser instead."),
        )
    if status == httpx2.codes.NOT_FOUND:
        raise _refuse(
            phrase("Engine: Updates", "{host} knows of no release (HTTP {status}).").format(
                host=host, status=status
            ),
            phrase("Engine: Updates", "Look at the project's page in a browser instead."),
        )
    if status in (httpx2.codes.FORBIDDEN, httpx2.codes.TOO_MANY_REQUESTS):
        raise _refuse(
            phrase(
                "Engine: Updates", "{host} was asked too often and wants a pause (HTTP {status})."
            ).format(host=host, status=status),
            phrase("Engine: Updates", "Try again in an hour."),
        )
    if status != httpx2.codes.OK:
        raise _refuse(
            phrase("Engine: Updates", "{host} has a fault of its own (HTTP {status}).").format(
                host=host, status=status
            )
        )


def _limited(source: ReleaseSource, response: httpx2.Response) -> bytes:
    content = bytearray()
    for chunk in response.iter_raw():
        content += chunk
        if len(content) > LARGEST_BYTES:
            raise _refuse(
                phrase("Engine: Updates", "{host} sends more than a release can be.").format(
                    host=source.host
                ),
                phrase("Engine: Updates", "Look at the project's page in a browser instead."),
            )
    return bytes(content)


def _refuse(text: str, hint: str = "") -> ReleaseError:
    return ReleaseError(text, hint or phrase("Engine: Updates", "Try again later."))
