"""Where a training computes, and how exactly (mixed precision, Micikevicius et al., 2018)."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

import torch

PRECISIONS = ("auto", "float32", "bfloat16", "float16")


@dataclass(frozen=True)
class Precision:
    """A device and the precision of the towers' arithmetic; weights and losses stay float32.

    Attributes:
        device: ``cpu`` or ``cuda``.
        dtype: of matrix products and convolutions.
    """

    device: str
    dtype: torch.dtype

    def autocast(self) -> AbstractContextManager[object]:
        """Return the context in which towers compute; it holds for one thread only."""
        enabled = self.dtype is not torch.float32
        context: AbstractContextManager[object] = torch.autocast(
            self.device, self.dtype if enabled else None, enabled=enabled
        )
        return context

    def scaler(self) -> torch.amp.GradScaler:
        """Return what keeps small float16 gradients above nought; elsewhere it does nothing."""
        return torch.amp.GradScaler(self.device, enabled=self.dtype is torch.float16)

    def __str__(self) -> str:
        return f"{self.device}, {str(self.dtype).removeprefix('torch.')}"


CPU_BFLOAT16 = Precision("cpu", torch.bfloat16)


def choose_precision(wanted: str = "auto") -> Precision:
    """Choose the device, a GPU where there is one, and the precision.

    Where nothing is asked for, a GPU computes in bfloat16 if it can and else in float16, and a
    processor in bfloat16 if it has instructions for it: without them it is slower than float32.

    Args:
        wanted: one of ``PRECISIONS``.
    """
    device = "cuda" if torch.cuda.is_available() else "cpu"
    if device == "cuda":
        torch.backends.cudnn.benchmark = True  # a few shapes come again and again
        torch.set_float32_matmul_precision("high")  # losses do not need more
    if wanted != "auto":
        return Precision(device, getattr(torch, wanted))
    if device == "cuda":
        return Precision(
            device, torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float16
        )
    # Torch before 2.9 cannot tell; float32 is never far behind.
    able: Mapping[str, bool] = getattr(torch.cpu, "get_capabilities", dict)()
    quick = able.get("avx512_bf16") or able.get("amx_bf16")
    return Precision(device, torch.bfloat16 if quick else torch.float32)
