"""Tries out a model in a process of its own before it is trusted.

A graph is a program: it may allocate all memory, run for ever, or crash the library that runs it.
"""

import logging
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path

import psutil

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import ModelError, PassingModelError
from desktop_app.engine.model import trial
from desktop_app.engine.model.answering_process import answering_process
from desktop_app.engine.model.trial import Passed, Refused, Result
from desktop_app.engine.phrases import phrase

logger = logging.getLogger(__name__)

_CHECK_EVERY_S = 0.05
_LONGEST_CHECK_S = 1.0
_KILLED = -9
"""The exit code of a process that got SIGKILL: from Linux where it runs out of memory."""

_ANOTHER = phrase("Engine: Models", "Choose another model.")


@dataclass(frozen=True, slots=True)
class TrialLimits:
    """What trying a model may cost.

    Attributes:
        timeout_s: Seconds, starting the process and loading the model included.
        memory_bytes: Of the process, besides `memory_per_byte` for each byte of the model.
        memory_per_byte: Loading and optimising a graph holds its weights more than once; float16
            and 4-bit weights grow to float32.
    """

    timeout_s: float = 180.0
    memory_bytes: int = 2 * 1024**3
    memory_per_byte: int = 6


def inspect_model(
    folder: Path,
    name: str,
    size_bytes: int,
    cancel: CancelToken,
    limits: TrialLimits | None = None,
) -> None:
    """Have a model encode a few pictures and texts, and refuse it if it does not behave.

    Args:
        folder: The model; not yet where models are used from.
        name: What it is called in errors.
        size_bytes: Of its files.
        cancel: Looked at several times a second.
        limits: What it may cost.

    Raises:
        PassingModelError: If it could not be tried to the end, for no fault of its own.
        ModelError: If the model is refused.
        CancelledError: If asked to stop; the process is gone by then.
    """
    limits = limits or TrialLimits()
    failure = phrase("Engine: Models", "The model {name} cannot be tried").format(name=name)
    with answering_process(trial.run, folder, "model trial", failure) as (process, pipe):
        result = _await(process, pipe, name, size_bytes, cancel, limits)
    if isinstance(result, Refused):
        # It was tried under the name of a temporary folder, which the user never sees.
        kind = PassingModelError if result.may_pass else ModelError
        raise kind(result.text.replace(folder.name, name), result.hint)
    if not isinstance(result, Passed):
        raise TypeError("the trial of a model answered something else")


def _await(
    process: SpawnProcess,
    pipe: "Connection[object, Result]",
    name: str,
    size_bytes: int,
    cancel: CancelToken,
    limits: TrialLimits,
) -> Result:
    most_bytes = limits.memory_bytes + limits.memory_per_byte * size_bytes
    waited_s, checked = 0.0, time.monotonic()
    try:
        while not pipe.poll(_CHECK_EVERY_S):
            cancel.raise_if_cancelled()
            now = time.monotonic()
            # A computer that slept meanwhile gave the process no time either.
            waited_s += min(now - checked, _LONGEST_CHECK_S)
            checked = now
            if _memory_bytes(process) > most_bytes:
                raise ModelError(
                    phrase(
                        "Engine: Models",
                        "The model {name} is refused: it takes more than "
                        "{size} GB of memory for a few pictures.",
                    ).format(name=name, size=f"{most_bytes / 1e9:.1f}"),
                    _ANOTHER,
                )
            if waited_s > limits.timeout_s:
                # A computer that is busy with other things looks the same from here.
                raise PassingModelError(
                    phrase(
                        "Engine: Models",
                        "The model {name} is refused: a few pictures took it longer than "
                        "{timeout_s} seconds.",
                    ).format(name=name, timeout_s=f"{limits.timeout_s:g}"),
                    phrase(
                        "Engine: Models",
                        "Close other programs and try again, or choose another model.",
                    ),
                )
        return pipe.recv()
    except (EOFError, OSError) as error:
        process.join(_LONGEST_CHECK_S)
        if process.exitcode == _KILLED:
            raise PassingModelError(
                phrase(
                    "Engine: Models",
                    "The model {name} cannot be tried: the system ended the process that tried it.",
                ).format(name=name),
                phrase(
                    "Engine: Models",
                    "There may be too little memory: close other programs and try again.",
                ),
            ) from error
        raise ModelError(
            phrase(
                "Engine: Models",
                "The model {name} is refused: it crashed the process that tried it.",
            ).format(name=name),
            _ANOTHER,
        ) from error


def _memory_bytes(process: SpawnProcess) -> int:
    try:
        return psutil.Process(process.pid).memory_info().rss
    except psutil.Error:  # it is ending, which the pipe tells next
        return 0
