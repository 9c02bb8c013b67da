"""Asks whether there is a newer version, when somebody wants to know, and never by itself."""

import time
from multiprocessing.connection import Connection

from desktop_app import __version__
from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import UserFacingError
from desktop_app.engine.model.answering_process import answering_process
from desktop_app.engine.phrases import phrase
from desktop_app.engine.updates.release import Release, ReleaseError, ReleaseSource

_LOOK_EVERY_S = 0.1
"""How often a cancellation is looked for while the server is silent."""


class UpdateCheck:
    """Asks the project's page. Making one opens no connection.

    Args:
        source: Where releases are.
        own_version: The version of this program.

    Attributes:
        source: Where releases are.
        own_version: The version of this program.
    """

    def __init__(self, source: ReleaseSource | None = None, own_version: str | None = None) -> None:
        self.source = source or ReleaseSource()
        self.own_version = __version__ if own_version is None else own_version

    def ask(self, cancel: CancelToken) -> Release:
        """Ask once. Blocks, for `ReleaseSource.total_s` at most.

        Args:
            cancel: Looked at ten times a second.

        Raises:
            UserFacingError: If there is no answer; says why.
            CancelledError: If it was cancelled.
        """
        # only now: a start of the program does without
        from desktop_app.engine.updates import release_client

        question = release_client.Question(self.source, self.own_version)
        failure = phrase("Engine: Updates", "The newest version could not be learned")
        with answering_process(release_client.run, question, "updates", failure) as (_, pipe):
            answer = self._receive(pipe, cancel)
        if isinstance(answer, Release):
            return answer
        if isinstance(answer, ReleaseError):
            raise answer
        raise UserFacingError(
            phrase("Engine: Updates", "{host} does not answer.").format(host=self.source.host),
            phrase("Engine: Updates", "Try again later."),
        )

    def _receive(self, pipe: "Connection[object, object]", cancel: CancelToken) -> object:
        """The answer; None where there was none in time, or the process ended without one."""
        end = time.monotonic() + self.source.total_s
        cancel.raise_if_cancelled()
        while not pipe.poll(_LOOK_EVERY_S):
            cancel.raise_if_cancelled()
            if time.monotonic() > end:
                return None
        try:
            return pipe.recv()
        except (EOFError, OSError):
            return None
