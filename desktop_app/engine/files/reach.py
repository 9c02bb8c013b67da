"""Whether a folder or file that was added can be reached now.

Drives are told by their mount points, which every scan notes: an unplugged drive and an emptied or
deleted folder look alike otherwise. All of this asks the disk, which may take long where a network
drive does not answer.
"""

import os
from collections.abc import Callable, Collection

from desktop_app.engine.paths import is_below
from desktop_app.engine.phrases import phrase

NOT_THERE = phrase(
    "Engine: Files",
    "It is not there: it was moved or deleted, or its drive is not connected.",
)
NO_DRIVE = phrase("Engine: Files", "The drive that was here is not connected.")
NOT_READABLE = phrase("Engine: Files", "You may not read it.")
NO_ANSWER = phrase("Engine: Files", "It does not answer; a network drive may be gone.")


def unreachable_reason(
    path: str,
    mounts: Collection[str] = (),
    *,
    is_listed: bool = False,
    asked: Callable[[str], None] = lambda _place: None,
) -> str | None:
    """Why nothing can be said about the files of a root now; None where it can be reached.

    Args:
        path: The root.
        mounts: Where other drives were when the root was last scanned.
        is_listed: Whether to try and list a folder too: a permission that is lost shows only then.
        asked: Told what is asked for next.

    Returns:
        One plain sentence.
    """
    if any(is_below(path, place) for place in lost_drives(mounts, asked)):
        return NO_DRIVE
    asked(path)
    if not os.path.lexists(path):
        return NOT_THERE
    if is_listed and os.path.isdir(path):
        try:
            with os.scandir(path) as entries:
                next(entries, None)
        except PermissionError:
            return NOT_READABLE
        except OSError as error:
            return phrase("Engine: Files", "It cannot be read ({reason}).").format(
                reason=error.strerror
            )
    return None


def is_out_of_reach(offline: Collection[int | str], root_id: int, path: str) -> bool:
    """Whether a picture lies where nothing can be reached now.

    Args:
        offline: The ids of roots, and the paths of drives below roots, that cannot be reached.
        root_id: The picture's root.
        path: Its file.
    """
    return root_id in offline or any(
        is_below(path, place) for place in offline if isinstance(place, str)
    )


def lost_drives(
    mounts: Collection[str], asked: Callable[[str], None] = lambda _place: None
) -> list[str]:
    """The places where other drives were mounted and are not now, in order.

    Args:
        mounts: These places.
        asked: Told what is asked for next.
    """
    lost = []
    for place in sorted(mounts):
        asked(place)
        if not os.path.ismount(place):
            lost.append(place)
    return lost


def mount_above(path: str) -> str | None:
    """The mount point of the drive that a path lies on; None where it is the system's own."""
    place = os.path.abspath(path)
    while not os.path.ismount(place):
        parent = os.path.dirname(place)
        if parent == place:
            return None
        place = parent
    home = os.path.abspath(os.path.expanduser("~"))
    # The root of the file system, and the drive that has the user's own folder, never go.
    is_system = place == os.path.dirname(place) and is_below(home, place)
    return None if is_system else place


def has_entries(folder: str) -> bool:
    """Whether a folder can be listed and holds something; an empty one may be a mount point."""
    try:
        with os.scandir(folder) as entries:
            return next(entries, None) is not None
    except OSError:
        return False
