"""What a picture's own EXIF data says: which way is up, when it was taken and with what."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PIL import ExifTags, Image

from desktop_app.engine.records import PictureDetails

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

_TAG = ExifTags.Base
_DIGITS = re.compile("[0-9]{1,9}")

_COMPANY = (
    "ag", "camera", "co", "company", "corp", "corporation", "electronics", "gmbh", "imaging",
    "inc", "limited", "ltd", "optical", "technologies", "techwin",
)  # fmt: skip
"""What makers write behind their names."""

_LONGEST_NAME = 100
"""Characters; spoilt data may hold anything."""

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


def details_of(exif: Image.Exif) -> PictureDetails:
    """When the picture was taken and with what; None for what is unsaid or nonsense."""
    camera, moment = None, None
    details: Mapping[int, object] = {}
    with suppress(Exception):  # as in `read_exif`
        camera = camera_name(exif.get(ExifTags.Base.Make), exif.get(ExifTags.Base.Model))
    with suppress(Exception):
        details = exif.get_ifd(ExifTags.IFD.Exif)
    with suppress(Exception):
        moment = _moment(exif, details)
    if moment is None:
        return PictureDetails(None, None, camera)
    return PictureDetails(moment.at_s, moment.utc_offset_s, camera)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as EXIF tells it.

    Attributes:
        at_s: Seconds since the epoch.
        utc_offset_s: How far the clock there was before UTC.
    """

    at_s: float
    utc_offset_s: int


def parse_time(written: object, offset: object, fraction: object = None) -> Moment | None:
    """Read an EXIF time.

    Args:
        written: Such as ``2023:02:12 10:30:00``.
        offset: Its distance from UTC, such as ``+02:00``; anything unreadable means the time
            zone of this computer.
        fraction: The digits of its seconds behind the point, such as ``045``.

    Returns:
        None if it is no time or not within two centuries.
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
        there = moment.astimezone() if moment.tzinfo is None else moment
        distance = there.utcoffset()
        if distance is not None:
            return Moment(there.timestamp() + _fraction(fraction), round(distance.total_seconds()))
    return None


def camera_name(maker: object, model: object) -> str | None:
    """What a camera is called: its maker, once, and its model.

    Args:
        maker: Such as ``NIKON CORPORATION``; many models begin with it.
        model: Such as ``NIKON D750``.
    """
    made_by, called = tidy_text(maker), tidy_text(model)
    makers = made_by.split()
    while len(makers) > 1 and makers[-1].strip(".,").lower() in _COMPANY:
        makers.pop()
    if makers and called:
        first = called.split()[0].lower()
        if first in (word.lower() for word in makers):
            makers = []
    name = " ".join([*makers, called]).strip()
    if name.islower():
        name = name.title()
    elif makers and makers[0].islower():
        name = name[0].upper() + name[1:]
    return name[:_LONGEST_NAME] or None


def _moment(exif: Image.Exif, details: Mapping[int, object]) -> Moment | None:
    """The first time that can be read: of the exposure, of the scan, of the file's last change.

    The names of these tags and of those beside them: EXIF 2.32, 4.6.5 F.
    """
    for source, written, offset, fraction in (
        (details, _TAG.DateTimeOriginal, _TAG.OffsetTimeOriginal, _TAG.SubsecTimeOriginal),
        (details, _TAG.DateTimeDigitized, _TAG.OffsetTimeDigitized, _TAG.SubsecTimeDigitized),
        (exif, _TAG.DateTime, _TAG.OffsetTime, _TAG.SubsecTime),
    ):
        moment = parse_time(source.get(written), details.get(offset), details.get(fraction))
        if moment is not None:
            return moment
    return None


def _fraction(digits: object) -> float:
    text = digits.strip("\0 ") if isinstance(digits, str) else ""
    return float(f"0.{text}") if _DIGITS.fullmatch(text) else 0.0


def tidy_text(text: object) -> str:
    """A text of the camera's, without what cannot be seen."""
    if not isinstance(text, str):
        return ""
    seen = "".join(one if one.isprintable() else " " for one in text)
    return " ".join(seen.split())


def _parse(text: str, layout: str) -> datetime | None:
    try:
        return datetime.strptime(text, layout)
    except ValueError:
        return None
