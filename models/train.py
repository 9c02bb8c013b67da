"""Trains the built-in model from nothing, by the clock, and exports it.

``python -m models.train --data ../shared/data --out models/starter --minutes 70``

Five stages, each kept in the work folder so that an interrupted run goes on where it stopped:
the texts and their teacher's vectors; the text tower; the image tower; both together; the image
tower once more, against what has become of the text tower.
"""

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

import torch

from models.checkpoint import CheckpointError, save_checkpoint
from models.distillation import distil_text_tower
from models.evaluation_sets import EvaluationDataError
from models.export import ExportReport, export_checkpoint
from models.image_stage import train_image_tower
from models.joint_stage import JointLearner, tune_jointly
from models.preparation import Embed, Preparation, prepare
from models.quantize import QuantizationError
from models.recipe import Recipe, timed_recipe
from models.settling_stage import settle_image_tower
from models.teacher import TeacherMissingError, load_embeddings
from models.towers import tower_to_dict
from models.training_data import TrainingDataError
from models.wordnet import DEBIAN_FOLDER

log = logging.getLogger(__name__)

MODEL_NAME = "Image Seeker starter model"


def _train_towers(ready: Preparation, work: Path, recipe: Recipe, seed: int) -> JointLearner:
    pictures, validator = ready.pictures, ready.validator
    text = distil_text_tower(
        pictures.corpus, pictures.vectors, ready.token_vectors,
        recipe.text_shape(ready.tokenizer.get_vocab_size()),
        recipe.distillation, seed, work / "text.pt", validator.check_text,
    )  # fmt: skip
    images = train_image_tower(
        pictures, recipe.image_shape, recipe.images, seed,
        work / "image.pt", validator.check_image,
    )  # fmt: skip
    both = tune_jointly(
        images, text, pictures, recipe.joint, seed, work / "joint.pt", validator.check_both
    )
    return settle_image_tower(
        both, pictures, recipe.settling, seed, work / "settling.pt", validator.check_both
    )


def _save_final(
    path: Path, both: JointLearner, ready: Preparation, recipe: Recipe, seed: int
) -> None:
    """Keep all that an export needs, some training pictures for the quantization included."""
    pixels = ready.pictures.pixels
    order = torch.randperm(len(pixels), generator=torch.Generator().manual_seed(seed))
    save_checkpoint(
        path,
        {
            "name": MODEL_NAME,
            "image_tower": tower_to_dict(both.image),
            "text_tower": tower_to_dict(both.text),
            "image_side_px": recipe.settling.final_side_px,
            "logit_scale": float(both.scale.detach()),
            "tokenizer": ready.tokenizer.to_str(),
            "calibration": pixels[order[: recipe.calibration_pictures]].clone(),
            "seed": seed,
            "minutes": recipe.minutes,
        },
    )


def train(
    data: Path,
    out: Path,
    work: Path,
    recipe: Recipe,
    seed: int,
    embed: Embed = load_embeddings,
    wordnet: Path = DEBIAN_FOLDER,
) -> ExportReport:
    """Run all stages and export the result.

    Args:
        data: the data folder, which holds ``train`` and ``sports-100``.
        out: the model folder to write.
        work: where checkpoints and caches are kept.
        recipe: sizes, times and settings.
        seed: of everything random.
        embed: the teacher.
        wordnet: the folder of WordNet's files.
    """
    ready = prepare(data, work, recipe, seed, embed, wordnet)
    log.info(
        "%d pictures, %d texts, %d classes",
        len(ready.pictures.records), len(ready.pictures.corpus.texts),
        len(ready.pictures.corpus.classes),
    )  # fmt: skip
    both = _train_towers(ready, work, recipe, seed)
    _save_final(work / "final.pt", both, ready, recipe, seed)
    return export_checkpoint(work / "final.pt", out)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m models.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--out", type=Path, required=True, help="the model folder to write")
    parser.add_argument("--minutes", type=float, default=70.0, help="wall time of all stages")
    parser.add_argument("--seed", type=int, default=0, help="of everything random")
    parser.add_argument(
        "--work-dir", type=Path, default=Path("build/out/training"),
        help="where checkpoints are kept; a run goes on from those it finds",
    )  # fmt: skip
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    recipe = timed_recipe(options.minutes)
    try:
        train(options.data, options.out, options.work_dir, recipe, options.seed)
    except (
        CheckpointError, EvaluationDataError, QuantizationError, TeacherMissingError,
        TrainingDataError, OSError,
    ) as error:  # fmt: skip
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
