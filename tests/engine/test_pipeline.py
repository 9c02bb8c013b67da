"""How encoders give way to other programs."""

import os
import sys
import threading
from collections.abc import Iterator
from itertools import count
from types import SimpleNamespace
from typing import NoReturn

import numpy as np
import pytest
from numpy.typing import NDArray

from desktop_app.engine import pipeline
from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import ModelError
from desktop_app.engine.pace import WorkPace
from desktop_app.engine.pipeline import (
    Batch,
    BatchSize,
    Failed,
    PipelineSize,
    encode_in_batches,
)


class Recorder(WorkPace):
    """Notes what the encoders lost."""

    def __init__(self) -> None:
        super().__init__(lambda: None)
        self.lost_s: list[float] = []

    def give_way(self, lost_s: float) -> None:
        self.lost_s.append(lost_s)


def encode(items: list[int]) -> NDArray[np.float32]:
    return np.zeros((len(items), 2), dtype=np.float32)


@pytest.fixture(autouse=True)
def _clocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every batch takes 3 s, of which the processor is at it for 1 s."""
    wall, used = count(0, 3), count(0, 1)
    clocks = SimpleNamespace(monotonic=lambda: next(wall), thread_time=lambda: next(used))
    monkeypatch.setattr(pipeline, "time", clocks)


@pytest.mark.parametrize(("is_on_cpu", "lost_s"), [(True, [2, 2]), (False, [])])
def test_what_other_programs_took_is_told_where_threads_compute(
    is_on_cpu: bool, lost_s: list[float]
) -> None:
    pace = Recorder()
    items: Iterator[int | Failed[int]] = iter(range(4))
    size = PipelineSize(1, 1, 2)
    batches = encode_in_batches(items, encode, size, CancelToken(), pace, lambda: is_on_cpu)
    assert [one.items for one in batches if isinstance(one, Batch)] == [[0, 1], [2, 3]]
    assert pace.lost_s == lost_s


def test_batches_are_small_at_first_and_where_a_picture_takes_long() -> None:
    size = BatchSize(16)
    assert size.now == 4
    size.note(4, 0.012)  # 3 ms each
    assert size.now == 16
    size.note(16, 0.16)  # 10 ms each
    assert size.now == 10
    size.note(10, 2.0)  # 200 ms each
    assert size.now == 4
    size.note(4, 0.0)  # another processor did it
    assert size.now == 16


def test_a_batch_is_never_larger_than_was_set() -> None:
    size = BatchSize(2)
    assert size.now == 2
    size.note(2, 2.0)
    assert size.now == 2


def test_the_model_is_loaded_while_the_first_item_is_made() -> None:
    prepared = threading.Event()

    def items() -> Iterator[int | Failed[int]]:
        assert prepared.wait(10)
        yield 1

    size = PipelineSize(1, 1, 2)
    batches = encode_in_batches(
        items(), encode, size, CancelToken(), Recorder(), prepare=prepared.set
    )
    assert [one.items for one in batches if isinstance(one, Batch)] == [[1]]


def test_a_model_that_cannot_be_loaded_is_told_by_the_first_batch() -> None:
    def fail(*_: object) -> NoReturn:
        raise ModelError("The model is damaged.")

    items: Iterator[int | Failed[int]] = iter([1, 2])
    size = PipelineSize(1, 1, 2)
    batches = encode_in_batches(items, fail, size, CancelToken(), Recorder(), prepare=fail)
    with pytest.raises(ModelError, match="damaged"):
        list(batches)


@pytest.mark.skipif(sys.platform != "linux", reason="threads have no priority of their own")
def test_the_window_and_searches_go_before_encoders() -> None:
    def priority() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    of_encoders: list[int] = []

    def encode_and_look(items: list[int]) -> NDArray[np.float32]:
        of_encoders.append(priority())
        return encode(items)

    before = priority()
    items: Iterator[int | Failed[int]] = iter([1])
    list(
        encode_in_batches(items, encode_and_look, PipelineSize(1, 1, 2), CancelToken(), Recorder())
    )
    assert of_encoders == [max(10, before)]
    assert priority() == before
