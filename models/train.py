"""Trains models, from nothing or further.

The built-in model, from nothing or further from towers of our own, on its own data::

    python -m models.train --data ../shared/data --out models/starter
    python -m models.train --from models/checkpoints/starter --data ../shared/data --out NEW

On pictures of your own: a folder of class folders, such as ``sports/archery/001.jpg``, or a CSV
with the columns file (as seen from the CSV's folder), caption and perhaps split (train, valid or
test). Further from towers of our own or a CLIP checkpoint, or without --from from nothing, which
takes many thousands of pictures to become of use::

    python -m models.train --from CHECKPOINT --data sports --out NEW --config CONFIG.toml

Whatever is interrupted goes on with the same command.
"""

import argparse
import logging
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from desktop_app.engine.errors import ModelError
from models.check_material import CheckDataError
from models.checkpoint import CheckpointError
from models.continuation import ContinuationSettings, continue_training
from models.evaluation_sets import EvaluationDataError
from models.export import ExportError, check_place, export_checkpoint
from models.fine_tuning.job import FineTuneJob, run_job
from models.fine_tuning.settings import FineTuneSettings, settings_from_nothing
from models.from_scratch import train
from models.interruption import TrainingInterrupted
from models.os_errors import say_os_error
from models.precision import choose_precision
from models.quantize import QuantizationError
from models.recipe import gpu_recipe, timed_recipe
from models.self_check import SelfCheckError
from models.settings_file import SettingsError, read_settings
from models.teacher import TeacherMissingError
from models.tower_files import read_tower_files
from models.training_data import TrainingDataError

_EXPECTED = (
    CheckDataError, CheckpointError, EvaluationDataError, ExportError, ModelError,
    QuantizationError, SelfCheckError, SettingsError, TeacherMissingError, TrainingDataError,
)  # fmt: skip
"""What people can mend, with an OSError; all else is a mistake of ours and keeps its traceback."""

_ON_OWN_PICTURES = ("epochs", "held_out", "test", "remember", "skip_missing", "check_data")

INTERRUPTED = 130
"""The exit code of shells for a command that Ctrl-C ended."""


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m models.train",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--data", type=Path, required=True,
        help="the built-in model's data folder, a folder of class folders, or a captions CSV",
    )  # fmt: skip
    parser.add_argument("--out", type=Path, help="the model folder to write, but for --no-export")
    parser.add_argument(
        "--from", dest="start", metavar="CHECKPOINT",
        help="a folder of towers, or a CLIP checkpoint: a folder or a name on the Hugging Face hub",
    )  # fmt: skip
    parser.add_argument(
        "--config", type=Path,
        help="a TOML file of settings, such as models/configs/sports.toml, which explains them",
    )  # fmt: skip
    parser.add_argument("--minutes", type=float, help="wall time of the learning")
    parser.add_argument("--epochs", type=float, help="how often each picture is seen, instead")
    parser.add_argument("--seed", type=int, help="of everything random")
    parser.add_argument(
        "--work-dir", type=Path, default=Path("build/out/training"),
        help="where checkpoints, decoded pictures and the report are kept",
    )  # fmt: skip
    own = parser.add_argument_group("on pictures of your own")
    own.add_argument(
        "--held-out", type=Path, metavar="PICTURES",
        help="what decides when to stop, as --data; else a part of --data is held out",
    )  # fmt: skip
    own.add_argument(
        "--test", type=Path, metavar="PICTURES",
        help="what is only reported on, as --data; else what a CSV calls test",
    )  # fmt: skip
    own.add_argument(
        "--remember", type=Path, metavar="PICTURES",
        help="pictures of other things, to report what was forgotten",
    )  # fmt: skip
    own.add_argument(
        "--skip-missing", action="store_true", help="go on without files that a CSV names in vain"
    )
    own.add_argument(
        "--check-data", type=Path, metavar="FOLDER",
        help="pictures to check the export of a CLIP with, 200 of them; else those of --data",
    )  # fmt: skip
    parser.add_argument("--no-export", action="store_true", help="leave it at the checkpoint")
    options = parser.parse_args(arguments)
    if options.no_export:
        options.out = None
    elif options.out is None:
        parser.error("--out is needed, or --no-export")
    for name in ("minutes", "epochs"):
        value = getattr(options, name)
        if value is not None and value <= 0:
            parser.error(f"--{name} must be above 0")
    if options.seed is not None and options.seed < 0:
        parser.error("--seed must not be below 0")
    return options


def _is_builtin_data(data: Path) -> bool:
    return (data / "train" / "captions.csv").is_file()


def _check_options(options: argparse.Namespace) -> None:
    """Refuse what would be left out of account.

    Raises:
        SettingsError: an option is for another kind of training.
    """
    if _is_builtin_data(options.data):
        for name in _ON_OWN_PICTURES:
            if getattr(options, name):
                raise SettingsError(
                    f"--{name.replace('_', '-')} is for pictures of your own, and {options.data}"
                    " holds the data of the built-in model."
                )
        if options.start is None and options.config is not None:
            raise SettingsError("--config needs --from: the built-in model has one recipe.")


def _fine_tune(options: argparse.Namespace) -> None:
    settings = settings_from_nothing() if options.start is None else FineTuneSettings()
    if options.config is not None:
        settings = read_settings(options.config, FineTuneSettings)
    learning, data = settings.learning, settings.data
    if options.epochs is not None:
        learning = replace(learning, minutes=0.0, epochs=options.epochs)
    if options.minutes is not None:
        learning = replace(learning, minutes=options.minutes)
    if options.skip_missing:
        data = replace(data, skip_missing=True)
    seed = settings.seed if options.seed is None else options.seed
    job = FineTuneJob(
        options.start, options.data, options.out, options.work_dir,
        options.held_out, options.test, options.remember, options.check_data,
    )  # fmt: skip
    print(run_job(job, replace(settings, seed=seed, learning=learning, data=data)))
    print(f"The report and the training curve are in {options.work_dir}.")


def _continue(options: argparse.Namespace) -> None:
    settings = ContinuationSettings()
    if options.config is not None:
        settings = read_settings(options.config, ContinuationSettings)
    if options.minutes is not None:
        settings = settings.in_minutes(options.minutes)
    if options.seed is not None:
        settings = replace(settings, seed=options.seed)
    start = read_tower_files(Path(options.start))
    continue_training(
        start, options.data, options.out, options.work_dir, settings,
        export=export_checkpoint, precision=choose_precision(),
    )  # fmt: skip


def _run(options: argparse.Namespace) -> None:
    _check_options(options)
    if options.out is not None:
        check_place(options.out)  # now, and not after a night of learning
    if not _is_builtin_data(options.data):
        _fine_tune(options)
    elif options.start is None:
        precision = choose_precision()
        if precision.device == "cuda":
            recipe = gpu_recipe(options.minutes or 15.0)
        else:
            recipe = timed_recipe(options.minutes or 70.0)
        train(
            options.data, options.out, options.work_dir, recipe, options.seed or 0,
            export=export_checkpoint, precision=precision,
        )  # fmt: skip
    else:
        _continue(options)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    options = _parse(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    try:
        _run(options)
    except _EXPECTED as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(say_os_error(error, options.work_dir), file=sys.stderr)
        return 1
    except TrainingInterrupted as stop:
        print(f"{stop} The same command goes on from there.", file=sys.stderr)
        return INTERRUPTED
    except KeyboardInterrupt:
        print("Stopped. The same command goes on from the last checkpoint.", file=sys.stderr)
        return INTERRUPTED
    return 0


if __name__ == "__main__":
    sys.exit(main())
