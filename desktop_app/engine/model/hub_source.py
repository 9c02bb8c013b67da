"""Where the files of an offered model come from, and how long that server is waited for."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a server is waited for.

    Attributes:
        connect_s: For a connection.
        read_s: For the next bytes.
        attempts: How often in a row it may fail without a single byte.
        pause_s: Before the second attempt; doubled before each further one.
    """

    connect_s: float = 15.0
    read_s: float = 30.0
    attempts: int = 4
    pause_s: float = 1.0


@dataclass(frozen=True, slots=True)
class HubSource:
    """One version of a repository on one server.

    Attributes:
        endpoint: The server, such as ``https://huggingface.co``.
        repository: Owner and name.
        revision: The commit.
        patience: How long the server is waited for.
    """

    endpoint: str
    repository: str
    revision: str
    patience: Patience

    @property
    def host(self) -> str:
        """The server's name, for sentences."""
        shown = without_login(self.endpoint)
        return urlsplit(shown).netloc or shown


def without_login(address: str) -> str:
    """An address fit to be shown and kept: without the name and password it may hold."""
    return re.sub(r"(?<=//)[^/]*@", "", address)
