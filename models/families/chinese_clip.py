"""Chinese-CLIP (Yang et al., 2022): CLIP's image tower and a BERT for Chinese words."""

import transformers

from models.families.checkpoint_files import CheckpointFiles
from models.families.dual_encoder import DualEncoder
from models.families.transformers_parts import PooledTower
from models.families.whole_checkpoint import load_whole_checkpoint

_INPUTS = ("input_ids", "attention_mask")


def open_chinese_clip(files: CheckpointFiles) -> DualEncoder:
    """Open a Chinese-CLIP checkpoint folder.

    Raises:
        CheckpointError: it cannot be used.
    """
    checkpoint = load_whole_checkpoint(
        files, transformers.ChineseCLIPModel, transformers.ChineseCLIPImageProcessorPil
    )
    model = checkpoint.model
    return checkpoint.dual_encoder(
        "Chinese-CLIP",
        "chinese_clip",
        PooledTower(model.vision_model, ("pixel_values",), model.visual_projection),
        PooledTower(model.text_model, _INPUTS, model.text_projection, takes_first_state=True),
        text_config={"vocab_size": int(model.config.text_config.vocab_size)},
        projection_dim=int(model.config.projection_dim),
    )
