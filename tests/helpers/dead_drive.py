"""A folder that stops answering, as a network drive does whose other end is gone."""

import os
import threading
from collections.abc import Callable
from typing import Any

import pytest

from desktop_app.engine.paths import is_below

_LONGEST_S = 60.0


def wait_for_askers() -> None:
    """Wait for those who asked a drive that answers again: until they end, it counts as silent."""
    for thread in threading.enumerate():
        if thread.name in ("disk", "root presence"):
            thread.join(_LONGEST_S)


class DeadDrive:
    """Keeps every thread waiting that asks the system for something in a folder, once it is dead.

    Args:
        monkeypatch: What takes it away again.
        folder: The folder.
        dies_at: Something in it whose being asked for is the end; else see `die`.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: str, dies_at: str = "") -> None:
        self._folder = folder
        self._dies_at = dies_at
        self._answers = threading.Event()
        self._answers.set()
        self.waiting = threading.Event()
        """Set when somebody has to wait."""
        for name in ("scandir", "stat", "lstat"):
            monkeypatch.setattr(os, name, self._asked(getattr(os, name)))

    def die(self) -> None:
        """Answer no more."""
        self._answers.clear()

    def revive(self) -> None:
        """Answer again, those who wait as well."""
        self._dies_at = ""
        self._answers.set()

    def _asked(self, real: Callable[..., Any]) -> Callable[..., Any]:
        # What is asked for may be anything that the system takes.
        def ask(path: Any, *more: Any, **named: Any) -> Any:
            if isinstance(path, str) and is_below(path, self._folder):
                if path == self._dies_at:
                    self.die()
                if not self._answers.is_set():
                    self.waiting.set()
                    self._answers.wait(_LONGEST_S)
            return real(path, *more, **named)

        return ask
