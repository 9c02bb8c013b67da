"""Processes that start in 10 ms, for tests that are about something else.

The program spawns its processes, each of which imports all it needs anew: 0.3 s of CPU, hundreds of
times in these tests. Here they are forked from a server that has imported it. Everything else is as
it is in the program: they are processes of their own, with a pipe, that can be killed. What they
inherit from the test, its environment and its limits, is as it was when the server began.
"""

import multiprocessing
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import BaseContext
from types import SimpleNamespace
from typing import Any
from unittest import mock

import pytest

from desktop_app.engine.files import decoder_worker
from desktop_app.engine.model import answering_process, inspection

_IMPORTED = [
    "pytest",
    "desktop_app.engine.files.decoder_process",
    "desktop_app.engine.model.trial",
    "tests.helpers.fake_encoder",
]


@contextmanager
def quick_processes() -> Iterator[None]:
    """Fork decoders and trials of models while the context lasts, where the system can."""
    if sys.platform == "win32":
        yield
        return
    multiprocessing.set_forkserver_preload(_IMPORTED)
    with (
        mock.patch.object(decoder_worker, "multiprocessing", _FORKING),
        mock.patch.object(inspection, "answering_process", _answering_quickly),
    ):
        yield


def spawn_processes(patch: pytest.MonkeyPatch) -> None:
    """Let them start as they do in the program, for a test that is about them."""
    patch.setattr(decoder_worker, "multiprocessing", multiprocessing)
    patch.setattr(inspection, "answering_process", answering_process.answering_process)


def _forked(_method: str) -> BaseContext:
    return multiprocessing.get_context("forkserver")


_FORKING = SimpleNamespace(get_context=_forked)


@contextmanager
def _answering_quickly(*arguments: Any) -> Iterator[Any]:
    with (
        mock.patch.object(answering_process, "multiprocessing", _FORKING),
        answering_process.answering_process(*arguments) as answering,
    ):
        yield answering
