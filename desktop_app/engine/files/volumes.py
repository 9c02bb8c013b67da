"""Where the volumes of this computer are mounted, and where a folder of one may be now."""

import os
from collections.abc import Callable, Iterator, Sequence

from desktop_app.engine.files.file_systems import mounted
from desktop_app.engine.path_style import parts_below_drive

Volumes = Callable[[], Sequence[str]]
"""Tells the mount points, such as ``/media/ann/usb`` or ``E:\\``."""


def mounted_volumes() -> list[str]:
    """The mount points of disks. Network shares are left out where asking one may hang."""
    return [disk.mount_point for disk in mounted(disks_only=True)]


def places_on_volumes(path: str, volumes: Sequence[str]) -> Iterator[str]:
    """Where a file or folder would be if its volume was mounted elsewhere.

    How much of the path was the mount point is not known: every part of it is tried. Only places
    that are there are told, each once, however many paths lead to it.

    Args:
        path: Where it was, absolute; may be of another system.
        volumes: The mount points there are now.
    """
    parts = parts_below_drive(path)
    seen: set[tuple[int, int]] = set()
    for volume in volumes:
        for start in range(len(parts) + 1):
            place = os.path.join(volume, *parts[start:])
            try:
                status = os.stat(place)
            except (OSError, ValueError):  # ValueError: a name this system cannot have
                continue
            identity = (status.st_dev, status.st_ino)
            if place != path and identity not in seen:
                seen.add(identity)
                yield place
