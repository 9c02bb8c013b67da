"""A transformers CLIP checkpoint as a model that can be trained further."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from torch import Tensor, nn
from transformers import CLIPImageProcessorPil, CLIPModel, CLIPTokenizer
from transformers import logging as transformers_logging

from models.augmentation import Normalization
from models.checkpoint import CheckpointError
from models.families.checkpoint_facts import read_facts, write_start
from models.families.checkpoint_files import find_checkpoint
from models.families.dual_encoder import CardFacts
from models.families.sentence_pair import image_side
from models.families.transformers_parts import read_json
from models.families.whole_checkpoint import load_whole_checkpoint
from models.fine_tuning.encoder import TrainableEncoder


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep transformers from drawing progress bars between our lines."""
    shown = transformers_logging.is_progress_bar_enabled()
    transformers_logging.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            transformers_logging.enable_progress_bar()


def _read_normalization(processor: CLIPImageProcessorPil) -> Normalization:
    red, green, blue = processor.image_mean
    mean = (float(red), float(green), float(blue))
    red, green, blue = processor.image_std
    return Normalization(mean, (float(red), float(green), float(blue)))


class ClipEncoder(TrainableEncoder):
    """A CLIP model (Radford et al., Learning transferable visual models, 2021)."""

    crops = True

    def __init__(
        self,
        model: CLIPModel,
        tokenizer: CLIPTokenizer,
        processor: CLIPImageProcessorPil,
        facts: CardFacts,
    ) -> None:
        """Go on from a model.

        Args:
            model: both towers.
            tokenizer: of its texts.
            processor: of its pictures.
            facts: of the checkpoint, which what is written names as its start.
        """
        super().__init__()
        self._facts = facts
        self.model = model
        self._tokenizer = tokenizer
        self._processor = processor
        self.side_px = int(model.config.vision_config.image_size)
        self.normalization = _read_normalization(processor)

    @property
    def log_scale(self) -> nn.Parameter:
        """The logarithm of the factor on cosines."""
        weight: nn.Parameter = self.model.logit_scale
        return weight

    def image_weights(self) -> Iterable[nn.Parameter]:
        """Return the weights of the image tower."""
        tower, projection = self.model.vision_model, self.model.visual_projection
        return chain(tower.parameters(), projection.parameters())

    def text_weights(self) -> Iterable[nn.Parameter]:
        """Return the weights of the text tower."""
        return chain(self.model.text_model.parameters(), self.model.text_projection.parameters())

    def tokens(self, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
        """Return padded ids and mask of texts, int64, shape ``(n, longest)``."""
        encoded = self._tokenizer(
            list(texts), padding=True, truncation=True, return_tensors="pt",
            max_length=self.model.config.text_config.max_position_embeddings,
        )  # fmt: skip
        return encoded["input_ids"], encoded["attention_mask"]

    def embed_pictures(self, pixel_values: Tensor) -> Tensor:
        """Embed normalised pictures ``(n, 3, side, side)`` as ``(n, dim)``, of any length."""
        pooled = self.model.vision_model(pixel_values=pixel_values).pooler_output
        embedding: Tensor = self.model.visual_projection(pooled)
        return embedding

    def embed_tokens(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Embed token ids ``(n, seq)`` as ``(n, dim)``, of any length."""
        states = self.model.text_model(input_ids=input_ids, attention_mask=attention_mask)
        embedding: Tensor = self.model.text_projection(states.pooler_output)
        return embedding

    def write(self, folder: Path, calibration: Tensor, seed: int, minutes: float) -> Path:
        """Write a transformers checkpoint folder, with pictures to check its export on."""
        del seed, minutes
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as scratch:
            new = Path(scratch) / "new"
            with _quietly():
                self.model.save_pretrained(new, safe_serialization=True)
            self._tokenizer.save_pretrained(new)
            self._processor.save_pretrained(new)
            write_start(new, self._facts)
            np.save(new / "calibration.npy", calibration.numpy())
            if folder.exists():
                os.replace(folder, Path(scratch) / "old")
            os.replace(new, folder)
        return folder


def load_clip(source: str) -> ClipEncoder:
    """Read a CLIP checkpoint; no code of it is run.

    Args:
        source: a folder, or the name of a model on the Hugging Face hub.

    Raises:
        CheckpointError: it is not there, not whole, or of another family.
    """
    files = image_side(find_checkpoint(source))
    family = read_json(files.path, "config.json").get("model_type")
    if family != "clip":
        raise CheckpointError(
            f"{source} is a {family} checkpoint; models.train goes on with CLIP checkpoints and"
            " with its own."
        )
    checkpoint = load_whole_checkpoint(files, CLIPModel, CLIPImageProcessorPil)
    checkpoint.model.set_attn_implementation("sdpa")  # quicker; what is exported needs the other
    return ClipEncoder(
        checkpoint.model, checkpoint.tokenizer, checkpoint.processor, read_facts(files)
    )
