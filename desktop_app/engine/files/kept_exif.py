"""The EXIF data of a copy: what the original says, as far as it is still true and wanted."""

from contextlib import suppress

from PIL import ExifTags, Image

_TAG = ExifTags.Base
_KEPT = (
    _TAG.ImageDescription, _TAG.Make, _TAG.Model, _TAG.Software, _TAG.DateTime, _TAG.Artist,
    _TAG.Copyright,
)  # fmt: skip
_DROPPED: tuple[int, ...] = (
    _TAG.MakerNote,  # tied to its place in the file, and some makers write the place into it
    _TAG.UserComment,
    ExifTags.IFD.Interop,
)
_MOST_BYTES = 64_000
"""JPEG gives EXIF data one segment, of 65,533 bytes."""


def kept_exif(exif: Image.Exif, size: tuple[int, int], *, has_place: bool) -> bytes:
    """Make the EXIF data of an upright copy.

    Args:
        exif: Of the original; may be damaged.
        size: Width and height of the copy in pixels.
        has_place: Whether it may say where the picture was taken.

    Returns:
        As Pillow writes it; empty where there is nothing to say or it is damaged.
    """
    kept = Image.Exif()
    for tag in _KEPT:
        with suppress(Exception):  # spoilt data fails in many ways, as in `exif.read_exif`
            value = exif.get(tag)
            if value:
                kept[tag] = value
    with suppress(Exception):
        inner = kept.get_ifd(ExifTags.IFD.Exif)
        inner.update(exif.get_ifd(ExifTags.IFD.Exif))
        for dropped in _DROPPED:
            inner.pop(dropped, None)
        if inner:
            inner[_TAG.ExifImageWidth], inner[_TAG.ExifImageHeight] = size
    if has_place:
        with suppress(Exception):
            kept.get_ifd(ExifTags.IFD.GPSInfo).update(exif.get_ifd(ExifTags.IFD.GPSInfo))
    with suppress(Exception):
        data = kept.tobytes()
        says_something = len(kept) or kept.get_ifd(ExifTags.IFD.Exif)
        return data if says_something and len(data) <= _MOST_BYTES else b""
    return b""
