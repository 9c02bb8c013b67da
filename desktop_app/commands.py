"""The terminal's side of the program: index, search and forget; others have their own modules."""

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from desktop_app import (
    export_command,
    locate_command,
    model_commands,
    status_command,
    watch_command,
)
from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError, ModelError, QueryError, UserFacingError
from desktop_app.engine.library import Library
from desktop_app.engine.records import (
    IndexProgress,
    IndexSummary,
    Query,
    SkipKind,
)
from desktop_app.first_run import first_run
from desktop_app.model_tables import display_title
from desktop_app.terminal import (
    OpenLibrary,
    cancelled_by_interrupt,
    clock,
    progress_line,
    say,
    skip_dicts,
    write_json,
)

_FEW = 10
"""Files that are no pictures and are named each; more are counted, or they would hide failures."""


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
        "export": export_command.run,
        "locate": locate_command.run,
        "status": status_command.run,
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
    if options.watch:
        shown = watch_command.RunReports(_follow, _summary_dict, _write_summary)
        return watch_command.run(options, open_library, shown)
    library = open_library()
    cancel = CancelToken()
    try:
        with cancelled_by_interrupt(cancel):
            summary = _follow(first_run(library, options, cancel))
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
        _check_prepared(library, getattr(options, "model", None) is not None)
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


def _check_prepared(library: Library, is_given: bool) -> None:
    """Tell what a search cannot find: another model may have looked at the pictures, not this one.

    Args:
        library: Where to search.
        is_given: Whether the model is given with ``--model``.

    Raises:
        ModelError: If it can find nothing at all.
    """
    unprepared = library.unprepared()
    if not unprepared:
        return
    info = library.warm_up()
    title = display_title(info.name, is_builtin=info.is_builtin)
    command = "`image-seeker index` with the same --model" if is_given else "`image-seeker index`"
    pictures = len(library.picture_ids())
    if unprepared == pictures:
        raise ModelError(f"No picture is prepared for {title}.", f"Run {command} first.")
    say(
        f"{unprepared} of {pictures} pictures are not prepared for {title} and cannot be found. "
        f"Run {command} first."
    )


def _forget(options: argparse.Namespace, open_library: OpenLibrary) -> int:
    library = open_library()
    cancel = CancelToken()
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
            _follow_forgetting(library, roots[path].id, cancel)
            sys.stdout.write(f"{path}: {roots[path].picture_count} pictures forgotten\n")
    except CancelledError:
        say("Stopped. The same command goes on there.")
        return 1
    finally:
        library.close()
    return 0


def _follow_forgetting(library: Library, root_id: int, cancel: CancelToken) -> None:
    """Forget a folder and show how far it is.

    Raises:
        CancelledError: If it was stopped.
    """
    with cancelled_by_interrupt(cancel), progress_line() as line:
        for report in library.forget_root(root_id, cancel):
            line.show(f"Forgetting {report.done} / {report.total}")


def _read_picture(path: Path) -> bytes:
    try:
        return Path(os.path.expanduser(path)).read_bytes()
    except OSError as error:
        raise QueryError(
            f"The picture {path} cannot be read ({error.strerror}).", "Check the name."
        ) from error


def _progress_text(progress: IndexProgress) -> str:
    if progress.note:
        return progress.note
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
        "held_back": [
            {"path": held.path, "missing": held.missing, "of": held.of}
            for held in summary.held_back
        ],
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
    others = [skip for skip in summary.skipped if skip.kind is SkipKind.NOT_A_PICTURE]
    for skip in (*summary.failed, *summary.skipped):
        if len(others) <= _FEW or skip.kind is not SkipKind.NOT_A_PICTURE:
            sys.stdout.write(f"  {skip.path}: {skip.reason}\n")
    if len(others) > _FEW:
        sys.stdout.write(f"  {len(others)} other files are no pictures.\n")
    for held in summary.held_back:
        sys.stdout.write(
            f"{held.missing} of {held.of} pictures are gone from {held.path}. They stay in the "
            "library until you run `image-seeker index --confirm-removals`.\n"
        )
