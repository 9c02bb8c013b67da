"""SigLIP (Zhai et al., 2023) and SigLIP 2 (Tschannen et al., 2025) of fixed resolution.

Their checkpoints have the same towers and differ in the tokenizer: SentencePiece of 32,000 pieces,
and Gemma's of 256,000.
"""

import transformers
from torch import nn

from models.checkpoint import CheckpointError
from models.families.checkpoint_facts import read_facts
from models.families.checkpoint_files import CheckpointFiles
from models.families.dual_encoder import DualEncoder
from models.families.transformers_parts import (
    PooledTower,
    TransformersReference,
    describe_config,
    describe_processor,
    describe_tokenizer,
    fast_tokenizer,
    load_model,
    load_processor,
    load_tokenizer,
    square,
)


def open_siglip(files: CheckpointFiles) -> DualEncoder:
    """Open a SigLIP checkpoint folder.

    The text tower pools its last position and was trained on texts filled up to the full length,
    with nothing masked; so they stay filled up.

    Raises:
        CheckpointError: it cannot be used.
    """
    model = load_model(transformers.SiglipModel, files.path)
    tokenizer = load_tokenizer(files.path)
    processor = load_processor(transformers.SiglipImageProcessorPil, files.path)
    text, length = model.config.text_config, int(model.config.text_config.max_position_embeddings)
    pad_token_id = int(tokenizer.pad_token_id)
    return DualEncoder(
        family="SigLIP",
        name=files.name,
        image_tower=PooledTower(model.vision_model, ("pixel_values",), nn.Identity()),
        text_tower=PooledTower(model.text_model, ("input_ids",), nn.Identity()),
        text_inputs=("input_ids",),
        text_length=length,
        pads_texts=True,
        pad_token_id=pad_token_id,
        shape_px=square(model.config.vision_config.image_size),
        config=describe_config(
            model.config,
            model_type="siglip",
            name=files.name,
            text_config={
                "max_position_embeddings": length,
                "vocab_size": int(text.vocab_size),
                "hidden_size": int(text.hidden_size),
                "projection_size": int(text.projection_size),
                "pad_token_id": pad_token_id,
            },
        ),
        preprocessor=describe_processor(processor),
        tokenizer_config=describe_tokenizer(tokenizer, length),
        tokenizer=fast_tokenizer(tokenizer, files.path),
        reference=TransformersReference(tokenizer, processor, length, pads_texts=True),
        facts=read_facts(files),
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
