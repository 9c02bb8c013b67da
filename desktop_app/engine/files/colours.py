"""From the colours of a file's own profile to sRGB, which is what screens and models expect."""

import io
import logging
from functools import lru_cache

import numpy as np
from PIL import Image, ImageCms

logger = logging.getLogger(__name__)

CONVERTIBLE = ("RGB", "CMYK", "L")
"""Modes that a profile may speak of."""

_LONGEST_PROFILE_BYTES = 8 * 1024 * 1024
"""Profiles of printing presses have 0.5 to 3 MB; those of cameras and screens less than 10 KB."""
_KEPT_CONVERSIONS = 16
_SAMPLES = 6
_UNSEEN_LEVELS = 2
"""What differs from sRGB by no more than this, of 255, is left as it is: most profiles are sRGB."""


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert from a profile's colours to sRGB; a profile that is of no use is ignored.

    Relative colorimetric with black point compensation, as web browsers do it.

    Args:
        image: Of one of the modes in `CONVERTIBLE`; a picture in RGB is changed itself.
        profile: An ICC profile; None for none.

    Returns:
        The picture, in mode RGB.
    """
    conversion = _conversion(profile, image.mode) if profile else None
    if conversion is None:
        return image.convert("RGB")
    if image.mode == "RGB":
        return conversion.apply(image, image)  # 200 megapixels have no room for a copy
    return conversion.apply(image)


@lru_cache(maxsize=_KEPT_CONVERSIONS)
def _conversion(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """What converts; None where nothing is to be done or can be. May be used by many threads."""
    if len(profile) > _LONGEST_PROFILE_BYTES or mode not in CONVERTIBLE:
        return None
    try:
        conversion = ImageCms.ImageCmsTransform(
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")),
            mode,
            "RGB",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
        return None if mode == "RGB" and _changes_nothing(conversion) else conversion
    except (OSError, ValueError, TypeError, ImageCms.PyCMSError) as error:
        # Cut short, made up, or of another kind of colours than the picture: it shows all the same.
        logger.info("A colour profile is ignored: %s", error)
        return None


def _changes_nothing(conversion: ImageCms.ImageCmsTransform) -> bool:
    """Whether a conversion from RGB leaves colours from all over the cube nearly as they are."""
    levels = np.linspace(0, 255, _SAMPLES).astype(np.uint8)
    cube = np.stack(np.meshgrid(levels, levels, levels), axis=-1).reshape(1, -1, 3)
    converted = np.asarray(conversion.apply(Image.fromarray(cube)))
    return int(np.abs(converted.astype(int) - cube).max()) <= _UNSEEN_LEVELS
