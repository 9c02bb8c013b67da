"""The terminal's side of folders that lie elsewhere now."""

import argparse
import os
import sys
import time

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError, UserFacingError
from desktop_app.engine.library import Library
from desktop_app.terminal import OpenLibrary, cancelled_by_interrupt, say, write_json


def run(options: argparse.Namespace, open_library: OpenLibrary) -> int:
    """Carry out ``locate``.

    Args:
        options: Parsed arguments.
        open_library: Opens the library.

    Returns:
        Exit code.

    Raises:
        UserFacingError: If the pictures are not there, or the library cannot be written.
    """
    library = open_library()
    started_s = time.monotonic()
    try:
        roots = {root.path: root for root in library.roots()}
        # As it was written first: a path of another system means nothing to this one.
        root = roots.get(options.old) or roots.get(os.path.abspath(os.path.expanduser(options.old)))
        if root is None:
            raise UserFacingError(
                f"The library has no folder {options.old}.",
                "`image-seeker status` names those it has.",
            )
        cancel = CancelToken()
        with cancelled_by_interrupt(cancel):
            count = library.locate_root(root.id, options.new, cancel)
    except CancelledError:
        say("Stopped. Nothing was changed.")
        return 1
    finally:
        library.close()
    new = os.path.abspath(os.path.expanduser(options.new))
    if options.json:
        write_json(
            {
                "old": root.path,
                "new": new,
                "pictures": count,
                "seconds": round(time.monotonic() - started_s, 3),
            }
        )
    else:
        sys.stdout.write(f"{new}: {count} pictures, found again\n")
    return 0


def follow_moved(library: Library) -> None:
    """Note and tell which folders have come back elsewhere."""
    for moved in library.follow_moved_roots():
        say(f"{moved.old} is at {moved.new} now.")
