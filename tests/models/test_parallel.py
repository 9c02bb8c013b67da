"""Work shared among cores gives the same gradients as work done at once."""

from functools import partial

import pytest

torch = pytest.importorskip("torch", reason="the models extra is not installed")

from torch import Tensor  # noqa: E402

from models.parallel import CoreWorkers  # noqa: E402


def test_gradients_of_parts_add_up_to_those_of_the_whole() -> None:
    torch.manual_seed(0)
    tower, inputs = torch.nn.Linear(6, 4), torch.randn(10, 6)
    with torch.autocast("cpu", torch.bfloat16):
        whole = tower(inputs).float()
    whole.square().sum().backward()
    expected = tower.weight.grad.clone()
    tower.zero_grad()

    with CoreWorkers(2) as workers:
        embedded = workers.embed([partial(tower, part) for part in inputs.chunk(2)])
        joined = torch.cat(embedded.values)
        joined.square().sum().backward()
        assert tower.weight.grad is None
        embedded.propagate()

    torch.testing.assert_close(joined, whole)
    torch.testing.assert_close(tower.weight.grad, expected, rtol=2e-2, atol=2e-2)


def test_parts_come_back_in_order_whoever_was_faster() -> None:
    with CoreWorkers(3) as workers:
        embedded = workers.embed([partial(torch.full, (2, 1), float(at)) for at in range(7)])

    assert torch.cat(embedded.values).flatten().tolist() == [at for at in range(7) for _ in "ab"]


def test_a_part_that_is_in_no_loss_is_left_alone() -> None:
    tower = torch.nn.Linear(1, 1)

    with CoreWorkers(2) as workers:
        embedded = workers.embed([lambda: tower(torch.ones(1, 1)), lambda: tower(torch.ones(1, 1))])
        torch.autograd.backward(embedded.values[0].sum())
        embedded.propagate()

    assert tower.bias.grad is not None
    assert tower.bias.grad.item() == pytest.approx(1.0)


def test_a_failing_part_is_not_swallowed() -> None:
    def fail() -> Tensor:
        raise ValueError("no such picture")

    with CoreWorkers(2) as workers, pytest.raises(ValueError, match="no such picture"):
        workers.embed([fail])
