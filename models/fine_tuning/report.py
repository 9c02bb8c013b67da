"""What a fine-tuning has brought: figures before and after, and what is still confused."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.confusion import ConfusedPair, render_pairs, worst_pairs
from models.fine_tuning.judging import JudgedPictures, Measurement

BEFORE, AFTER, EXPORTED = "before", "after", "exported, int8"


@dataclass(frozen=True)
class JudgedSet:
    """A set of pictures and every measurement on it.

    Attributes:
        title: which pictures they are.
        pictures: the pictures.
        measured: the measurements, by what was measured.
    """

    title: str
    pictures: JudgedPictures
    measured: Mapping[str, Measurement]

    def confused(self, state: str = AFTER) -> tuple[ConfusedPair, ...]:
        """Return the ten worst pairs of classes; none where the pictures have no classes."""
        if not self.pictures.pictures.labelled:
            return ()
        found = self.measured[state]
        return worst_pairs(found.labels, found.predictions, self.pictures.pictures.names)


def _table(judged: JudgedSet) -> list[str]:
    states = list(judged.measured)
    lines = [
        f"## {judged.title} ({len(judged.pictures.pictures):,} pictures)",
        "",
        f"| | {' | '.join(states)} |",
        "|---" * (len(states) + 1) + "|",
    ]
    for figure in judged.measured[BEFORE].figures:
        values = [f"{found.figures[figure]:.3f}" for found in judged.measured.values()]
        lines.append(f"| {figure} | {' | '.join(values)} |")
    return [*lines, ""]


def render_report(judged: Sequence[JudgedSet], remarks: Sequence[str]) -> str:
    """Lay the results out in Markdown: figures of every set, confusions of the last with classes.

    Args:
        judged: the sets, those that were chosen by first.
        remarks: sentences about the training.
    """
    lines = ["# Fine-tuning", "", *(f"- {remark}" for remark in remarks), ""]
    for one in judged:
        lines += _table(one)
    labelled = [one for one in judged if one.pictures.pictures.labelled]
    if labelled:
        lines += [f"## The ten worst pairs of classes, {labelled[-1].title}", ""]
        for state in (BEFORE, AFTER):
            pairs = labelled[-1].confused(state)
            lines += [f"### {state.capitalize()}", "", render_pairs(pairs), ""]
    return "\n".join(lines)


def write_report(folder: Path, judged: Sequence[JudgedSet], remarks: Sequence[str]) -> str:
    """Write ``report.md`` and ``report.json``; return the former's text."""
    text = render_report(judged, remarks)
    content = {
        "remarks": list(remarks),
        "sets": {
            one.title: {
                "pictures": len(one.pictures.pictures),
                "figures": {state: found.figures for state, found in one.measured.items()},
                "confused": [
                    {"shows": pair.actual, "taken_for": pair.predicted, "count": pair.count}
                    for pair in one.confused()
                ],
            }
            for one in judged
        },
    }
    (folder / "report.md").write_text(text, encoding="utf-8")
    (folder / "report.json").write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    return text
