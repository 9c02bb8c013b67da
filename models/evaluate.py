"""Measures a model folder through the program's own code, int8 and float side by side.

``python -m models.evaluate models/starter --data ../shared/data --json FILE``
"""

import argparse
import json
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from desktop_app.engine.errors import ModelError
from models.evaluation_sets import EvaluationDataError, EvaluationSet, read_own_pictures
from models.measurement import evaluate, read_standard_sets
from models.os_errors import say_os_error
from models.prompts import SINGLE, TemplateError
from models.quality_report import (
    QualityReport,
    ReportError,
    check_card,
    render_markdown,
    render_text,
    update_card,
)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m models.evaluate", description=__doc__)
    parser.add_argument("model", type=Path, help="the model folder")
    parser.add_argument("--data", type=Path, help="the folder of the project's evaluation sets")
    parser.add_argument(
        "--pictures", type=Path, metavar="CSV|FOLDER",
        help="pictures of your own: a CSV with file and caption, or a folder of class folders",
    )  # fmt: skip
    parser.add_argument(
        "--float", type=Path, dest="float_side", metavar="FOLDER|FILE",
        help="the float towers to compare with, if the folder has none: a model folder, a folder"
        " of trained towers or a final checkpoint",
    )  # fmt: skip
    parser.add_argument(
        "--templates", default=SINGLE, metavar="NAME|FILE",
        help="sentences around classes' names: single (default), ensemble, or a file with one a"
        " line and {} for the name",
    )  # fmt: skip
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    parser.add_argument("--markdown", type=Path, help="also write a page about them")
    parser.add_argument("--card", type=Path, help="also put them into this model card")
    return parser


def _command(options: argparse.Namespace) -> str:
    """The command that measures again; files are named as they were."""
    words = ["python", "-m", "models.evaluate", options.model.as_posix()]
    for name in ("data", "pictures", "float_side", "templates", "json", "markdown", "card"):
        value = getattr(options, name)
        if value is not None and value != SINGLE:
            text = value.as_posix() if isinstance(value, Path) else value
            words += [f"--{name.removesuffix('_side')}", text]
    return shlex.join(words)


def _check_places(options: argparse.Namespace) -> None:
    """Make sure that all can be written in the end; measuring takes its time.

    Raises:
        ReportError: there is no folder for a file, or no place in the card for the figures.
        OSError: one cannot be written.
    """
    if options.card is not None:
        check_card(_read_card(options.card))
    for path in (options.card, options.json, options.markdown):
        if path is None:
            continue
        if not path.parent.is_dir():
            raise ReportError(f"{path} cannot be written: there is no folder {path.parent}.")
        is_new = not path.exists()
        with path.open("ab"):
            pass
        if is_new:  # nothing is left should the measuring fail
            path.resolve().unlink()


def _read_card(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ReportError(f"{path} is no model card: it is not text in UTF-8.") from error


def _write(report: QualityReport, options: argparse.Namespace) -> None:
    if options.card is not None:
        card = _read_card(options.card)
        options.card.write_text(update_card(card, report), encoding="utf-8")
    if options.json is not None:
        text = json.dumps(report.to_json(), indent=2, ensure_ascii=False)
        options.json.write_text(text + "\n", encoding="utf-8")
    if options.markdown is not None:
        options.markdown.write_text(render_markdown(report), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.data is None and options.pictures is None:
        parser.error("--data or --pictures is needed")
    try:
        _check_places(options)
        sets: dict[str, EvaluationSet] = {}
        if options.data is not None:
            sets |= read_standard_sets(options.data)
        if options.pictures is not None:
            sets["own"] = read_own_pictures(options.pictures)
        report = evaluate(
            options.model, sets, options.float_side, options.templates, _command(options)
        )
        print(render_text(report))
        _write(report, options)
    except (EvaluationDataError, ModelError, TemplateError, ReportError) as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(say_os_error(error, options.model), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
