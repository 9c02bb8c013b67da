"""Reads what a checkpoint says of itself: licence, languages; and what it was fine-tuned from."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path

import yaml

from models.checkpoint import CheckpointError
from models.families.checkpoint_files import CheckpointFiles
from models.families.dual_encoder import CardFacts

_CARDS = ("README.md", "MODEL_CARD.md")
_LICENCES = ("LICENSE", "LICENSE.txt", "LICENSE.md", "LICENCE", "LICENCE.txt")
_FENCE = "---"
_START_FILE = "fine_tuned_from.json"
"""In a folder that a fine-tuning wrote: the facts of what it started from."""


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
    """Read a checkpoint folder's card and licence file, of a fine-tuned one those of its start.

    Raises:
        CheckpointError: what a fine-tuning started from is told in a damaged file.
    """
    # What comes from the hub has a name and a card there.
    if not files.revision and (files.path / _START_FILE).is_file():
        return _read_start(files.path / _START_FILE)
    card = read_front_matter(_read_first(files.path, _CARDS))
    licences = _strings(card.get("license_name")) or _strings(card.get("license"))
    return CardFacts(
        licence=licences[0] if licences else "",
        licence_text=_read_first(files.path, _LICENCES),
        languages=_strings(card.get("language")),
        base_model=(files.name,),
        revision=files.revision,
    )


def write_start(folder: Path, facts: CardFacts) -> None:
    """Note in a fine-tuned checkpoint's folder what it started from."""
    text = json.dumps(asdict(replace(facts, is_fine_tuned=True)), indent=2, ensure_ascii=False)
    (folder / _START_FILE).write_text(text + "\n", encoding="utf-8")


def _read_start(path: Path) -> CardFacts:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return CardFacts(
            licence=str(content["licence"]),
            licence_text=str(content["licence_text"]),
            languages=_strings(content["languages"]),
            base_model=_strings(content["base_model"]),
            revision=str(content["revision"]),
            is_fine_tuned=True,
        )
    except (ValueError, KeyError, TypeError) as error:
        raise CheckpointError(f"{path} is damaged.") from error
