"""The terminal's side of taking folders out of the library."""

import argparse
import os
import sys
import time
from dataclasses import dataclass

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError, UserFacingError
from desktop_app.engine.library import Library
from desktop_app.engine.records import Root
from desktop_app.terminal import (
    OpenLibrary,
    cancelled_by_interrupt,
    progress_line,
    say,
    write_json,
)


@dataclass(slots=True)
class _Forgotten:
    """What became of one folder.

    Attributes:
        path: The folder.
        pictures: How many of its pictures left the library.
        left: How many are still in it, because it was stopped.
    """

    path: str
    pictures: int
    left: int


def run(options: argparse.Namespace, open_library: OpenLibrary) -> int:
    """Carry out ``forget``.

    Args:
        options: Parsed arguments.
        open_library: Opens the library.

    Returns:
        Exit code.

    Raises:
        UserFacingError: If a folder is not in the library, or the library cannot be written.
    """
    library = open_library()
    started_s = time.monotonic()
    forgotten: list[_Forgotten] = []
    is_stopped = False
    try:
        for root in _roots_named(library, options.paths):
            one = _Forgotten(root.path, 0, root.picture_count)
            forgotten.append(one)
            _forget(library, root.id, one)
            if not options.json:
                sys.stdout.write(f"{one.path}: {one.pictures} pictures forgotten\n")
    except CancelledError:
        is_stopped = True
    finally:
        library.close()
    if options.json:
        write_json(
            {
                "folders": [
                    {"path": one.path, "forgotten": one.pictures, "left": one.left}
                    for one in forgotten
                ],
                "seconds": round(time.monotonic() - started_s, 3),
            }
        )
    if is_stopped:
        say("Stopped. The same command goes on there.")
    return int(is_stopped)


def _roots_named(library: Library, paths: list[str]) -> list[Root]:
    """The folders given, each once.

    Raises:
        UserFacingError: If the library does not have them all; then none is to be forgotten.
    """
    roots = {root.path: root for root in library.roots()}
    given = [os.path.abspath(os.path.expanduser(path)) for path in paths]
    unknown = [path for path in given if path not in roots]
    if unknown:
        raise UserFacingError(
            f"The library has no folder {', '.join(unknown)}.",
            "`image-seeker status` names those it has.",
        )
    return [roots[path] for path in dict.fromkeys(given)]


def _forget(library: Library, root_id: int, one: _Forgotten) -> None:
    """Forget a folder, note how many pictures have left, and show how far it is.

    Raises:
        CancelledError: If it was stopped.
    """
    cancel = CancelToken()
    with cancelled_by_interrupt(cancel), progress_line() as line:
        for report in library.forget_root(root_id, cancel):
            one.pictures, one.left = report.done, report.total - report.done
            line.show(f"Forgetting {report.done} / {report.total}")
