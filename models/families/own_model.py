"""Our own models: a final checkpoint of ``models.train``, or a folder of finished towers."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import transformers
from tokenizers import Tokenizer

from models.augmentation import PIXEL_MEAN, PIXEL_STD
from models.checkpoint import CheckpointError, load_checkpoint
from models.families.checkpoint_files import CheckpointFiles
from models.families.dual_encoder import OWN_MODEL_TYPE, CardFacts, DualEncoder
from models.families.transformers_parts import TransformersReference
from models.tower_files import is_tower_folder, read_tower_files, towers_to_checkpoint
from models.towers import image_tower_from_dict, text_tower_from_dict
from models.vocabulary import END, PAD, PAD_ID, START


def is_own(path: Path) -> bool:
    """Tell whether a path looks like one of our own checkpoints."""
    return path.is_file() or is_tower_folder(path)


def _read(files: CheckpointFiles) -> Mapping[str, Any]:
    if files.path.is_dir():
        return towers_to_checkpoint(read_tower_files(files.path))
    content = load_checkpoint(files.path)
    if "image_tower" not in content:
        raise CheckpointError(f"{files.path} is a checkpoint of an unfinished training.")
    return content


def _describe_config(content: Mapping[str, Any]) -> dict[str, Any]:
    image, text = content["image_tower"]["shape"], content["text_tower"]["shape"]
    return {
        "model_type": OWN_MODEL_TYPE,
        "name": content["name"],
        "projection_dim": image["dim"],
        "logit_scale": content["logit_scale"],
        "vision_config": {
            "image_size": int(content["image_side_px"]),
            "hidden_sizes": list(image["widths"]),
            "depths": list(image["blocks"]),
        },
        "text_config": {
            "max_position_embeddings": text["max_positions"],
            "vocab_size": text["vocab_size"],
            "hidden_size": text["width"],
            "num_hidden_layers": text["layers"],
            "num_attention_heads": text["heads"],
            "pad_token_id": PAD_ID,
        },
    }


def _describe_pictures(side_px: int) -> dict[str, Any]:
    return {
        "image_processor_type": "CLIPImageProcessor",
        "do_convert_rgb": True,
        "do_resize": True,
        "size": {"height": side_px, "width": side_px},
        "resample": 3,
        "do_center_crop": False,
        "do_rescale": True,
        "rescale_factor": 1 / 255,
        "do_normalize": True,
        "image_mean": list(PIXEL_MEAN),
        "image_std": list(PIXEL_STD),
    }


def _describe_words(length: int) -> dict[str, Any]:
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": length,
        "pad_token": PAD,
        "bos_token": START,
        "eos_token": END,
        "padding_side": "right",
    }


def open_own(files: CheckpointFiles) -> DualEncoder:
    """Open one of our own checkpoints.

    Raises:
        CheckpointError: it cannot be used.
    """
    content = _read(files)
    side_px = int(content["image_side_px"])
    length = int(content["text_tower"]["shape"]["max_positions"])
    pictures, words = _describe_pictures(side_px), _describe_words(length)
    calibration = content.get("calibration")
    reference = TransformersReference(
        transformers.PreTrainedTokenizerFast(
            tokenizer_object=Tokenizer.from_str(content["tokenizer"]),
            **{key: words[key] for key in ("pad_token", "bos_token", "eos_token")},
        ),
        transformers.CLIPImageProcessorPil(**pictures),
        length,
        pads_texts=False,
    )
    return DualEncoder(
        family="Image Seeker",
        name=content["name"],
        image_tower=image_tower_from_dict(content["image_tower"]).eval(),
        text_tower=text_tower_from_dict(content["text_tower"]).eval(),
        text_inputs=("input_ids", "attention_mask"),
        text_length=length,
        pads_texts=False,
        pad_token_id=PAD_ID,
        shape_px=(side_px, side_px),
        config=_describe_config(content),
        preprocessor=pictures,
        tokenizer_config=words,
        tokenizer=Tokenizer.from_str(content["tokenizer"]),
        reference=reference,
        facts=CardFacts(languages=("en",)),
        calibration=None if calibration is None else np.asarray(calibration),
        is_convolutional=True,
        halves_weights=True,
    )
