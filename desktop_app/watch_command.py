"""The terminal's side of following changes: ``index --watch``."""

import argparse
import json
import os
import queue
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.changed_places import merged
from desktop_app.engine.errors import CancelledError, UserFacingError
from desktop_app.engine.library import Library
from desktop_app.engine.records import (
    ChangedPlace,
    HeldBack,
    IndexProgress,
    IndexSummary,
    MovedRoot,
    SkippedFile,
    WatchMode,
    WatchState,
)
from desktop_app.first_run import first_run
from desktop_app.terminal import OpenLibrary, cancelled_by_interrupt, say

FIRST_RETRY_S = 10.0
"""After a look that failed, its places are looked at again; after each more failure it takes twice
as long, until it takes `LAST_RETRY_S`."""
LAST_RETRY_S = 600.0


@dataclass(frozen=True, slots=True)
class RunReports:
    """How a run is shown; what ``index`` does without ``--watch``.

    Attributes:
        follow: Shows the progress of a run until its summary comes.
        as_dict: Describes a summary for scripts.
        write: Prints a summary for people.
    """

    follow: Callable[[Iterator[IndexProgress | IndexSummary]], IndexSummary]
    as_dict: Callable[[IndexSummary], dict[str, object]]
    write: Callable[[IndexSummary], None]


class _Inbox:
    """What the watch told and nobody looked at yet; also hears of Ctrl-C."""

    def __init__(self) -> None:
        # Its `put` may be called by a signal handler, whatever that interrupts.
        self._letters: queue.SimpleQueue[Sequence[ChangedPlace]] = queue.SimpleQueue()

    def put(self, places: Sequence[ChangedPlace]) -> None:
        self._letters.put(places)

    def take(self, timeout_s: float | None = None) -> tuple[ChangedPlace, ...]:
        """Wait for something, and take all there is; nothing where the wait was ended."""
        try:
            letters = [self._letters.get(timeout=timeout_s)]
        except queue.Empty:
            return ()
        while not self._letters.empty():
            letters.append(self._letters.get())
        return merged(place for letter in letters for place in letter)


class _Interrupt(CancelToken):
    """A token that also ends the wait for changes."""

    def __init__(self, inbox: _Inbox) -> None:
        super().__init__()
        self._inbox = inbox

    def cancel(self) -> None:
        super().cancel()
        self._inbox.put(())


@dataclass(slots=True)
class _Total:
    """What all runs did together."""

    summary: IndexSummary = field(default_factory=IndexSummary)
    failures: dict[str, SkippedFile] = field(default_factory=dict)

    def add(self, run: IndexSummary) -> IndexSummary:
        """Count a run; returns it with those failures alone that are new."""
        fresh = tuple(skip for skip in run.failed if self.failures.get(skip.path) != skip)
        self.failures.update((skip.path, skip) for skip in run.failed)
        so_far = self.summary
        self.summary = IndexSummary(
            added=so_far.added + run.added,
            held_back=_latest((*so_far.held_back, *run.held_back)),
            updated=so_far.updated + run.updated,
            moved=so_far.moved + run.moved,
            removed=so_far.removed + run.removed,
            unchanged=so_far.unchanged,
            failed=tuple(self.failures.values()),
            skipped=so_far.skipped,
            seconds=so_far.seconds + run.seconds,
        )
        return replace(run, failed=fresh, skipped=())


def _latest(held_back: Sequence[HeldBack]) -> tuple[HeldBack, ...]:
    """What was told last of each folder."""
    return tuple({one.root_id: one for one in held_back}.values())


def run(options: argparse.Namespace, open_library: OpenLibrary, reports: RunReports) -> int:
    """Index, then follow changes until Ctrl-C or the like, which is how it is meant to end.

    Args:
        options: Parsed arguments.
        open_library: Opens the library.
        reports: How runs are shown.

    Returns:
        Exit code.

    Raises:
        UserFacingError: If it cannot be done and the user can mend that.
    """
    inbox = _Inbox()
    cancel = _Interrupt(inbox)
    library = open_library()
    try:
        with cancelled_by_interrupt(cancel):
            first = reports.follow(first_run(library, options, cancel))
            _show(first, "first", options, reports)
            has_missing = _says_missing(options, first)
            total = _Total()
            total.add(first)
            total.summary = replace(total.summary, unchanged=first.unchanged, skipped=first.skipped)
            if not cancel.is_cancelled:
                _follow_changes(library, inbox, cancel, total, options, reports)
        _show(total.summary, "total", options, reports)
    finally:
        library.close()
    return 1 if has_missing else 0


def _follow_changes(
    library: Library,
    inbox: _Inbox,
    cancel: CancelToken,
    total: _Total,
    options: argparse.Namespace,
    reports: RunReports,
) -> None:
    paths = {root.id: root.path for root in library.roots()}
    if not paths:
        raise UserFacingError("There is no folder to follow.", "Give one.")

    def note_moved(moved: Sequence[MovedRoot]) -> None:
        for one in moved:
            paths[one.root_id] = one.new
            say(f"{one.old} is at {one.new} now.")

    watch = library.watch(
        inbox.put, lambda state: _say_state(state, paths[state.root_id]), note_moved
    )
    last_error = ""
    owed: tuple[ChangedPlace, ...] = ()  # looked at in vain; the watch does not tell them again
    pause_s = FIRST_RETRY_S
    try:
        while not cancel.is_cancelled:
            places = merged((*owed, *inbox.take(pause_s if owed else None)))
            if not places or cancel.is_cancelled:
                continue
            try:
                summary = reports.follow(library.look_again(places, cancel))
                library.back_up(cancel)
            except CancelledError:
                break
            except UserFacingError as error:
                # Such as a full disk, which is not to be asked without end.
                if str(error) != last_error:
                    say(str(error))
                last_error = str(error)
                pause_s = min(2 * pause_s, LAST_RETRY_S) if owed else FIRST_RETRY_S
                owed = places
                continue
            last_error, owed = "", ()
            summary = total.add(summary)
            changed = summary.added + summary.updated + summary.moved + summary.removed
            if changed or summary.failed or summary.held_back:
                _show(summary, "change", options, reports)
    finally:
        watch.close()


def _show(
    summary: IndexSummary, which: str, options: argparse.Namespace, reports: RunReports
) -> None:
    if options.json:
        sys.stdout.write(json.dumps({"run": which, **reports.as_dict(summary)}) + "\n")
    else:
        if which == "total":
            sys.stdout.write("In all: ")
            summary = replace(summary, failed=(), skipped=())
        reports.write(summary)
    sys.stdout.flush()


def _say_state(state: WatchState, path: str) -> None:
    if state.reason:
        say(f"{path}: {state.reason}")
    elif state.mode is WatchMode.LIVE:
        say(f"{path}: Changes are followed until Ctrl-C.")


def _says_missing(options: argparse.Namespace, summary: IndexSummary) -> bool:
    """Whether something that was given is not there; says so."""
    given = {os.path.abspath(os.path.expanduser(path)) for path in options.paths}
    missing = [
        skip.path
        for skip in summary.failed
        if skip.path in given and not os.path.lexists(skip.path)
    ]
    if missing:
        say(f"There is no folder or picture at {', '.join(missing)}. The rest was indexed.")
    return bool(missing)
