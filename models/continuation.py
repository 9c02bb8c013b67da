"""Goes on with the built-in model from its finished towers, on the data it was trained on.

Three stages, each kept in the work folder: the image tower against the text tower's fixed
vectors; both together, the text tower held near what it said before; the image tower once more.
The last two may be left out, with no time given to them.
What is kept lies between start and end, where the validation pictures say that it is best.
"""

import copy
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import torch

from models.augmentation import AugmentationStrength
from models.averaging import interpolate
from models.export import export_checkpoint
from models.from_scratch import Export, save_finished, sources_of
from models.joint_stage import JointLearner, JointSettings, tune_jointly
from models.precision import CPU_BFLOAT16, Precision
from models.preparation import Embed, Preparation, prepare
from models.recipe import Recipe, timed_recipe
from models.schedule import ResolutionStep
from models.settling_stage import SettlingSettings, embed_corpus, settle_image_tower
from models.stage_run import Pace
from models.teacher import load_embeddings
from models.tower_files import TrainedTowers
from models.towers import ImageTower, TextTower
from models.validation import Figures
from models.wordnet import DEBIAN_FOLDER
from models.work_folder import claim_work_folder

log = logging.getLogger(__name__)

SHARES = (0.0, 0.3, 0.5, 0.7, 0.85, 1.0)
"""How far along the line from start to end models are tried: a training that made nothing better
leaves the one it began with."""

Measure = Callable[[ImageTower, TextTower], Figures]


def _require_above_nought(**numbers: float) -> None:
    for name, number in numbers.items():
        if number <= 0:
            raise ValueError(f"{name} must be above 0.")


def _require_no_less_than_nought(**numbers: float) -> None:
    for name, number in numbers.items():
        if number < 0:
            raise ValueError(f"{name} must not be below 0.")


@dataclass(frozen=True)
class ContinuationSettings:
    """How the built-in model is gone on with; the settings of its TOML file.

    Attributes:
        seed: of everything random.
        settling_minutes: wall time of the image tower alone.
        settling_rate: its highest learning rate.
        joint_minutes: wall time of both towers together; 0 leaves the text tower as it is.
        joint_rate: their highest learning rate.
        last_minutes: wall time of the image tower alone once more, or 0.
        last_rate: its highest learning rate.
        source_weights: how often a picture of a data set is drawn; others weigh 1.
        mixed: the chance that a picture gets a part of another while the image tower learns alone.
        augmentation: how far pictures are changed.
    """

    seed: int = 0
    settling_minutes: float = 55.0
    settling_rate: float = 1e-3
    joint_minutes: float = 14.0
    joint_rate: float = 3e-4
    last_minutes: float = 21.0
    last_rate: float = 4e-4
    mixed: float = 0.0
    source_weights: dict[str, float] = field(
        default_factory=lambda: {
            "flickr8k": 6.0, "sports-100": 2.5, "tiny-imagenet": 1.6, "scenes": 0.8,
        }
    )  # fmt: skip
    augmentation: AugmentationStrength = field(
        default_factory=lambda: AugmentationStrength(smallest_area=0.35, colour=0.35, erased=0.2)
    )

    def __post_init__(self) -> None:
        _require_above_nought(
            settling_minutes=self.settling_minutes, settling_rate=self.settling_rate,
            joint_rate=self.joint_rate, last_rate=self.last_rate, **self.source_weights,
        )  # fmt: skip
        _require_no_less_than_nought(
            joint_minutes=self.joint_minutes, last_minutes=self.last_minutes, mixed=self.mixed
        )

    def in_minutes(self, minutes: float) -> "ContinuationSettings":
        """Return the same with another wall time of all stages, shared out alike."""
        factor = minutes / self.minutes
        return replace(
            self,
            settling_minutes=self.settling_minutes * factor,
            joint_minutes=self.joint_minutes * factor,
            last_minutes=self.last_minutes * factor,
        )

    @property
    def minutes(self) -> float:
        """Wall time of all stages."""
        return self.settling_minutes + self.joint_minutes + self.last_minutes


@dataclass(frozen=True)
class ContinuationStages:
    """The settings of the three stages.

    Attributes:
        settling: the image tower alone.
        joint: both towers.
        last: the image tower alone once more.
    """

    settling: SettlingSettings
    joint: JointSettings
    last: SettlingSettings


def plan_stages(settings: ContinuationSettings, side_px: int) -> ContinuationStages:
    """Share the settings out to the stages.

    Args:
        settings: of the whole.
        side_px: the side that the towers are used with; most of the time goes into smaller ones.
    """
    sides = (round(side_px * 2 / 3), round(side_px * 5 / 6), side_px)

    def alone(minutes: float, rate: float, starts: tuple[float, ...]) -> SettlingSettings:
        return SettlingSettings(
            Pace(minutes, rate),
            resolutions=tuple(map(ResolutionStep, starts, sides)),
            final_side_px=side_px,
            strength=settings.augmentation,
            mixed=settings.mixed,
            source_weights=settings.source_weights,
        )

    return ContinuationStages(
        alone(settings.settling_minutes, settings.settling_rate, (0.0, 0.5, 0.8)),
        JointSettings(
            Pace(settings.joint_minutes, settings.joint_rate, average_decay=0.995),
            side_px=side_px,
            final_side_px=side_px,
            strength=settings.augmentation,
            source_weights=settings.source_weights,
        ),
        alone(settings.last_minutes, settings.last_rate, (0.0, 0.4, 0.72)),
    )


def _run_stages(
    start: TrainedTowers,
    ready: Preparation,
    stages: ContinuationStages,
    seed: int,
    work: Path,
    precision: Precision,
) -> JointLearner:
    pictures, check = ready.pictures.to(precision.device), ready.validator.check_both
    # Copies: the start is compared with at the end.
    image, text = copy.deepcopy(start.image), copy.deepcopy(start.text)
    towers = JointLearner(image, text, torch.tensor(start.logit_scale).log())
    log.info("before: %s", check(towers.image.eval(), towers.text))
    towers = settle_image_tower(
        towers, pictures, stages.settling, seed + 1, work / "settling.pt", check, precision
    )
    # What a stage returns is an average that does not learn; the next one makes it learn again.
    if stages.joint.pace.minutes > 0:
        said_before = embed_corpus(copy.deepcopy(start.text).to(precision.device), pictures)
        towers = tune_jointly(
            towers, said_before.__getitem__, pictures, stages.joint, seed + 2, work / "joint.pt",
            check, precision,
        )  # fmt: skip
    if stages.last.pace.minutes > 0:
        towers = settle_image_tower(
            towers, pictures, stages.last, seed + 3, work / "last.pt", check, precision
        )
    towers.cpu()
    return towers


def best_between(
    start: TrainedTowers, both: JointLearner, measure: Measure
) -> tuple[ImageTower, TextTower]:
    """Return the best towers on the line from where a training began to where it ended.

    Args:
        start: the towers it began with.
        both: those it ended with.
        measure: measures two towers on the validation set.
    """
    found: list[tuple[float, ImageTower, TextTower]] = []
    for share in SHARES:
        image = interpolate(start.image, both.image.eval(), share)
        text = interpolate(start.text, both.text.eval(), share)
        figures = measure(image, text)
        log.info("%.0f%% of the way: %s", 100 * share, figures)
        found.append((figures.grade, image, text))
    _, image, text = max(found, key=lambda each: each[0])
    return image, text


def continue_training(
    start: TrainedTowers,
    data: Path,
    out: Path | None,
    work: Path,
    settings: ContinuationSettings,
    *,
    stages: ContinuationStages | None = None,
    recipe: Recipe | None = None,
    embed: Embed = load_embeddings,
    wordnet: Path = DEBIAN_FOLDER,
    export: Export = export_checkpoint,
    precision: Precision = CPU_BFLOAT16,
) -> None:
    """Go on with finished towers and export the result.

    Args:
        start: the towers.
        data: the data folder, which holds ``train`` and ``sports-100``.
        out: the model folder to write; None to export nothing.
        work: where checkpoints and caches are kept; a run goes on from those it finds.
        settings: wall times, rates and weights.
        stages: of the three stages, where they are not to follow from the settings.
        recipe: how pictures and texts are prepared; by default as for the built-in model.
        embed: the teacher, which tells what else might be true of a picture.
        wordnet: the folder of WordNet's files.
        export: turns a final checkpoint into a model folder.
        precision: where and how exactly to compute.

    Raises:
        TrainingDataError: the data are not complete, or `work` belongs to another training.
    """
    begun = (start.name, start.seed, start.minutes, start.logit_scale, start.trained_on)
    claim_work_folder(work, ["further", begun, str(data.resolve()), asdict(settings)])
    recipe = recipe or timed_recipe(settings.minutes)
    # Judged at the size it is used with.
    recipe = replace(recipe, images=replace(recipe.images, final_side_px=start.side_px))
    ready = prepare(data, work, recipe, settings.seed, embed, wordnet, start.tokenizer)
    stages = stages or plan_stages(settings, start.side_px)
    both = _run_stages(start, ready, stages, settings.seed, work, precision)
    image, text = best_between(start, both, ready.validator.measure_both)
    towers = replace(
        start,
        image=image,
        text=text,
        logit_scale=float(both.scale.detach()),
        seed=settings.seed,
        minutes=start.minutes + settings.minutes,
        trained_on=tuple(dict.fromkeys((*start.trained_on, *sources_of(ready)))),
    )
    final = save_finished(work, towers, ready.pictures.pixels, recipe.calibration_pictures)
    if out is not None:
        export(final, out)
