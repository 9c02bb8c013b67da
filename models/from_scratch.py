"""The built-in model's training from nothing, by the clock.

Five stages, each kept in the work folder so that an interrupted run goes on where it stopped:
the texts and their teacher's vectors; the text tower; the image tower; both together; the image
tower once more, against what has become of the text tower.
"""

import logging
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import torch
from torch import Tensor

from models.checkpoint import save_checkpoint
from models.distillation import distil_text_tower
from models.export import export_checkpoint
from models.image_stage import train_image_tower
from models.joint_stage import JointLearner, join_towers, teacher_anchors, tune_jointly
from models.precision import CPU_BFLOAT16, Precision
from models.preparation import Embed, Preparation, prepare
from models.recipe import Recipe
from models.settling_stage import settle_image_tower
from models.teacher import load_embeddings
from models.tower_files import TrainedTowers, towers_to_checkpoint, write_tower_files
from models.wordnet import DEBIAN_FOLDER
from models.work_folder import claim_work_folder

log = logging.getLogger(__name__)

MODEL_NAME = "Image Seeker starter model"

Export = Callable[[Path, Path], object]
"""Turns a final checkpoint into a model folder."""


def _train_towers(
    ready: Preparation, work: Path, recipe: Recipe, seed: int, precision: Precision
) -> JointLearner:
    pictures, validator = ready.pictures.to(precision.device), ready.validator
    text = distil_text_tower(
        pictures.corpus, pictures.vectors, ready.token_vectors,
        recipe.text_shape(ready.tokenizer.get_vocab_size()),
        recipe.distillation, seed, work / "text.pt", validator.check_text,
        precision,
    )  # fmt: skip
    images = train_image_tower(
        pictures, recipe.image_shape, recipe.images, seed,
        work / "image.pt", validator.check_image, precision,
    )  # fmt: skip
    both = tune_jointly(
        join_towers(images, text), teacher_anchors(images, pictures), pictures, recipe.joint, seed,
        work / "joint.pt", validator.check_both, precision,
    )  # fmt: skip
    settled = settle_image_tower(
        both, pictures, recipe.settling, seed, work / "settling.pt", validator.check_both,
        precision,
    )  # fmt: skip
    settled.cpu()
    return settled


def save_finished(work: Path, towers: TrainedTowers, pixels: Tensor, calibration: int) -> Path:
    """Keep all that an export needs, and a folder of towers to go on from.

    Args:
        work: the work folder; ``final.pt`` and the folder ``towers`` are written into it.
        towers: the result of a training.
        pixels: the training pictures, uint8, shape ``(n, side, side, 3)``.
        calibration: how many of them the quantization is to look at.

    Returns:
        The final checkpoint.
    """
    order = torch.randperm(len(pixels), generator=torch.Generator().manual_seed(towers.seed))
    content = towers_to_checkpoint(towers)
    save_checkpoint(
        work / "final.pt", {**content, "calibration": pixels[order[:calibration]].clone()}
    )
    write_tower_files(work / "towers", towers)
    return work / "final.pt"


def sources_of(ready: Preparation) -> tuple[str, ...]:
    """Return the names of the data sets that are trained on."""
    return tuple(sorted({record.source for record in ready.pictures.records}))


def train(
    data: Path,
    out: Path | None,
    work: Path,
    recipe: Recipe,
    seed: int,
    embed: Embed = load_embeddings,
    wordnet: Path = DEBIAN_FOLDER,
    export: Export = export_checkpoint,
    precision: Precision = CPU_BFLOAT16,
) -> None:
    """Run all stages and export the result.

    Args:
        data: the data folder, which holds ``train`` and ``sports-100``.
        out: the model folder to write; None to export nothing.
        work: where checkpoints and caches are kept.
        recipe: sizes, times and settings.
        seed: of everything random.
        embed: the teacher.
        wordnet: the folder of WordNet's files.
        export: turns a final checkpoint into a model folder.
        precision: where and how exactly to compute.

    Raises:
        TrainingDataError: the data are not complete, or `work` belongs to another training.
    """
    # How long it takes may be changed while it is under way.
    sizes = (recipe.vocabulary, recipe.text_width, recipe.text_layers, recipe.stored_side_px)
    claim_work_folder(
        work, ["from nothing", str(data.resolve()), seed, asdict(recipe.image_shape), sizes]
    )
    ready = prepare(data, work, recipe, seed, embed, wordnet)
    log.info(
        "%d pictures, %d texts, %d classes",
        len(ready.pictures.records), len(ready.pictures.corpus.texts),
        len(ready.pictures.corpus.classes),
    )  # fmt: skip
    log.info("computing on: %s", precision)
    both = _train_towers(ready, work, recipe, seed, precision)
    towers = TrainedTowers(
        MODEL_NAME, both.image.eval(), both.text.eval(), ready.tokenizer,
        recipe.settling.final_side_px, float(both.scale.detach()), seed, recipe.minutes,
        sources_of(ready),
    )  # fmt: skip
    final = save_finished(work, towers, ready.pictures.pixels, recipe.calibration_pictures)
    if out is not None:
        export(final, out)
