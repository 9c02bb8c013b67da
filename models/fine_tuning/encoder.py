"""What a fine-tuning needs of a model, and our own two towers as such a model."""

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor, nn

from models.augmentation import OWN_NORMALIZATION, Normalization
from models.checkpoint import save_checkpoint
from models.corpus_vectors import tokenize_all
from models.fine_tuning.squares import SquareShape
from models.tower_files import TrainedTowers, towers_to_checkpoint, write_tower_files
from models.towers import use_channels_last


class TrainableEncoder(nn.Module):
    """A dual encoder that can be trained further.

    Attributes:
        side_px: the side of the image tower's input.
        crops: whether pictures are cropped to a square, or squashed.
        normalization: how the image tower wants its channels scaled.
    """

    side_px: int
    crops: bool
    normalization: Normalization

    def square_shape(self, stored_side_px: int) -> SquareShape:
        """Return how pictures are to be decoded; 0 for 8/7 of the input's side."""
        return SquareShape(stored_side_px or self.side_px * 8 // 7, self.crops)

    @property
    @abstractmethod
    def log_scale(self) -> nn.Parameter:
        """The logarithm of the factor on cosines."""

    @abstractmethod
    def image_weights(self) -> Iterable[nn.Parameter]:
        """Return the weights of the image tower."""

    @abstractmethod
    def text_weights(self) -> Iterable[nn.Parameter]:
        """Return the weights of the text tower."""

    @abstractmethod
    def tokens(self, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
        """Return padded ids and mask of texts, int64, shape ``(n, longest)``."""

    @abstractmethod
    def embed_pictures(self, pixel_values: Tensor) -> Tensor:
        """Embed normalised pictures ``(n, 3, side, side)`` as ``(n, dim)``, of any length."""

    @abstractmethod
    def embed_tokens(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Embed token ids ``(n, seq)`` as ``(n, dim)``, of any length."""

    @abstractmethod
    def write(self, folder: Path, calibration: Tensor, seed: int, minutes: float) -> Path:
        """Write what can be exported, whole or not at all.

        Args:
            folder: where to.
            calibration: some training pictures for the quantization, uint8, ``(n, h, w, 3)``.
            seed: of the training.
            minutes: wall time of the training.

        Returns:
            What ``models.export`` is to be given.
        """


class TowerEncoder(TrainableEncoder):
    """Our own two towers.

    Where they have learnt something, the running statistics of the batch norms stay as they are:
    those of a few pictures of one kind would make the tower forget all others, whatever the
    weights say.
    """

    crops = False
    normalization = OWN_NORMALIZATION

    def __init__(self, towers: TrainedTowers, trained_on: str) -> None:
        """Take towers over.

        Args:
            towers: where to go on from; new ones have been trained on nothing.
            trained_on: what they are trained on now, for the record.
        """
        super().__init__()
        self._is_new = not towers.trained_on
        self.image, self.text = towers.image, towers.text
        self.scale_weight = nn.Parameter(torch.tensor(towers.logit_scale).log())
        self.side_px = towers.side_px
        self._towers = replace(towers, trained_on=(*towers.trained_on, trained_on))
        use_channels_last(self.image)

    @property
    def log_scale(self) -> nn.Parameter:
        """The logarithm of the factor on cosines."""
        return self.scale_weight

    def train(self, mode: bool = True) -> "TowerEncoder":
        """Switch to training or back; batch norms gather statistics only in new towers."""
        super().train(mode)
        if self._is_new:
            return self
        for layer in self.image.modules():
            if isinstance(layer, nn.BatchNorm2d):
                layer.eval()
        return self

    def image_weights(self) -> Iterable[nn.Parameter]:
        """Return the weights of the image tower."""
        weights: Iterable[nn.Parameter] = self.image.parameters()
        return weights

    def text_weights(self) -> Iterable[nn.Parameter]:
        """Return the weights of the text tower."""
        weights: Iterable[nn.Parameter] = self.text.parameters()
        return weights

    def tokens(self, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
        """Return padded ids and mask of texts, int64, shape ``(n, longest)``."""
        ids, lengths = tokenize_all(self._towers.tokenizer, texts, self.text.shape.max_positions)
        longest = int(lengths.max())
        mask = torch.arange(longest) < torch.from_numpy(lengths)[:, None]
        return torch.from_numpy(ids[:, :longest]).long(), mask.long()

    def embed_pictures(self, pixel_values: Tensor) -> Tensor:
        """Embed normalised pictures ``(n, 3, side, side)`` as ``(n, dim)``, of any length."""
        embedding: Tensor = self.image(pixel_values)
        return embedding

    def embed_tokens(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Embed token ids ``(n, seq)`` as ``(n, dim)``, of any length."""
        embedding: Tensor = self.text(input_ids, attention_mask)
        return embedding

    def write(self, folder: Path, calibration: Tensor, seed: int, minutes: float) -> Path:
        """Write a folder of towers to go on from and, beside it, a final checkpoint to export."""
        finished = replace(
            self._towers,
            image=self.image,
            text=self.text,
            logit_scale=float(self.scale_weight.detach().exp()),
            seed=seed,
            minutes=self._towers.minutes + minutes,
        )
        write_tower_files(folder, finished)
        checkpoint = folder.with_suffix(".pt")
        content = towers_to_checkpoint(finished)
        save_checkpoint(checkpoint, {**content, "calibration": calibration.clone()})
        return checkpoint
