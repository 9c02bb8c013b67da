"""SQL about what lies at a path or below it."""

import os

from desktop_app.engine.store.storable import as_text

AT_OR_BELOW = "(path = ? OR (path > ? AND path < ?))"
"""A condition whose parameters `range_below` gives: two ranges of an index on paths.

A plus sign before other columns, as in ``+root_id = ?``, keeps SQLite from taking their index
instead, which for a single file would lead through the whole root.
"""


def range_below(place: str) -> tuple[str, str, str]:
    """The path itself, and two texts between which all paths below it lie."""
    folder = place.rstrip(os.sep) + os.sep
    return as_text(place), as_text(folder), as_text(folder[:-1] + chr(ord(os.sep) + 1))
