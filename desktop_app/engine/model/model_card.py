"""Reads a model's card: what it says of licence, languages and quality.

The YAML front matter of the Hugging Face hub
(https://huggingface.co/docs/hub/model-cards#model-card-metadata). A card is for people: one that
is missing, broken or odd says less, and never makes a model unusable.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop_app.engine.model.layout import CARDS
from desktop_app.engine.records import QualityFigure

_MAX_FILE_BYTES = 1024 * 1024
_MAX_FRONT_MATTER = 64 * 1024
_MAX_TEXT = 200
_MAX_FIGURES = 20
# YAML may name one list many times, inside others that do the same: a few bytes stand for billions.
_MAX_ITEMS = 40
_MAX_LANGUAGES = 200
_FENCE = "---"
# Metrics that many cards give in percent.
_PERCENT_METRICS = ("acc", "recall", "r@")
# How near an exported model is to what it was exported from, not how well it finds pictures.
_FIDELITY = "fidelity"


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What a card says.

    Attributes:
        title: What the model is called; empty where it says nothing.
        licence: Such as ``mit``; empty where it says nothing.
        languages: ISO 639 codes.
        quality: How well it was measured to do what it is for.
    """

    title: str = ""
    licence: str = ""
    languages: tuple[str, ...] = ()
    quality: tuple[QualityFigure, ...] = ()


def read_card(folder: Path) -> ModelCard:
    """Read the card of a model folder; an empty one where there is none that can be read."""
    for name in CARDS:
        try:
            with (folder / name).open("rb") as file:
                text = file.read(_MAX_FILE_BYTES).decode("utf-8", "replace")
        except OSError:
            continue
        return parse_card(text)
    return ModelCard()


def parse_card(text: str) -> ModelCard:
    """Read the text of a card, whatever it is."""
    front_matter, body = _split(text)
    fields = _parse_yaml(front_matter)
    licence = _text(fields.get("license"))
    if licence == "other":  # the hub's word for what has no identifier
        licence = _text(fields.get("license_name")) or licence
    # YAML reads an unquoted no, Norwegian, as False.
    codes = ["no" if item is False else item for item in _items(fields.get("language"))]
    languages = [_text(code) for code in codes]
    return ModelCard(
        title=_heading(body) or next(_model_names(fields), ""),
        licence=licence,
        languages=tuple(language for language in languages if language)[:_MAX_LANGUAGES],
        quality=tuple(_figures(fields))[:_MAX_FIGURES],
    )


def _split(text: str) -> tuple[str, str]:
    """Front matter and body."""
    lines = text.removeprefix("\ufeff").splitlines()
    if not lines or lines[0].strip() != _FENCE:
        return "", text
    for number, line in enumerate(lines[1:], start=1):
        if line.strip() == _FENCE:
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :])
    return "", text


def _parse_yaml(text: str) -> Mapping[object, object]:
    if not text or len(text) > _MAX_FRONT_MATTER:
        return {}
    import yaml  # 20 ms that only those who look at models pay

    try:
        content = yaml.safe_load(text)
    # Its constructors raise what int() and datetime() raise, and deep nesting ends in
    # RecursionError.
    except (yaml.YAMLError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def _heading(body: str) -> str:
    """The first heading of the highest rank."""
    fenced = False
    for line in body.splitlines():
        if line.startswith("```"):
            fenced = not fenced
        elif line.startswith("# ") and not fenced:
            return _text(line[2:].strip().strip("#").strip())
    return ""


def _model_names(fields: Mapping[object, object]) -> Iterator[str]:
    for model in _mappings(fields.get("model-index")):
        name = _text(model.get("name"))
        if name:
            yield name


def _figures(fields: Mapping[object, object]) -> Iterator[QualityFigure]:
    for model in _mappings(fields.get("model-index")):
        for result in _mappings(model.get("results")):
            dataset = result.get("dataset")
            about = dataset if isinstance(dataset, dict) else {}
            dataset_name = _text(about.get("name")) or _text(about.get("type"))
            for metric in _mappings(result.get("metrics")):
                kind = _text(metric.get("type"))
                name = _text(metric.get("name")) or kind
                value = _share(metric.get("value"), kind)
                if dataset_name and name and value is not None and kind.lower() != _FIDELITY:
                    yield QualityFigure(dataset_name, name, value)


def _share(value: object, kind: str) -> float | None:
    """A figure from 0 to 1; None where it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    # Compared before it is converted: an integer of 400 digits has no float.
    if 1 < value <= 100 and kind.lower().startswith(_PERCENT_METRICS):
        return float(value) / 100
    return float(value) if 0 <= value <= 1 and not math.isnan(value) else None


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _mappings(value: object) -> list[dict[object, object]]:
    return [item for item in _items(value)[:_MAX_ITEMS] if isinstance(item, dict)]


def _text(value: object) -> str:
    """A short printable text; empty for anything else."""
    if not isinstance(value, str):
        return ""
    return value.strip() if value.strip().isprintable() and len(value) <= _MAX_TEXT else ""
