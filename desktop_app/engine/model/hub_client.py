"""Fetches one file of a hub through ``huggingface_hub``; runs in the download process alone.

``hf_hub_download`` would do less: a download that broke off starts again from nothing, because
each call writes a temporary file of its own (https://github.com/huggingface/huggingface_hub/pull/4228).
So the library's parts are used: addresses, headers, the HTTP session and the reading of errors.
"""

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import httpx2
from huggingface_hub import get_session, hf_hub_url
from huggingface_hub.errors import GatedRepoError, HfHubHTTPError, OfflineModeIsEnabled
from huggingface_hub.utils import build_hf_headers, hf_raise_for_status

from desktop_app import __version__
from desktop_app.engine.model.hub_source import HubSource, without_login
from desktop_app.engine.model.offers import OfferedFile
from desktop_app.engine.phrases import phrase
from desktop_app.engine.refused_connection import why_refused

KEPT: Final = phrase(
    "Engine: Models", "What was fetched is kept: try again and it goes on from there."
)
BY_HAND: Final = phrase("Engine: Models", "Download it in a browser and add its folder instead.")

_HASH_BLOCK_BYTES = 1024 * 1024
_PASSING_STATUS = frozenset([408, 425, 429, 500, 502, 503, 504])


class FetchError(Exception):
    """A file could not be had.

    Attributes:
        text: One plain sentence: why.
        hint: What to do about it.
    """

    def __init__(self, text: str, hint: str = KEPT) -> None:
        super().__init__(text, hint)
        self.text = text
        self.hint = hint


class _PassingError(FetchError):
    """One that may be over at the next attempt."""


def fetch_file(
    source: HubSource, file: OfferedFile, folder: Path, report: Callable[[int], None]
) -> None:
    """Fetch a file, or what is missing of it, check it, and give it its name.

    Until then it is called ``….part``, which a later call goes on with.

    Args:
        source: Where it comes from.
        file: What it must be.
        folder: The model's folder.
        report: Told how many bytes are there; also falls where a start from nothing was needed.

    Raises:
        FetchError: If it cannot be had.
        OSError: If it cannot be written.
    """
    target = folder / file.path
    part = target.with_name(target.name + ".part")
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_file() and _is_right(target, file):
        report(file.size_bytes)
        return
    target.unlink(missing_ok=True)
    started_at = part.stat().st_size if part.is_file() else 0
    _fetch_part(source, file, part, report)
    if not _is_right(part, file) and started_at:
        part.unlink()  # what was kept from an earlier run may have been the damaged half
        _fetch_part(source, file, part, report)
    if not _is_right(part, file):
        part.unlink()
        raise wrong_content(source, file)
    os.replace(part, target)


def wrong_content(source: HubSource, file: OfferedFile) -> FetchError:
    """The error for a file that is another one than was pinned."""
    return FetchError(
        phrase(
            "Engine: Models",
            "{host} sent another {file} than the one that was checked for this program; "
            "it was deleted.",
        ).format(host=source.host, file=file.path),
        phrase(
            "Engine: Models",
            "Try again; if it stays so, something between you and the server changes the files.",
        ),
    )


def _is_right(path: Path, file: OfferedFile) -> bool:
    if path.stat().st_size != file.size_bytes:
        return False
    digest = hashlib.sha256()
    with path.open("rb") as content:
        while block := content.read(_HASH_BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest() == file.sha256


def _fetch_part(
    source: HubSource, file: OfferedFile, part: Path, report: Callable[[int], None]
) -> None:
    """Bring a ``.part`` to its full size, however often the connection breaks off."""
    failures = 0
    while True:
        before = part.stat().st_size if part.is_file() else 0
        if before >= file.size_bytes:
            report(before)
            return
        try:
            _request_rest(source, file, part, before, report)
        except _PassingError:
            grew = part.is_file() and part.stat().st_size > before
            failures = 1 if grew else failures + 1
            if failures >= source.patience.attempts:
                raise
            time.sleep(source.patience.pause_s * 2 ** (failures - 1))


def _request_rest(
    source: HubSource, file: OfferedFile, part: Path, start: int, report: Callable[[int], None]
) -> None:
    headers = build_hf_headers(
        token=False, library_name="image-seeker", library_version=__version__
    )
    headers["Accept-Encoding"] = "identity"  # ranges and sizes are those of the file itself
    if start:
        headers["Range"] = f"bytes={start}-"
    url = hf_hub_url(
        source.repository, file.path, revision=source.revision, endpoint=source.endpoint
    )
    patience = source.patience
    timeout = httpx2.Timeout(patience.read_s, connect=patience.connect_s)
    with (
        _said_plainly(source, file),
        get_session().stream("GET", url, headers=headers, timeout=timeout) as response,
    ):
        if response.status_code == httpx2.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            part.unlink()  # it cannot be the beginning of this file
            raise _PassingError(
                phrase("Engine: Models", "{host} does not know the rest of {file}.").format(
                    host=source.host, file=file.path
                )
            )
        hf_raise_for_status(response)
        _write(source, file, part, _starts_at(response), response.iter_bytes(), report)


def _starts_at(response: httpx2.Response) -> int:
    """Where in the file the answer begins; a server may ignore what was asked for."""
    if response.status_code != httpx2.codes.PARTIAL_CONTENT:
        return 0
    span = response.headers.get("Content-Range", "").removeprefix("bytes ")
    first = span.partition("-")[0]
    return int(first) if first.isdigit() else 0


def _write(
    source: HubSource,
    file: OfferedFile,
    part: Path,
    start: int,
    chunks: Iterator[bytes],
    report: Callable[[int], None],
) -> None:
    done = start
    with part.open("r+b" if part.is_file() else "wb") as content:
        content.truncate(start)
        content.seek(start)
        for chunk in chunks:
            done += len(chunk)
            if done > file.size_bytes:
                content.close()
                part.unlink()
                raise wrong_content(source, file)
            content.write(chunk)
            report(done)
    if done < file.size_bytes:
        raise _PassingError(
            phrase("Engine: Models", "{host} ended {file} too early.").format(
                host=source.host, file=file.path
            )
        )


@contextmanager
def _said_plainly(source: HubSource, file: OfferedFile) -> Iterator[None]:
    """Turn what can go wrong between two computers into sentences."""
    try:
        yield
    except GatedRepoError as error:
        raise _locked(source, error.response.status_code) from error
    except HfHubHTTPError as error:
        raise _refused(source, file, error.response.status_code) from error
    except OfflineModeIsEnabled as error:
        raise FetchError(
            phrase("Engine: Models", "Downloads are switched off by HF_HUB_OFFLINE."),
            phrase("Engine: Models", "Unset it and try again."),
        ) from error
    except httpx2.ConnectError as error:
        raise _unreachable(source, error) from error
    except httpx2.TimeoutException as error:
        raise _PassingError(
            phrase("Engine: Models", "{host} does not answer.").format(host=source.host)
        ) from error
    except (httpx2.NetworkError, httpx2.ProtocolError, httpx2.ProxyError) as error:
        raise _PassingError(
            phrase("Engine: Models", "The connection to {host} broke off.").format(host=source.host)
        ) from error
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise FetchError(
            phrase("Engine: Models", "The address {endpoint} cannot be used ({error}).").format(
                endpoint=without_login(source.endpoint), error=error
            ),
            phrase("Engine: Models", "Check HF_ENDPOINT."),
        ) from error


def _locked(source: HubSource, status: int) -> FetchError:
    return FetchError(
        phrase(
            "Engine: Models",
            "{host} gives {repository} only to people who sign in (HTTP {status}).",
        ).format(host=source.host, repository=source.repository, status=status),
        BY_HAND,
    )


def _refused(source: HubSource, file: OfferedFile, status: int) -> FetchError:
    if status in (401, 403):
        return _locked(source, status)
    if status in (404, 410):
        return FetchError(
            phrase(
                "Engine: Models", "{host} has no {file} of {repository} any more (HTTP {status})."
            ).format(host=source.host, file=file.path, repository=source.repository, status=status),
            phrase("Engine: Models", "A newer Image Seeker may know where it went."),
        )
    if status == httpx2.codes.TOO_MANY_REQUESTS:
        return _PassingError(
            phrase(
                "Engine: Models", "{host} was asked too often and wants a pause (HTTP {status})."
            ).format(host=source.host, status=status)
        )
    text = phrase("Engine: Models", "{host} has a fault of its own (HTTP {status}).").format(
        host=source.host, status=status
    )
    return _PassingError(text) if status in _PASSING_STATUS else FetchError(text)


def _unreachable(source: HubSource, error: BaseException) -> FetchError:
    text, hint = why_refused(error, source.host)
    return FetchError(text, hint) if hint else _PassingError(text)
