"""Reads what the header of a file says of a photo; no pixel is decoded.

The names of EXIF tags: EXIF 2.32, 4.6.5 and 4.6.6.
"""

import math
from collections.abc import Mapping
from contextlib import suppress

from PIL import ExifTags, Image, ImageFile, IptcImagePlugin

from desktop_app.engine.files.exif import tidy_text
from desktop_app.engine.files.icc import profile_name
from desktop_app.engine.files.xmp import Xmp
from desktop_app.engine.records import PhotoFacts

_TAG, _GPS = ExifTags.Base, ExifTags.GPS
_KEYWORDS = (2, 25)
"""Record and number of IPTC's keywords (IIM 4.2)."""
_MOST_KEYWORDS = 200
_LONGEST_NAME = 100
_MOST = 1e9
"""More than any of these numbers can be."""


def facts_of(image: Image.Image, exif: Image.Exif) -> PhotoFacts:
    """What an opened picture says.

    Args:
        image: Just opened.
        exif: Its EXIF data.
    """
    details: Mapping[int, object] = {}
    gps: Mapping[int, object] = {}
    # Spoilt EXIF data makes Pillow fail in many ways: see `exif.read_exif`.
    with suppress(Exception):
        details = exif.get_ifd(ExifTags.IFD.Exif)
    with suppress(Exception):
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    latitude = degrees(gps.get(_GPS.GPSLatitude), gps.get(_GPS.GPSLatitudeRef), "NS", 90)
    longitude = degrees(gps.get(_GPS.GPSLongitude), gps.get(_GPS.GPSLongitudeRef), "EW", 180)
    if latitude is None or longitude is None:
        latitude = longitude = None
    profile = image.info.get("icc_profile")
    iso = positive(details.get(_TAG.ISOSpeedRatings))
    return PhotoFacts(
        exposure_s=positive(details.get(_TAG.ExposureTime)),
        f_number=positive(details.get(_TAG.FNumber)),
        iso=None if iso is None else round(iso) or None,
        focal_length_mm=positive(details.get(_TAG.FocalLength)),
        lens=tidy_text(details.get(_TAG.LensModel))[:_LONGEST_NAME] or None,
        latitude_deg=latitude,
        longitude_deg=longitude,
        altitude_m=altitude(gps.get(_GPS.GPSAltitude), gps.get(_GPS.GPSAltitudeRef)),
        colour_profile=profile_name(profile) if isinstance(profile, bytes) else None,
        keywords=_keywords(image),
    )


def number(value: object) -> float | None:
    """A number of EXIF; None for what is none, such as a fraction by 0.

    Args:
        value: What Pillow made of it: a number, a fraction, or a tuple of which the first counts.
    """
    if isinstance(value, tuple | list):
        value = value[0] if value else None
    try:
        found = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, ArithmeticError):
        return None
    return found if math.isfinite(found) and abs(found) <= _MOST else None


def positive(value: object) -> float | None:
    """A number over 0; None for what is none."""
    found = None if isinstance(value, str | bytes) else number(value)
    return found if found is not None and found > 0 else None


def degrees(value: object, reference: object, letters: str, most: float) -> float | None:
    """An angle on the globe.

    Args:
        value: Degrees, minutes and seconds.
        reference: The letter of its half.
        letters: Those of the positive and of the negative half.
        most: The largest angle, in degrees.

    Returns:
        In degrees; None if it is no such angle, or both halves are possible.
    """
    if not isinstance(value, tuple | list) or not 1 <= len(value) <= 3:
        return None
    half = reference.strip("\0 ").upper() if isinstance(reference, str) else ""
    if len(half) != 1 or half not in letters:
        return None
    angle = 0.0
    for place, part in enumerate(value):
        found = number(part)
        if found is None or found < 0:
            return None
        angle += found / 60**place
    if angle > most:
        return None
    return angle if half == letters[0] else -angle


def altitude(value: object, reference: object) -> float | None:
    """A height above the sea in metres; the reference 1 says that it is below."""
    metres = number(value)
    if metres is None or isinstance(value, str | bytes):
        return None
    return -abs(metres) if reference in (1, b"\x01", "1") else metres


def _keywords(image: Image.Image) -> tuple[str, ...]:
    found: dict[str, None] = {}
    with suppress(Exception):  # XMP that is none, and whatever comes of a spoilt TIFF
        data = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp")
        if isinstance(data, str):
            data = data.encode()
        if isinstance(data, bytes):
            found.update(dict.fromkeys(Xmp(data).keywords))
    with suppress(Exception):
        said: object = ()
        if isinstance(image, ImageFile.ImageFile):
            said = (IptcImagePlugin.getiptcinfo(image) or {}).get(_KEYWORDS, ())
        for each in said if isinstance(said, list) else [said]:
            if isinstance(each, bytes):
                found[_iptc_text(each)] = None
    tidy = [tidy_text(each)[:_LONGEST_NAME] for each in found]
    return tuple(dict.fromkeys(filter(None, tidy)))[:_MOST_KEYWORDS]


def _iptc_text(data: bytes) -> str:
    """Most programs write UTF-8, whether they say so or not; older ones the letters of Windows."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
