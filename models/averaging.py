"""Averaged weights, and batch-norm statistics that fit whole pictures."""

import copy
from collections.abc import Iterable
from typing import Generic, TypeVar

import torch
from torch import Tensor, nn

ModuleT = TypeVar("ModuleT", bound=nn.Module)


class WeightAverage(Generic[ModuleT]):
    """An exponential moving average of a module's weights (Polyak averaging)."""

    def __init__(self, module: ModuleT, decay: float) -> None:
        self.module: ModuleT = copy.deepcopy(module)
        self.module.eval().requires_grad_(False)
        self._decay = decay
        self.updates = 0

    @torch.no_grad()
    def update(self, module: ModuleT) -> None:
        """Move the average towards the module's weights; early updates weigh more."""
        self.updates += 1
        decay = min(self._decay, (1 + self.updates) / (10 + self.updates))
        current = dict(module.named_parameters())
        for name, average in self.module.named_parameters():
            average.lerp_(current[name], 1.0 - decay)
        buffers = dict(module.named_buffers())
        for name, buffer in self.module.named_buffers():
            buffer.copy_(buffers[name])


@torch.no_grad()
def reestimate_batch_norm(module: nn.Module, batches: Iterable[Tensor]) -> None:
    """Replace running statistics by those of the given batches, all weighing the same.

    Statistics gathered under training crops do not fit the whole pictures that the program sees:
    re-estimating them on 40 unaugmented batches nearly doubled the accuracy of an early model.

    Args:
        module: any module with batch norms; it is left in evaluation mode.
        batches: inputs of the module.
    """
    norms = [layer for layer in module.modules() if isinstance(layer, nn.BatchNorm2d)]
    momenta = [layer.momentum for layer in norms]
    for layer in norms:
        layer.reset_running_stats()
        layer.momentum = None  # a plain mean over the batches
    module.train()
    for batch in batches:
        module(batch)
    module.eval()
    for layer, momentum in zip(norms, momenta, strict=True):
        layer.momentum = momentum
