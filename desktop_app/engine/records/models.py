"""Models: what is known of them, and what a library has of each."""

from dataclasses import dataclass
from enum import StrEnum

REST_SHARE = 0.05
"""Of the pictures: a model that lacks no more answers at once, and gets to know these meanwhile."""


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What the user may know about the model in use.

    Attributes:
        key: Digest of the model's files; vectors are kept under it.
        name: For people.
        dim: Length of its vectors.
        is_builtin: Whether it is the small model that comes with the program.
    """

    key: str
    name: str
    dim: int
    is_builtin: bool


@dataclass(frozen=True, slots=True)
class DeviceChoice:
    """What computes the vectors, and why this.

    Attributes:
        provider: onnxruntime's name of it, such as ``CPUExecutionProvider``.
        reason: One plain sentence for the user.
    """

    provider: str
    reason: str


@dataclass(frozen=True, slots=True)
class QualityFigure:
    """A result that a model's card tells.

    Attributes:
        dataset: What was measured on.
        metric: What was measured.
        value: The figure, 0 to 1.
    """

    dataset: str
    metric: str
    value: float


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model folder that the program knows of.

    Attributes:
        name: What commands and settings call it: the name of its folder, ``starter`` for the
            model that comes with the program.
        title: For people.
        key: Digest of the files that decide its vectors; empty where it cannot be used.
        dim: Length of its vectors; 0 where it cannot be used.
        size_bytes: The whole folder on disk.
        licence: As its card says, such as ``mit``; empty where it says nothing.
        languages: ISO 639 codes of the languages it understands; empty where it says nothing.
        quality: What its card tells of its quality.
        is_builtin: Whether it comes with the program.
        problem: Why it cannot be used, one plain sentence; None where it can.
        is_missing: Whether its folder is gone, and only what it prepared is left.
    """

    name: str
    title: str
    key: str
    dim: int
    size_bytes: int
    licence: str = ""
    languages: tuple[str, ...] = ()
    quality: tuple[QualityFigure, ...] = ()
    is_builtin: bool = False
    problem: str | None = None
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class ModelOffer:
    """A model that can be downloaded.

    Attributes:
        name: What commands call it, and its folder once it is installed.
        title: For people.
        address: Where it comes from; shown before anything is fetched.
        revision: The one version of it that is taken, as the address knows it.
        size_bytes: What is fetched in all.
        licence: Such as ``mit``.
        languages: ISO 639 codes; ``multilingual`` where there are too many to name.
        description: One plain sentence about what it is good for.
        is_installed: Whether it is there already.
    """

    name: str
    title: str
    address: str
    revision: str
    size_bytes: int
    licence: str
    languages: tuple[str, ...]
    description: str
    is_installed: bool = False


class ModelStep(StrEnum):
    """What is being done to install a model."""

    DOWNLOADING = "downloading"
    COPYING = "copying"
    CHECKING = "checking"


@dataclass(frozen=True, slots=True)
class ModelProgress:
    """How far the installation of a model is.

    Attributes:
        step: What is being done.
        done_bytes: Of `total_bytes`.
        total_bytes: 0 where it is not known or bytes mean nothing, as while checking.
        file: The file at work, relative to the model's folder; may be empty.
    """

    step: ModelStep
    done_bytes: int = 0
    total_bytes: int = 0
    file: str = ""


class ModelRole(StrEnum):
    """What a model is to one library."""

    IN_USE = "in_use"
    """Answers the queries."""
    NEXT = "next"
    """Chosen; answers as soon as every picture has its vector."""
    KEPT = "kept"
    """Neither, but vectors of it are kept: it answers at once where it lacks few pictures."""
    UNUSED = "unused"
    """Has no vectors here."""


@dataclass(frozen=True, slots=True)
class LibraryModel:
    """An installed model as one library sees it.

    Attributes:
        model: The model.
        role: What it is to the library.
        vectors: How many of the library's pictures have a vector of it.
        pictures: How many pictures the library has.
        disk_bytes: What its vectors and its index take on disk for this library.
    """

    model: InstalledModel
    role: ModelRole
    vectors: int
    pictures: int
    disk_bytes: int

    @property
    def lacks_few(self) -> bool:
        """Whether it lacks so few pictures, or none, that it can answer at once."""
        return self.pictures - self.vectors <= REST_SHARE * self.pictures
