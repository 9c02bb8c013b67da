"""From the many ways files store pixels to plain sRGB."""

import math

import numpy as np
from PIL import Image

from desktop_app.engine.files.colours import CONVERTIBLE, to_srgb

_WIDE_GREY_MODES = ("I", "F", "I;16", "I;16L", "I;16B", "I;16N")
_WHITE = (255, 255, 255)
_STRIP_PIXELS = 4_000_000
"""A large picture is converted in strips of this size: conversion copies need up to 8 bytes a
pixel, which for 200 megapixels would be more than a decoder process may take."""


def to_rgb(image: Image.Image, factor: int = 1) -> Image.Image:
    """Convert to sRGB, and shrink by averaging squares of pixels.

    Transparent parts show white. More than 8 bits a level are scaled, not cut off. Colours go
    through the profile that the file carries, if any.

    Args:
        image: A loaded picture of any mode; may be changed itself.
        factor: Side of the squares in pixels; 1 keeps the size.
    """
    if image.mode == "RGB" and not image.has_transparency_data:
        return to_srgb(_shrink(image, factor), _profile(image))
    levels, profile = _value_range(image), _profile(image)
    width, height = image.size
    rows = max(1, _STRIP_PIXELS // (width * factor)) * factor
    if rows >= height:
        return _shrink(_convert(image, levels, profile), factor)
    result = Image.new("RGB", (-(-width // factor), -(-height // factor)))
    for top in range(0, height, rows):
        strip = image.crop((0, top, width, min(top + rows, height)))
        result.paste(_shrink(_convert(strip, levels, profile), factor), (0, top // factor))
    return result


def _shrink(image: Image.Image, factor: int) -> Image.Image:
    return image.reduce(factor) if factor > 1 else image


def _profile(image: Image.Image) -> bytes | None:
    profile = image.info.get("icc_profile")
    return profile if isinstance(profile, bytes) else None


def _convert(image: Image.Image, levels: tuple[float, float], profile: bytes | None) -> Image.Image:
    if image.mode in _WIDE_GREY_MODES:
        return to_srgb(_narrow(image, levels), profile)
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        canvas = Image.new("RGB", image.size, _WHITE)
        canvas.paste(layer, mask=layer.getchannel("A"))
        # White is white in every profile, so that it may lie behind before the conversion.
        return to_srgb(canvas.convert("L") if image.mode == "LA" else canvas, profile)
    if image.mode in CONVERTIBLE:
        return to_srgb(image, profile)
    return to_srgb(image.convert("RGB"), profile)


def _narrow(image: Image.Image, levels: tuple[float, float]) -> Image.Image:
    """Scale wide grey levels to 8 bits; ``levels`` are those that become black and white."""
    black, white = levels
    values = np.nan_to_num(np.asarray(image, dtype=np.float64), nan=black)
    shares = (np.clip(values, black, white) - black) / (white - black)
    return Image.fromarray((shares * 255 + 0.5).astype(np.uint8))


def _value_range(image: Image.Image) -> tuple[float, float]:
    """The levels of a wide grey picture that mean black and white; of others it is unused.

    Files of these modes rarely say what their numbers mean. Numbers that fit a usual range are
    taken for it, else the darkest and the lightest pixel span it.
    """
    if image.mode.startswith("I;16"):
        return 0.0, 65535.0
    if image.mode not in _WIDE_GREY_MODES:
        return 0.0, 255.0
    extrema = image.getextrema()
    low, high = float(_number(extrema[0])), float(_number(extrema[1]))
    if not (math.isfinite(low) and math.isfinite(high)):
        return 0.0, 1.0
    for white in (1.0, 255.0, 65535.0) if image.mode == "F" else (255.0, 65535.0):
        if low >= 0 and high <= white:
            return 0.0, white
    return (low, high) if high > low else (low, low + 1)


def _number(value: float | tuple[int, int] | None) -> float:
    """Pillow declares per-band pairs too, which a picture of a single band does not give."""
    return value if isinstance(value, int | float) else 0.0
