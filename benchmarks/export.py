"""Exports checkpoints of every family in their real sizes, with random weights, and of our own.

``python benchmarks/export.py --data ../shared/data --work /tmp/exports [FAMILY ...]``

Prints what the towers weigh, how far ONNX is from torch and int8 from float, and how long each
step took. Random weights say nothing of search quality; for the differences that an export makes
they are as good as trained ones, if anything harder on int8. Set ``OMP_NUM_THREADS=1`` for figures
that others can repeat.
"""

import argparse
import csv
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from models.export import ExportReport, export_checkpoint
from models.random_checkpoint import WRITERS

_OWN = "own"
_ROWS: Sequence[tuple[str, Callable[[ExportReport], str]]] = (
    ("image tower, float", lambda r: _megabytes(r, "onnx/vision_model.onnx")),
    ("image tower, int8", lambda r: _megabytes(r, "onnx/vision_model_quantized.onnx")),
    ("text tower, float", lambda r: _megabytes(r, "onnx/text_model.onnx")),
    ("text tower, int8", lambda r: _megabytes(r, "onnx/text_model_quantized.onnx")),
    ("torch/ONNX, pictures, least cosine", lambda r: f"{r.checks.image_cosine:.7f}"),
    ("torch/ONNX, sentences, least cosine", lambda r: f"{r.checks.text_cosine:.7f}"),
    ("real length/filled up, least cosine", lambda r: _maybe(r.checks.padded_cosine)),
    ("preprocessing, identical pictures", lambda r: str(r.checks.prepared_identical)),
    ("preprocessing, least cosine of others", lambda r: f"{r.checks.prepared_cosine:.6f}"),
    ("tokens, identical strings", lambda r: str(r.checks.strings)),
    ("different pictures, mean cosine", lambda r: f"{r.checks.neighbour_cosine:.3f}"),
    ("int8 pictures, method", lambda r: r.image.method),
    ("int8 pictures, mean cosine", lambda r: f"{r.image.cosine:.4f}"),
    ("int8 pictures, same 10 nearest", lambda r: f"{r.image.overlap:.3f}"),
    ("int8 pictures, layers left in float", lambda r: str(len(r.image.kept_float))),
    ("int8 sentences, method", lambda r: r.text.method),
    ("int8 sentences, mean cosine", lambda r: f"{r.text.cosine:.4f}"),
    ("int8 sentences, same 10 nearest", lambda r: f"{r.text.overlap:.3f}"),
    ("int8 sentences, layers left in float", lambda r: str(len(r.text.kept_float))),
    ("export, seconds", lambda r: f"{r.seconds['export']:.0f}"),
    ("checks, seconds", lambda r: f"{r.seconds['check']:.0f}"),
    ("quantization, seconds", lambda r: f"{r.seconds['quantize']:.0f}"),
)


def _megabytes(report: ExportReport, name: str) -> str:
    parts = [size for file, size in report.size_bytes.items() if file.startswith(name)]
    return f"{sum(parts) / 1e6:.1f} MB"


def _maybe(value: float | None) -> str:
    return "always filled up" if value is None else f"{value:.7f}"


def _sentences(data: Path) -> list[str]:
    with (data / "flickr8k-test" / "captions.csv").open(encoding="utf-8", newline="") as lines:
        return [row["caption"] for row in csv.DictReader(lines)]


def _write(family: str, folder: Path, sentences: Sequence[str]) -> Path:
    path = folder / f"checkpoint-{family}"
    if not path.exists():
        path.mkdir(parents=True)
        WRITERS[family](path, sentences)
    return path


def export_family(
    family: str, work: Path, data: Path, own: Path | None, *, is_kept: bool
) -> ExportReport:
    """Make a checkpoint, unless it is there from an earlier run, and export it."""
    out = work / f"model-{family}"
    if family == _OWN:
        return export_checkpoint(own or "", out, data=data)
    sentences = _sentences(data)
    images = str(_write("clip", work, sentences)) if family == "multilingual" else None
    report = export_checkpoint(_write(family, work, sentences), out, images=images, data=data)
    if not is_kept:
        shutil.rmtree(out)
    return report


def main() -> int:
    """Export the asked for families one after another, a table each."""
    families = [*WRITERS, _OWN]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("families", nargs="*", metavar="FAMILY", help=", ".join(families))
    parser.add_argument("--data", type=Path, required=True, help="pictures and captions")
    parser.add_argument("--work", type=Path, required=True, help="where checkpoints are made")
    parser.add_argument("--own", type=Path, help="a checkpoint of models.train, for “own”")
    parser.add_argument("--keep", action="store_true", help="leave the model folders in --work")
    options = parser.parse_args()
    chosen = options.families or [f for f in families if f != _OWN or options.own]
    if unknown := [family for family in chosen if family not in families]:
        parser.error(f"unknown family {unknown[0]}; known are {', '.join(families)}")
    if _OWN in chosen and options.own is None:
        parser.error("own needs --own CHECKPOINT")
    width = max(len(title) for title, _ in _ROWS)
    for family in chosen:
        report = export_family(
            family, options.work, options.data, options.own, is_kept=options.keep
        )
        print(f"{family}")
        for title, render in _ROWS:
            print(f"  {title:<{width}}  {render(report)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
