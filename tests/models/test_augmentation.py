"""Pictures on their way into the image tower."""

import pytest

torch = pytest.importorskip("torch", reason="the models extra is not installed")

from torch import Tensor  # noqa: E402

from models.augmentation import (  # noqa: E402
    PIXEL_MEAN,
    PIXEL_STD,
    AugmentationStrength,
    augment,
    whole,
)


def _pictures(count: int) -> Tensor:
    chance = torch.Generator().manual_seed(1)
    size = (count, 24, 24, 3)
    pictures: Tensor = torch.randint(0, 256, size, dtype=torch.uint8, generator=chance)
    return pictures


def test_whole_pictures_are_only_scaled_and_normalised() -> None:
    pictures = torch.full((1, 16, 16, 3), 255, dtype=torch.uint8)

    white = whole(pictures, 8)

    assert white.shape == (1, 3, 8, 8)
    expected = torch.tensor([(1 - m) / s for m, s in zip(PIXEL_MEAN, PIXEL_STD, strict=True)])
    torch.testing.assert_close(white[0, :, 3, 3], expected)


def test_the_same_chance_gives_the_same_pictures() -> None:
    pictures, strength = _pictures(4), AugmentationStrength()

    first = augment(pictures, 16, strength, torch.Generator().manual_seed(5))
    again = augment(pictures, 16, strength, torch.Generator().manual_seed(5))
    other = augment(pictures, 16, strength, torch.Generator().manual_seed(6))

    assert first.shape == (4, 3, 16, 16)
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_each_picture_changes_by_itself() -> None:
    same = _pictures(1).expand(6, -1, -1, -1)

    changed = augment(same, 16, AugmentationStrength(), torch.Generator().manual_seed(0))

    assert len({tuple(picture.flatten().tolist()) for picture in changed}) == 6


def test_no_strength_only_mirrors() -> None:
    pictures = _pictures(8)
    still = AugmentationStrength(smallest_area=1.0, aspect=1.0, colour=0.0, erased=0.0)

    changed = augment(pictures, 24, still, torch.Generator().manual_seed(0))

    plain = whole(pictures, 24)
    for index in range(8):
        kept = torch.allclose(changed[index], plain[index], atol=1e-3)
        mirrored = torch.allclose(changed[index], plain[index].flip(-1), atol=1e-3)
        assert kept != mirrored


def test_erased_pictures_have_a_blank_rectangle() -> None:
    erasing = AugmentationStrength(smallest_area=1.0, aspect=1.0, colour=0.0, erased=1.0)

    changed = augment(_pictures(3), 24, erasing, torch.Generator().manual_seed(0))

    blank = (changed == 0).all(dim=1).flatten(1).sum(1)
    assert (blank >= 16).all()
