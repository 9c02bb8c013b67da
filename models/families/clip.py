"""CLIP (Radford et al., 2021), as transformers keeps it."""

import transformers

from models.families.checkpoint_files import CheckpointFiles
from models.families.dual_encoder import DualEncoder
from models.families.transformers_parts import PooledTower
from models.families.whole_checkpoint import load_whole_checkpoint


def open_clip(files: CheckpointFiles) -> DualEncoder:
    """Open a CLIP checkpoint folder.

    The text tower is causal and pooled at the end token, so what comes behind it is never seen:
    it needs no mask, and no padding.

    Raises:
        CheckpointError: it cannot be used.
    """
    checkpoint = load_whole_checkpoint(
        files, transformers.CLIPModel, transformers.CLIPImageProcessorPil
    )
    model = checkpoint.model
    return checkpoint.dual_encoder(
        "CLIP",
        "clip",
        PooledTower(model.vision_model, ("pixel_values",), model.visual_projection),
        PooledTower(model.text_model, ("input_ids",), model.text_projection),
        text_config={"vocab_size": int(model.config.text_config.vocab_size)},
        projection_dim=int(model.config.projection_dim),
    )
