"""Where the parts of a published model lie: the names that exporters give to their files.

The names of transformers.js, onnx-community and Xenova, which our own export uses too. Works on
names alone, relative to the model's folder and with ``/`` between their parts, so that it serves
for folders and for archives.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

Precision = Literal["auto", "float", "quantized"]

CONFIG = "config.json"
PREPROCESSOR = "preprocessor_config.json"
TOKENIZER = "tokenizer.json"
TOKENIZER_CONFIG = "tokenizer_config.json"
CARDS = ("MODEL_CARD.md", "README.md")
LICENCES = ("LICENSE", "LICENSE.txt", "LICENSE.md", "NOTICE", "NOTICE.txt")

_INT8 = ("_quantized", "_int8", "_uint8")
# int8 first: three times as fast as float32 on processors with VNNI, a quarter of the size.
# float16 after float32: the CPU provider has no float16 kernels, it computes in float32 between
# casts (https://github.com/microsoft/onnxruntime/issues/16778: twice the time). The 4-bit kinds
# last: they lose more and no processor is faster with them at pictures in batches.
_SUFFIXES: dict[Precision, tuple[str, ...]] = {
    "auto": (*_INT8, "", "_fp16", "_q4", "_q4f16", "_bnb4"),
    "float": ("",),
    "quantized": _INT8,
}


@dataclass(frozen=True, slots=True)
class Towers:
    """The ONNX files to take.

    Attributes:
        vision: Of the image tower.
        text: Of the text tower; the same file where one graph holds both.
    """

    vision: str
    text: str


def choose_towers(names: Collection[str], precision: Precision) -> Towers:
    """Choose among the ONNX files that are there.

    Returns:
        The files; where there are none, the names under which they are missing.
    """
    vision = _best("vision_model", names, precision)
    text = _best("text_model", names, precision)
    both = _best("model", names, precision)
    if both is not None and (vision is None or text is None):
        return Towers(both, both)
    wanted = _SUFFIXES[precision][0] if precision != "auto" else ""
    return Towers(
        vision or f"onnx/vision_model{wanted}.onnx", text or f"onnx/text_model{wanted}.onnx"
    )


def weights_beside(tower: str, names: Collection[str]) -> list[str]:
    """The files with the weights of a large tower: ``.onnx_data``, ``_data_1``, ``.onnx.data``.

    Sorted, so that their order decides nothing.
    """
    return sorted(name for name in names if name.startswith((f"{tower}_data", f"{tower}.data")))


def files_to_copy(names: Collection[str]) -> list[str]:
    """What of a published model belongs into the models folder: what is used, card and licence."""
    towers = choose_towers(names, "auto")
    onnx = {towers.vision, towers.text}
    for tower in (towers.vision, towers.text):
        onnx.update(weights_beside(tower, names))
    wanted = (CONFIG, PREPROCESSOR, TOKENIZER, TOKENIZER_CONFIG, *CARDS, *LICENCES)
    return [name for name in wanted if name in names] + sorted(onnx & set(names))


def _best(tower: str, names: Collection[str], precision: Precision) -> str | None:
    candidates = (f"onnx/{tower}{suffix}.onnx" for suffix in _SUFFIXES[precision])
    return next((name for name in candidates if name in names), None)
