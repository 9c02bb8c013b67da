"""Which files may be pictures, by their name and by their first bytes."""

import re
from itertools import chain

_EXTENSIONS = {
    "JPEG": (".jpg", ".jpeg", ".jpe", ".jfif", ".mpo"),
    "PNG": (".png", ".apng"),
    "WEBP": (".webp",),
    "GIF": (".gif",),
    "BMP": (".bmp",),
    "TIFF": (".tif", ".tiff"),
    "AVIF": (".avif", ".avifs"),
    "JPEG2000": (".jp2", ".j2k", ".j2c", ".jpc", ".jpf", ".jpx"),
    "ICO": (".ico",),
    "PPM": (".ppm", ".pgm", ".pbm", ".pnm"),
}

PILLOW_FORMATS = tuple(_EXTENSIONS)
"""What is read, in the order it is tried. Nothing else: Pillow's EPS reader starts Ghostscript."""

PICTURE_EXTENSIONS = frozenset(chain.from_iterable(_EXTENSIONS.values()))
"""In lower case, with the dot."""

_HEIF = (".heic", ".heif", ".jxl")
_RAW = (".arw", ".cr2", ".cr3", ".dng", ".nef", ".nrw", ".orf", ".pef", ".raf", ".rw2", ".srw")

UNSUPPORTED_EXTENSIONS = frozenset(_HEIF + _RAW)
"""Pictures that cannot be read yet. Camera raw files begin like TIFF but would come out damaged."""

_SIDECAR = ".xmp"

SIGNATURE_BYTES = 128
"""How much of the beginning of a file `looks_like_picture` wants to see."""

_FIXED = (
    b"\xff\xd8\xff",  # JPEG
    b"\x89PNG\r\n\x1a\n",
    b"GIF87a",
    b"GIF89a",
    b"II\x2a\x00",  # TIFF, and the same for files over 4 GB
    b"MM\x00\x2a",
    b"II\x2b\x00",
    b"MM\x00\x2b",
    b"\x00\x00\x00\x0cjP  \r\n\x87\n",  # JPEG 2000
    b"\xff\x4f\xff\x51",
)
_PORTABLE = re.compile(rb"P[1-6]\s+(?:#[^\n]*\n\s*)*\d+\s+(?:#[^\n]*\n\s*)*\d+\s")
_BMP_HEADER_BYTES = (12, 16, 40, 52, 56, 64, 108, 124)
_ICON_MAX_FRAMES = 64


def is_sidecar(name: str) -> bool:
    """Whether a file lies beside a picture and holds its labels: nobody expects it to be one.

    Such files are passed over like hidden ones. There may be as many as pictures, and this program
    writes them itself where the user has switched that on.
    """
    return name[-4:].lower() == _SIDECAR


def looks_like_picture(head: bytes) -> bool:
    """Whether a file begins like a picture of a format that is read.

    The formats whose mark is only two letters or a few zeros are looked at more closely, so that
    a text that happens to begin with ``BM`` is not taken for a damaged picture.

    Args:
        head: The first `SIGNATURE_BYTES` of the file, or all of it.
    """
    if head.startswith(_FIXED):
        return True
    if head[:4] == b"RIFF":
        return head[8:12] == b"WEBP"
    if head[4:8] == b"ftyp":
        return _is_avif(head)
    if head[:2] == b"BM":
        return int.from_bytes(head[14:18], "little") in _BMP_HEADER_BYTES
    if is_icon(head):
        frames = int.from_bytes(head[4:6], "little")
        return 0 < frames <= _ICON_MAX_FRAMES and head[9:10] == b"\x00"
    return _PORTABLE.match(head) is not None


def is_icon(head: bytes) -> bool:
    """Whether Pillow would take this for a Windows icon."""
    return head[:4] == b"\x00\x00\x01\x00"


def _is_avif(head: bytes) -> bool:
    """Whether the brands of an ISO media file name AVIF; a HEIC picture begins the same way."""
    brands = head[8 : max(int.from_bytes(head[:4], "big"), 12)]
    return any(brands[at : at + 4] in (b"avif", b"avis") for at in range(0, len(brands), 4))
