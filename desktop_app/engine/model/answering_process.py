"""Runs a function in a process of its own that answers through a pipe and may be killed."""

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import TypeVar

from desktop_app.engine.child_process import child, note_end
from desktop_app.engine.errors import PassingModelError
from desktop_app.engine.phrases import phrase

_END_TIMEOUT_S = 5.0

Argument = TypeVar("Argument")
Answer = TypeVar("Answer")


@contextmanager
def answering_process(
    target: Callable[["Connection[Answer, object]", Argument], None],
    argument: Argument,
    name: str,
    failure: str,
) -> Iterator[tuple[SpawnProcess, "Connection[object, Answer]"]]:
    """Run ``target(pipe, argument)`` while the context lasts, and kill it at the end.

    Args:
        target: A function of a module; its end of the pipe only sends.
        argument: Anything that can be pickled.
        name: Of the process.
        failure: How the sentence begins where no process can be started.

    Yields:
        The process and the end of the pipe to receive from; it breaks when the process ends.

    Raises:
        PassingModelError: If the process cannot be started.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    kind = name.replace(" ", "-")
    process = context.Process(
        target=child(target, kind), args=(theirs, argument), name=name, daemon=True
    )
    try:
        try:
            process.start()
        except OSError as error:  # too many processes, or no memory for another
            raise PassingModelError(
                phrase("Engine: Models", "{failure}: no process for that can be started.").format(
                    failure=failure
                ),
                phrase("Engine: Models", "Close other programs and try again."),
            ) from error
        finally:
            theirs.close()  # so that the pipe breaks when the process ends
        try:
            yield process, ours
        finally:
            process.kill()
            process.join(_END_TIMEOUT_S)
            note_end(kind, process.pid)
    finally:
        ours.close()
