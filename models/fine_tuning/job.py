"""A whole fine-tuning: pictures, learning, export, and what it has brought."""

import logging
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch

from models.check_material import read_material
from models.export import CHECK_SIZES, export_checkpoint
from models.fine_tuning.batches import phrase_table
from models.fine_tuning.curve import draw_curve
from models.fine_tuning.encoder import TowerEncoder, TrainableEncoder
from models.fine_tuning.judging import JudgedPictures, judge, judge_exported
from models.fine_tuning.learning import FineTuning, Lesson
from models.fine_tuning.new_towers import new_towers
from models.fine_tuning.picture_set import (
    PictureSet,
    SplitPictures,
    read_captions,
    read_class_folders,
    split_pictures,
)
from models.fine_tuning.report import AFTER, BEFORE, EXPORTED, JudgedSet, write_report
from models.fine_tuning.settings import FineTuneSettings
from models.fine_tuning.squares import load_squares
from models.fine_tuning.start import open_start
from models.precision import choose_precision
from models.settings_file import SettingsError
from models.training_data import TrainingDataError
from models.work_folder import claim_work_folder

log = logging.getLogger(__name__)

CALIBRATION_PICTURES = 640
_NAMED = 5

Export = Callable[..., object]
"""``models.export.export_checkpoint`` or what stands for it in a test."""


@dataclass(frozen=True)
class FineTuneJob:
    """What is to be fine-tuned on what.

    Attributes:
        start: a folder of towers, or a CLIP checkpoint: a folder or a name on the hub; None for
            new towers.
        data: a folder of class folders, or a captions CSV.
        out: the model folder to write; None to export nothing.
        work: the folder of checkpoints, decoded pictures and the report.
        held_out: pictures that decide when to stop; None to hold a part of ``data`` out.
        test: pictures that are only reported on; None for those that a CSV calls so.
        remember: pictures of other things, to report what was forgotten.
        check_data: pictures that the export of a CLIP is checked with, see
            :func:`models.check_material.read_material`; None for those of ``data``.
    """

    start: str | None
    data: Path
    out: Path | None
    work: Path
    held_out: Path | None = None
    test: Path | None = None
    remember: Path | None = None
    check_data: Path | None = None

    @property
    def check_folder(self) -> Path:
        """The folder of the pictures that an export is checked with."""
        return self.check_data or (self.data if self.data.is_dir() else self.data.parent)


def _read_all(path: Path, skip_missing: bool) -> SplitPictures:
    """Read a folder of class folders, all of it to train on, or a captions CSV."""
    if path.is_dir():
        return SplitPictures(read_class_folders(path))
    if not path.exists():
        raise TrainingDataError(f"There is no {path}.")
    return read_captions(path, skip_missing=skip_missing)


def _read_judged(path: Path, skip_missing: bool) -> PictureSet:
    """Read pictures to measure on: those that a CSV keeps for it, else all."""
    pictures = _read_all(path, skip_missing)
    return pictures.test or pictures.held_out or pictures.training


def _read_pictures(
    job: FineTuneJob, settings: FineTuneSettings
) -> tuple[PictureSet, dict[str, PictureSet]]:
    skip = settings.data.skip_missing
    pictures = _read_all(job.data, skip)
    training, held_out = pictures.training, pictures.held_out
    if job.held_out is not None:
        apart = _read_all(job.held_out, skip)
        held_out = apart.held_out or apart.test or apart.training
    if not held_out:
        training, held_out = split_pictures(training, settings.data.held_out, settings.seed)
    if len(training) < 2:
        raise TrainingDataError(f"{job.data} holds fewer than two pictures to train on.")
    judged = {"held out": held_out}
    if pictures.test:
        judged["test"] = pictures.test
    for title, path in (("test", job.test), ("to remember", job.remember)):
        if path is not None:
            judged[title] = _read_judged(path, skip)
    return training, judged


class _Decoder:
    """Decodes the sets of a job, counting the broken pictures."""

    def __init__(self, work: Path, encoder: TrainableEncoder, settings: FineTuneSettings) -> None:
        self._work = work
        self._shape = encoder.square_shape(settings.data.stored_side_px)
        self.broken: list[tuple[str, str]] = []

    def decode(self, name: str, pictures: PictureSet) -> tuple[PictureSet, torch.Tensor]:
        cache = self._work / f"{name.replace(' ', '_')}.npy"
        squares = load_squares(pictures.paths, self._shape, cache)
        self.broken += squares.broken
        return pictures.take(squares.rows), squares.pixels

    def tell(self) -> list[str]:
        """Keep the list of broken pictures and say how many there are."""
        # A picture may be in several sets.
        lines = [f"{path}\t{reason}" for path, reason in dict.fromkeys(self.broken)]
        listed = os.fsencode("".join(f"{line}\n" for line in lines))  # a name may be no text
        (self._work / "broken.tsv").write_bytes(listed)
        if not lines:
            return []
        for line in lines[:_NAMED]:
            log.warning("left out: %s", line)
        return [f"Pictures that could not be decoded and were left out: {len(lines)} (broken.tsv)."]


def _facts(job: FineTuneJob, settings: FineTuneSettings) -> list[object]:
    """What decides a training: how its weights are mixed in the end does not."""
    lasting = replace(settings, learning=replace(settings.learning, interpolation=1.0))
    return [job.start, str(job.data.resolve()), str(job.held_out), asdict(lasting)]


def _open(job: FineTuneJob, training: PictureSet, settings: FineTuneSettings) -> TrainableEncoder:
    """Open what is learnt further, or make new towers for what is said of the pictures.

    Raises:
        SettingsError: new towers would not learn all that they have to.
        CheckpointError: there is nothing to start from.
    """
    if job.start is not None:
        return open_start(job.start, job.data.name)
    if not settings.learning.text_rate or settings.learning.interpolation < 1:
        raise SettingsError(
            "Without --from nothing is known yet: learning.text_rate must be above 0, and"
            " learning.interpolation 1."
        )
    texts = phrase_table(training, settings.data.templates).texts
    return TowerEncoder(new_towers(texts, job.data.name, settings.seed), job.data.name)


def _calibration(pixels: torch.Tensor, seed: int) -> torch.Tensor:
    order = torch.randperm(len(pixels), generator=torch.Generator().manual_seed(seed))
    return pixels[order[:CALIBRATION_PICTURES]].clone()


def run_job(
    job: FineTuneJob, settings: FineTuneSettings, export: Export = export_checkpoint
) -> str:
    """Fine-tune a model, export it, and say what that has brought.

    Args:
        job: what on what.
        settings: how.
        export: turns a finished checkpoint into a model folder.

    Returns:
        The report, Markdown. It is also in the work folder, with the training curve.

    Raises:
        TrainingDataError: the pictures or their words cannot be used.
        CheckDataError: there are too few pictures to check the export of a CLIP with.
        CheckpointError: there is nothing to start from.
        SettingsError: it starts from nothing, with settings of something that goes on.
        TrainingInterrupted: Ctrl-C was pressed while learning; the same call goes on.
    """
    torch.manual_seed(settings.seed)
    training, judged_pictures = _read_pictures(job, settings)
    precision = choose_precision(settings.learning.precision)
    encoder = _open(job, training, settings)
    if job.out is not None and not isinstance(encoder, TowerEncoder):
        # Hours before they are needed. Towers of our own carry what they are checked with.
        read_material(job.check_folder, CHECK_SIZES.prepared, option="--check-data")
    claim_work_folder(job.work, _facts(job, settings))
    decoder = _Decoder(job.work, encoder, settings)
    training, pixels = decoder.decode("training", training)
    template = settings.data.query_template
    judged = {
        title: JudgedPictures(*decoder.decode(title, pictures), template)
        for title, pictures in judged_pictures.items()
    }
    remarks = decoder.tell()
    log.info("%d pictures to train on, %s", len(training), precision)
    encoder.to(precision.device)
    before = {title: judge(encoder, pictures, precision) for title, pictures in judged.items()}
    tuning = FineTuning(
        encoder, Lesson(training, pixels, judged["held out"]), settings, precision, job.work
    )
    tuning.run()
    part = settings.learning.interpolation
    tuning.use_weights(part)
    draw_curve(tuning.history, job.work / "curve.png")
    best = max(tuning.history, key=lambda check: check.score)
    remarks += [
        f"Started from {job.start or 'nothing'}; {len(training):,} pictures of {job.data};"
        f" {precision}.",
        f"{tuning.history[-1].step:,} steps in {tuning.minutes:.1f} minutes; the best on the"
        f" held-out pictures came after {best.step:,}.",
        f"The weights stand at {part} of the way from the old ones to those.",
    ]
    if not best.step:
        remarks.append("Nothing that was learnt was better than the start: the model is unchanged.")
    sets = {
        title: {BEFORE: before[title], AFTER: judge(encoder, pictures, precision)}
        for title, pictures in judged.items()
    }
    checkpoint = encoder.cpu().write(
        job.work / "finished", _calibration(pixels, settings.seed), settings.seed, tuning.minutes
    )
    if job.out is not None:
        log.info("exporting")
        # Called as what it started from, it could not be told from that in a list.
        data = job.check_folder if checkpoint.is_dir() else None
        export(checkpoint, job.out, data=data, title=job.out.resolve().name)
        for title, pictures in judged.items():
            sets[title][EXPORTED] = judge_exported(job.out, pictures)
    results = [JudgedSet(title, judged[title], sets[title]) for title in judged]
    return write_report(job.work, results, remarks)
