"""Pictures on their way into the image tower."""

import pytest

torch = pytest.importorskip("torch", reason="the models extra is not installed")

from torch import Tensor  # noqa: E402

from models.augmentation import (  # noqa: E402
    PIXEL_MEAN,
    PIXEL_STD,
    AugmentationStrength,
    augment,
    cut_mix,
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


def test_a_picture_without_colours_is_grey() -> None:
    strength = AugmentationStrength(erased=0.0, grey=1.0)

    changed = augment(_pictures(3), 16, strength, torch.Generator().manual_seed(2))

    mean = torch.tensor(PIXEL_MEAN).view(3, 1, 1)
    levels = changed * torch.tensor(PIXEL_STD).view(3, 1, 1) + mean
    torch.testing.assert_close(levels[:, 0], levels[:, 1], atol=1e-5, rtol=0)
    torch.testing.assert_close(levels[:, 0], levels[:, 2], atol=1e-5, rtol=0)


def test_turning_moves_what_is_off_the_middle() -> None:
    bar = torch.zeros(8, 33, 33, 3, dtype=torch.uint8)
    bar[:, 16] = 255  # a level line through the middle
    still = AugmentationStrength(smallest_area=1.0, aspect=1.0, colour=0.0, erased=0.0)
    turned = AugmentationStrength(1.0, 1.0, 0.0, 0.0, turned_deg=30.0)

    level = augment(bar, 33, still, torch.Generator().manual_seed(4))
    slanted = augment(bar, 33, turned, torch.Generator().manual_seed(4))

    assert (level[:, 0, 16] > 0).all()
    torch.testing.assert_close(slanted[:, :, 16, 16], level[:, :, 16, 16])
    assert (slanted[:, 0, 16, 1] < 0).any()


def test_a_mixed_picture_holds_a_rectangle_of_the_one_before_it() -> None:
    pictures = torch.arange(4.0).view(4, 1, 1, 1).expand(4, 3, 20, 20)

    mixed, own = cut_mix(pictures, 1.0, torch.Generator().manual_seed(1))

    for index in range(4):
        kept = mixed[index] == index
        assert (mixed[index][~kept] == (index - 1) % 4).all()
        assert kept.float().mean().item() == pytest.approx(own[index].item())
    assert own.min() > 0.1
    assert own.max() < 1.0


def test_pictures_are_left_alone_where_none_is_to_be_mixed() -> None:
    pictures = torch.rand(3, 3, 8, 8)

    mixed, own = cut_mix(pictures, 0.0, torch.Generator())

    assert torch.equal(mixed, pictures)
    assert torch.equal(own, torch.ones(3))


def test_softened_pictures_lose_their_detail_and_nothing_else() -> None:
    rows = (torch.arange(32) % 2 * 255).view(1, 32, 1, 1)
    striped = rows.expand(16, 32, 32, 3).to(torch.uint8)
    plain = AugmentationStrength(1.0, 1.0, 0.0, 0.0)
    soft = AugmentationStrength(1.0, 1.0, 0.0, 0.0, softened=1.0)

    sharp = augment(striped, 32, plain, torch.Generator().manual_seed(3))
    softened = augment(striped, 32, soft, torch.Generator().manual_seed(3))

    assert softened.shape == sharp.shape
    assert (softened.std((1, 2, 3)) < 0.9 * sharp.std((1, 2, 3))).all()
    torch.testing.assert_close(softened.mean((1, 2, 3)), sharp.mean((1, 2, 3)), atol=0.1, rtol=0)
