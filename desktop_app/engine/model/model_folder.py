"""Reads a model folder: what kind of model it is, and where its parts lie.

Cheap apart from one pass over the files for their digest: no model is loaded.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from desktop_app.engine.errors import ModelError
from desktop_app.engine.model.json_fields import INSTALL_AGAIN, JsonFields
from desktop_app.engine.model.preprocess import Preprocessing
from desktop_app.engine.paths import builtin_model_folder

Precision = Literal["auto", "float", "quantized"]

_MAX_DIM = 8192
_MAX_TEXT_TOKENS = 4096
_MAX_TOKEN_ID = 10_000_000


@dataclass(frozen=True, slots=True)
class _Family:
    """What a ``model_type`` stands for, with the values transformers leaves unwritten.

    Attributes:
        dim: Length of the vectors.
        max_text_tokens: Longest text.
        pad_token_id: What texts are filled up with.
        is_sigmoid: Whether it is of the SigLIP kind: pictures are squeezed to a square, texts
            always filled up to the full length, the pooled output is the vector.
    """

    dim: int | None
    max_text_tokens: int
    pad_token_id: int
    is_sigmoid: bool = False


_FAMILIES = {
    "image_seeker_dual_encoder": _Family(dim=None, max_text_tokens=64, pad_token_id=0),
    "clip": _Family(dim=512, max_text_tokens=77, pad_token_id=49407),
    "siglip": _Family(dim=768, max_text_tokens=64, pad_token_id=1, is_sigmoid=True),
}


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A model folder that is complete and of a known kind.

    Attributes:
        path: The folder.
        key: SHA-256, in hex, of everything that decides the vectors.
        name: For people.
        dim: Length of the vectors.
        preprocessing: How pictures are prepared.
        vision_model: ONNX file of the image tower.
        text_model: ONNX file of the text tower.
        tokenizer: The ``tokenizer.json``.
        max_text_tokens: Longest text, start and end tokens included.
        pads_texts: Whether texts must always be filled up to the longest length.
        pad_token: What they are filled up with; None where only its number is known.
        pad_token_id: Its number, where the tokenizer does not know `pad_token`.
        has_pooled_outputs: Whether an output named ``pooler_output`` is the vector.
        is_builtin: Whether it is the model that comes with the program.
    """

    path: Path
    key: str
    name: str
    dim: int
    preprocessing: Preprocessing
    vision_model: Path
    text_model: Path
    tokenizer: Path
    max_text_tokens: int
    pads_texts: bool
    pad_token: str | None
    pad_token_id: int
    has_pooled_outputs: bool
    is_builtin: bool


def read_model_folder(path: Path, precision: Precision = "auto") -> ModelFolder:
    """Read and check a model folder.

    Args:
        path: The folder.
        precision: Which towers to take; ``auto`` prefers the quantized ones.

    Raises:
        ModelError: If it is missing, incomplete, damaged or of an unknown kind.
    """
    path = path.absolute()
    try:
        if not path.is_dir():
            raise ModelError(f"There is no model folder {path}.", "Choose another model.")
        return _read(_FolderFiles(path), precision)
    except OSError as error:
        raise ModelError(
            f"The model {path.name} cannot be read ({error.strerror}).", INSTALL_AGAIN
        ) from error


class _FolderFiles:
    """Finds the files of one folder, lets none lie outside, and remembers them for the digest."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._resolved = folder.resolve()
        self._found: list[Path] = []

    def find(self, name: str) -> Path:
        path = self.find_optional(name)
        if path is None:
            raise ModelError(
                f"The model {self.folder.name} is not complete: {name} is missing.", INSTALL_AGAIN
            )
        return path

    def find_optional(self, name: str) -> Path | None:
        path = self.folder / name
        if not path.is_file():
            return None
        if not path.resolve().is_relative_to(self._resolved):
            raise ModelError(
                f"The model {self.folder.name} cannot be used: {name} is a link to another place.",
                "Copy the file itself into the model's folder.",
            )
        self._found.append(path)
        return path

    def find_tower(self, tower: str, precision: Precision) -> Path:
        quantized, full = f"onnx/{tower}_quantized.onnx", f"onnx/{tower}.onnx"
        if precision == "auto":
            precision = "quantized" if (self.folder / quantized).is_file() else "float"
        path = self.find(quantized if precision == "quantized" else full)
        # Exporters put the weights of large models beside the graph: .onnx_data or .onnx.data.
        # onnxruntime itself refuses weights that lie anywhere but below the graph's folder.
        for weights in sorted(path.parent.glob(f"{path.name}[._]data*")):
            self.find(f"onnx/{weights.name}")
        return path

    def digest(self) -> str:
        """One digest over the names and contents of all files found."""
        total = hashlib.sha256()
        for path in self._found:
            with path.open("rb") as file:
                content = hashlib.file_digest(file, "sha256")
            total.update(f"{path.name} {content.hexdigest()}\n".encode())
        return total.hexdigest()


def _read(files: _FolderFiles, precision: Precision) -> ModelFolder:
    folder = files.folder
    config = JsonFields.read(files.find("config.json"), folder.name)
    family = _read_family(config, folder.name)
    text_config = config.section("text_config")
    preprocessor = JsonFields.read(files.find("preprocessor_config.json"), folder.name)
    return ModelFolder(
        path=folder,
        name=config.text("name") if config.has("name") else folder.name,
        dim=_read_dim(config, family),
        preprocessing=Preprocessing.from_config(preprocessor, squeezes=family.is_sigmoid),
        vision_model=files.find_tower("vision_model", precision),
        text_model=files.find_tower("text_model", precision),
        tokenizer=files.find("tokenizer.json"),
        max_text_tokens=text_config.integer(
            "max_position_embeddings", 3, _MAX_TEXT_TOKENS, default=family.max_text_tokens
        ),
        pads_texts=family.is_sigmoid,
        pad_token=_read_pad_token(files.find_optional("tokenizer_config.json"), folder.name),
        pad_token_id=text_config.integer(
            "pad_token_id", 0, _MAX_TOKEN_ID, default=family.pad_token_id
        ),
        has_pooled_outputs=family.is_sigmoid,
        is_builtin=folder.resolve() == builtin_model_folder().resolve(),
        key=files.digest(),  # last: it covers what was found above
    )


def _read_family(config: JsonFields, model: str) -> _Family:
    model_type = config.text("model_type")
    family = _FAMILIES.get(model_type)
    if family is None:
        raise ModelError(
            f"The model {model} is of a kind this program does not know: {model_type}.",
            "Choose a CLIP or SigLIP model.",
        )
    return family


def _read_dim(config: JsonFields, family: _Family) -> int:
    if not family.is_sigmoid:
        return config.integer("projection_dim", 1, _MAX_DIM, default=family.dim)
    text_config = config.section("text_config")
    width = text_config.integer("hidden_size", 1, _MAX_DIM, default=family.dim)
    return text_config.integer("projection_size", 1, _MAX_DIM, default=width)


def _read_pad_token(tokenizer_config: Path | None, model: str) -> str | None:
    if tokenizer_config is None:
        return None
    fields = JsonFields.read(tokenizer_config, model)
    if fields.is_section("pad_token"):
        return fields.section("pad_token").text("content")
    return fields.text("pad_token") if fields.has("pad_token") else None
