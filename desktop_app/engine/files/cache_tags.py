"""Tells folders in which other programs keep what they can make again, such as thumbnails.

A program says so by a file ``CACHEDIR.TAG`` with a signature: https://bford.info/cachedir/.
"""

import os
import stat
from contextlib import suppress

TAG_NAME = "CACHEDIR.TAG"
_SIGNATURE = b"Signature: 8a477f597d28d172789f06886806bc55"
_OUR_TAG = (
    _SIGNATURE
    + b"""
# This file is a cache directory tag created by Image Seeker.
# For information about cache directory tags, see https://bford.info/cachedir/
"""
)


def is_cache(folder: str) -> bool:
    """Whether a folder says that it is a cache; False where nobody can tell, or it is no folder."""
    tag = os.path.join(folder, TAG_NAME)
    try:
        # By the standard a link is no tag; and opening a pipe would wait for ever.
        return stat.S_ISREG(os.lstat(tag).st_mode) and _is_signed(tag)
    except OSError:
        return False


class CacheFolders:
    """Remembers which folders are caches, so that each is asked once."""

    def __init__(self) -> None:
        self._known: dict[str, bool] = {}

    def hold(self, path: str, root: str) -> bool:
        """Whether a path is, or lies in, a cache below a root. The root itself may be anything.

        Args:
            path: Absolute path of a file or folder, at the root or below it.
            root: Absolute path.
        """
        while len(path) > len(root):
            is_one = self._known.get(path)
            if is_one is None:
                is_one = self._known[path] = is_cache(path)
            if is_one:
                return True
            path = os.path.dirname(path)
        return False


def write_tag(folder: str) -> None:
    """Say of a folder that it is a cache, unless it says so already or the disk refuses."""
    tag = os.path.join(folder, TAG_NAME)
    try:
        with open(tag, "xb") as file:
            file.write(_OUR_TAG)
    except FileExistsError:
        return
    except OSError:
        with suppress(OSError):  # half a tag is none, and would be in the way of a whole one
            os.unlink(tag)


def _is_signed(tag: str) -> bool:
    with open(tag, "rb", buffering=0) as file:
        return file.read(len(_SIGNATURE)) == _SIGNATURE
