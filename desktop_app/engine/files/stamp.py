"""What tells, without reading it, that a file is still the same."""

import os

from desktop_app.engine.records import FileStamp


def stamp_now(path: str) -> FileStamp | None:
    """The stamp that a file has now; None where there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return FileStamp(status.st_size, status.st_mtime_ns)
