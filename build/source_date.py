"""The one date that a build carries everywhere: that of the commit it is made of."""

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from project_file import ROOT

VARIABLE = "SOURCE_DATE_EPOCH"
"""What tools ask for a date instead of the clock: https://reproducible-builds.org."""

_EARLIEST = int(datetime(1980, 1, 1, tzinfo=UTC).timestamp())
"""A ZIP file can tell no earlier date."""


def source_date(root: Path = ROOT) -> int:
    """Seconds since 1970 that stand for the time of the build.

    Args:
        root: The checkout.

    Returns:
        What the variable says; without it the date of the commit, and without git that of the
        newest file that is packed.

    Raises:
        ValueError: The variable says no number of seconds after 1980.
    """
    given = os.environ.get(VARIABLE)
    if given is None:
        return _commit_date(root) or _newest(root)
    if not given.isascii() or not given.isdigit() or int(given) < _EARLIEST:
        raise ValueError(f"{VARIABLE} is to be a number of seconds after 1980, not {given!r}.")
    return int(given)


def _commit_date(root: Path) -> int | None:
    # A folder unpacked inside somebody else's repository must not take that one's date.
    if not (root / ".git").exists():
        return None
    try:
        result = subprocess.run(
            ["git", "log", "-1", "--format=%ct"],
            cwd=root,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return int(result.stdout) if result.stdout.strip() else None


def _newest(root: Path) -> int:
    files = [root / "pyproject.toml", *(root / "desktop_app").rglob("*.py")]
    return max(_EARLIEST, *(int(file.stat().st_mtime) for file in files if file.is_file()))
