"""Writes the card and the licence of an exported model: what it is, and what was measured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from models.families.dual_encoder import CardFacts, DualEncoder
from models.quantize import QuantizationResult
from models.self_check import CheckResult

_NO_LICENCE = (
    "The checkpoint states no licence. Ask its authors before you use it for more than trying out,"
    " or pass it on."
)
_HUB_ADDRESS = "https://huggingface.co"


@dataclass(frozen=True)
class ExportReport:
    """How an export came out.

    Attributes:
        image: the int8 image tower.
        text: the int8 text tower.
        checks: the float towers, the preprocessing and the tokens against the original's.
        size_bytes: of each file of the folder, by its name in it.
        seconds: of each step, by its name.
    """

    image: QuantizationResult
    text: QuantizationResult
    checks: CheckResult
    size_bytes: Mapping[str, int]
    seconds: Mapping[str, float]


def licence_text(facts: CardFacts) -> str:
    """Return what the file ``LICENSE`` says."""
    if facts.licence_text:
        return facts.licence_text
    if not facts.licence:
        return f"{_NO_LICENCE}\n"
    origin = " and ".join(facts.base_model)
    made = "fine-tuned" if facts.is_fine_tuned else "exported"
    return (
        f"License: {facts.licence}\n\nSo says the card of {origin}, which this model was {made}"
        " from. No licence file came with the checkpoint.\n"
    )


def _metrics(report: ExportReport) -> list[dict[str, Any]]:
    checks = report.checks
    figures = [
        ("ONNX against torch, pictures: least cosine", checks.image_cosine),
        ("ONNX against torch, sentences: least cosine", checks.text_cosine),
        ("int8 against float, pictures: mean cosine", report.image.cosine),
        ("int8 against float, pictures: same 10 nearest", report.image.overlap),
        ("int8 against float, sentences: mean cosine", report.text.cosine),
        ("int8 against float, sentences: same 10 nearest", report.text.overlap),
    ]
    return [{"type": "fidelity", "name": name, "value": round(value, 4)} for name, value in figures]


def _front_matter(original: DualEncoder, report: ExportReport) -> str:
    facts = original.facts
    content: dict[str, Any] = {
        "license": facts.licence or "unknown",
        "library_name": "onnx",
        "pipeline_tag": "zero-shot-image-classification",
        "model-index": [
            {
                "name": original.name,
                "results": [
                    {
                        "task": {"type": "feature-extraction"},
                        "dataset": {
                            "type": "check",
                            "name": "pictures and sentences of the export",
                        },
                        "metrics": _metrics(report),
                    }
                ],
            }
        ],
    }
    if facts.languages:
        content["language"] = list(facts.languages)
    if facts.base_model:
        content["base_model"] = list(facts.base_model)
    # Wide lines: a name must not be broken in two.
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=1000)


def _describe_tower(kind: str, result: QuantizationResult) -> list[str]:
    lines = [
        f"- **{kind} tower**: {result.method}; against float, mean cosine {result.cosine:.4f}, and"
        f" {result.overlap:.0%} of the ten nearest are the same."
    ]
    if not result.kept_float:
        return [*lines, "  No layer had to stay in float."]
    lines.append(
        f"  Left in float, since int8 everywhere did not pass (cosine 0.98, overlap 0.90), the most"
        f" sensitive of its layers, {len(result.kept_float)} in all, with the cosine reached while"
        " only that one is float:"
    )
    lines += [f"  - `{layer.name}` ({layer.cosine_without:.4f})" for layer in result.kept_float]
    return lines


def _origin(facts: CardFacts) -> str:
    if not facts.base_model:
        return "a checkpoint of `models.train`"
    origin = " and ".join(facts.base_model)
    if facts.revision:
        address = f"{_HUB_ADDRESS}/{facts.base_model[0]}"
        origin = f"[{origin}]({address}) at commit `{facts.revision}`"
    if facts.is_fine_tuned:
        return f"what `python -m models.train` made of {origin}"
    return origin


def _describe_checks(checks: CheckResult, prepared: int) -> list[str]:
    lines = [
        f"- ONNX float against torch: least cosine {checks.image_cosine:.6f} over pictures,"
        f" {checks.text_cosine:.6f} over sentences.",
    ]
    if checks.padded_cosine is not None:
        lines.append(
            "- Sentences at their real length against filled up to the longest: least cosine"
            f" {checks.padded_cosine:.6f}."
        )
    return [
        *lines,
        f"- The program's preprocessing against transformers': {checks.prepared_identical} of"
        f" {prepared} pictures identical; least cosine of the others' embeddings"
        f" {checks.prepared_cosine:.6f}.",
        f"- The program's tokens against transformers': identical on {checks.strings} strings.",
        f"- For scale: embeddings of different pictures have a mean cosine of"
        f" {checks.neighbour_cosine:.3f}.",
    ]


def _sizes(size_bytes: Mapping[str, int]) -> list[str]:
    rows = [f"| `{name}` | {size / 1e6:.1f} MB |" for name, size in sorted(size_bytes.items())]
    return ["| file | size |", "|---|---|", *rows]


def render_card(original: DualEncoder, report: ExportReport, prepared: int) -> str:
    """Return the content of ``MODEL_CARD.md``.

    Args:
        original: what was exported.
        report: how it came out.
        prepared: how many pictures the preprocessing was compared on.
    """
    facts = original.facts
    how_long = (
        f"Texts are always filled up to {original.text_length} tokens."
        if original.pads_texts
        else f"Texts are taken at their real length, up to {original.text_length} tokens."
    )
    licence = f"`{facts.licence}`; see `LICENSE`." if facts.licence else _NO_LICENCE
    height, width = original.shape_px
    body: Sequence[str] = [
        f"# {original.name}",
        "",
        f"A dual encoder of the family {original.family}, exported to ONNX by"
        f" `python -m models.export` from {_origin(facts)}.",
        "",
        f"Pictures are brought to {height} × {width} pixels. {how_long}",
        "",
        "## Licence",
        "",
        licence,
        "",
        "## Quantization",
        "",
        *_describe_tower("Image", report.image),
        *_describe_tower("Text", report.text),
        "",
        "## Checked when it was exported",
        "",
        *_describe_checks(report.checks, prepared),
        "",
        "How well it finds pictures was not measured here: `python -m models.evaluate` does that.",
        "",
        "## Files",
        "",
        *_sizes(report.size_bytes),
        "",
    ]
    return f"---\n{_front_matter(original, report)}---\n\n" + "\n".join(body)
