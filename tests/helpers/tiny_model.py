"""Writes a tiny but real model folder: both ONNX towers, tokenizer and configs.

The towers know the colours in `COLOURS`: a picture's vector is a projection of its mean colours
in a 2 × 2 grid, a sentence's vector the sum of the same projection of the colours it names. So
``red`` is nearest to a red picture, and every figure can be computed by hand.
"""

import json
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
    for suffix in ("", "_quantized"):
        vision = _vision_model(dim, side_px, image_gain, image_output)
        onnx.save(vision, folder / "onnx" / f"vision_model{suffix}.onnx")
        text = _text_model(tokenizer, dim, text_gain, text_output, text_uses_mask)
        onnx.save(text, folder / "onnx" / f"text_model{suffix}.onnx")
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
