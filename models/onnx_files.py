"""Turns trained towers into ONNX files: batch norms folded, batch and length left open."""

import copy
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from models.towers import ImageTower, Normalized, ResidualBlock

OPSET = 18
LARGEST_INLINE_BYTES = 1_900_000_000
"""Weights beyond this lie in a file of their own: protobuf ends at 2 GiB."""

_SMALLEST_HALVED = 1024
"""Constants with fewer elements stay float32: they save nothing."""


def fold_batch_norms(tower: ImageTower) -> ImageTower:
    """Return a copy of an image tower in which every batch norm is part of its convolution."""
    folded = copy.deepcopy(tower)
    folded.eval()
    folded.stem = fuse_conv_bn_eval(folded.stem, folded.stem_norm)
    folded.stem_norm = nn.Identity()
    for block in folded.blocks:
        if not isinstance(block, ResidualBlock):
            raise TypeError(f"cannot fold the batch norms of a {type(block).__name__}")
        block.conv1 = fuse_conv_bn_eval(block.conv1, block.norm1)
        block.conv2 = fuse_conv_bn_eval(block.conv2, block.norm2)
        block.norm1 = block.norm2 = nn.Identity()
        layers = list(block.shortcut)
        if layers and isinstance(layers[-1], nn.BatchNorm2d):
            fused = fuse_conv_bn_eval(layers[-2], layers[-1])
            block.shortcut = nn.Sequential(*layers[:-2], fused)
    return folded


def _forget_origin(model: onnx.ModelProto) -> None:
    """Drop what the exporter notes of the source code: paths, line numbers, intermediate shapes."""
    model.graph.ClearField("value_info")
    noted = [model, model.graph, *model.graph.node, *model.graph.initializer]
    for part in [*noted, *model.graph.input, *model.graph.output]:
        part.ClearField("metadata_props")
        part.ClearField("doc_string")


@contextmanager
def _quiet_exporter() -> Iterator[None]:
    """Keep back what the exporter says of its own workings, which is no news for its callers."""
    logs = [logging.getLogger(name) for name in ("torch.onnx", "onnxscript", "onnx_ir")]
    levels = [each.level for each in logs]
    for each in logs:
        each.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for each, level in zip(logs, levels, strict=True):
            each.setLevel(level)


def _trace(
    module: nn.Module,
    inputs: dict[str, torch.Tensor],
    output: str,
    dynamic: dict[int, str],
    is_external: bool,
) -> torch.onnx.ONNXProgram:
    axes = dict.fromkeys(dynamic, torch.export.Dim.DYNAMIC)
    with _quiet_exporter():
        program = torch.onnx.export(
            module.eval(),
            tuple(inputs.values()),
            input_names=list(inputs),
            output_names=[output],
            # One entry for the one variadic parameter of the module.
            dynamic_shapes=(tuple(axes for _ in inputs),),
            opset_version=OPSET,
            dynamo=True,
            external_data=is_external,
            verbose=False,
        )
    if program is None:
        raise RuntimeError("the ONNX exporter gave no program")
    return program


def weight_bytes(module: nn.Module) -> int:
    """Return what the weights of a module take as float32."""
    return sum(int(weight.numel()) for weight in module.parameters()) * 4


def _export(
    module: nn.Module,
    inputs: dict[str, torch.Tensor],
    output: str,
    dynamic: dict[int, str],
    path: Path,
) -> None:
    is_external = weight_bytes(module) > LARGEST_INLINE_BYTES
    program = _trace(module, inputs, output, dynamic, is_external)
    if is_external:
        # Writes PATH.data beside; what is loaded below only names it.
        program.save(path, external_data=True)
        model = onnx.load(path, load_external_data=False)
    else:
        model = program.model_proto
    for value in [*model.graph.input, *model.graph.output]:
        names = dynamic if value.name in inputs else {0: "batch"}
        for axis, name in names.items():
            value.type.tensor_type.shape.dim[axis].dim_param = name
    _forget_origin(model)
    onnx.save(model, path)


def export_image_tower(tower: nn.Module, shape_px: tuple[int, int] | int, path: Path) -> None:
    """Write an image tower: ``pixel_values (batch, 3, H, W)`` to unit ``image_embeds``.

    Args:
        tower: `models.towers.ImageTower`, whose batch norms are folded, or any other.
        shape_px: height and width of the pictures, or the side of squares.
        path: where to write; weights over `LARGEST_INLINE_BYTES` lie beside it in ``PATH.data``.
    """
    folded = fold_batch_norms(tower) if isinstance(tower, ImageTower) else tower
    height, width = (shape_px, shape_px) if isinstance(shape_px, int) else shape_px
    pixels = torch.zeros(2, 3, height, width)
    _export(Normalized(folded), {"pixel_values": pixels}, "image_embeds", {0: "batch"}, path)


def export_text_tower(
    tower: nn.Module,
    path: Path,
    input_names: tuple[str, ...] = ("input_ids", "attention_mask"),
    fixed_length: int | None = None,
) -> None:
    """Write a text tower: ``input_ids``, maybe ``attention_mask``, to unit ``text_embeds``.

    Args:
        tower: takes the inputs in that order, each ``(batch, length)`` int64.
        path: where to write; weights over `LARGEST_INLINE_BYTES` lie beside it in ``PATH.data``.
        input_names: what it takes.
        fixed_length: the length that texts always have; None leaves it open.
    """
    ids = torch.ones(2, fixed_length or 7, dtype=torch.int64)
    axes = {0: "batch"} if fixed_length else {0: "batch", 1: "sequence"}
    inputs = {name: torch.ones_like(ids) for name in input_names}
    _export(Normalized(tower), inputs, "text_embeds", axes, path)


def store_weights_as_half(source: Path, target: Path) -> None:
    """Copy a float32 model with its large weights stored as float16 behind ``Cast``.

    The arithmetic stays float32 (the casts are folded when the file is loaded); the file halves.
    """
    model = onnx.load(source)
    casts = []
    for weight in model.graph.initializer:
        values = numpy_helper.to_array(weight)
        if weight.data_type != TensorProto.FLOAT or values.size < _SMALLEST_HALVED:
            continue
        stored = f"{weight.name}_half"
        casts.append(helper.make_node("Cast", [stored], [weight.name], to=TensorProto.FLOAT))
        weight.CopyFrom(numpy_helper.from_array(values.astype(np.float16), stored))
    nodes = [*casts, *model.graph.node]
    model.graph.ClearField("node")
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, target)
