"""Pictures: as they are decoded, written into the catalog, and shown."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.records.files import FileStamp


@dataclass(frozen=True, slots=True)
class DecodedPicture:
    """What one decoding of a file yields.

    Attributes:
        width_px: Width of the upright picture in the file, before any reduction.
        height_px: Height of the upright picture.
        format: Pillow's name of the format, such as ``JPEG``.
        taken_at_s: When it was taken by its own EXIF data, seconds since the epoch; None if unsaid.
        utc_offset_s: How far the clock there was before UTC then; None where the time is unsaid.
        camera: Maker and model of what took it; None if unsaid.
        thumbnail: An encoded JPEG for the grid.
        pixels: The model's input before normalisation, uint8, shape ``(height, width, 3)``.
        fingerprint: A digest of parts of the file, to know it again after a move.
        content_hash: A digest of the whole file, to know exact copies.
        stamp: The file's size and time after it was read; None where it was gone by then.
        average_colour: Of all its pixels, 0xRRGGBB.
    """

    width_px: int
    height_px: int
    format: str
    taken_at_s: float | None
    utc_offset_s: int | None
    camera: str | None
    thumbnail: bytes
    pixels: NDArray[np.uint8]
    fingerprint: bytes
    content_hash: bytes
    stamp: FileStamp | None
    average_colour: int | None = None


@dataclass(frozen=True, slots=True)
class PictureDetails:
    """What the header of a picture's file says of how it was taken.

    Attributes:
        taken_at_s: When, seconds since the epoch; None if unsaid.
        utc_offset_s: How far the clock there was before UTC then; None where the time is unsaid.
        camera: Maker and model; None if unsaid.
    """

    taken_at_s: float | None
    utc_offset_s: int | None
    camera: str | None


@dataclass(frozen=True, slots=True)
class NewPicture:
    """A picture ready to be written into the catalog, with its vector.

    Attributes:
        path: Absolute path.
        stamp: Size and time of the file the vector was made from.
        width_px: Width of the upright picture.
        height_px: Height of the upright picture.
        format: Pillow's name of the format.
        taken_at_s: Seconds since the epoch, None if unsaid.
        fingerprint: Digest of parts of the file.
        vector: Unit vector, float32, shape ``(dim,)``.
        content_hash: Digest of the whole file; None where nobody has made one.
        utc_offset_s: How far the clock there was before UTC when it was taken; None stands for
            the clocks of this computer's place.
        camera: Maker and model of what took it; None if unsaid.
        average_colour: Of all its pixels, 0xRRGGBB; None where nobody has looked.
    """

    path: str
    stamp: FileStamp
    width_px: int
    height_px: int
    format: str
    taken_at_s: float | None
    fingerprint: bytes
    vector: NDArray[np.float32]
    content_hash: bytes | None = None
    utc_offset_s: int | None = None
    camera: str | None = None
    average_colour: int | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of the library, as shown to the user.

    Attributes:
        id: The catalog's id; stays the same when the file moves.
        path: Absolute path.
        stamp: Size and modification time.
        width_px: Width of the upright picture.
        height_px: Height of the upright picture.
        format: Pillow's name of the format.
        date_s: When it was taken, else when it was modified; seconds since the epoch.
        fingerprint: Digest of its content; thumbnails are kept under it.
        root_id: The root it belongs to.
        missing_since_s: Since when its file is gone while the user has not said that it may go
            from the library too; None where it is not known to be gone.
        camera: Maker and model of what took it; None where that is not known.
        utc_offset_s: How far the clock that the date is of was before UTC; None where that is
            not known.
        is_date_from_file: Whether the picture itself does not say when it was taken.
        is_offline: Whether its root, or the drive below it, cannot be reached now.
    """

    id: int
    path: str
    stamp: FileStamp
    width_px: int
    height_px: int
    format: str
    date_s: float
    fingerprint: bytes
    root_id: int = 0
    missing_since_s: float | None = None
    camera: str | None = None
    utc_offset_s: int | None = None
    is_date_from_file: bool = False
    is_offline: bool = False
