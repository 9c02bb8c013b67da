"""The terminal's side of a damaged library."""

import argparse
import sys

from desktop_app.engine import mending
from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import StoreError, UserFacingError
from desktop_app.engine.paths import DataPaths
from desktop_app.terminal import ask, cancelled_by_interrupt, day_and_time, say


def run(options: argparse.Namespace, paths: DataPaths) -> int:
    """Carry out ``restore``.

    Args:
        options: Parsed arguments.
        paths: Where the library lies.

    Returns:
        Exit code.

    Raises:
        UserFacingError: If there is nothing to restore, or it cannot be done.
    """
    backup = mending.newest_backup(paths)
    is_whole = _is_whole(paths, must_know=backup is None)
    if backup is None:
        if is_whole:
            mending.require_unused(paths)  # who has it open may be about to make the first backup
            raise UserFacingError(
                "There is no backup of this library, and its file shows no damage.",
                "Nothing was changed.",
            )
        question = (
            f"There is no backup of the library in {paths.data}. Set its file aside and begin "
            "with an empty library?"
        )
        done = "The library is empty now. Add your folders again with `image-seeker index`."
    else:
        of = f"the backup of {day_and_time(backup.made_at_s)} with {backup.pictures} pictures"
        question = f"Put {of} in the place of the library in {paths.data}?"
        if is_whole:
            question = (
                "The library shows no damage; what it has and the backup has not will be missing. "
                f"{question}"
            )
        done = f"Restored {of}. `image-seeker index` adds what has come since."
    if not options.yes and not ask(f"{question} The present file is kept."):
        say("Nothing was changed.")
        return 1
    aside = mending.restore(paths, backup)
    sys.stdout.write(f"{done}\n")
    if aside is not None:
        sys.stdout.write(f"The former file is kept as {aside}\n")
    return 0


def _is_whole(paths: DataPaths, *, must_know: bool) -> bool:
    """Whether the library shows no damage; False where nobody can tell and need not know."""
    cancel = CancelToken()
    try:
        with cancelled_by_interrupt(cancel):
            return mending.is_whole(paths, cancel)
    except StoreError:
        if must_know:
            raise
        return False
