"""Chinese-CLIP (Yang et al., 2022): CLIP's image tower and a BERT for Chinese words."""

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

_INPUTS = ("input_ids", "attention_mask")


def open_chinese_clip(files: CheckpointFiles) -> DualEncoder:
    """Open a Chinese-CLIP checkpoint folder.

    Raises:
        CheckpointError: it cannot be used.
    """
    model = load_model(transformers.ChineseCLIPModel, files.path)
    tokenizer = load_tokenizer(files.path)
    processor = load_processor(transformers.ChineseCLIPImageProcessorPil, files.path)
    text, length = model.config.text_config, int(model.config.text_config.max_position_embeddings)
    return DualEncoder(
        family="Chinese-CLIP",
        name=files.name,
        image_tower=PooledTower(model.vision_model, ("pixel_values",), model.visual_projection),
        text_tower=PooledTower(
            model.text_model, _INPUTS, model.text_projection, takes_first_state=True
        ),
        text_inputs=_INPUTS,
        text_length=length,
        pads_texts=False,
        pad_token_id=int(tokenizer.pad_token_id),
        shape_px=square(model.config.vision_config.image_size),
        config=describe_config(
            model.config,
            model_type="chinese_clip",
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
