"""From stored squares to the image tower's input, as they are or changed at random."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

PIXEL_MEAN = (0.48, 0.46, 0.41)
PIXEL_STD = (0.27, 0.26, 0.28)


@dataclass(frozen=True)
class Normalization:
    """What an image tower wants subtracted from its channels and what it wants them divided by.

    Attributes:
        mean: of red, green and blue, 0 to 1.
        std: likewise.
    """

    mean: tuple[float, float, float] = PIXEL_MEAN
    std: tuple[float, float, float] = PIXEL_STD


OWN_NORMALIZATION = Normalization()


@dataclass(frozen=True)
class AugmentationStrength:
    """How far pictures are changed.

    Attributes:
        smallest_area: the smallest part of a picture that a crop keeps.
        aspect: crops are up to this factor wider or taller.
        colour: brightness, contrast and saturation change by up to this part.
        erased: the chance that a rectangle is blanked out.
        turned_deg: crops are turned by up to this angle, in degrees.
        grey: the chance that a picture loses its colours.
        softened: the chance that a picture loses its fine detail, as if it had come from a smaller
            one. Where data sets differ in size, how sharp a picture is would else tell which one
            it is from, and so which words are likely.
    """

    smallest_area: float = 0.35
    aspect: float = 1.25
    colour: float = 0.35
    erased: float = 0.3
    turned_deg: float = 0.0
    grey: float = 0.0
    softened: float = 0.0


def normalize(pictures: Tensor, by: Normalization = OWN_NORMALIZATION) -> Tensor:
    """Scale pictures of 0 to 255, shape ``(n, 3, h, w)``, to about zero mean and unit variance."""
    mean = torch.tensor(by.mean, device=pictures.device).view(1, 3, 1, 1) * 255.0
    std = torch.tensor(by.std, device=pictures.device).view(1, 3, 1, 1) * 255.0
    return (pictures - mean) / std


def whole(pictures: Tensor, side_px: int, by: Normalization = OWN_NORMALIZATION) -> Tensor:
    """Prepare whole pictures.

    Args:
        pictures: uint8, shape ``(n, h, w, 3)``.
        side_px: the side of the result.
        by: how the tower wants its channels scaled.

    Returns:
        Normalised pictures, shape ``(n, 3, side_px, side_px)``, channels last in memory.
    """
    planes = pictures.permute(0, 3, 1, 2).float()
    if planes.shape[-1] != side_px:
        planes = functional.interpolate(
            planes, size=(side_px, side_px), mode="bicubic", antialias=True
        ).clamp(0, 255)
    return normalize(planes, by).contiguous(memory_format=torch.channels_last)


def _chances(count: int, generator: torch.Generator) -> Tensor:
    """Draw numbers of 0 to 1, shape ``(count,)``, where the generator is: on a GPU or not."""
    return torch.rand(count, generator=generator, device=generator.device)


def _uniform(count: int, low: float, high: float, generator: torch.Generator) -> Tensor:
    return _chances(count, generator) * (high - low) + low


def _crop_grid(
    count: int, side_px: int, strength: AugmentationStrength, generator: torch.Generator
) -> Tensor:
    """Return sampling positions of a random, maybe mirrored and turned crop for each picture."""
    side = _uniform(count, strength.smallest_area, 1.0, generator).sqrt()
    log_aspect = _uniform(count, -1.0, 1.0, generator) * torch.tensor(strength.aspect).log() / 2
    width = (side * log_aspect.exp()).clamp(max=1.0)
    height = (side / log_aspect.exp()).clamp(max=1.0)
    mirrored = torch.where(_chances(count, generator) < 0.5, -1.0, 1.0)
    turn = _uniform(count, -1.0, 1.0, generator) * math.radians(strength.turned_deg)
    theta = torch.zeros(count, 2, 3, device=generator.device)
    theta[:, 0, 0] = width * mirrored * turn.cos()
    theta[:, 0, 1] = -width * mirrored * turn.sin()
    theta[:, 1, 0] = height * turn.sin()
    theta[:, 1, 1] = height * turn.cos()
    theta[:, 0, 2] = _uniform(count, -1.0, 1.0, generator) * (1.0 - width)
    theta[:, 1, 2] = _uniform(count, -1.0, 1.0, generator) * (1.0 - height)
    return functional.affine_grid(theta, [count, 3, side_px, side_px], align_corners=False)


def _jitter_colours(
    pictures: Tensor, strength: AugmentationStrength, generator: torch.Generator
) -> Tensor:
    """Change saturation, contrast and brightness of each picture by itself."""
    count, amount = len(pictures), strength.colour

    def factor() -> Tensor:
        return _uniform(count, 1.0 - amount, 1.0 + amount, generator).view(-1, 1, 1, 1)

    grey = pictures.mean(1, keepdim=True)
    coloured = (_chances(count, generator) >= strength.grey).view(-1, 1, 1, 1)
    pictures = torch.lerp(grey, pictures, factor() * coloured)
    level = grey.mean((2, 3), keepdim=True)
    return torch.lerp(level, pictures, factor()).mul_(factor())


_SOFTENED_TOGETHER = 8
"""So many pictures at most become as soft as each other."""


def _soften(pictures: Tensor, chance: float, generator: torch.Generator) -> Tensor:
    """Make some pictures smaller, down to two fifths of the side, and large again."""
    if chance <= 0:
        return pictures
    side = pictures.shape[-1]
    groups = pictures.split(_SOFTENED_TOGETHER)
    draws = _chances(2 * len(groups), generator).view(-1, 2).tolist()
    softened = []
    for group, (draw, size) in zip(groups, draws, strict=True):
        if draw < chance:
            small = round((0.4 + 0.5 * size) * side)
            group = functional.interpolate(group, small, mode="bilinear", antialias=True)
            group = functional.interpolate(group, side, mode="bicubic")
        softened.append(group)
    return torch.cat(softened)


def _rectangles(
    pictures: Tensor,
    chance: float,
    sides: tuple[float, float],
    generator: torch.Generator,
) -> Tensor:
    """Draw a rectangle in some of the pictures.

    Args:
        pictures: shape ``(n, 3, h, w)``.
        chance: that a picture has one.
        sides: its shortest and longest side, as parts of the picture's.
        generator: the source of chance.

    Returns:
        Bool, shape ``(n, 1, h, w)``: what lies in the rectangles.
    """
    count, _, height, width = pictures.shape
    drawn = _chances(count, generator) < chance

    def span(side_px: int) -> Tensor:
        length = _uniform(count, *sides, generator) * side_px
        start = _chances(count, generator) * (side_px - length)
        at = torch.arange(side_px, device=generator.device).view(1, -1)
        return (at >= start.view(-1, 1)) & (at < (start + length).view(-1, 1))

    rectangles = span(height).unsqueeze(2) & span(width).unsqueeze(1) & drawn.view(-1, 1, 1)
    return rectangles.unsqueeze(1)


def _erase(pictures: Tensor, chance: float, generator: torch.Generator) -> Tensor:
    """Blank a rectangle of a fifth to a half of the side (Zhong et al., Random Erasing, 2020)."""
    return pictures.masked_fill(_rectangles(pictures, chance, (0.2, 0.5), generator), 0.0)


def cut_mix(pictures: Tensor, chance: float, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Put a rectangle of the picture before into some pictures (Yun et al., CutMix, 2019).

    Args:
        pictures: normalised, shape ``(n, 3, h, w)``.
        chance: that it happens to a picture.
        generator: the source of chance, on the device of the pictures.

    Returns:
        The pictures, and which part of each is still its own, shape ``(n,)``; the rest is of the
        picture before it, that of the first one of the last.
    """
    rectangles = _rectangles(pictures, chance, (0.3, 0.9), generator)
    mixed = torch.where(rectangles, pictures.roll(1, 0), pictures)
    own = 1.0 - rectangles.float().mean((1, 2, 3))
    return mixed.contiguous(memory_format=torch.channels_last), own


def augment(
    pictures: Tensor,
    side_px: int,
    strength: AugmentationStrength,
    generator: torch.Generator,
    by: Normalization = OWN_NORMALIZATION,
) -> Tensor:
    """Crop, turn, mirror, recolour and partly blank every picture by itself.

    Args:
        pictures: uint8, shape ``(n, h, w, 3)``.
        side_px: the side of the result.
        strength: how far.
        generator: the source of chance, on the device of the pictures.
        by: how the tower wants its channels scaled.

    Returns:
        Normalised pictures, shape ``(n, 3, side_px, side_px)``, channels last in memory.
    """
    planes = pictures.permute(0, 3, 1, 2).float()
    grid = _crop_grid(len(planes), side_px, strength, generator)
    crops = functional.grid_sample(
        planes, grid, mode="bilinear", padding_mode="border", align_corners=False
    )
    softened = _soften(crops, strength.softened, generator)
    coloured = _jitter_colours(softened, strength, generator).clamp_(0, 255)
    erased = _erase(normalize(coloured, by), strength.erased, generator)
    return erased.contiguous(memory_format=torch.channels_last)
