"""What the system says of a file beside its length and time."""

import os
import sys

from desktop_app.engine.phrases import phrase

HAS_ATTRIBUTES = sys.platform in ("win32", "darwin")
"""Whether `os.stat` tells attributes at all; Linux hides by names alone."""

CLOUD_ONLY = phrase(
    "Engine: Files", "It lies in the cloud only; it is read once it has been downloaded."
)

_RECALL_ON_OPEN = 0x0004_0000
_RECALL_ON_DATA_ACCESS = 0x0040_0000
"""https://learn.microsoft.com/windows/win32/fileio/file-attribute-constants; OneDrive, iCloud and
Dropbox set one of these or OFFLINE on what is not downloaded."""
_ON_DEMAND = 0x1000 | _RECALL_ON_OPEN | _RECALL_ON_DATA_ACCESS

_DATALESS = 0x4000_0000
"""SF_DATALESS of macOS' <sys/stat.h>: the file provider fetches the content when it is opened."""

_HIDDEN_ON_WINDOWS = 0x2
_HIDDEN_ON_MACOS = 0x8000
"""UF_HIDDEN of <sys/stat.h>."""


def is_placeholder(status: os.stat_result) -> bool:
    """Whether opening a file would fetch its content from a cloud."""
    attributes: int = getattr(status, "st_file_attributes", 0)
    flags: int = getattr(status, "st_flags", 0)
    return bool(attributes & _ON_DEMAND or flags & _DATALESS)


def is_hidden_by_system(status: os.stat_result) -> bool:
    """Whether the system does not show a file or folder to its users."""
    attributes: int = getattr(status, "st_file_attributes", 0)
    flags: int = getattr(status, "st_flags", 0)
    return bool(attributes & _HIDDEN_ON_WINDOWS or flags & _HIDDEN_ON_MACOS)
