"""Picture files for tests: every format and mode the program reads, and the ways to spoil them."""

import io
import os
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

RED = (220, 30, 30)
GREEN = (30, 200, 40)
BLUE = (30, 40, 220)
YELLOW = (230, 220, 40)

UNDO_ORIENTATION: dict[int, Image.Transpose | None] = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""By EXIF orientation: what turns an upright picture into the one stored in the file."""

EXTENSIONS: dict[str, str] = {
    "JPEG": ".jpg",
    "PNG": ".png",
    "WEBP": ".webp",
    "GIF": ".gif",
    "BMP": ".bmp",
    "TIFF": ".tif",
    "AVIF": ".avif",
    "PPM": ".ppm",
    "JPEG2000": ".jp2",
    "ICO": ".ico",
}
"""Pillow's name of every format the program reads, and its usual extension."""


def quadrants(width: int = 64, height: int = 48) -> Image.Image:
    """An RGB picture that shows which way is up.

    Returns:
        Red, green, blue, yellow from the top left to the bottom right quarter.
    """
    pixels = np.empty((height, width, 3), dtype=np.uint8)
    pixels[: height // 2, : width // 2] = RED
    pixels[: height // 2, width // 2 :] = GREEN
    pixels[height // 2 :, : width // 2] = BLUE
    pixels[height // 2 :, width // 2 :] = YELLOW
    return Image.fromarray(pixels)


def plain(colour: tuple[int, int, int], width: int = 32, height: int = 24) -> Image.Image:
    """An RGB picture of one colour."""
    return Image.new("RGB", (width, height), colour)


def photo(width: int, height: int, seed: int = 0) -> Image.Image:
    """An RGB picture about as hard to compress as a photograph: soft shapes and some grain."""
    random = np.random.default_rng(seed)
    coarse = random.integers(0, 256, (8, 8, 3), dtype=np.uint8)
    soft = Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)
    grain = random.normal(0, 6, (height, width, 1)).astype(np.int16)
    pixels = np.asarray(soft).astype(np.int16) + grain
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def encode(
    image: Image.Image,
    file_format: str,
    *,
    orientation: int | None = None,
    taken: str | None = None,
    offset: str | None = None,
    lossless: bool = False,
) -> bytes:
    """Encode a picture.

    Args:
        image: What to encode, in a mode the format knows.
        file_format: Pillow's name of the format.
        orientation: EXIF orientation tag to write; the pixels are stored as given.
        taken: EXIF DateTimeOriginal, such as ``2023:02:12 10:30:00``.
        offset: EXIF OffsetTimeOriginal, such as ``+02:00``.
        lossless: Ask the format not to lose anything, where it has the choice.
    """
    options: dict[str, object] = {}
    if orientation is not None or taken is not None:
        options["exif"] = _exif(orientation, taken, offset)
    if file_format == "JPEG":
        options |= {"quality": 92, "subsampling": 0}
    elif file_format == "WEBP" and lossless:
        options["lossless"] = True
    elif file_format == "AVIF":
        options |= {"quality": 90, "speed": 10}
    elif file_format == "ICO":
        options["sizes"] = [image.size]
    buffer = io.BytesIO()
    image.save(buffer, file_format, **options)
    return buffer.getvalue()


def _exif(orientation: int | None, taken: str | None, offset: str | None) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation or 1
    details: dict[int, str] = {}
    if taken is not None:
        details[0x9003] = taken
    if offset is not None:
        details[0x9011] = offset
    if details:
        exif[0x8769] = details
    return exif.tobytes()


def write(path: Path, data: bytes) -> Path:
    """Write a file, its folder too, and give its path back."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def write_damaged(path: Path) -> Path:
    """Write a file that is no picture inside; an old one, or a run would wait for its end."""
    path.write_text("not a picture")
    os.utime(path, (1_600_000_000, 1_600_000_000))
    return path


def stored_as(upright: Image.Image, orientation: int) -> Image.Image:
    """The pixels that a file of this EXIF orientation stores for an upright picture."""
    method = UNDO_ORIENTATION[orientation]
    return upright if method is None else upright.transpose(method)


def animated_gif(frames: int = 3) -> bytes:
    """A GIF whose first frame is red and whose others are blue."""
    first, *others = [plain(RED)] + [plain(BLUE)] * (frames - 1)
    buffer = io.BytesIO()
    first.save(buffer, "GIF", save_all=True, append_images=others, duration=100, loop=0)
    return buffer.getvalue()


def multi_picture_jpeg() -> bytes:
    """An MPO file as some cameras write it: a red JPEG with a blue one behind it."""
    buffer = io.BytesIO()
    plain(RED).save(buffer, "MPO", save_all=True, append_images=[plain(BLUE)])
    return buffer.getvalue()


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims any size and holds hardly any data."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(64))), (b"IEND", b""))
    )


def icon_of(frame: bytes) -> bytes:
    """An ICO whose directory promises 16 × 16 pixels and whose only frame is this PNG."""
    entry = struct.pack("<BBBBHHII", 16, 16, 0, 0, 1, 32, len(frame), 22)
    return struct.pack("<HHH", 0, 1, 1) + entry + frame


def grey_ramp_16_bit(width: int = 64, height: int = 48) -> NDArray[np.uint16]:
    """From black on the left to white on the right, uint16, shape ``(height, width)``."""
    row = np.linspace(0, 65535, width).astype(np.uint16)
    return np.tile(row, (height, 1))


def _palette_with_transparency() -> Image.Image:
    image = quadrants().quantize(8)
    image.info["transparency"] = image.getpixel((0, 0))
    return image


def _with_alpha(alpha: int) -> Image.Image:
    image = quadrants().convert("RGBA")
    image.putalpha(alpha)
    return image


MODES: dict[str, Callable[[], bytes]] = {
    "1": lambda: encode(quadrants().convert("1"), "PNG"),
    "L": lambda: encode(quadrants().convert("L"), "PNG"),
    "LA": lambda: encode(quadrants().convert("LA"), "PNG"),
    "P": lambda: encode(quadrants().quantize(8), "PNG"),
    "P, one colour transparent": lambda: encode(_palette_with_transparency(), "PNG"),
    "RGB": lambda: encode(quadrants(), "PNG"),
    "RGBA, opaque": lambda: encode(_with_alpha(255), "PNG"),
    "RGBA, half transparent": lambda: encode(_with_alpha(128), "PNG"),
    "CMYK": lambda: encode(quadrants().convert("CMYK"), "JPEG"),
    "CMYK, TIFF": lambda: encode(quadrants().convert("CMYK"), "TIFF"),
    "LAB": lambda: encode(Image.new("LAB", (64, 48), (128, 148, 158)), "TIFF"),
    "YCbCr, TIFF": lambda: encode(quadrants().convert("YCbCr"), "TIFF"),
    "L, JPEG": lambda: encode(quadrants().convert("L"), "JPEG"),
    "I;16, PNG": lambda: encode(Image.fromarray(grey_ramp_16_bit()), "PNG"),
    "I;16, TIFF": lambda: encode(Image.fromarray(grey_ramp_16_bit()), "TIFF"),
    "I, TIFF": lambda: encode(Image.fromarray(grey_ramp_16_bit().astype(np.int32)), "TIFF"),
    "F, TIFF": lambda: encode(
        Image.fromarray(grey_ramp_16_bit().astype(np.float32) / 65535), "TIFF"
    ),
    "I;16, JPEG2000": lambda: encode(Image.fromarray(grey_ramp_16_bit()), "JPEG2000"),
}
"""By a name for people: makes a file of that pixel mode, 64 × 48 pixels, in memory."""


def three_pictures(folder: Path) -> None:
    """Make a folder with pictures of three colours."""
    for name, colour in (("a.jpg", "red"), ("b.jpg", "lime"), ("c.jpg", "blue")):
        write(folder / name, encode(Image.new("RGB", (40, 30), colour), "JPEG"))
