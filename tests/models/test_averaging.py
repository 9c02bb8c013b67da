"""Averaged weights and batch-norm statistics."""

import pytest

torch = pytest.importorskip("torch", reason="the models extra is not installed")

from models.averaging import WeightAverage, interpolate, reestimate_batch_norm  # noqa: E402


def test_the_average_moves_slowly_towards_the_weights() -> None:
    module = torch.nn.Linear(1, 1, bias=False)
    module.weight.data.fill_(0.0)
    average = WeightAverage(module, decay=0.9)
    average.updates = 1000
    module.weight.data.fill_(1.0)

    average.update(module)
    average.update(module)

    assert average.module.weight.item() == pytest.approx(1 - 0.9**2)


def test_early_updates_weigh_more() -> None:
    module = torch.nn.Linear(1, 1, bias=False)
    module.weight.data.fill_(0.0)
    average = WeightAverage(module, decay=0.999)
    module.weight.data.fill_(1.0)

    average.update(module)

    assert average.module.weight.item() > 0.5


def test_statistics_are_those_of_the_given_batches_alone() -> None:
    norm = torch.nn.BatchNorm2d(1)
    norm.running_mean.fill_(100.0)
    batches = [torch.full((2, 1, 2, 2), 1.0), torch.full((2, 1, 2, 2), 3.0)]

    reestimate_batch_norm(norm, batches)

    assert norm.running_mean.item() == pytest.approx(2.0)
    assert not norm.training
    assert norm.momentum == 0.1


def test_between_two_modules_everything_lies_on_the_line() -> None:
    start, end = torch.nn.BatchNorm2d(2), torch.nn.BatchNorm2d(2)
    start.running_mean.fill_(1.0)
    end.running_mean.fill_(3.0)
    end.weight.data.fill_(2.0)

    between = interpolate(start, end, 0.25)

    assert between.running_mean.tolist() == [1.5, 1.5]
    assert between.weight.tolist() == [1.25, 1.25]
    assert end.running_mean.tolist() == [3.0, 3.0]  # neither is changed
    assert start.running_mean.tolist() == [1.0, 1.0]
