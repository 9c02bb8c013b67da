"""Trains on all cores with one thread of work each.

The convolution gradients of torch's oneDNN wait for each other in a busy loop when they share a
call among threads: on two cores that other programs used as well, the backward pass took twelve
times the CPU time of a single thread (4.4 s against 0.37 s). So each core embeds a part of the
batch of its own, and they meet only once a step.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self

import torch
from torch import Tensor

from models.precision import CPU_BFLOAT16, Precision

Task = Callable[[], Tensor]
"""Embeds one part of a batch, shape ``(part, dim)``."""


class Embedded:
    """Parts of a batch, embedded; a loss is computed on ``values`` and then handed back."""

    def __init__(self, parts: Sequence[Tensor], pool: ThreadPoolExecutor) -> None:
        self._parts = parts
        self._pool = pool
        self.values = [part.detach().float().requires_grad_() for part in parts]
        """The parts as leaves of a new graph, float32, in the order of their tasks."""

    def _propagate_part(self, index: int) -> None:
        gradient = self.values[index].grad
        if gradient is not None:
            torch.autograd.backward(self._parts[index], gradient.to(self._parts[index].dtype))

    def propagate(self) -> None:
        """Carry the gradients of ``values`` on to the towers' weights.

        Torch locks each weight's gradient while a thread adds to it.
        """
        list(self._pool.map(self._propagate_part, range(len(self._parts))))


class CoreWorkers:
    """A thread for each core; use it as a context."""

    def __init__(self, count: int | None = None, precision: Precision = CPU_BFLOAT16) -> None:
        """Start the threads.

        Args:
            count: how many; by default one for each core, or one for a GPU.
            precision: of the arithmetic in the towers, and where it is done.
        """
        self.count = count or (1 if precision.device == "cuda" else os.cpu_count() or 1)
        self._precision = precision
        self._pool = ThreadPoolExecutor(
            self.count, initializer=torch.set_num_threads, initargs=(1,)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown()

    def embed(self, tasks: Sequence[Task]) -> Embedded:
        """Run tasks side by side, the longest should come first."""

        def run(task: Task) -> Tensor:
            with self._precision.autocast():
                return task()

        return Embedded(list(self._pool.map(run, tasks)), self._pool)
