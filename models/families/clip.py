"""CLIP (Radford et al., 2021), as transformers keeps it."""

import transformers

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


def open_clip(files: CheckpointFiles) -> DualEncoder:
    """Open a CLIP checkpoint folder.

    The text tower is causal and pooled at the end token, so what comes behind it is never seen:
    it needs no mask, and no padding.

    Raises:
        CheckpointError: it cannot be used.
    """
    model = load_model(transformers.CLIPModel, files.path)
    tokenizer = load_tokenizer(files.path)
    processor = load_processor(transformers.CLIPImageProcessorPil, files.path)
    text, length = model.config.text_config, int(model.config.text_config.max_position_embeddings)
    return DualEncoder(
        family="CLIP",
        name=files.name,
        image_tower=PooledTower(model.vision_model, ("pixel_values",), model.visual_projection),
        text_tower=PooledTower(model.text_model, ("input_ids",), model.text_projection),
        text_inputs=("input_ids",),
        text_length=length,
        pads_texts=False,
        pad_token_id=int(tokenizer.pad_token_id),
        shape_px=square(model.config.vision_config.image_size),
        config=describe_config(
            model.config,
            model_type="clip",
            name=files.name,
            projection_dim=int(model.config.projection_dim),
            text_config={
                "max_position_embeddings": length,
                "vocab_size": int(text.vocab_size),
                "pad_token_id": int(tokenizer.pad_token_id),
            },
        ),
        preprocessor=describe_processor(processor),
        tokenizer_config=describe_tokenizer(tokenizer, length),
        tokenizer=fast_tokenizer(tokenizer, files.path),
        reference=TransformersReference(tokenizer, processor, length, pads_texts=False),
        facts=read_facts(files),
    )
