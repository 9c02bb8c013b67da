"""What a picture's own EXIF data says: which way is up, and when it was taken."""

from contextlib import suppress
from datetime import datetime
from typing import Final

from PIL import ExifTags, Image

_UPRIGHT: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""By orientation tag (EXIF 2.32, 4.6.4 A): what turns the stored pixels upright."""

_FIRST_YEAR = 1826
"""Of the oldest photograph that survives. Scans of old prints carry the date of the print."""
_LAST_YEAR = 2099


def read_exif(image: Image.Image) -> Image.Exif:
    """The EXIF data of a loaded picture; empty where there is none or it is damaged.

    TIFF is turned upright by Pillow while loading and says so only afterwards, hence *loaded*.
    """
    # A picture with spoilt EXIF data is still a picture. Pillow fails in many ways there:
    # SyntaxError, struct.error, KeyError, TypeError.
    with suppress(Exception):
        return image.getexif()
    return Image.Exif()


def upright_method(exif: Image.Exif) -> Image.Transpose | None:
    """How to turn the stored pixels upright; None if they are."""
    with suppress(Exception):  # as in `read_exif`: the tag's value is parsed only now
        orientation = exif.get(ExifTags.Base.Orientation)
        if isinstance(orientation, int):
            return _UPRIGHT.get(orientation)
    return None


def taken_at_s(exif: Image.Exif) -> float | None:
    """When the picture was taken, seconds since the epoch; None if unsaid or nonsense."""
    with suppress(Exception):  # as in `read_exif`
        details = exif.get_ifd(ExifTags.IFD.Exif)
        return parse_time(
            details.get(ExifTags.Base.DateTimeOriginal),
            details.get(ExifTags.Base.OffsetTimeOriginal),
        )
    return None


def parse_time(written: object, offset: object) -> float | None:
    """Read an EXIF time.

    Args:
        written: Such as ``2023:02:12 10:30:00``.
        offset: Its distance from UTC, such as ``+02:00``; anything unreadable means the time
            zone of this computer.

    Returns:
        Seconds since the epoch; None if it is no time or not within two centuries.
    """
    if not isinstance(written, str):
        return None
    moment = _parse(written.strip("\0 "), "%Y:%m:%d %H:%M:%S")
    if moment is None or not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        return None
    if isinstance(offset, str):
        zone = _parse(offset.strip("\0 "), "%z")
        moment = moment.replace(tzinfo=zone.tzinfo if zone else None)
    # Windows cannot convert local times before 1970.
    with suppress(OSError, OverflowError):
        return moment.timestamp()
    return None


def _parse(text: str, layout: str) -> datetime | None:
    try:
        return datetime.strptime(text, layout)
    except ValueError:
        return None
