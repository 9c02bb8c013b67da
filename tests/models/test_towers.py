"""The two towers: shapes, masks, storing and folding."""

import pytest

torch = pytest.importorskip("torch", reason="the models extra is not installed")

from models.towers import (  # noqa: E402
    ImageTower,
    ImageTowerShape,
    Normalized,
    TextTower,
    TextTowerShape,
    fold_projection,
    image_tower_from_dict,
    text_tower_from_dict,
    tower_to_dict,
)

IMAGE_SHAPE = ImageTowerShape(widths=(8, 16), blocks=(1, 2), dim=12)
TEXT_SHAPE = TextTowerShape(vocab_size=50, width=16, layers=2, heads=2, max_positions=10, dim=12)


@pytest.mark.parametrize("side_px", [32, 50])
def test_pictures_of_any_size_become_vectors(side_px: int) -> None:
    tower = ImageTower(IMAGE_SHAPE).eval()

    assert tower(torch.randn(3, 3, side_px, side_px)).shape == (3, 12)


def test_padding_changes_nothing() -> None:
    tower = TextTower(TEXT_SHAPE).eval()
    ids = torch.tensor([[1, 7, 9, 2]])
    padded = torch.tensor([[1, 7, 9, 2, 0, 0, 0]])
    mask = torch.tensor([[1, 1, 1, 1, 0, 0, 0]])

    torch.testing.assert_close(tower(ids, torch.ones_like(ids)), tower(padded, mask))


def test_word_order_matters() -> None:
    tower = TextTower(TEXT_SHAPE).eval()
    ids = torch.tensor([[1, 7, 9, 2], [1, 9, 7, 2]])

    first, second = tower(ids, torch.ones_like(ids))

    assert not torch.allclose(first, second)


def test_exported_towers_give_unit_vectors() -> None:
    vectors = Normalized(ImageTower(IMAGE_SHAPE).eval())(torch.randn(4, 3, 32, 32))

    torch.testing.assert_close(vectors.norm(dim=-1), torch.ones(4))


def test_a_folded_projection_is_the_same_as_one_after_the_other() -> None:
    tower = TextTower(TEXT_SHAPE).eval()
    projection = torch.nn.Linear(12, 5, bias=False)
    ids = torch.tensor([[1, 7, 9, 2]])
    mask = torch.ones_like(ids)

    folded = fold_projection(tower, projection).eval()

    assert folded.shape.dim == 5
    torch.testing.assert_close(folded(ids, mask), projection(tower(ids, mask)))


def test_stored_towers_come_back_the_same() -> None:
    image, text = ImageTower(IMAGE_SHAPE).eval(), TextTower(TEXT_SHAPE).eval()
    pixels, ids = torch.randn(2, 3, 32, 32), torch.tensor([[1, 3, 2]])

    image_again = image_tower_from_dict(tower_to_dict(image)).eval()
    text_again = text_tower_from_dict(tower_to_dict(text)).eval()

    torch.testing.assert_close(image_again(pixels), image(pixels))
    mask = torch.ones_like(ids)
    torch.testing.assert_close(text_again(ids, mask), text(ids, mask))
