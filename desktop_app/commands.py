"""The terminal's side of the program: index, search, forget and status."""

import argparse
import json
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Protocol

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import QueryError, UserFacingError
from desktop_app.engine.library import Library
from desktop_app.engine.records import (
    IndexProgress,
    IndexSummary,
    LibraryStatus,
    Query,
    SkippedFile,
)

QUIET_REPORT_S = 5.0
"""Seconds between progress lines where they cannot be written over one another."""


class OpenLibrary(Protocol):
    """Opens the library that the arguments name."""

    def __call__(self, *, writable: bool = True) -> Library:
        """Open it; only indexing needs it writable."""
        ...


def run(options: argparse.Namespace, open_library: OpenLibrary) -> int:
    """Carry out a command.

    Args:
        options: Parsed arguments; ``command`` names the command.
        open_library: Opens the library.

    Returns:
        Exit code.

    Raises:
        UserFacingError: If it cannot be done and the user can mend that.
    """
    carry_out = {"index": _index, "search": _search, "forget": _forget, "status": _status}
    try:
        code = carry_out[options.command](options, open_library)
        sys.stdout.flush()
    except BrokenPipeError:
        # whoever read the output has seen enough; keep Python from complaining at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _index(options: argparse.Namespace, open_library: OpenLibrary) -> int:
    library = open_library()
    cancel = CancelToken()
    try:
        with _cancelled_by_interrupt(cancel):
            reports = library.index(options.paths, cancel, retry_failed=options.retry_failed)
            summary = _follow(reports)
    finally:
        library.close()
    if options.json:
        _write_json(_summary_dict(summary))
    else:
        _write_summary(summary)
    given = {os.path.abspath(os.path.expanduser(path)) for path in options.paths}
    missing = [
        skip.path
        for skip in summary.failed
        if skip.path in given and not os.path.lexists(skip.path)
    ]
    if missing:
        sys.stderr.write(
            f"image-seeker: There is no folder or picture at {', '.join(missing)}. "
            "The rest was indexed.\n"
        )
        return 1
    if summary.cancelled:
        sys.stderr.write("image-seeker: Stopped. What was indexed so far is kept.\n")
        return 1
    return 0


@contextmanager
def _cancelled_by_interrupt(cancel: CancelToken) -> Iterator[None]:
    """Let the first Ctrl-C end the run in good order; the second one ends it at once."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        if cancel.is_cancelled:
            raise KeyboardInterrupt
        cancel.cancel()

    earlier = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)


def _follow(reports: Iterator[IndexProgress | IndexSummary]) -> IndexSummary:
    """Show progress until the summary comes."""
    summary = IndexSummary()
    progress = _ProgressLine()
    try:
        for report in reports:
            if isinstance(report, IndexSummary):
                summary = report
            else:
                progress.show(report)
    finally:
        progress.end()
    return summary


def _search(options: argparse.Namespace, open_library: OpenLibrary) -> int:
    query = Query(
        words=" ".join(options.words),
        minus=options.minus,
        image=_read_picture(options.image) if options.image else None,
    )
    if query.is_empty:
        raise QueryError("There is nothing to search for.", "Give some words or --image FILE.")
    library = open_library(writable=False)
    try:
        hits = library.search(query, options.limit)
        pictures = library.pictures(hits.ids.tolist())
    finally:
        library.close()
    rows = [
        {
            "path": pictures[id_].path,
            "score": round(score, 6),
            "relevance": round(relevance, 3),
        }
        for id_, score, relevance in zip(
            hits.ids.tolist(), hits.scores.tolist(), hits.relevance.tolist(), strict=True
        )
        if id_ in pictures
    ]
    if options.json:
        _write_json(rows)
    else:
        for row in rows:
            sys.stdout.write(f"{row['score']:.4f}\t{row['path']}\n")
    return 0


def _forget(options: argparse.Namespace, open_library: OpenLibrary) -> int:
    library = open_library()
    try:
        roots = {root.path: root for root in library.roots()}
        given = [os.path.abspath(os.path.expanduser(path)) for path in options.paths]
        unknown = [path for path in given if path not in roots]
        if unknown:
            raise UserFacingError(
                f"The library has no folder {', '.join(unknown)}.",
                "`image-seeker status` names those it has.",
            )
        for path in dict.fromkeys(given):
            library.remove_root(roots[path].id)
            sys.stdout.write(f"{path}: {roots[path].picture_count} pictures forgotten\n")
    finally:
        library.close()
    return 0


def _status(options: argparse.Namespace, open_library: OpenLibrary) -> int:
    library = open_library(writable=False)
    try:
        status = library.status()
    finally:
        library.close()
    if options.json:
        _write_json(_status_dict(status))
    else:
        _write_status(status)
    return 0


def _read_picture(path: Path) -> bytes:
    try:
        return Path(os.path.expanduser(path)).read_bytes()
    except OSError as error:
        raise QueryError(
            f"The picture {path} cannot be read ({error.strerror}).", "Check the name."
        ) from error


class _ProgressLine:
    """Progress on stderr: one line written over in a terminal, a line now and then elsewhere."""

    def __init__(self) -> None:
        self._is_terminal = sys.stderr.isatty()
        self._shown_at = time.monotonic()
        self._width = 0

    def show(self, progress: IndexProgress) -> None:
        text = _progress_text(progress)
        if self._is_terminal:
            sys.stderr.write("\r" + text.ljust(self._width))
            sys.stderr.flush()
            self._width = len(text)
        elif time.monotonic() - self._shown_at >= QUIET_REPORT_S:
            self._shown_at = time.monotonic()
            sys.stderr.write(text + "\n")

    def end(self) -> None:
        if self._is_terminal and self._width:
            sys.stderr.write("\r" + " " * self._width + "\r")
            sys.stderr.flush()


def _progress_text(progress: IndexProgress) -> str:
    if progress.total == 0:
        return f"Looking for pictures: {progress.found}"
    text = f"Indexing {progress.done} / {progress.total}"
    if progress.per_second > 0:
        text += f" · {progress.per_second:.0f}/s"
    if progress.seconds_left is not None:
        minutes, seconds = divmod(round(progress.seconds_left), 60)
        text += f" · {minutes}:{seconds:02d} left"
    return text


def _write_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, indent=1) + "\n")


def _skip_dicts(skips: Sequence[SkippedFile]) -> list[dict[str, str]]:
    return [{"path": skip.path, "reason": skip.reason} for skip in skips]


def _summary_dict(summary: IndexSummary) -> dict[str, object]:
    return {
        "added": summary.added,
        "updated": summary.updated,
        "moved": summary.moved,
        "removed": summary.removed,
        "unchanged": summary.unchanged,
        "failed": _skip_dicts(summary.failed),
        "skipped": _skip_dicts(summary.skipped),
        "seconds": round(summary.seconds, 3),
    }


def _write_summary(summary: IndexSummary) -> None:
    counts = (
        f"{summary.added} added, {summary.updated} updated, {summary.moved} moved, "
        f"{summary.removed} removed, {summary.unchanged} unchanged, "
        f"{len(summary.failed)} failed in {summary.seconds:.1f} s"
    )
    sys.stdout.write(counts + "\n")
    for skip in (*summary.failed, *summary.skipped):
        sys.stdout.write(f"  {skip.path}: {skip.reason}\n")


def _status_dict(status: LibraryStatus) -> dict[str, object]:
    model = status.model
    return {
        "data_dir": status.data_dir,
        "folders": [
            {
                "path": root.path,
                "kind": str(root.kind),
                "pictures": root.picture_count,
                "connected": root.is_connected,
                "scanned_at": root.scanned_at_s,
            }
            for root in status.roots
        ],
        "pictures": status.pictures,
        "failed": _skip_dicts(status.failures),
        "skipped": status.skipped,
        "model": model
        and {
            "name": model.name,
            "key": model.key,
            "dim": model.dim,
            "builtin": model.is_builtin,
        },
        "bytes": {
            "catalog": status.catalog_bytes,
            "index": status.index_bytes,
            "thumbnails": status.thumbnail_bytes,
        },
    }


def _write_status(status: LibraryStatus) -> None:
    write = sys.stdout.write
    write(f"{status.pictures} pictures in {status.data_dir}\n")
    for root in status.roots:
        state = "" if root.is_connected else " (not connected)"
        write(f"  {root.path}: {root.picture_count} pictures{state}\n")
    if status.model is None:
        write("model: none could be loaded\n")
    else:
        note = " (the small built-in model)" if status.model.is_builtin else ""
        write(f"model: {status.model.name}{note}\n")
    sizes = (status.catalog_bytes, status.index_bytes, status.thumbnail_bytes)
    megabytes = [f"{size / 1e6:.1f} MB" for size in sizes]
    write(f"on disk: catalog {megabytes[0]}, index {megabytes[1]}, thumbnails {megabytes[2]}\n")
    if status.failures:
        write(f"{len(status.failures)} not indexed:\n")
    for skip in status.failures:
        write(f"  {skip.path}: {skip.reason}\n")
