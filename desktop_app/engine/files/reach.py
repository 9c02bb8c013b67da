"""Whether a folder or file that was added can be reached now."""

import os
from collections.abc import Collection

NOT_THERE = "It is not there, or its drive is not connected."
NO_DRIVE = "The drive that was here is not connected."
NOT_READABLE = "You may not read it."


def unreachable_reason(
    path: str, mounts: Collection[str] = (), *, is_listed: bool = False
) -> str | None:
    """Why nothing can be said about the files of a root now; None where it can be reached.

    Asks the disk, which may take long where a network drive does not answer.

    Args:
        path: The root.
        mounts: Folders that were other drives when the root was last scanned.
        is_listed: Whether to try and list a folder too: a permission that is lost shows only then.

    Returns:
        One plain sentence.
    """
    if not os.path.lexists(path):
        return NOT_THERE
    if path in mounts and not os.path.ismount(path):
        return NO_DRIVE
    if is_listed and os.path.isdir(path):
        try:
            with os.scandir(path) as entries:
                next(entries, None)
        except PermissionError:
            return NOT_READABLE
        except OSError as error:
            return f"It cannot be read ({error.strerror})."
    return None


def lost_mounts(mounts: Collection[str], seen: Collection[str]) -> list[str]:
    """The folders that were other drives and are not any more.

    Args:
        mounts: Those of the last scan.
        seen: Those of this one.
    """
    return sorted(set(mounts) - set(seen))
