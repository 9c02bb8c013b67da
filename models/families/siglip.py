"""SigLIP (Zhai et al., 2023) and SigLIP 2 (Tschannen et al., 2025) of fixed resolution.

Their checkpoints have the same towers and differ in the tokenizer: SentencePiece of 32,000 pieces,
and Gemma's of 256,000.
"""

import transformers
from torch import nn

from models.checkpoint import CheckpointError
from models.families.checkpoint_files import CheckpointFiles
from models.families.dual_encoder import DualEncoder
from models.families.transformers_parts import PooledTower
from models.families.whole_checkpoint import load_whole_checkpoint


def open_siglip(files: CheckpointFiles) -> DualEncoder:
    """Open a SigLIP checkpoint folder.

    The text tower pools its last position and was trained on texts filled up to the full length,
    with nothing masked; so they stay filled up.

    Raises:
        CheckpointError: it cannot be used.
    """
    checkpoint = load_whole_checkpoint(
        files, transformers.SiglipModel, transformers.SiglipImageProcessorPil
    )
    model, text = checkpoint.model, checkpoint.model.config.text_config
    return checkpoint.dual_encoder(
        "SigLIP",
        "siglip",
        PooledTower(model.vision_model, ("pixel_values",), nn.Identity()),
        PooledTower(model.text_model, ("input_ids",), nn.Identity()),
        pads_texts=True,
        text_config={
            "hidden_size": int(text.hidden_size),
            "projection_size": int(text.projection_size),
        },
    )


def refuse_naflex(files: CheckpointFiles) -> DualEncoder:
    """Say why SigLIP 2 of the NaFlex kind cannot be exported.

    Raises:
        CheckpointError: always.
    """
    raise CheckpointError(
        f"{files.name} is a SigLIP 2 of the NaFlex kind (siglip2): its image tower takes patches of"
        " pictures of any shape with a mask, while the program makes pictures of one size. Take a"
        " fixed-resolution SigLIP 2, such as google/siglip2-base-patch16-224."
    )
