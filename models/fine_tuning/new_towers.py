"""Towers that have learnt nothing yet, of the built-in model's sizes."""

from collections.abc import Sequence

import torch

from models.recipe import timed_recipe
from models.tower_files import TrainedTowers
from models.towers import ImageTower, ImageTowerShape, TextTower, TextTowerShape
from models.vocabulary import train_tokenizer

_RECIPE = timed_recipe(1.0)
IMAGE_SHAPE: ImageTowerShape = _RECIPE.image_shape
SIDE_PX = _RECIPE.settling.final_side_px
_LOGIT_SCALE = 1 / 0.07
"""The factor on cosines that CLIP begins with (Radford et al., 2021, section 2.5)."""


def new_towers(texts: Sequence[str], name: str, seed: int) -> TrainedTowers:
    """Make towers with random weights, and a vocabulary for them.

    Args:
        texts: what the vocabulary is learnt from; longer texts than its tower takes are cut.
        name: of the model.
        seed: of the weights.
    """
    tokenizer = train_tokenizer(texts, _RECIPE.vocabulary)
    shape = TextTowerShape(
        tokenizer.get_vocab_size(), _RECIPE.text_width, _RECIPE.text_layers, dim=IMAGE_SHAPE.dim
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        image, text = ImageTower(IMAGE_SHAPE), TextTower(shape)
    return TrainedTowers(name, image, text, tokenizer, SIDE_PX, _LOGIT_SCALE, seed, minutes=0.0)
