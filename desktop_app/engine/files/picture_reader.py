"""Opens a picture with Pillow: within limits, upright, in RGB, no larger than needed.

A JPEG is decoded at 1/2, 1/4 or 1/8 of its size where that is enough (libjpeg's scaled inverse
DCT), which for a photo of 12 megapixels takes a third of the time.
"""

import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, UnidentifiedImageError

from desktop_app.engine.files.attributes import CLOUD_ONLY, is_placeholder
from desktop_app.engine.files.average_colour import average_colour
from desktop_app.engine.files.exif import details_of, read_exif, upright_method
from desktop_app.engine.files.fingerprint import content_hash_of, fingerprint_of
from desktop_app.engine.files.icons import largest_frame
from desktop_app.engine.files.kept_exif import kept_exif
from desktop_app.engine.files.photo_facts import facts_of
from desktop_app.engine.files.pillow_warnings import SilencedPillow
from desktop_app.engine.files.pixel_modes import to_rgb
from desktop_app.engine.files.signatures import (
    PILLOW_FORMATS,
    SIGNATURE_BYTES,
    is_icon,
    looks_like_picture,
)
from desktop_app.engine.files.stamp import stamp_now
from desktop_app.engine.phrases import phrase
from desktop_app.engine.protocols import PictureResizer
from desktop_app.engine.records import (
    CopyForm,
    DecodedPicture,
    KeptDetails,
    PhotoFacts,
    PictureCopy,
    PictureDetails,
    SkipKind,
)

THUMBNAIL_SHORT_SIDE_PX = 320
THUMBNAIL_LONG_SIDE_PX = 640
_NARROW_SIDE_PX = 160
"""A panorama keeps so much of its shorter side, or its middle would fill a cell as a blur."""
_PANORAMA_SIDE_PX = 2560
_THUMBNAIL_QUALITY = 80
_PREVIEW_QUALITY = 90

_HEADROOM = 1.5
"""How many times the model's side a reduced picture must at least have. Measured on photographs
against resizing the full picture: 42.6 dB at 1.5, 46.4 dB at 2 (JPEG itself costs more); a photo
of 12 megapixels takes 34 ms of CPU at 1.5 and 46 ms at 2, where 1/8 no longer reaches 224 px."""

DAMAGED = phrase("Engine: Files", "The file is cut short or damaged.")
EMPTY = phrase("Engine: Files", "The file is empty.")
NOT_A_PICTURE = phrase("Engine: Files", "Its content is not a picture.")
OUT_OF_MEMORY = phrase("Engine: Files", "Reading it took more memory than allowed.")

# Pillow's own limit knows neither reduced decoding nor our setting; `check_size` stands for it.
Image.MAX_IMAGE_PIXELS = None

SILENCED = SilencedPillow()
"""One for all: two would put back each other's filters."""

_SWAPS_SIDES = (
    Image.Transpose.ROTATE_90,
    Image.Transpose.ROTATE_270,
    Image.Transpose.TRANSPOSE,
    Image.Transpose.TRANSVERSE,
)

Reduction = Callable[[tuple[int, int]], int]
"""From a picture's size to how many times it may be shrunk; below 1 means not at all."""


@dataclass(frozen=True, slots=True)
class DecodeLimits:
    """What one file may cost.

    Attributes:
        pixels: Pixels to decode at most, after the reduction that JPEG allows.
        timeout_s: Seconds for one file in a decoder process.
        memory_bytes: Resident memory of a decoder process.
    """

    pixels: int = 200_000_000
    timeout_s: float = 30.0
    memory_bytes: int = 1536 * 1024 * 1024


class UndecodableError(Exception):
    """A file that cannot be shown as a picture.

    Attributes:
        kind: The class of reason.
        reason: One plain sentence for the user.
    """

    def __init__(self, kind: SkipKind, reason: str) -> None:
        super().__init__(kind, reason)
        self.kind = kind
        self.reason = reason


@dataclass(frozen=True, slots=True)
class UprightPicture:
    """A decoded picture in RGB and what its file says of it; the sizes are those before reduction.

    Attributes:
        image: Upright, mode RGB, in sRGB.
        width_px: Width of the upright picture in the file.
        height_px: Height of the upright picture in the file.
        format: Pillow's name of the format.
        details: What its header says.
        exif: Its EXIF data as they are.
    """

    image: Image.Image
    width_px: int
    height_px: int
    format: str
    details: PictureDetails
    exif: Image.Exif


def read_picture(
    path: str, resizer: PictureResizer, min_side_px: int, limits: DecodeLimits
) -> DecodedPicture:
    """Decode a file once, for the grid and for the model.

    Args:
        path: The file.
        resizer: Makes the model's input.
        min_side_px: Shorter side, in pixels, that the resizer wants at least.
        limits: Only `DecodeLimits.pixels` is looked at; time and memory are `Decoder`'s to watch.

    Raises:
        UndecodableError: If it is no picture, damaged, too large or cannot be read.
    """
    with plain_errors(), opened_file(path) as file:
        digest = fingerprint_of(file)
        upright = decode_upright(file, _down_to(min_side_px), limits)
        small = _thumbnail_size(upright.image)
        thumbnail = _encode_jpeg(small, _THUMBNAIL_QUALITY)
        whole = content_hash_of(file)  # once more from memory: 1 ms for 3 MB
    return DecodedPicture(
        width_px=upright.width_px,
        height_px=upright.height_px,
        format=upright.format,
        taken_at_s=upright.details.taken_at_s,
        utc_offset_s=upright.details.utc_offset_s,
        camera=upright.details.camera,
        thumbnail=thumbnail,
        pixels=resizer(upright.image),
        fingerprint=digest,
        content_hash=whole,
        stamp=stamp_now(path),
        average_colour=average_colour(small),
    )


def read_details(path: str, limits: DecodeLimits) -> PictureDetails:
    """Read when a picture was taken and with what, from the header alone; no pixel is decoded.

    Args:
        path: The file.
        limits: Only `DecodeLimits.pixels` is looked at.

    Raises:
        UndecodableError: As `read_picture`, where even the header shows it.
    """
    with plain_errors(), opened_file(path) as file, SILENCED, open_header(file, limits) as image:
        return details_of(_header_exif(image))


def read_facts(path: str, limits: DecodeLimits) -> PhotoFacts:
    """Read what the header says of the photo; no pixel is decoded.

    Args:
        path: The file.
        limits: Only `DecodeLimits.pixels` is looked at.

    Raises:
        UndecodableError: As `read_picture`, where even the header shows it.
    """
    with plain_errors(), opened_file(path) as file, SILENCED, open_header(file, limits) as image:
        return facts_of(image, _header_exif(image))


def open_picture(data: bytes, min_side_px: int, limits: DecodeLimits) -> Image.Image:
    """Decode a picture that is already in memory, such as one to search with.

    Args:
        data: The content of a picture file.
        min_side_px: Shorter side, in pixels, that is needed; larger pictures may come reduced.
        limits: Only `DecodeLimits.pixels` is looked at.

    Returns:
        Upright, mode RGB.

    Raises:
        UndecodableError: If it is no picture, damaged or too large.
    """
    with plain_errors():
        return decode_upright(io.BytesIO(data), _down_to(min_side_px), limits).image


def make_thumbnail(path: str, limits: DecodeLimits) -> bytes:
    """The JPEG for the grid: shorter side 320 px, longer side at most 640 px, never enlarged.

    Of what is longer than four times its width the shorter side has 160 px, the longer one at
    most 2560 px.

    Raises:
        UndecodableError: As `read_picture`.
    """
    with plain_errors(), opened_file(path) as file:
        image = _thumbnail_size(decode_upright(file, _down_to(0), limits).image)
        return _encode_jpeg(image, _THUMBNAIL_QUALITY)


def make_preview(path: str, max_side_px: int, limits: DecodeLimits) -> bytes:
    """A JPEG to look at closely: longer side at most ``max_side_px``, never enlarged.

    Raises:
        UndecodableError: As `read_picture`.
    """
    with plain_errors(), opened_file(path) as file:
        image = decode_upright(file, lambda size: max(size) // max_side_px, limits).image
        scale = max_side_px / max(image.size)
        return _encode_jpeg(_scaled(image, scale), _PREVIEW_QUALITY)


def _header_exif(image: Image.Image) -> Image.Exif:
    """The EXIF data of a picture that was opened and is not to be decoded."""
    if image.format == "PNG":
        # Pillow would decode it, to find what some programs write behind the pixels.
        return Image.Image.getexif(image)
    return read_exif(image)


def make_copy(path: str, form: CopyForm, limits: DecodeLimits) -> PictureCopy:
    """A smaller JPEG of a picture, to be taken elsewhere.

    Args:
        path: The file.
        form: How it is made.
        limits: Only `DecodeLimits.pixels` is looked at.

    Raises:
        UndecodableError: As `read_picture`.
    """
    side_px = form.longest_side_px
    with plain_errors(), opened_file(path) as file:
        # Twice the size is decoded at least: what is sharp in the original shall be in the copy.
        upright = decode_upright(file, lambda size: max(size) // (2 * side_px), limits)
        image = upright.image
        scale = side_px / max(image.size)
        if scale < 1:
            size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
            image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
        image.info = {}  # Pillow would write what it finds there, such as comments
        exif = b""
        if form.details is not KeptDetails.NONE:
            has_place = form.details is KeptDetails.ALL
            exif = kept_exif(upright.exif, image.size, has_place=has_place)
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=form.quality, optimize=True, exif=exif)
        return PictureCopy(buffer.getvalue(), *image.size)


@contextmanager
def opened_file(path: str | bytes) -> Iterator[BinaryIO]:
    """Open a file, unless that would fetch its content from a cloud; or content already read."""
    if isinstance(path, bytes):
        yield io.BytesIO(path)
        return
    if is_placeholder(os.stat(path)):
        raise UndecodableError(SkipKind.CLOUD_ONLY, CLOUD_ONLY)
    with open(path, "rb") as file:
        yield file


def _down_to(min_side_px: int) -> Reduction:
    """Keep the shorter side large enough for the model and for the thumbnail."""
    side_px = max(int(min_side_px * _HEADROOM), THUMBNAIL_SHORT_SIDE_PX)
    return lambda size: min(size) // side_px


def decode_upright(file: BinaryIO, reduction: Reduction, limits: DecodeLimits) -> UprightPicture:
    """Decode an open file; called within `plain_errors`.

    Args:
        file: The file.
        reduction: How many times it may be shrunk.
        limits: Only `DecodeLimits.pixels` is looked at.

    Raises:
        UndecodableError: If it is no picture or too large; what Pillow raises if it is damaged.
    """
    with SILENCED:
        image = open_header(file, limits)
        width, height = image.size
        factor = reduction(image.size)
        if factor > 1:
            image.draft(None, (width // factor, height // factor))
        # A progressive JPEG keeps the coefficients of the full picture in memory all the same.
        reduced = (width, height) if image.info.get("progressive") else image.size
        check_size((width, height), reduced, limits)
        image.load()
        exif = read_exif(image)
        rgb = to_rgb(image, max(1, reduction(image.size)))
        method = upright_method(exif)
        if method is not None:
            rgb = rgb.transpose(method)
            if method in _SWAPS_SIDES:
                width, height = height, width
        return UprightPicture(rgb, width, height, image.format or "", details_of(exif), exif)


def open_header(file: BinaryIO, limits: DecodeLimits) -> Image.Image:
    """Read the header; by content, whatever the file's name says."""
    file.seek(0)
    head = file.read(SIGNATURE_BYTES)
    if not head:
        raise UndecodableError(SkipKind.DAMAGED, EMPTY)
    if is_icon(head):  # the one format that Pillow decodes while opening
        frame = largest_frame(file)
        check_size(frame, frame, limits)
    try:
        return Image.open(file, formats=PILLOW_FORMATS)
    except UnidentifiedImageError as error:
        reason = DAMAGED if looks_like_picture(head) else NOT_A_PICTURE
        raise UndecodableError(SkipKind.DAMAGED, reason) from error


def check_size(size: tuple[int, int], reduced: tuple[int, int], limits: DecodeLimits) -> None:
    """Refuse what would take too much memory, before any is taken.

    Args:
        size: Width and height in the file.
        reduced: Width and height that will be decoded.
        limits: Holds the limit.
    """
    if reduced[0] * reduced[1] > limits.pixels:
        raise UndecodableError(
            SkipKind.TOO_LARGE,
            phrase(
                "Engine: Files",
                "{width} × {height} pixels is more than the limit of {pixels} megapixels.",
            ).format(width=size[0], height=size[1], pixels=f"{limits.pixels / 1_000_000:g}"),
        )


def _thumbnail_size(image: Image.Image) -> Image.Image:
    short_px, long_px = min(image.size), max(image.size)
    usual = min(THUMBNAIL_SHORT_SIDE_PX / short_px, THUMBNAIL_LONG_SIDE_PX / long_px)
    return _scaled(image, max(usual, min(_NARROW_SIDE_PX / short_px, _PANORAMA_SIDE_PX / long_px)))


def _scaled(image: Image.Image, scale: float) -> Image.Image:
    """Shrink by a factor below 1; anything else keeps the picture as it is."""
    if scale >= 1:
        return image
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    # The gap lets Pillow average whole pixels first: 3 ms instead of 6.5 from 1000 × 750.
    return image.resize(size, Image.Resampling.BICUBIC, reducing_gap=1.1)


def _encode_jpeg(image: Image.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn whatever goes wrong with a file into `UndecodableError`."""
    try:
        yield
    except UndecodableError:
        raise
    except MemoryError as error:
        raise UndecodableError(SkipKind.DECODER_FAILED, OUT_OF_MEMORY) from error
    except OSError as error:
        # Pillow says "damaged" by an OSError without a number, and seeks where it should not.
        if error.errno in (None, errno.EINVAL):
            raise UndecodableError(SkipKind.DAMAGED, DAMAGED) from error
        raise UndecodableError(SkipKind.UNREADABLE, _unreadable_reason(error)) from error
    except Exception as error:
        # A damaged file makes Pillow's readers fail in many more ways, such as SyntaxError,
        # struct.error, KeyError, ValueError; none of them may stop the files behind it.
        raise UndecodableError(SkipKind.DAMAGED, DAMAGED) from error


def _unreadable_reason(error: OSError) -> str:
    """Say for the user why the system refuses a file."""
    if isinstance(error, PermissionError):
        return phrase("Engine: Files", "You may not read this file.")
    if isinstance(error, FileNotFoundError):
        return phrase("Engine: Files", "The file is no longer there.")
    return phrase("Engine: Files", "The file cannot be read ({reason}).").format(
        reason=error.strerror
    )
