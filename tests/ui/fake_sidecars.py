"""Files beside the pictures of a library that holds nothing."""

from collections.abc import Iterator

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.records import SidecarFailure, SidecarProgress
from desktop_app.engine.sidecars import Sidecars


class FakeSidecars(Sidecars):
    """Writes what it is told to.

    Attributes:
        runs: What `write` yields, one run after another.
        listed: What `failures` gives.
        retried: How often failed ones were to be tried again.
    """

    def __init__(self) -> None:
        self._is_on = False
        self.runs: list[list[SidecarProgress]] = []
        self.listed: list[SidecarFailure] = []
        self.retried = 0

    def switch(self, is_on: bool) -> None:
        self._is_on = is_on

    def write(self, cancel: CancelToken) -> Iterator[SidecarProgress]:
        yield from self.runs.pop(0) if self.runs else []

    def failures(self, most: int = 1_000) -> list[SidecarFailure]:
        return self.listed[:most]

    def retry(self) -> None:
        self.retried += 1
