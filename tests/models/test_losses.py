"""The losses against values worked out by hand."""

import math

import pytest

torch = pytest.importorskip("torch", reason="the models extra is not installed")

from models.losses import distillation_loss, shared_positives_loss, symmetric_loss  # noqa: E402


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


def test_a_perfect_student_has_nothing_to_learn() -> None:
    teacher = torch.nn.functional.normalize(torch.randn(5, 8), dim=-1)

    assert distillation_loss(3.0 * teacher, teacher, 0.1).item() == pytest.approx(0.0, abs=1e-5)
    assert distillation_loss(-teacher, teacher, 0.1).item() > 1.0
