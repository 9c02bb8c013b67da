"""Reads what a checkpoint says of itself: licence, languages."""

from collections.abc import Mapping
from pathlib import Path

import yaml

from models.families.checkpoint_files import CheckpointFiles
from models.families.dual_encoder import CardFacts

_CARDS = ("README.md", "MODEL_CARD.md")
_LICENCES = ("LICENSE", "LICENSE.txt", "LICENSE.md", "LICENCE", "LICENCE.txt")
_FENCE = "---"


def read_front_matter(text: str) -> Mapping[str, object]:
    """Return the YAML block at the head of a card; empty where there is none or it is broken."""
    lines = text.splitlines()
    if not lines or lines[0].strip() != _FENCE:
        return {}
    ends = [number for number, line in enumerate(lines[1:], 1) if line.strip() == _FENCE]
    if not ends:
        return {}
    try:
        content: object = yaml.safe_load("\n".join(lines[1 : ends[0]]))
    except (
        yaml.YAMLError,
        ValueError,
        RecursionError,
    ):  # a date such as 2024-99-99 is a ValueError
        return {}
    return content if isinstance(content, dict) else {}


def _read_first(folder: Path, names: tuple[str, ...]) -> str:
    for name in names:
        if (folder / name).is_file():
            return (folder / name).read_text(encoding="utf-8", errors="replace")
    return ""


def _strings(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(item for item in values if isinstance(item, str) and item)


def read_facts(files: CheckpointFiles) -> CardFacts:
    """Read a checkpoint folder's card and licence file."""
    card = read_front_matter(_read_first(files.path, _CARDS))
    licences = _strings(card.get("license_name")) or _strings(card.get("license"))
    return CardFacts(
        licence=licences[0] if licences else "",
        licence_text=_read_first(files.path, _LICENCES),
        languages=_strings(card.get("language")),
        base_model=(files.name,),
        revision=files.revision,
    )
