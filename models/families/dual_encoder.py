"""What an export needs to know of a checkpoint, whatever family it is of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from tokenizers import Tokenizer
from torch import nn

OWN_MODEL_TYPE = "image_seeker_dual_encoder"
"""The ``model_type`` of folders that no transformers class reads as a whole."""


class Reference(Protocol):
    """The original's own way of preparing inputs, to compare the program's with."""

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """Token ids of texts, truncated and filled up as the text tower takes them."""

    def pixels(self, image: Image.Image) -> NDArray[np.float32]:
        """The image tower's input for an upright picture, shape ``(3, height, width)``."""


@dataclass(frozen=True)
class CardFacts:
    """What a checkpoint says of itself.

    Attributes:
        licence: identifier such as ``mit``; empty where the checkpoint states none.
        licence_text: the text of its licence file; empty where it has none.
        languages: language codes such as ``en``; empty where it names none.
        base_model: hub names or folder names of what was exported.
        revision: the hub's commit; empty for a local folder.
        is_fine_tuned: whether it was trained further here, and all this is said of its start.
    """

    licence: str = ""
    licence_text: str = ""
    languages: tuple[str, ...] = ()
    base_model: tuple[str, ...] = ()
    revision: str = ""
    is_fine_tuned: bool = False


@dataclass(frozen=True)
class DualEncoder:
    """Two towers into one space, with all that is written beside them.

    Attributes:
        family: for people, such as ``CLIP``.
        name: for people.
        image_tower: ``pixel_values (n, 3, height, width)`` to embeddings ``(n, dim)``, any length.
        text_tower: its inputs, each ``(n, length)`` int64, to embeddings ``(n, dim)``.
        text_inputs: names of its inputs, in order: ``input_ids``, maybe ``attention_mask``.
        text_length: the longest text, in tokens.
        pads_texts: whether texts are always filled up to that.
        pad_token_id: what they are filled up with.
        shape_px: height and width of the pictures.
        config: what ``config.json`` says.
        preprocessor: what ``preprocessor_config.json`` says.
        tokenizer_config: what ``tokenizer_config.json`` says.
        tokenizer: what ``tokenizer.json`` holds.
        reference: the original's preprocessing and tokenizer.
        facts: for the card.
        calibration: training pictures for static int8, levels 0 to 255, shape ``(n, side, side,
            3)``; None where the family does not gain from it or none were kept.
        is_convolutional: whether static int8 is worth trying.
        halves_weights: whether the float files store their weights as float16.
    """

    family: str
    name: str
    image_tower: nn.Module
    text_tower: nn.Module
    text_inputs: tuple[str, ...]
    text_length: int
    pads_texts: bool
    pad_token_id: int
    shape_px: tuple[int, int]
    config: Mapping[str, Any]
    preprocessor: Mapping[str, Any]
    tokenizer_config: Mapping[str, Any]
    tokenizer: Tokenizer
    reference: Reference
    facts: CardFacts
    calibration: NDArray[np.uint8] | None = None
    is_convolutional: bool = False
    halves_weights: bool = False
