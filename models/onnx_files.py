"""Turns trained towers into ONNX files: batch norms folded, batch and length left open."""

import copy
import logging
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from models.towers import ImageTower, Normalized, ResidualBlock, TextTower

OPSET = 18
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


def _export(
    module: nn.Module,
    inputs: dict[str, torch.Tensor],
    output: str,
    dynamic: dict[str, dict[int, str]],
    path: Path,
) -> None:
    # The exporter warns of its own deprecated internals, which is no news for its callers.
    exporter_log = logging.getLogger("torch.onnx")
    level = exporter_log.level
    exporter_log.setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        program = torch.onnx.export(
            module.eval(),
            tuple(inputs.values()),
            input_names=list(inputs),
            output_names=[output],
            # One entry for the one variadic parameter of the module.
            dynamic_shapes=(
                tuple(dict.fromkeys(dynamic[name], torch.export.Dim.DYNAMIC) for name in inputs),
            ),
            opset_version=OPSET,
            dynamo=True,
            external_data=False,
            verbose=False,
        )
    exporter_log.setLevel(level)
    if program is None:
        raise RuntimeError("the ONNX exporter gave no program")
    model = program.model_proto
    for value in [*model.graph.input, *model.graph.output]:
        names = dynamic.get(value.name, {0: "batch"})
        for axis, name in names.items():
            value.type.tensor_type.shape.dim[axis].dim_param = name
    _forget_origin(model)
    onnx.save(model, path)


def export_image_tower(tower: ImageTower, side_px: int, path: Path) -> None:
    """Write an image tower: ``pixel_values (batch, 3, H, W)`` to unit ``image_embeds``."""
    _export(
        Normalized(fold_batch_norms(tower)),
        {"pixel_values": torch.zeros(2, 3, side_px, side_px)},
        "image_embeds",
        {"pixel_values": {0: "batch"}},
        path,
    )


def export_text_tower(tower: TextTower, path: Path) -> None:
    """Write a text tower: ``input_ids`` and ``attention_mask`` to unit ``text_embeds``."""
    ids = torch.ones(2, 7, dtype=torch.int64)
    axes = {0: "batch", 1: "sequence"}
    _export(
        Normalized(copy.deepcopy(tower)),
        {"input_ids": ids, "attention_mask": torch.ones_like(ids)},
        "text_embeds",
        {"input_ids": axes, "attention_mask": axes},
        path,
    )


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
