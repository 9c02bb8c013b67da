"""The two towers: residual convolutions for pictures, a small transformer for words."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional


@dataclass(frozen=True)
class ImageTowerShape:
    """Sizes of the image tower.

    Attributes:
        widths: channels of each stage; every stage after the first halves the resolution.
        blocks: residual blocks of each stage.
        dim: length of the embedding.
    """

    widths: tuple[int, ...] = (64, 128, 256, 512)
    blocks: tuple[int, ...] = (1, 2, 2, 1)
    dim: int = 256


@dataclass(frozen=True)
class TextTowerShape:
    """Sizes of the text tower.

    Attributes:
        vocab_size: how many tokens the tokenizer knows.
        width: channels of every layer.
        layers: how many transformer layers.
        heads: attention heads; they divide the width.
        max_positions: the longest text, in tokens.
        dim: length of the embedding.
    """

    vocab_size: int
    width: int = 256
    layers: int = 4
    heads: int = 4
    max_positions: int = 64
    dim: int = 256


class ResidualBlock(nn.Module):
    """Two 3x3 convolutions around a shortcut (He et al., 2016), which pools where they stride."""

    def __init__(self, in_width: int, out_width: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(in_width, out_width, 3, stride, 1, bias=False)
        self.norm1 = nn.BatchNorm2d(out_width)
        self.conv2 = nn.Conv2d(out_width, out_width, 3, 1, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(out_width)
        shortcut: list[nn.Module] = []
        if stride > 1:
            shortcut.append(nn.AvgPool2d(stride, stride, ceil_mode=True, count_include_pad=False))
        if in_width != out_width:
            shortcut.append(nn.Conv2d(in_width, out_width, 1, bias=False))
            shortcut.append(nn.BatchNorm2d(out_width))
        self.shortcut = nn.Sequential(*shortcut)

    def forward(self, x: Tensor) -> Tensor:
        """Map ``(batch, in_width, h, w)`` to ``(batch, out_width, h/stride, w/stride)``."""
        inner = functional.relu(self.norm1(self.conv1(x)))
        return functional.relu(self.norm2(self.conv2(inner)) + self.shortcut(x))


class ImageTower(nn.Module):
    """A residual network whose first convolution already quarters the resolution."""

    def __init__(self, shape: ImageTowerShape) -> None:
        super().__init__()
        self.shape = shape
        self.stem = nn.Conv2d(3, shape.widths[0], 5, 4, 2, bias=False)
        self.stem_norm = nn.BatchNorm2d(shape.widths[0])
        blocks: list[nn.Module] = []
        width = shape.widths[0]
        for stage, (out_width, count) in enumerate(zip(shape.widths, shape.blocks, strict=True)):
            for index in range(count):
                stride = 2 if stage > 0 and index == 0 else 1
                blocks.append(ResidualBlock(width, out_width, stride))
                width = out_width
        self.blocks = nn.Sequential(*blocks)
        self.projection = nn.Linear(width, shape.dim)

    def forward(self, pixel_values: Tensor) -> Tensor:
        """Embed normalised pictures ``(batch, 3, h, w)`` as ``(batch, dim)``, of any length."""
        features = functional.relu(self.stem_norm(self.stem(pixel_values)))
        pooled = self.blocks(features).mean(dim=(2, 3))
        embedding: Tensor = self.projection(pooled)
        return embedding


class TransformerLayer(nn.Module):
    """Self-attention and a feed-forward net, each behind a layer norm (pre-norm)."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm1 = nn.LayerNorm(width)
        self.attend_in = nn.Linear(width, 3 * width)
        self.attend_out = nn.Linear(width, width)
        self.norm2 = nn.LayerNorm(width)
        self.feed_in = nn.Linear(width, 4 * width)
        self.feed_out = nn.Linear(4 * width, width)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Map states ``(batch, seq, width)`` to the same shape.

        Args:
            x: the states.
            bias: added to the attention scores, shape ``(batch, 1, 1, seq)``: 0 or very negative.
        """
        batch, length, width = x.shape
        split = self.attend_in(self.norm1(x)).view(
            batch, length, 3, self.heads, width // self.heads
        )
        query, key, value = split.permute(2, 0, 3, 1, 4)
        scores = query @ key.transpose(-1, -2) * (width // self.heads) ** -0.5 + bias
        mixed = (scores.softmax(-1) @ value).transpose(1, 2).reshape(batch, length, width)
        x = x + self.attend_out(mixed)
        fed: Tensor = self.feed_out(functional.gelu(self.feed_in(self.norm2(x))))
        return x + fed


class TextTower(nn.Module):
    """A transformer encoder; the embedding is the mean of its states over the real tokens."""

    def __init__(self, shape: TextTowerShape) -> None:
        super().__init__()
        self.shape = shape
        self.tokens = nn.Embedding(shape.vocab_size, shape.width)
        self.positions = nn.Embedding(shape.max_positions, shape.width)
        nn.init.normal_(self.tokens.weight, std=0.05)
        nn.init.normal_(self.positions.weight, std=0.01)
        self.layers = nn.ModuleList(
            TransformerLayer(shape.width, shape.heads) for _ in range(shape.layers)
        )
        self.norm = nn.LayerNorm(shape.width)
        self.projection = nn.Linear(shape.width, shape.dim)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Embed token ids, both inputs ``(batch, seq)`` int64, as ``(batch, dim)``, any length."""
        mask = attention_mask.to(self.positions.weight.dtype)
        bias = (mask[:, None, None, :] - 1.0) * 1e4
        x = self.tokens(input_ids) + self.positions.weight[: input_ids.shape[1]]
        for layer in self.layers:
            x = layer(x, bias)
        weights = mask.unsqueeze(-1)
        pooled = (self.norm(x) * weights).sum(1) / weights.sum(1).clamp(min=1.0)
        embedding: Tensor = self.projection(pooled)
        return embedding


class Normalized(nn.Module):
    """A tower whose embeddings have unit length, as exported."""

    def __init__(self, tower: nn.Module) -> None:
        super().__init__()
        self.tower = tower

    def forward(self, *inputs: Tensor) -> Tensor:
        """Return the tower's embeddings divided by their lengths, shape ``(batch, dim)``."""
        embedding: Tensor = self.tower(*inputs)
        unit: Tensor = embedding / embedding.norm(dim=-1, keepdim=True).clamp(min=1e-12)
        return unit


def tower_to_dict(tower: ImageTower | TextTower) -> dict[str, Any]:
    """Return what :func:`image_tower_from_dict` and its sibling need to build the tower again."""
    return {"shape": asdict(tower.shape), "weights": tower.state_dict()}


def image_tower_from_dict(stored: Mapping[str, Any]) -> ImageTower:
    """Rebuild a stored image tower."""
    shape = stored["shape"]
    tower = ImageTower(
        ImageTowerShape(tuple(shape["widths"]), tuple(shape["blocks"]), int(shape["dim"]))
    )
    tower.load_state_dict(stored["weights"])
    return tower


def text_tower_from_dict(stored: Mapping[str, Any]) -> TextTower:
    """Rebuild a stored text tower."""
    tower = TextTower(TextTowerShape(**stored["shape"]))
    tower.load_state_dict(stored["weights"])
    return tower


def fold_projection(tower: TextTower, projection: nn.Linear) -> TextTower:
    """Return the tower followed by another linear map without bias, as one tower.

    Args:
        tower: a tower into the teacher's space.
        projection: from the teacher's space into the shared one.
    """
    shape = TextTowerShape(**{**asdict(tower.shape), "dim": projection.out_features})
    folded = TextTower(shape)
    weights = {key: value.clone() for key, value in tower.state_dict().items()}
    outer = projection.weight.detach()
    weights["projection.weight"] = outer @ weights["projection.weight"]
    weights["projection.bias"] = outer @ weights["projection.bias"]
    folded.load_state_dict(weights)
    return folded


def use_channels_last(module: nn.Module) -> None:
    """Lay a convolutional network's weights out with channels last, which is faster on CPUs."""
    module.to(memory_format=torch.channels_last)
