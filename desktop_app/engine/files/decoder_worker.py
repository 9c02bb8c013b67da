"""One decoder process and the thread that looks after it.

Every process has a pipe of its own and shares no lock with the others, so that one that dies,
whatever it was doing, leaves nothing locked behind. (Pools that share one pipe and a lock among
their workers stop for good there: https://github.com/noxdafox/pebble/issues/163.)
"""

import logging
import multiprocessing
import queue
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

import psutil

from desktop_app.engine.child_process import child, note_end
from desktop_app.engine.errors import UserFacingError
from desktop_app.engine.files import decoder_process
from desktop_app.engine.files.decoder_process import ReaderFault, Ready, Reply
from desktop_app.engine.files.picture_reader import OUT_OF_MEMORY, DecodeLimits
from desktop_app.engine.files.reach import NO_ANSWER
from desktop_app.engine.pace import WorkPace
from desktop_app.engine.phrases import phrase
from desktop_app.engine.protocols import PictureResizer
from desktop_app.engine.records import (
    CopyForm,
    DecodedPicture,
    FoundFile,
    PictureCopy,
    PictureDetails,
    SkipKind,
    SkippedFile,
)

logger = logging.getLogger(__name__)

CRASHED = phrase("Engine: Files", "The reader crashed on it.")

_ASSIGNED = 2
"""Files in a process at once: while one is decoded, the next already waits in the pipe."""
_CHECK_EVERY_S = 0.1
"""A file that takes longer has the memory of its process looked at, this often."""
_LONGEST_CHECK_S = 1.0
_START_TIMEOUT_S = 120.0
"""Importing takes 0.2 s on an idle machine; a virus scanner or a cold disk may take its time."""
_START_ATTEMPTS = 3
_END_TIMEOUT_S = 5.0
_PACE_CHECK_S = 0.2
"""How often a worker that may not work looks whether it is to stop."""

_CHILDREN = threading.Lock()
"""Held while a process is started, killed or waited for: what multiprocessing keeps about its
children is not made for threads, and none may be started after `DecoderWorker.stop`."""

Outcome = tuple[FoundFile, DecodedPicture | PictureDetails | PictureCopy | SkippedFile]


class _Stopped(Exception):  # noqa: N818 - a signal between two methods, not an error
    """The worker was told to stop."""


class _ProcessDied(Exception):  # noqa: N818 - likewise
    """The process ended without answering."""


class DecoderWorker(threading.Thread):
    """Feeds one decoder process, watches it, and replaces it when it dies.

    Args:
        inbox: Files to decode, shared with other workers; None tells one worker to stop.
        outbox: Gets each file with its result; or an exception that ends all decoding.
        resizer: Makes the model's input; is sent to the process.
        min_side_px: Shorter side that the resizer wants at least.
        limits: What one file may cost.
        pace: Says how many workers may work.
        place: Which of them this is, from 0; the first ones work.
        workers: How many there are.
        is_header_only: Whether to tell what the headers say, and decode nothing.
        copy: How to make copies, where those are wanted and nothing else.
        is_silent: Whether whoever asks for a file would wait for ever.
    """

    def __init__(
        self,
        inbox: "queue.SimpleQueue[FoundFile | None]",
        outbox: "queue.SimpleQueue[Outcome | Exception]",
        resizer: PictureResizer,
        min_side_px: int,
        limits: DecodeLimits,
        pace: WorkPace,
        place: int,
        workers: int,
        *,
        is_header_only: bool = False,
        copy: CopyForm | None = None,
        is_silent: Callable[[str], bool] = lambda _path: False,
    ) -> None:
        super().__init__(name="decoder", daemon=True)
        self._inbox = inbox
        self._outbox = outbox
        self._resizer = resizer
        self._min_side_px = min_side_px
        self._limits = limits
        self._pace = pace
        self._place = place
        self._workers = workers
        self._is_header_only = is_header_only
        self._copy = copy
        self._is_silent = is_silent
        self._is_gentle = False  # what the process was told
        self._stopping = False
        self._process: SpawnProcess | None = None
        self._pipe: Connection[FoundFile, Ready | Reply] | None = None
        self._assigned: deque[FoundFile] = deque()

    def stop(self) -> None:
        """End the process at once; what it was working on is lost. Any thread may call it."""
        with _CHILDREN:
            self._stopping = True
            if self._process is not None:
                self._process.kill()
        self._inbox.put(None)

    def run(self) -> None:
        """Decode files until told to stop."""
        if sys.platform != "win32":
            # Inherited by the process, which else could be hit by Ctrl-C before it ignores it.
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
        try:
            while True:
                self._assign()
                try:
                    self._outbox.put(self._next_outcome())
                except _ProcessDied:
                    self._outbox.put(self._blame(CRASHED))
        except _Stopped:
            pass
        except Exception as error:  # noqa: BLE001 - whoever waits for the outbox gets to see it
            self._outbox.put(error)
        finally:
            self._discard_process()

    def _assign(self) -> None:
        """Keep the process supplied; wait only where it has nothing to do."""
        while len(self._assigned) < _ASSIGNED:
            if not self._may_take():
                if self._assigned:
                    return
                self._pace.wait(_PACE_CHECK_S)
                if self._stopping:
                    raise _Stopped
                continue
            try:
                file = self._inbox.get(block=not self._assigned)
            except queue.Empty:
                return
            if file is None or self._stopping:
                raise _Stopped
            if self._is_silent(file.path):
                self._outbox.put(_unanswered(file))
                continue
            self._assigned.append(file)
            if self._pipe is None:
                self._start_process()  # sends all that is assigned
            else:
                self._send(file)

    def _may_take(self) -> bool:
        """Whether to take another file now; keeps the process's priority in step."""
        is_gentle = self._pace.is_gentle
        if self._process is not None and self._is_gentle != is_gentle:
            try:
                decoder_process.set_priority(psutil.Process(self._process.pid), is_gentle=is_gentle)
            except psutil.NoSuchProcess:
                pass  # which is noticed when it gets a file
            except psutil.Error:
                # Many systems let a process give way but not come back: another one takes its
                # place, once it has answered what it was given.
                if not is_gentle:
                    if self._assigned:
                        return False
                    self._discard_process()
            self._is_gentle = is_gentle
        return self._place < self._pace.decoders(self._workers)

    def _send(self, file: FoundFile) -> None:
        """Send a file; a process that is gone is noticed when its answer is awaited."""
        if self._pipe is None:
            raise _ProcessDied
        try:
            self._pipe.send(file)
        except OSError:
            logger.debug("A decoder process was gone before it got its file.")

    def _next_outcome(self) -> Outcome:
        """Wait for the answer to the first file that is assigned.

        Raises:
            _ProcessDied: If the process crashed on it.
        """
        waited_s, checked = 0.0, time.monotonic()
        while (reply := self._receive(_CHECK_EVERY_S)) is None:
            now = time.monotonic()
            # A computer that slept meanwhile gave the process no time either.
            waited_s += min(now - checked, _LONGEST_CHECK_S)
            checked = now
            if self._is_silent(self._assigned[0].path):
                return self._give_up()
            if self._memory_bytes() > self._limits.memory_bytes:
                return self._blame(OUT_OF_MEMORY)
            if waited_s > self._limits.timeout_s:
                return self._blame(
                    phrase(
                        "Engine: Files", "Reading it took longer than {timeout_s} seconds."
                    ).format(timeout_s=f"{self._limits.timeout_s:g}")
                )
        file = self._assigned.popleft()
        if isinstance(reply, ReaderFault):
            logger.error("The reader failed on a picture:\n%s", reply.details)
            return file, _failed(file, CRASHED)
        return file, reply

    def _receive(self, timeout_s: float) -> Reply | None:
        """One answer; None if there is none yet."""
        if self._pipe is None:
            raise _ProcessDied
        try:
            if not self._pipe.poll(timeout_s):
                return None
            reply = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise _ProcessDied from error
        if isinstance(reply, Ready):
            raise TypeError("a decoder process got ready twice")
        return reply

    def _blame(self, reason: str) -> Outcome:
        """Give up the first file that is assigned, and the process with it.

        The files behind it are innocent: the next process gets them.
        """
        with _CHILDREN:
            if self._stopping:
                raise _Stopped
        file = self._assigned.popleft()
        logger.warning("A decoder process is replaced: %s", reason)
        self._replace_process()
        return file, _failed(file, reason)

    def _give_up(self) -> Outcome:
        """Wait no longer for the first file that is assigned; its drive is to blame."""
        file = self._assigned.popleft()
        logger.info("A decoder process is replaced: it waits for a drive that does not answer")
        self._replace_process()
        return _unanswered(file)

    def _replace_process(self) -> None:
        """Kill the process; another one gets what is assigned and can be read."""
        self._discard_process()
        silent = [file for file in self._assigned if self._is_silent(file.path)]
        for file in silent:
            self._assigned.remove(file)
            self._outbox.put(_unanswered(file))
        if self._assigned:
            self._start_process()

    def _start_process(self) -> None:
        """Start a process and send it what is assigned.

        Raises:
            UserFacingError: If it does not come up.
        """
        for _ in range(_START_ATTEMPTS):
            try:
                self._launch()
            except _ProcessDied:
                self._discard_process()
            else:
                break
        else:
            raise UserFacingError(
                phrase("Engine: Files", "The process that reads pictures does not start."),
                phrase("Engine: Files", "Restart the computer and try again."),
            )
        for file in self._assigned:
            self._send(file)

    def _launch(self) -> None:
        logger.debug("A decoder process starts")
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._is_gentle = self._pace.is_gentle
        process = context.Process(
            target=child(decoder_process.run, "decoder"),
            args=(
                theirs,
                self._resizer,
                self._min_side_px,
                self._limits,
                self._is_gentle,
                self._is_header_only,
                self._copy,
            ),
            name="decoder",
            daemon=True,
        )
        with _CHILDREN:
            if self._stopping:
                ours.close()
                theirs.close()
                raise _Stopped
            try:
                process.start()
            except OSError as error:  # too many processes, or no memory for another
                ours.close()
                theirs.close()
                raise _ProcessDied from error
            self._process = process
        theirs.close()  # so that the pipe breaks when the process ends
        self._pipe = ours
        try:
            is_up = ours.poll(_START_TIMEOUT_S) and isinstance(ours.recv(), Ready)
        except (EOFError, OSError):
            is_up = False
        if not is_up:
            with _CHILDREN:
                if self._stopping:
                    raise _Stopped
            raise _ProcessDied

    def _memory_bytes(self) -> int:
        if self._process is None:
            return 0
        try:
            return psutil.Process(self._process.pid).memory_info().rss
        except psutil.Error:  # it is ending, which the pipe tells next
            return 0

    def _discard_process(self) -> None:
        """Kill the process, if there is one, and wait until it is gone."""
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None
        with _CHILDREN:
            if self._process is not None:
                self._process.kill()
                # A process that hangs in the kernel, on a dead drive, cannot be waited for.
                self._process.join(_END_TIMEOUT_S)
                note_end("decoder", self._process.pid)
                self._process = None


def _unanswered(file: FoundFile) -> Outcome:
    return file, SkippedFile(file.path, NO_ANSWER, SkipKind.UNREADABLE, file.stamp)


def _failed(file: FoundFile, reason: str) -> SkippedFile:
    return SkippedFile(file.path, reason, SkipKind.DECODER_FAILED, file.stamp)
