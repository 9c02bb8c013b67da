"""Writes a tiny but real model folder: both ONNX towers, tokenizer and configs.

The towers know the colours in `COLOURS`: a picture's vector is a projection of its mean colours
in a 2 × 2 grid, a sentence's vector the sum of the same projection of the colours it names. So
``red`` is nearest to a red picture, and every figure can be computed by hand.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import WordLevel
from tokenizers.processors import TemplateProcessing

COLOURS: dict[str, tuple[int, int, int]] = {
    "red": (255, 0, 0),
    "green": (0, 255, 0),
    "blue": (0, 0, 255),
    "yellow": (255, 255, 0),
    "white": (255, 255, 255),
    "black": (0, 0, 0),
}
PLAIN_WORDS = ("a", "photo", "of", "picture")
PAD, START, END, UNKNOWN = "<pad>", "<start>", "<end>", "<unk>"
_GRID_CELLS = 4
_OPSET = 17
_IR_VERSION = 9  # readable by the oldest supported onnxruntime


def write_tiny_model(
    folder: Path,
    *,
    model_type: str = "image_seeker_dual_encoder",
    name: str = "Tiny test model",
    dim: int = 8,
    side_px: int = 16,
    max_text_tokens: int = 16,
    image_gain: float = 1.0,
    text_gain: float = 1.0,
    text_uses_mask: bool = False,
    image_output: str = "image_embeds",
    text_output: str = "text_embeds",
    suffixes: Sequence[str] = ("", "_quantized"),
    combined: bool = False,
    half: bool = False,
    weights_beside: bool = False,
    batch: str | int = "batch",
) -> Path:
    """Write a model folder and return it.

    Args:
        folder: Where; made if it is not there.
        model_type: What ``config.json`` says it is.
        name: What ``config.json`` says it is called.
        dim: Length of its vectors.
        side_px: Side of its square input; even.
        max_text_tokens: Longest text it takes, special tokens included.
        image_gain: All image vectors are multiplied by it: NaN and 0 make a broken model.
        text_gain: The same for text vectors.
        text_uses_mask: Whether the text tower asks for an attention mask.
        image_output: Name of the image tower's output.
        text_output: Name of the text tower's output.
        suffixes: In which precisions, by the endings of file names; all hold the same.
        combined: Whether one graph, ``model.onnx``, holds both towers and compares them too.
        half: Whether pictures and vectors are float16.
        weights_beside: Whether weights lie in ``.onnx_data`` files beside the graphs.
        batch: First dimension of the towers; a number allows no other.
    """
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    tokenizer = _tokenizer()
    tokenizer.save(str(folder / "tokenizer.json"))
    _write_json(folder / "tokenizer_config.json", {"pad_token": PAD})
    _write_json(
        folder / "config.json",
        {
            "model_type": model_type,
            "name": name,
            "projection_dim": dim,
            "vision_config": {"image_size": side_px},
            "text_config": {
                "max_position_embeddings": max_text_tokens,
                "vocab_size": tokenizer.get_vocab_size(),
                "pad_token_id": 0,
                "projection_size": dim,
            },
        },
    )
    _write_json(folder / "preprocessor_config.json", preprocessor_config(side_px))
    vision = _vision_model(dim, side_px, image_gain, image_output)
    text = _text_model(tokenizer, dim, text_gain, text_output, text_uses_mask)
    towers = (
        {"model": _join(vision, text)} if combined else {"vision_model": vision, "text_model": text}
    )
    for suffix in suffixes:
        for tower, model in towers.items():
            _save(model, folder / "onnx" / f"{tower}{suffix}.onnx", half, weights_beside, batch)
    return folder


def preprocessor_config(side_px: int) -> dict[str, object]:
    """What CLIP's image processor writes, for this side."""
    return {
        "crop_size": {"height": side_px, "width": side_px},
        "do_center_crop": True,
        "do_convert_rgb": True,
        "do_normalize": True,
        "do_rescale": True,
        "do_resize": True,
        "image_mean": [0.5, 0.5, 0.5],
        "image_processor_type": "CLIPImageProcessor",
        "image_std": [0.5, 0.5, 0.5],
        "resample": 3,
        "rescale_factor": 1 / 255,
        "size": {"shortest_edge": side_px},
    }


def colour_vector(colour: str, dim: int = 8) -> NDArray[np.float32]:
    """The unit vector of a picture of this one colour, shape ``(dim,)``."""
    vector = _colour_features(colour) @ _projection(dim)
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def _write_json(path: Path, content: dict[str, object]) -> None:
    path.write_text(json.dumps(content, indent=2), encoding="utf-8")


def _tokenizer() -> Tokenizer:
    words = (PAD, START, END, UNKNOWN, *COLOURS, *PLAIN_WORDS)
    vocabulary = {word: number for number, word in enumerate(words)}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token=UNKNOWN))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = TemplateProcessing(
        single=f"{START} $A {END}",
        special_tokens=[(START, vocabulary[START]), (END, vocabulary[END])],
    )
    return tokenizer


def _projection(dim: int) -> NDArray[np.float32]:
    features = _GRID_CELLS * 3
    return np.random.default_rng(7).normal(size=(features, dim)).astype(np.float32)


def _colour_features(colour: str) -> NDArray[np.float32]:
    """What the image tower sees of a picture of this one colour: channels of four grid cells."""
    channels = np.asarray(COLOURS[colour], dtype=np.float32) / 127.5 - 1
    return np.repeat(channels, _GRID_CELLS)


def _vision_model(dim: int, side_px: int, gain: float, output: str) -> onnx.ModelProto:
    half = side_px // 2
    nodes = [
        helper.make_node(
            "AveragePool",
            ["pixel_values"],
            ["grid"],
            kernel_shape=[half, half],
            strides=[half, half],
        ),
        helper.make_node("Flatten", ["grid"], ["features"], axis=1),
        helper.make_node("MatMul", ["features", "projection"], [output]),
    ]
    pixel_values = helper.make_tensor_value_info(
        "pixel_values", TensorProto.FLOAT, ["batch", 3, side_px, side_px]
    )
    return _model(
        "vision", nodes, [pixel_values], output, dim, {"projection": _projection(dim) * gain}
    )


def _text_model(
    tokenizer: Tokenizer, dim: int, gain: float, output: str, uses_mask: bool
) -> onnx.ModelProto:
    table = np.zeros((tokenizer.get_vocab_size(), dim), dtype=np.float32)
    for colour in COLOURS:
        table[tokenizer.token_to_id(colour)] = _colour_features(colour) @ _projection(dim)
    # A sentence without a colour, even an empty one, must not get the zero vector.
    table[tokenizer.token_to_id(START)] = 0.01

    inputs = [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "length"])]
    nodes = [helper.make_node("Gather", ["table", "input_ids"], ["tokens"])]
    summed = "tokens"
    if uses_mask:
        inputs.append(
            helper.make_tensor_value_info("attention_mask", TensorProto.INT64, ["batch", "length"])
        )
        nodes += [
            helper.make_node("Cast", ["attention_mask"], ["weights"], to=TensorProto.FLOAT),
            helper.make_node("Unsqueeze", ["weights", "last_axis"], ["column"]),
            helper.make_node("Mul", ["tokens", "column"], ["masked"]),
        ]
        summed = "masked"
    nodes.append(helper.make_node("ReduceSum", [summed, "token_axis"], [output], keepdims=0))
    constants: dict[str, NDArray[np.float32] | NDArray[np.int64]] = {
        "table": table * np.float32(gain),
        "token_axis": np.array([1], dtype=np.int64),
    }
    if uses_mask:
        constants["last_axis"] = np.array([2], dtype=np.int64)
    return _model("text", nodes, inputs, output, dim, constants)


def _model(
    name: str,
    nodes: list[onnx.NodeProto],
    inputs: list[onnx.ValueInfoProto],
    output: str,
    dim: int,
    constants: dict[str, NDArray[np.float32] | NDArray[np.int64]],
) -> onnx.ModelProto:
    graph = helper.make_graph(
        nodes,
        name,
        inputs,
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, ["batch", dim])],
        [numpy_helper.from_array(value, key) for key, value in constants.items()],
    )
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR_VERSION
    )
    onnx.checker.check_model(model)
    return model


def _join(vision: onnx.ModelProto, text: onnx.ModelProto) -> onnx.ModelProto:
    """One graph of both towers that also compares their vectors, as optimum exports it."""
    seen, meant = vision.graph.output[0].name, text.graph.output[0].name
    joined = onnx.ModelProto()
    joined.CopyFrom(vision)
    graph = joined.graph
    graph.node.extend(text.graph.node)
    graph.initializer.extend(text.graph.initializer)
    graph.ClearField("input")
    graph.input.extend([*text.graph.input, *vision.graph.input])
    graph.node.append(helper.make_node("Transpose", [meant], ["turned"], perm=[1, 0]))
    graph.node.append(helper.make_node("MatMul", [seen, "turned"], ["logits_per_image"]))
    logits = helper.make_tensor_value_info(
        "logits_per_image", TensorProto.FLOAT, ["images", "texts"]
    )
    graph.ClearField("output")
    graph.output.extend([logits, *text.graph.output, *vision.graph.output])
    for port in text.graph.input:  # as many texts as there are, however many pictures
        _set_first_dimension(graph, port.name, "texts")
    _set_first_dimension(graph, meant, "texts")
    onnx.checker.check_model(joined)
    return joined


def _save(
    model: onnx.ModelProto, path: Path, half: bool, weights_beside: bool, batch: str | int
) -> None:
    own = onnx.ModelProto()
    own.CopyFrom(model)
    if batch != "batch":
        for port in [*own.graph.input, *own.graph.output]:
            _set_first_dimension(own.graph, port.name, batch)
    if half:
        _use_half(own.graph)
    onnx.save(
        own,
        path,
        save_as_external_data=weights_beside,
        location=f"{path.name}_data",
        size_threshold=64,  # onnxruntime wants the axis of a sum in the graph itself
    )


def _set_first_dimension(graph: onnx.GraphProto, name: str, value: str | int) -> None:
    for port in [*graph.input, *graph.output]:
        if port.name == name:
            dimension = port.type.tensor_type.shape.dim[0]
            if isinstance(value, int):
                dimension.dim_value = value
            else:
                dimension.dim_param = value


def _use_half(graph: onnx.GraphProto) -> None:
    """Make floats that come in and go out float16; between them it stays float32."""
    for port in graph.input:
        if port.type.tensor_type.elem_type == TensorProto.FLOAT:
            port.type.tensor_type.elem_type = TensorProto.FLOAT16
            for node in graph.node:
                for place, name in enumerate(node.input):
                    if name == port.name:
                        node.input[place] = f"{port.name}_float"
            cast = helper.make_node(
                "Cast", [port.name], [f"{port.name}_float"], to=TensorProto.FLOAT
            )
            graph.node.insert(0, cast)
    for port in graph.output:
        port.type.tensor_type.elem_type = TensorProto.FLOAT16
        for node in graph.node:
            for names in (node.input, node.output):
                for place, name in enumerate(names):
                    if name == port.name:
                        names[place] = f"{port.name}_float"
        graph.node.append(
            helper.make_node("Cast", [f"{port.name}_float"], [port.name], to=TensorProto.FLOAT16)
        )
