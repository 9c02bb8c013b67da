"""The terminal's side of the program: index; other commands have their own modules."""

import argparse
import os
import sys
from collections.abc import Iterator

from desktop_app import (
    export_command,
    forget_command,
    locate_command,
    model_commands,
    search_command,
    status_command,
    watch_command,
)
from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.records import (
    IndexProgress,
    IndexSummary,
    SkipKind,
)
from desktop_app.first_run import first_run
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
        "search": search_command.run,
        "forget": forget_command.run,
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
