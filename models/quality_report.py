"""What was measured of a model: as a table, as JSON, in ``docs/quality.md`` and in its card."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from models.confusion import ConfusedPair, render_pairs

LIMITS = {"ms_per_image": 6.0, "ms_per_query": 3.0, "folder_megabytes": 20.0}
"""What the built-in model may cost; shown beside what a model does cost."""

PRECISION_NAMES = {"quantized": "int8", "float": "float"}

_METRICS = {
    "top1": "zero-shot top-1", "top5": "zero-shot top-5",
    "precision5": "precision@5 of a class's name",
    "s2p_recall1": "sentence to picture, recall@1", "s2p_recall5": "sentence to picture, recall@5",
    "s2p_recall10": "sentence to picture, recall@10",
    "p2s_recall1": "picture to sentence, recall@1", "p2s_recall5": "picture to sentence, recall@5",
    "p2s_recall10": "picture to sentence, recall@10",
}  # fmt: skip
_COSTS = {
    "ms_per_image": "ms of CPU a picture", "images_per_second": "pictures a second",
    "ms_per_query": "ms of CPU a query", "vision_megabytes": "image tower, MB",
    "text_megabytes": "text tower, MB",
}  # fmt: skip
_BEGIN, _END = "<!-- quality: begin -->", "<!-- quality: end -->"


class ReportError(Exception):
    """A report cannot be read or a card has no place for it; the text says which."""


@dataclass(frozen=True)
class QualityReport:
    """All that was measured of a model.

    Attributes:
        model: what it is called.
        command: how to measure it again.
        files: SHA-256 of each tower of the folder, so that figures can be told to be its own.
        folder_megabytes: size of the whole folder.
        templates: which sentences stood around the classes' names.
        sets: titles of the sets by the key that starts their figures' names.
        figures: by precision, ``quantized`` or ``float``, and name; shares from 0 to 1, times in
            milliseconds, sizes in MB.
        agreement: of int8 with float, by name; empty where one of them is not there.
        confusions: the pairs of classes that are confused most, by the set's key.
        notes: what could not be measured, and why.
    """

    model: str
    command: str
    files: Mapping[str, str]
    folder_megabytes: float
    templates: str
    sets: Mapping[str, str]
    figures: Mapping[str, Mapping[str, float]]
    agreement: Mapping[str, float] = field(default_factory=dict)
    confusions: Mapping[str, Sequence[ConfusedPair]] = field(default_factory=dict)
    notes: Sequence[str] = ()

    def to_json(self) -> dict[str, Any]:
        """The report as JSON can hold it."""
        return asdict(self)

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "QualityReport":
        """Read what `to_json` made.

        Raises:
            ReportError: it is something else.
        """
        try:
            fields = dict(content)
            fields["confusions"] = {
                key: [ConfusedPair(**pair) for pair in pairs]
                for key, pairs in fields.get("confusions", {}).items()
            }
            return cls(**fields)
        except (TypeError, AttributeError, ValueError) as error:
            raise ReportError(f"This is no report of a model's quality: {error}.") from error


def _rows(report: QualityReport) -> list[tuple[str, str, int]]:
    """Key, label and digits of every figure of a report that has been measured."""
    keys = list(dict.fromkeys(key for each in report.figures.values() for key in each))
    rows = [
        (f"{prefix}_{metric}", f"{title}: {label}", 3)
        for prefix, title in report.sets.items()
        for metric, label in _METRICS.items()
    ]
    rows += [
        (key, label + (f" (limit {LIMITS[key]:g})" if key in LIMITS else ""), 2)
        for key, label in _COSTS.items()
    ]
    return [row for row in rows if row[0] in keys]


def _cells(report: QualityReport, key: str, digits: int) -> list[str]:
    return [f"{figures[key]:.{digits}f}" for figures in report.figures.values()]


def render_text(report: QualityReport) -> str:
    """Lay a report out for a terminal."""
    rows = _rows(report)
    width = max((len(label) for _, label, _ in rows), default=0)
    lines = [" ".join([" " * width, *(f"{PRECISION_NAMES[name]:>9}" for name in report.figures)])]
    for key, label, digits in rows:
        cells = [f"{cell:>9}" for cell in _cells(report, key, digits)]
        lines.append(" ".join([f"{label:<{width}}", *cells]))
    limit = LIMITS["folder_megabytes"]
    lines.append(f"whole folder: {report.folder_megabytes:.2f} MB (limit {limit:g})")
    lines += [f"int8 against float, {key}: {value:.4f}" for key, value in report.agreement.items()]
    for key, pairs in report.confusions.items():
        lines += ["", f"{report.sets[key]}, confused most:", render_pairs(pairs)]
    return "\n".join([*lines, *report.notes])


def render_table(report: QualityReport) -> str:
    """Lay the figures out as a table in Markdown; the same in the documents and in the card."""
    names = [PRECISION_NAMES[name] for name in report.figures]
    lines = [f"| | {' | '.join(names)} |", "|---|" + "---|" * len(names)]
    for key, label, digits in _rows(report):
        lines.append(f"| {label} | {' | '.join(_cells(report, key, digits))} |")
    limit = LIMITS["folder_megabytes"]
    lines += ["", f"The whole folder takes {report.folder_megabytes:.2f} MB (limit {limit:g})."]
    lines += [f"Sentences around the classes' names: {report.templates}."]
    if report.agreement:
        parts = [f"{key} {value:.4f}" for key, value in report.agreement.items()]
        lines += ["", f"int8 against float: {', '.join(parts)}."]
    return "\n".join([*lines, *(f"\n{note}" for note in report.notes)])


def render_markdown(report: QualityReport) -> str:
    """Write the page about a model's quality."""
    parts = [
        f"# How good the model is: {report.model}",
        "<!-- Written by `python -m models.evaluate ... --markdown`; edit that, not this. -->",
        render_table(report),
        "1 is perfect. Times are CPU time on one thread, decoding not counted; they depend on the"
        " processor,\nthe rest does not. `overlap` is the part of the ten nearest neighbours that"
        " int8 and float share.",
    ]
    for key, pairs in report.confusions.items():
        parts += [f"## {report.sets[key]}: the pairs confused most (int8 where there is one)"]
        parts += [render_pairs(pairs)]
    parts += ["## Measured again", f"```sh\n{report.command}\n```"]
    parts += ["## The files that were measured (SHA-256)"]
    parts += ["\n".join(f"- `{name}`: `{digest}`" for name, digest in report.files.items())]
    return "\n\n".join(parts) + "\n"


def check_card(card: str) -> None:
    """Make sure that a card has a place for the table.

    Raises:
        ReportError: it has none.
    """
    if card.count(_BEGIN) != 1 or card.count(_END) != 1 or card.index(_BEGIN) > card.index(_END):
        raise ReportError(f"The card must have {_BEGIN} and {_END} once, around the table.")


def update_card(card: str, report: QualityReport) -> str:
    """Put the table and the figures of the front matter into a model's card.

    Raises:
        ReportError: the card has no place marked for the table.
    """
    check_card(card)
    before, rest = card.split(_BEGIN)
    after = rest.split(_END)[1]
    body = f"{before}{_BEGIN}\n{render_table(report)}\n{_END}{after}"
    return _update_front_matter(body, _index(report))


def _update_front_matter(card: str, index: str) -> str:
    """Replace ``model-index`` in the YAML at the top, or add it, and the YAML, where it is not."""
    found = re.match(r"---\n(.*?)^---\n", card, flags=re.DOTALL | re.MULTILINE)
    if found is None:
        return f"---\n{index}---\n\n{card}"
    # Up to the next key at the margin.
    others = re.sub(r"^model-index:.*\n(?:[ -].*\n)*", "", found[1], flags=re.MULTILINE)
    return f"---\n{others}{index}---\n{card[found.end() :]}"


def _index(report: QualityReport) -> str:
    """The figures in the form of the Hugging Face hub's cards; those of what the program runs."""
    figures = report.figures.get("quantized") or next(iter(report.figures.values()))
    # JSON strings are YAML strings.
    lines = ["model-index:", f"- name: {_quoted(report.model)}", "  results:"]
    for prefix, title in report.sets.items():
        measured = {metric: figures.get(f"{prefix}_{metric}") for metric in _METRICS}
        is_classes = measured["top1"] is not None
        task = "zero-shot-image-classification" if is_classes else "text-to-image-retrieval"
        lines += ["  - task:", f"      type: {task}", "    dataset:"]
        lines += [f"      name: {_quoted(title)}", f"      type: {prefix}", "    metrics:"]
        for metric, value in measured.items():
            if value is not None and metric != "precision5":
                kind = "accuracy" if metric.startswith("top") else metric.split("_")[1]
                lines += [f"    - type: {kind}", f"      name: {_quoted(_METRICS[metric])}"]
                lines += [f"      value: {value:.3f}"]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
