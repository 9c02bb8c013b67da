"""The terminal's side of the program: index, search, forget and status."""

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from desktop_app import model_commands
from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import QueryError, UserFacingError
from desktop_app.engine.records import (
    DeviceChoice,
    IndexProgress,
    IndexSummary,
    LibraryStatus,
    Query,
)
from desktop_app.terminal import (
    OpenLibrary,
    cancelled_by_interrupt,
    clock,
    progress_line,
    say,
    skip_dicts,
    write_json,
)


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
    carry_out = {
        "index": _index,
        "search": _search,
        "forget": _forget,
        "status": _status,
        "models": model_commands.run,
    }
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
        with cancelled_by_interrupt(cancel):
            reports = library.index(options.paths, cancel, retry_failed=options.retry_failed)
            summary = _follow(reports)
    finally:
        library.close()
    if options.json:
        write_json(_summary_dict(summary))
    else:
        _write_summary(summary)
    given = {os.path.abspath(os.path.expanduser(path)) for path in options.paths}
    missing = [
        skip.path
        for skip in summary.failed
        if skip.path in given and not os.path.lexists(skip.path)
    ]
    if missing:
        say(f"There is no folder or picture at {', '.join(missing)}. The rest was indexed.")
        return 1
    if summary.cancelled:
        say("Stopped. What was indexed so far is kept.")
        return 1
    return 0


def _follow(reports: Iterator[IndexProgress | IndexSummary]) -> IndexSummary:
    """Show progress until the summary comes."""
    summary = IndexSummary()
    with progress_line() as line:
        for report in reports:
            if isinstance(report, IndexSummary):
                summary = report
            else:
                line.show(_progress_text(report))
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
        write_json(rows)
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
        device = library.device() if status.model else None
    finally:
        library.close()
    if options.json:
        write_json(_status_dict(status, device))
    else:
        _write_status(status, device)
    return 0


def _read_picture(path: Path) -> bytes:
    try:
        return Path(os.path.expanduser(path)).read_bytes()
    except OSError as error:
        raise QueryError(
            f"The picture {path} cannot be read ({error.strerror}).", "Check the name."
        ) from error


def _progress_text(progress: IndexProgress) -> str:
    if progress.total == 0:
        return f"Looking for pictures: {progress.found}"
    text = f"Indexing {progress.done} / {progress.total}"
    if progress.per_second > 0:
        text += f" · {progress.per_second:.0f}/s"
    if progress.seconds_left is not None:
        text += f" · {clock(progress.seconds_left)} left"
    return text


def _summary_dict(summary: IndexSummary) -> dict[str, object]:
    return {
        "added": summary.added,
        "updated": summary.updated,
        "moved": summary.moved,
        "removed": summary.removed,
        "unchanged": summary.unchanged,
        "failed": skip_dicts(summary.failed),
        "skipped": skip_dicts(summary.skipped),
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


def _status_dict(status: LibraryStatus, device: DeviceChoice | None) -> dict[str, object]:
    model, coming = status.model, status.next_model
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
        "failed": skip_dicts(status.failures),
        "skipped": status.skipped,
        "model": model
        and {
            "name": model.name,
            "key": model.key,
            "dim": model.dim,
            "builtin": model.is_builtin,
        },
        "device": device and {"provider": device.provider, "reason": device.reason},
        "next_model": coming
        and {"title": coming.title, "done": coming.done, "total": coming.total},
        "notice": status.notice,
        "bytes": {
            "catalog": status.catalog_bytes,
            "index": status.index_bytes,
            "thumbnails": status.thumbnail_bytes,
        },
    }


def _write_status(status: LibraryStatus, device: DeviceChoice | None) -> None:
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
    if status.notice:
        write(f"{status.notice}\n")
    if device is not None:
        write(f"computing: {device.reason}\n")
    if status.next_model is not None:
        coming = status.next_model
        write(
            f"next model: {coming.title}, {coming.done} of {coming.total} pictures prepared; "
            "`image-seeker models use` with its name goes on\n"
        )
    sizes = (status.catalog_bytes, status.index_bytes, status.thumbnail_bytes)
    megabytes = [f"{size / 1e6:.1f} MB" for size in sizes]
    write(f"on disk: catalog {megabytes[0]}, index {megabytes[1]}, thumbnails {megabytes[2]}\n")
    if status.failures:
        write(f"{len(status.failures)} not indexed:\n")
    for skip in status.failures:
        write(f"  {skip.path}: {skip.reason}\n")
