"""What the gate of the int8 towers knows of a way to quantize one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from models.tower_runs import Feed


@dataclass(frozen=True)
class Layer:
    """A layer whose weights can become int8.

    Attributes:
        name: of its node.
        kind: of its node: ``MatMul``, ``Gemm``, ``Gather`` or ``Conv``.
        weight: the name of its weights.
        weights: how many there are.
    """

    name: str
    kind: str
    weight: str
    weights: int


class Way(Protocol):
    """A way to quantize one tower."""

    @property
    def method(self) -> str:
        """What the card calls it."""
        ...

    @property
    def layers(self) -> Sequence[Layer]:
        """What it can quantize."""
        ...

    @property
    def int8_share(self) -> float:
        """Part of the tower's weights that it quantizes where no layer is kept, 0 to 1."""
        ...

    def write(self, target: Path, kept: Collection[str]) -> None:
        """Write the tower with these layers, by name, left in float."""
        ...

    def suspects(self, probes: Sequence[Feed]) -> list[str]:
        """Layers by name, the one that probably loses most first; empty if it cannot say."""
        ...
