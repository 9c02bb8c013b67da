"""A checkpoint in which transformers keeps both towers, tokenizer and image processor together."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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


@dataclass(frozen=True)
class WholeCheckpoint:
    """What transformers loads of such a checkpoint.

    Attributes:
        files: the checkpoint.
        model: both towers.
        tokenizer: of its texts.
        processor: of its pictures, the one that works on Pillow.
    """

    files: CheckpointFiles
    model: Any
    tokenizer: Any
    processor: Any

    def dual_encoder(
        self,
        family: str,
        model_type: str,
        image_tower: PooledTower,
        text_tower: PooledTower,
        *,
        pads_texts: bool = False,
        text_config: Mapping[str, int],
        **stated: int,
    ) -> DualEncoder:
        """Put together what an export needs.

        Args:
            family: for people.
            model_type: as ``config.json`` names it.
            image_tower: into the common space.
            text_tower: into the common space.
            pads_texts: whether texts are always filled up to the full length.
            text_config: fields of the text tower that ``config.json`` must state.
            stated: further fields that it must state.

        Raises:
            CheckpointError: the tokenizer cannot be written as ``tokenizer.json``.
        """
        config, files, tokenizer = self.model.config, self.files, self.tokenizer
        length = int(config.text_config.max_position_embeddings)
        pad_token_id = int(tokenizer.pad_token_id)
        text = {"max_position_embeddings": length, **text_config, "pad_token_id": pad_token_id}
        return DualEncoder(
            family=family,
            name=files.name,
            image_tower=image_tower,
            text_tower=text_tower,
            text_inputs=text_tower.input_names,
            text_length=length,
            pads_texts=pads_texts,
            pad_token_id=pad_token_id,
            shape_px=square(config.vision_config.image_size),
            config=describe_config(
                config, model_type=model_type, name=files.name, **stated, text_config=text
            ),
            preprocessor=describe_processor(self.processor),
            tokenizer_config=describe_tokenizer(tokenizer, length),
            tokenizer=fast_tokenizer(tokenizer, files.path),
            reference=TransformersReference(tokenizer, self.processor, length, pads_texts),
            facts=read_facts(files),
        )


def load_whole_checkpoint(
    files: CheckpointFiles, model_kind: Any, processor_kind: Any
) -> WholeCheckpoint:
    """Load all parts of a checkpoint.

    Args:
        files: the checkpoint.
        model_kind: transformers' class of both towers.
        processor_kind: transformers' class of the image processor.

    Raises:
        CheckpointError: it cannot be used.
    """
    return WholeCheckpoint(
        files,
        load_model(model_kind, files.path),
        load_tokenizer(files.path),
        load_processor(processor_kind, files.path),
    )
