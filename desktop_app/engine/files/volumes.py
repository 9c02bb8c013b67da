"""Where the volumes of this computer are mounted, and where a folder of one may be now."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence

from desktop_app.engine.files.file_systems import mounted
from desktop_app.engine.path_style import parts_below_drive

Volumes = Callable[[], Sequence[str]]
"""Tells the mount points, such as ``/media/ann/usb`` or ``E:\\``."""


def mounted_volumes() -> list[str]:
    """The mount points of disks. Network shares are left out where asking one may hang."""
    return [disk.mount_point for disk in mounted(disks_only=True)]


Place = tuple[str, tuple[int, int]]
"""A path, and what the system knows its file or folder by, whichever path leads to it."""


def places_on_volume(path: str, volume: str) -> Iterator[Place]:
    """Where a file or folder would be if its volume was mounted elsewhere.

    How much of the path was the mount point is not known: every part of it is tried. Only places
    that are there are told.

    Args:
        path: Where it was, absolute; may be of another system.
        volume: A mount point there is now.
    """
    parts = parts_below_drive(path)
    for start in range(len(parts) + 1):
        place = os.path.join(volume, *parts[start:])
        try:
            status = os.stat(place)
        except (OSError, ValueError):  # ValueError: a name this system cannot have
            continue
        if place != path:
            yield place, (status.st_dev, status.st_ino)


def distinct_places(places: Iterable[Place]) -> list[str]:
    """Paths to different files and folders: the first one to each."""
    first: dict[tuple[int, int], str] = {}
    for path, identity in places:
        first.setdefault(identity, path)
    return list(first.values())
