"""Makes names in a folder last."""

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Make the new names last through a power cut, where folders can be synced at all."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
