"""A text tower of the sentence-transformers kind, trained into the space of a CLIP.

Such as ``sentence-transformers/clip-ViT-B-32-multilingual-v1`` (Reimers and Gurevych, 2020): a
multilingual transformer, its states pooled, then dense layers into CLIP's space. The pictures are
embedded by the image tower of the CLIP whose space it is.
"""

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
import transformers
from safetensors import SafetensorError
from safetensors.torch import load_file
from tokenizers import Tokenizer, normalizers
from torch import Tensor, nn

from models.checkpoint import CheckpointError
from models.families.checkpoint_facts import read_facts
from models.families.checkpoint_files import CheckpointFiles
from models.families.dual_encoder import OWN_MODEL_TYPE, DualEncoder, Reference
from models.families.transformers_parts import (
    TransformersReference,
    describe_tokenizer,
    fast_tokenizer,
    load_model,
    load_tokenizer,
    read_json,
)

MODULES_FILE = "modules.json"
_INPUTS = ("input_ids", "attention_mask")
_ACTIVATIONS: Mapping[str, type[nn.Module]] = {
    "Identity": nn.Identity,
    "Tanh": nn.Tanh,
    "ReLU": nn.ReLU,
    "GELU": nn.GELU,
}
_POOLINGS = {"pooling_mode_mean_tokens": "mean", "pooling_mode_cls_token": "cls"}


class SentenceTower(nn.Module):
    """A transformer, the mean of its states over the real tokens or its first state, and layers."""

    def __init__(self, transformer: nn.Module, pooling: str, layers: Sequence[nn.Module]) -> None:
        super().__init__()
        self.transformer = transformer
        self.pooling = pooling
        self.layers = nn.Sequential(*layers)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Embed token ids, both inputs ``(n, length)`` int64, as ``(n, dim)``, of any length."""
        states = self.transformer(
            input_ids=input_ids, attention_mask=attention_mask
        ).last_hidden_state
        embedding: Tensor = self.layers(self._pool(states, attention_mask))
        return embedding

    def _pool(self, states: Tensor, attention_mask: Tensor) -> Tensor:
        if self.pooling == "cls":
            return states[:, 0]
        weights = attention_mask.unsqueeze(-1).to(states.dtype)
        return (states * weights).sum(1) / weights.sum(1).clamp(min=1e-9)


class Unit(nn.Module):
    """Scales rows to unit length."""

    def forward(self, rows: Tensor) -> Tensor:
        """Map ``(n, dim)`` to the same shape."""
        return nn.functional.normalize(rows, dim=-1)


class _PairReference:
    """The words of one reference and the pictures of another."""

    def __init__(self, words: Reference, pictures: Reference, lowers: bool) -> None:
        self._words = words
        self._lowers = lowers
        self.pixels = pictures.pixels

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """Token ids of texts, lowered before where the checkpoint asks for that."""
        return self._words.tokens([text.lower() for text in texts] if self._lowers else texts)


def image_side(files: CheckpointFiles) -> CheckpointFiles:
    """Return the CLIP inside a sentence-transformers folder of a whole CLIP; else `files`."""
    if not (files.path / MODULES_FILE).is_file():
        return files
    kinds = _read_modules(files.path)
    if [kind for kind, _ in kinds] != ["CLIPModel"]:
        return files
    return replace(files, path=kinds[0][1])


def _read_modules(folder: Path) -> list[tuple[str, Path]]:
    """Return the kinds and folders of the modules, in order."""
    path = folder / MODULES_FILE
    content = read_json(folder, MODULES_FILE, holds=list)
    modules = []
    for entry in content:
        if not isinstance(entry, dict) or not isinstance(entry.get("type"), str):
            raise CheckpointError(f"{path} is damaged: an entry has no type.")
        inner = (folder / str(entry.get("path", ""))).resolve()
        if not inner.is_relative_to(folder.resolve()):
            raise CheckpointError(f"{path} names a folder outside the checkpoint.")
        modules.append((entry["type"].rsplit(".", 1)[-1], inner))
    return modules


def _read_pooling(folder: Path) -> str:
    settings = read_json(folder, "config.json")
    named = settings.get("pooling_mode")
    modes = [named] if isinstance(named, str) else list(named or ())
    modes += [key for key, value in settings.items() if key.startswith("pooling_mode_") and value]
    poolings = {_POOLINGS.get(mode, mode) for mode in modes} or {"mean"}
    if len(poolings) != 1 or not poolings <= {"mean", "cls"}:
        raise CheckpointError(
            f"{folder} pools by {', '.join(sorted(poolings))}; only mean or cls can be exported."
        )
    return poolings.pop()


def _read_weights(folder: Path) -> dict[str, Tensor]:
    safe, pickled = folder / "model.safetensors", folder / "pytorch_model.bin"
    if not safe.is_file() and not pickled.is_file():
        raise CheckpointError(f"The checkpoint is not complete: {safe} is missing.")
    weights: dict[str, Tensor]
    try:
        if safe.is_file():
            weights = load_file(safe)
        else:
            weights = torch.load(pickled, map_location="cpu", weights_only=True)
    except (SafetensorError, pickle.UnpicklingError, RuntimeError, EOFError) as error:
        raise CheckpointError(f"The weights in {folder} are damaged.") from error
    return weights


def _read_dense(folder: Path) -> list[nn.Module]:
    settings = read_json(folder, "config.json")
    activation = str(settings.get("activation_function", "torch.nn.modules.activation.Tanh"))
    kind = _ACTIVATIONS.get(activation.rsplit(".", 1)[-1])
    if kind is None or settings.get("use_residual"):
        what = activation if kind is None else "a residual connection"
        raise CheckpointError(f"The dense layer {folder} uses {what}, which cannot be exported.")
    try:
        has_bias = bool(settings.get("bias", True))
        layer = nn.Linear(int(settings["in_features"]), int(settings["out_features"]), has_bias)
        layer.load_state_dict(
            {name.removeprefix("linear."): value for name, value in _read_weights(folder).items()}
        )
    except (KeyError, TypeError, ValueError, RuntimeError) as error:
        raise CheckpointError(f"The dense layer {folder} does not fit its settings.") from error
    return [layer.float(), kind()]


def _read_tower(modules: Sequence[tuple[str, Path]], name: str) -> SentenceTower:
    transformer = load_model(transformers.AutoModel, modules[0][1], unused=("pooler.",))
    pooling, layers = "mean", list[nn.Module]()
    for kind, folder in modules[1:]:
        if kind == "Pooling":
            pooling = _read_pooling(folder)
        elif kind == "Dense":
            layers += _read_dense(folder)
        elif kind == "Normalize":
            layers.append(Unit())
        else:
            raise CheckpointError(f"{name} has a module of a kind that cannot be exported: {kind}.")
    tower = SentenceTower(transformer, pooling, layers)
    tower.eval()
    return tower


def _check_space(text_dim: int, image_dim: int, name: str, images: DualEncoder) -> None:
    if text_dim != image_dim:
        raise CheckpointError(
            f"{name} gives vectors of {text_dim} numbers and {images.name} of {image_dim}: they are"
            " not of one space."
        )


def _positions(config: Any, name: str) -> int:
    """How many tokens the transformer has places for."""
    stated = getattr(config, "max_position_embeddings", None)
    if not isinstance(stated, int) or stated < 1:  # T5 and others count distances instead
        raise CheckpointError(
            f"{name} has a text transformer of a kind that cannot be exported:"
            f" {config.model_type}, which states no max_position_embeddings."
        )
    return stated


def _dim_of(tower: nn.Module, *inputs: Tensor) -> int:
    with torch.inference_mode():
        return int(tower(*inputs).shape[-1])


def _lowered(tokenizer: Tokenizer) -> Tokenizer:
    steps = [normalizers.Lowercase()]
    if tokenizer.normalizer is not None:
        steps.append(tokenizer.normalizer)
    tokenizer.normalizer = normalizers.Sequence(steps)
    return tokenizer


def open_sentence_pair(files: CheckpointFiles, images: DualEncoder | None) -> DualEncoder:
    """Open a sentence-transformers folder together with the image tower of its space.

    Args:
        files: the text side.
        images: the checkpoint whose image tower is used; None where none was named.

    Raises:
        CheckpointError: it cannot be used, or the two do not fit.
    """
    modules = _read_modules(files.path)
    if not modules or modules[0][0] != "Transformer":
        raise CheckpointError(f"{files.name} does not begin with a text transformer.")
    if images is None:
        raise CheckpointError(
            f"{files.name} is a text tower alone: name the checkpoint of the image tower whose"
            " space it shares with --images, such as openai/clip-vit-base-patch32."
        )
    inner = modules[0][1]
    tower, tokenizer = _read_tower(modules, files.name), load_tokenizer(inner)
    settings_file = "sentence_bert_config.json"
    settings = read_json(inner, settings_file) if (inner / settings_file).is_file() else {}
    config = tower.transformer.config
    # RoBERTa's positions begin behind its padding's number, so two fewer tokens fit.
    room = _positions(config, files.name)
    room -= int(tokenizer.pad_token_id) + 1 if "roberta" in config.model_type else 0
    length = min(room, int(settings.get("max_seq_length") or room))
    ids = torch.full((1, 2), int(tokenizer.pad_token_id))
    dim = _dim_of(tower, ids, torch.ones_like(ids))
    _check_space(
        dim, _dim_of(images.image_tower, torch.zeros(1, 3, *images.shape_px)), files.name, images
    )
    lowers = bool(settings.get("do_lower_case", False))
    fast = fast_tokenizer(tokenizer, inner)
    words = TransformersReference(tokenizer, None, length, pads_texts=False)
    facts = read_facts(files)
    return replace(
        images,
        family="multilingual pair",
        name=files.name,
        text_tower=tower,
        text_inputs=_INPUTS,
        text_length=length,
        pads_texts=False,
        pad_token_id=int(tokenizer.pad_token_id),
        config=_describe(files.name, dim, config, length, int(tokenizer.pad_token_id), images),
        tokenizer_config=describe_tokenizer(tokenizer, length),
        tokenizer=_lowered(fast) if lowers else fast,
        reference=_PairReference(words, images.reference, lowers),
        facts=replace(facts, base_model=(*facts.base_model, *images.facts.base_model)),
    )


def _describe(
    name: str, dim: int, text: Any, length: int, pad_token_id: int, images: DualEncoder
) -> dict[str, Any]:
    return {
        "model_type": OWN_MODEL_TYPE,
        "name": name,
        "projection_dim": dim,
        "text_config": {
            "model_type": text.model_type,
            "max_position_embeddings": length,
            "vocab_size": int(text.vocab_size),
            "pad_token_id": pad_token_id,
        },
        "vision_config": dict(images.config.get("vision_config", {})),
    }
