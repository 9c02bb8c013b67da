"""The losses against values worked out by hand."""

import math

import pytest

torch = pytest.importorskip("torch", reason="the models extra is not installed")

from models.losses import (  # noqa: E402
    cut_mix_loss,
    distillation_loss,
    shared_positives_loss,
    symmetric_loss,
)


def test_with_one_positive_it_is_the_plain_cross_entropy() -> None:
    logits = torch.tensor([[2.0, 0.0], [1.0, 3.0]])
    positives = torch.eye(2, dtype=torch.bool)

    loss = shared_positives_loss(logits, positives, torch.zeros(2, 2, dtype=torch.bool))

    expected = torch.nn.functional.cross_entropy(logits, torch.tensor([0, 1]))
    torch.testing.assert_close(loss, expected)


def test_several_positives_share_alike() -> None:
    logits = torch.zeros(1, 4)
    positives = torch.tensor([[True, True, False, False]])

    loss = shared_positives_loss(logits, positives, torch.zeros_like(positives))

    assert loss.item() == pytest.approx(math.log(4))


def test_ignored_columns_do_not_count_but_positives_always_do() -> None:
    logits = torch.tensor([[1.0, 50.0, 1.0]])
    positives = torch.tensor([[True, False, False]])
    ignored = torch.tensor([[True, True, False]])

    loss = shared_positives_loss(logits, positives, ignored)

    assert loss.item() == pytest.approx(math.log(2))


def test_rows_without_a_positive_are_left_out_both_ways() -> None:
    logits = torch.tensor([[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    positives = torch.tensor([[True, False, False], [False, True, False]])

    loss = symmetric_loss(logits, positives, torch.zeros_like(positives))

    assert loss.item() == pytest.approx((math.log(3) + math.log(2)) / 2)


def test_pictures_that_are_all_their_own_lose_as_unmixed_ones_do() -> None:
    chance = torch.Generator().manual_seed(3)
    logits = torch.randn(3, 5, generator=chance)
    positives = torch.tensor([[1, 1, 0, 0, 0], [0, 0, 1, 0, 0], [0, 0, 0, 1, 0]]).bool()
    ignored = torch.tensor([[0, 0, 1, 0, 0], [0, 0, 0, 0, 1], [0, 0, 0, 0, 0]]).bool()

    loss = cut_mix_loss(logits, positives, torch.zeros_like(ignored), torch.ones(3))

    expected = symmetric_loss(logits, positives, torch.zeros_like(ignored))
    torch.testing.assert_close(loss, expected)
    assert not torch.isclose(cut_mix_loss(logits, positives, ignored, torch.ones(3)), expected)
    torch.testing.assert_close(
        cut_mix_loss(logits, positives, ignored, torch.ones(3)),
        symmetric_loss(logits, positives, ignored),
    )


def test_a_mixed_picture_is_drawn_to_both_of_its_texts() -> None:
    positives = torch.eye(2, dtype=torch.bool)
    logits = torch.zeros(2, 2, requires_grad=True)

    cut_mix_loss(
        logits, positives, torch.zeros_like(positives), torch.tensor([0.75, 1.0])
    ).backward()

    assert logits.grad is not None
    # Equal scores say a half of each: the first picture wants 3/4 of its own, 1/4 of the other's.
    assert logits.grad[0, 0] < 0 < logits.grad[0, 1]
    assert logits.grad[1, 1] < logits.grad[0, 0]


def test_a_perfect_student_has_nothing_to_learn() -> None:
    teacher = torch.nn.functional.normalize(torch.randn(5, 8), dim=-1)

    assert distillation_loss(3.0 * teacher, teacher, 0.1).item() == pytest.approx(0.0, abs=1e-5)
    assert distillation_loss(-teacher, teacher, 0.1).item() > 1.0
