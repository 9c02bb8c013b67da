"""Files as other programs take them from the clipboard or a drag."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QImage

MOST_FILES = 10_000
"""Of one copy or drag: what takes more of them at once takes minutes over it."""

URI_LIST, GNOME = "text/uri-list", "x-special/gnome-copied-files"


@dataclass(frozen=True, slots=True)
class PackedFiles:
    """Paths in the forms that programs ask for, made off the window's thread.

    Attributes:
        count: How many there are.
        left_out: How many were too many.
        uris: As RFC 2483 says, one a line.
        text: The paths, one a line.
    """

    count: int
    left_out: int
    uris: bytes
    text: str


def pack(paths: Sequence[str], left_out: int = 0) -> PackedFiles:
    """Put paths into these forms; 30 ms for 10,000 of them."""
    uris = "\r\n".join(map(file_uri, paths)).encode()
    return PackedFiles(len(paths), left_out, uris, "\n".join(paths))


def file_uri(path: str) -> str:
    """A path as RFC 8089 says."""
    path = path.replace(os.sep, "/")
    if path.startswith("//"):  # a share of Windows: its server is the host
        return "file:" + quote(os.fsencode(path))
    return "file://" + ("" if path.startswith("/") else "/") + quote(os.fsencode(path), "/:")


def mime_of(files: PackedFiles, image: QImage | None = None) -> QMimeData:
    """What goes on the clipboard or into a drag.

    Args:
        files: The files.
        image: Their picture, if they are one.
    """
    mime = QMimeData()
    mime.setData(URI_LIST, QByteArray(files.uris))
    mime.setData(GNOME, QByteArray(b"copy\n" + files.uris.replace(b"\r\n", b"\n")))
    mime.setText(files.text)
    if image is not None and not image.isNull():
        mime.setImageData(image)
    return mime
