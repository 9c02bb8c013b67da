"""From an upright RGB picture to what the image tower takes.

Agrees with the image processors of the transformers library on Pillow. Imported in the decoder's
worker processes, so it needs nothing but numpy and Pillow.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from desktop_app.engine.model.json_fields import JsonFields

_MAX_SIDE_PX = 2048
_MAX_LEVEL = 255
# A strip of 1 × 10,000 pixels with its shorter side at 224 would take 1.5 GB. Up to here the whole
# picture is resized, for then the result is transformers' to the bit: Pillow rounds between its
# two passes, and their order depends on the part that is asked for.
_MAX_RESIZED_PX = 16_000_000
_Box = tuple[int, int, int, int]
_LARGEST_FILTER = Image.Resampling.HAMMING  # the last that transformers can write


@dataclass(frozen=True, slots=True)
class Preprocessing:
    """How a model wants its pictures.

    Attributes:
        resize_to_px: The shorter side after resizing, the shape of the picture kept; or a height
            and width that it is squeezed to.
        shape_px: Height and width of what is then cut from the centre, black where the picture
            does not reach.
        resample: Pillow's number of the resampling filter.
        rescale_factor: What the levels 0 to 255 are multiplied by.
        mean: Subtracted then, for red, green and blue.
        std: What the difference is divided by.
    """

    resize_to_px: int | tuple[int, int]
    shape_px: tuple[int, int]
    resample: Image.Resampling
    rescale_factor: float
    mean: tuple[float, ...]
    std: tuple[float, ...]

    @classmethod
    def from_config(cls, config: JsonFields, squeezes: bool) -> "Preprocessing":
        """Read ``preprocessor_config.json``.

        Args:
            config: Its content.
            squeezes: Whether this kind of model means a square by a ``size`` that is one number,
                rather than the shorter side.

        Raises:
            ModelError: If it says nothing usable, or leaves pictures of different sizes.
        """
        if not config.flag("do_resize", True):
            raise config.unusable("do_resize")
        resize_to_px = _read_size(config, squeezes)
        if config.flag("do_center_crop", False):
            shape_px = _read_crop_size(config)
        elif isinstance(resize_to_px, int):
            raise config.unusable("do_center_crop")
        else:
            shape_px = resize_to_px
        return cls(
            resize_to_px,
            shape_px,
            resample=Image.Resampling(
                config.integer("resample", 0, _LARGEST_FILTER, Image.Resampling.BICUBIC)
            ),
            rescale_factor=_read_rescale_factor(config),
            mean=_read_channels(config, "image_mean", (0.0, 0.0, 0.0), low=-1000.0),
            std=_read_channels(config, "image_std", (1.0, 1.0, 1.0), low=1e-6),
        )

    @property
    def input_side_px(self) -> int:
        """Shorter side a picture should have at least, so that nothing is enlarged."""
        if isinstance(self.resize_to_px, int):
            return self.resize_to_px
        return max(self.resize_to_px)


@dataclass(frozen=True, slots=True)
class Resizer:
    """`resize` bound to one model; can be pickled."""

    preprocessing: Preprocessing

    def __call__(self, image: Image.Image) -> NDArray[np.uint8]:
        """Resize one picture, see `resize`."""
        return resize(image, self.preprocessing)


def resize(image: Image.Image, preprocessing: Preprocessing) -> NDArray[np.uint8]:
    """Resize and crop.

    Args:
        image: Upright, mode RGB.
        preprocessing: How.

    Returns:
        Levels 0 to 255, shape ``(height, width, 3)``.
    """
    if image.mode != "RGB":
        raise ValueError(f"a picture in mode RGB is needed, not {image.mode}")
    width, height = _resized_size(image.size, preprocessing.resize_to_px)
    crop_height, crop_width = preprocessing.shape_px
    # Floor division of a negative number puts the odd row of padding first, as transformers does.
    left, top = (width - crop_width) // 2, (height - crop_height) // 2
    kept = (left, top, left + crop_width, top + crop_height)
    if width * height <= _MAX_RESIZED_PX:
        resized = image.resize((width, height), preprocessing.resample)
    else:
        resized, kept = _resize_within(image, (width, height), kept, preprocessing.resample)
    # Pillow fills with black what lies outside.
    return np.asarray(resized.crop(kept))


def normalise(pixels: NDArray[np.uint8], preprocessing: Preprocessing) -> NDArray[np.float32]:
    """Turn levels into the numbers the image tower was trained on.

    Args:
        pixels: What `resize` returned, stacked, shape ``(n, height, width, 3)``.
        preprocessing: How.

    Returns:
        Shape ``(n, 3, height, width)``.
    """
    std = np.array(preprocessing.std)
    factor = np.asarray(preprocessing.rescale_factor / std, dtype=np.float32)
    offset = np.asarray(-np.array(preprocessing.mean) / std, dtype=np.float32)
    normalised = pixels.transpose(0, 3, 1, 2).astype(np.float32, order="C")
    normalised *= factor[:, np.newaxis, np.newaxis]
    normalised += offset[:, np.newaxis, np.newaxis]
    return normalised


def preprocess(image: Image.Image, preprocessing: Preprocessing) -> NDArray[np.float32]:
    """Resize and normalise one picture, mode RGB; shape ``(3, height, width)``."""
    batch = resize(image, preprocessing)[np.newaxis]
    values: NDArray[np.float32] = normalise(batch, preprocessing)[0]
    return values


def _resize_within(
    image: Image.Image, size: tuple[int, int], kept: _Box, resample: Image.Resampling
) -> tuple[Image.Image, _Box]:
    """Resize a picture of extreme shape, but compute only what the crop keeps.

    Returns:
        That part of the resized picture, and `kept` in its coordinates.
    """
    width, height = size
    left, top = max(kept[0], 0), max(kept[1], 0)
    right, bottom = min(kept[2], width), min(kept[3], height)
    across, down = image.width / width, image.height / height
    # Pillow samples beyond the box where the filter needs it, so there is no seam.
    part = image.resize(
        (right - left, bottom - top),
        resample,
        box=(left * across, top * down, right * across, bottom * down),
    )
    return part, (kept[0] - left, kept[1] - top, kept[2] - left, kept[3] - top)


def _resized_size(size: tuple[int, int], target: int | tuple[int, int]) -> tuple[int, int]:
    """Width and height after resizing, before the crop."""
    if not isinstance(target, int):
        return target[1], target[0]
    width, height = size
    # The longer side is cut off, not rounded: torchvision's rule, which transformers kept.
    if width <= height:
        return target, int(target * height / width)
    return int(target * width / height), target


def _read_size(config: JsonFields, squeezes: bool) -> int | tuple[int, int]:
    if not config.is_section("size"):  # as written before 2022
        side = config.integer("size", 1, _MAX_SIDE_PX)
        return (side, side) if squeezes else side
    size = config.section("size")
    if size.has("longest_edge"):
        raise config.unusable("size")
    if size.has("shortest_edge"):
        return size.integer("shortest_edge", 1, _MAX_SIDE_PX)
    return size.integer("height", 1, _MAX_SIDE_PX), size.integer("width", 1, _MAX_SIDE_PX)


def _read_crop_size(config: JsonFields) -> tuple[int, int]:
    if not config.is_section("crop_size"):
        side = config.integer("crop_size", 1, _MAX_SIDE_PX)
        return side, side
    size = config.section("crop_size")
    return size.integer("height", 1, _MAX_SIDE_PX), size.integer("width", 1, _MAX_SIDE_PX)


def _read_rescale_factor(config: JsonFields) -> float:
    if not config.flag("do_rescale", True):
        return 1.0
    return config.number("rescale_factor", 1e-6, 1.0, default=1 / _MAX_LEVEL)


def _read_channels(
    config: JsonFields, key: str, unused: tuple[float, ...], low: float
) -> tuple[float, ...]:
    if not config.flag("do_normalize", True):
        return unused
    return config.numbers(key, 3, low, 1000.0)
