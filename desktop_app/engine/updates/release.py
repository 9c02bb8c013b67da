"""Where the newest version is asked for, and what the answer says."""

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from desktop_app import PROJECT
from desktop_app.engine.errors import UserFacingError
from desktop_app.engine.phrases import phrase
from desktop_app.engine.updates.version import read_version


@dataclass(frozen=True, slots=True)
class ReleaseSource:
    """Where releases are.

    Attributes:
        address: Answers with the newest one, as GitHub's REST API describes it
            (https://docs.github.com/rest/releases/releases#get-the-latest-release).
        pages: What addresses of pages about a release begin with.
        connect_s: How long a connection is waited for.
        read_s: How long the next bytes are waited for.
        total_s: How long all of it may take.
    """

    address: str = f"https://api.github.com/repos/{PROJECT}/releases/latest"
    pages: str = f"https://github.com/{PROJECT}/releases/"
    connect_s: float = 10.0
    read_s: float = 10.0
    total_s: float = 30.0

    @property
    def host(self) -> str:
        """The server's name, for sentences."""
        return urlsplit(self.address).netloc or self.address


@dataclass(frozen=True, slots=True)
class Release:
    """What the newest release is.

    Attributes:
        version: Its version, without a ``v`` before it.
        page: Address of the page about it, for a browser.
        is_newer: Whether it is newer than the program that asked.
    """

    version: str
    page: str
    is_newer: bool


class ReleaseError(UserFacingError):
    """The newest release could not be learned."""


def read_release(content: bytes, source: ReleaseSource, own_version: str) -> Release:
    """Read an answer; nothing in it is trusted further than it has to be.

    Args:
        content: The body, whatever it is.
        source: Where it came from.
        own_version: The version of this program.

    Raises:
        ReleaseError: If it describes no release.
    """
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise _strange(source) from error
    tag = answer.get("tag_name") if isinstance(answer, dict) else None
    version = read_version(tag) if isinstance(tag, str) else None
    if version is None or not isinstance(tag, str):
        raise _strange(source)
    page = answer.get("html_url")
    # Another page than one of the project's is none to send people to.
    is_ours = isinstance(page, str) and page.startswith(source.pages) and ".." not in page
    own = read_version(own_version)
    # Whoever has a finished version is not told of one that is to be tried.
    is_for_all = version.is_final or (own is not None and not own.is_final)
    return Release(
        version=tag.strip().removeprefix("v"),
        page=page if is_ours else source.pages,
        is_newer=is_for_all and (own is None or version > own),
    )


def _strange(source: ReleaseSource) -> ReleaseError:
    return ReleaseError(
        phrase("Engine: Updates", "{host} answered with something that is no release.").format(
            host=source.host
        ),
        phrase("Engine: Updates", "Look at the project's page in a browser instead."),
    )
