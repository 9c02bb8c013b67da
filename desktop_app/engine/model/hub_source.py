"""Where the files of an offered model come from, and how long that server is waited for."""

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
        return urlsplit(self.endpoint).netloc or self.endpoint
