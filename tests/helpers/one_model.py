"""Models without a folder: encoders that are there already."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import ModelError
from desktop_app.engine.protocols import Encoder
from desktop_app.engine.records import InstalledModel, ModelOffer, ModelProgress

SIZE_BYTES = 1_000


class OneModel:
    """Satisfies `desktop_app.engine.protocols.Models`: one encoder, or several.

    Each is called by the key of its `info`; the first one is the built-in one.

    Args:
        encoders: The models.
        builtin: What the first one is called instead.

    Attributes:
        encoders: By name. A test may take one out, as if its folder were deleted, or put one in.
        problems: Why models cannot be used, by name.
    """

    def __init__(self, *encoders: Encoder, builtin: str | None = None) -> None:
        names = [encoder.info.key for encoder in encoders]
        if builtin is not None:
            names[0] = builtin
        self.encoders: dict[str, Encoder] = dict(zip(names, encoders, strict=True))
        self.problems: dict[str, str] = {}
        self._builtin = next(iter(names), "")

    def installed(self) -> Sequence[InstalledModel]:
        return [self._describe(name) for name in self.encoders]

    def load(self, name: str) -> Encoder:
        if name not in self.encoders:
            raise ModelError(f"The model {name} is missing.", "Install it again.")
        if name in self.problems:
            raise ModelError(self.problems[name], "Install it again.")
        return self.encoders[name]

    def add(self, source: Path, cancel: CancelToken) -> Iterator[ModelProgress | InstalledModel]:
        raise ModelError("No model can be added here.")

    def remove(self, name: str) -> None:
        if name not in self.encoders or name == self._builtin:
            raise ModelError(f"The model {name} cannot be removed.")
        del self.encoders[name]

    def offers(self) -> Sequence[ModelOffer]:
        return []

    def get(self, name: str, cancel: CancelToken) -> Iterator[ModelProgress | InstalledModel]:
        raise ModelError("No model can be downloaded here.")

    def _describe(self, name: str) -> InstalledModel:
        info = self.encoders[name].info
        problem = self.problems.get(name)
        return InstalledModel(
            name=name,
            title=info.name,
            key="" if problem else info.key,
            dim=0 if problem else info.dim,
            size_bytes=SIZE_BYTES,
            is_builtin=name == self._builtin,
            problem=problem,
        )
