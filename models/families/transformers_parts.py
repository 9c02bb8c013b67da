"""What the families that transformers knows have in common: loading, towers, references."""

import json
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
import transformers
from numpy.typing import NDArray
from PIL import Image
from tokenizers import Tokenizer
from torch import Tensor, nn

from models.checkpoint import CheckpointError

_CONFIG_FILE = "config.json"
_LEFT_OUT = ("_name_or_path", "transformers_version", "architectures", "dtype", "torch_dtype")
_PREPROCESSOR_KEYS = (
    "do_convert_rgb", "do_resize", "size", "resample", "do_center_crop", "crop_size",
    "do_rescale", "rescale_factor", "do_normalize", "image_mean", "image_std",
)  # fmt: skip


class PooledTower(nn.Module):
    """A transformers tower with the projection behind it.

    Args:
        tower: takes the inputs by name.
        input_names: their names, in the order of `forward`.
        projection: from the pooled state to the embedding.
        takes_first_state: whether the first token's state is pooled instead of the tower's own
            ``pooler_output``.
    """

    def __init__(
        self,
        tower: nn.Module,
        input_names: tuple[str, ...],
        projection: nn.Module,
        takes_first_state: bool = False,
    ) -> None:
        super().__init__()
        self.tower = tower
        self.input_names = input_names
        self.projection = projection
        self.takes_first_state = takes_first_state

    def forward(self, *inputs: Tensor) -> Tensor:
        """Return embeddings, shape ``(n, dim)``, of any length."""
        states = self.tower(**dict(zip(self.input_names, inputs, strict=True)))
        pooled = states.last_hidden_state[:, 0] if self.takes_first_state else states.pooler_output
        embedding: Tensor = self.projection(pooled)
        return embedding


class TransformersReference:
    """A checkpoint's tokenizer and image processor, as transformers runs them."""

    def __init__(self, tokenizer: Any, processor: Any, text_length: int, pads_texts: bool) -> None:
        self._tokenizer = tokenizer
        self._processor = processor
        self._text_length = text_length
        self._pads_texts = pads_texts

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """Token ids of texts, as the text tower takes them."""
        encoded = self._tokenizer(
            list(texts),
            truncation=True,
            max_length=self._text_length,
            padding="max_length" if self._pads_texts else False,
        )
        ids: list[list[int]] = encoded["input_ids"]
        return ids

    def pixels(self, image: Image.Image) -> NDArray[np.float32]:
        """The image tower's input, shape ``(3, height, width)``."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            prepared = self._processor(image, return_tensors="np")
        pixels: NDArray[np.float32] = prepared["pixel_values"][0]
        return pixels


def read_json(folder: Path, name: str, holds: type[Any] = dict) -> Any:
    """Read a JSON file of a checkpoint folder.

    Args:
        folder: the checkpoint.
        name: the file.
        holds: what it must hold, an object (``dict``) or an array (``list``).

    Raises:
        CheckpointError: it is absent or damaged.
    """
    if not (folder / name).is_file():
        raise CheckpointError(f"The checkpoint {folder} is not complete: {name} is missing.")
    try:
        content: object = json.loads((folder / name).read_text(encoding="utf-8"))
    except ValueError as error:
        raise CheckpointError(f"{folder / name} is damaged: it is not JSON.") from error
    if not isinstance(content, holds):
        raise CheckpointError(f"{folder / name} is damaged: it holds something else.")
    return content


def _in_short(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines[0] if lines else type(error).__name__)[:200].rstrip(".")


def load_model(kind: Any, folder: Path, unused: tuple[str, ...] = ()) -> Any:
    """Load a transformers model in float32; no code of the checkpoint is run.

    Args:
        kind: the model's class.
        folder: the checkpoint.
        unused: how the names of weights begin that may be missing.

    Raises:
        CheckpointError: a file is absent or damaged, or weights are missing.
    """
    read_json(folder, _CONFIG_FILE)
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what transformers will do one day
            model, info = kind.from_pretrained(
                folder,
                dtype=torch.float32,
                attn_implementation="eager",
                output_loading_info=True,
                local_files_only=True,
                trust_remote_code=False,
            )
    except Exception as error:  # transformers, safetensors and torch share no other base
        raise CheckpointError(
            f"The checkpoint {folder} cannot be loaded: {_in_short(error)}."
        ) from error
    # transformers would fill them with random numbers and go on.
    if missing := sorted(key for key in info["missing_keys"] if not key.startswith(unused)):
        raise CheckpointError(
            f"The checkpoint {folder} is not complete: {len(missing)} weights are missing, such as"
            f" {missing[0]}."
        )
    return model.eval()


def load_tokenizer(folder: Path) -> Any:
    """Load a checkpoint's tokenizer as transformers does.

    Raises:
        CheckpointError: its files are absent or damaged.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return transformers.AutoTokenizer.from_pretrained(
                folder, local_files_only=True, trust_remote_code=False
            )
    except Exception as error:  # tokenizers raises plain Exception
        raise CheckpointError(
            f"The tokenizer of the checkpoint {folder} cannot be loaded: {_in_short(error)}."
        ) from error


def fast_tokenizer(tokenizer: Any, folder: Path) -> Tokenizer:
    """Return the tokenizer that ``tokenizer.json`` will hold.

    Raises:
        CheckpointError: there is none, because this kind runs in Python or SentencePiece.
    """
    backend = getattr(tokenizer, "backend_tokenizer", None)
    if isinstance(backend, Tokenizer):
        text = backend.to_str()
    elif (folder / "tokenizer.json").is_file():
        text = (folder / "tokenizer.json").read_text(encoding="utf-8")
    else:
        raise CheckpointError(
            f"The checkpoint {folder} has no tokenizer.json, and a {type(tokenizer).__name__}"
            " cannot be turned into one."
        )
    copied = Tokenizer.from_str(text)
    copied.no_padding()
    copied.no_truncation()
    return copied


def describe_tokenizer(tokenizer: Any, text_length: int) -> dict[str, Any]:
    """Return what ``tokenizer_config.json`` says."""
    tokens = {
        key: str(value)
        for key, value in tokenizer.special_tokens_map.items()
        if not isinstance(value, list)
    }
    return {
        "tokenizer_class": type(tokenizer).__name__,
        "model_max_length": text_length,
        "padding_side": "right",
        **tokens,
    }


def load_processor(kind: Any, folder: Path) -> Any:
    """Load a checkpoint's image processor, the one that works on Pillow.

    Raises:
        CheckpointError: its file is absent or damaged.
    """
    read_json(folder, "preprocessor_config.json")
    try:
        return kind.from_pretrained(folder, local_files_only=True)
    except Exception as error:  # whatever a wrong value raises
        raise CheckpointError(
            f"The image processor of the checkpoint {folder} cannot be loaded: {_in_short(error)}."
        ) from error


def describe_processor(processor: Any) -> dict[str, Any]:
    """Return what ``preprocessor_config.json`` says, in the form that all readers understand."""
    settings = processor.to_dict()
    described = {
        key: _plain(settings[key]) for key in _PREPROCESSOR_KEYS if settings.get(key) is not None
    }
    kind = type(processor).__name__.removesuffix("Pil").removesuffix("Fast")
    return {"image_processor_type": kind, **described}


def _plain(value: Any) -> Any:
    """Turn a size object into a plain mapping and a filter into its number."""
    if isinstance(value, bool | int | float | str):
        return int(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if isinstance(value, Sequence):
        return list(value)
    return {key: side for key, side in dict(value).items() if side is not None}


def describe_config(config: Any, **stated: Any) -> dict[str, Any]:
    """Return a checkpoint's configuration without what only its author's machine meant.

    Args:
        config: the transformers configuration.
        stated: fields that are written even where they have their usual values, such as
            ``text_config={"pad_token_id": 1}``.
    """
    described = {k: v for k, v in config.to_diff_dict().items() if k not in _LEFT_OUT}
    for key, value in stated.items():
        if isinstance(value, Mapping):
            inner = {k: v for k, v in described.get(key, {}).items() if k not in _LEFT_OUT}
            described[key] = {**inner, **value}
        else:
            described[key] = value
    return described


def square(side_px: Any) -> tuple[int, int]:
    """Return the height and width that a vision configuration means."""
    if isinstance(side_px, int):
        return side_px, side_px
    height, width = side_px
    return int(height), int(width)
