"""Everything that decides a fine-tuning besides its data and its start."""

from dataclasses import dataclass, field

from models.augmentation import AugmentationStrength
from models.precision import PRECISIONS

QUERY_TEMPLATE = "a photo of {}"
TEMPLATES = (
    QUERY_TEMPLATE,
    "a photo of a {}",
    "a picture of {}",
    "an image of {}",
    "{}",
    "a close-up photo of {}",
    "a photo of the {}",
    "there is {} in the picture",
)


def _require(holds: bool, sentence: str) -> None:
    if not holds:
        raise ValueError(sentence)


@dataclass(frozen=True)
class DataSettings:
    """How pictures and words are read.

    Attributes:
        held_out: the part of each class, or of all described pictures, that is not trained on
            but decides when to stop; not looked at where held-out pictures are given.
        templates: sentences around a class name, ``{}`` where it stands; one is drawn each time.
        query_template: the sentence around a class name when accuracy is measured.
        stored_side_px: the side of the squares that pictures are decoded to once; 0 for 8/7 of
            the model's input, which leaves some room for crops.
        skip_missing: go on without the files that a captions CSV names and that are not there.
    """

    held_out: float = 0.1
    templates: tuple[str, ...] = TEMPLATES
    query_template: str = QUERY_TEMPLATE
    stored_side_px: int = 0
    skip_missing: bool = False

    def __post_init__(self) -> None:
        _require(0 < self.held_out < 1, "data.held_out must lie between 0 and 1.")
        _require(self.stored_side_px >= 0, "data.stored_side_px must not be below 0.")
        _require(bool(self.templates), "data.templates must not be empty.")
        for template in (*self.templates, self.query_template):
            _require("{}" in template, f"The template {template!r} has no {{}} for the name.")


@dataclass(frozen=True)
class LearningSettings:
    """How the weights change.

    Attributes:
        minutes: wall time; 0 to go by ``epochs``.
        epochs: how often every picture is seen, where ``minutes`` is 0.
        batch: pictures a step.
        other_texts: how many texts of other classes or pictures each step compares with.
        image_rate: the highest learning rate of the image tower.
        text_rate: the text tower's, as a part of ``image_rate``; 0 keeps that tower as it is.
        weight_decay: of AdamW, for matrices and kernels only.
        average_decay: of the averaged weights, a step.
        precision: ``auto``, ``float32``, ``bfloat16`` or ``float16``.
        checks: how often the held-out pictures are looked at.
        patience: stop after so many checks without a better one.
        save_every_s: seconds between checkpoints.
        interpolation: the part of the way from the old weights to the new ones that the result
            stands at: 1 for the new ones; less forgets less (Wortsman et al., Robust fine-tuning
            of zero-shot models, 2022). 0.5 was chosen by measurement: see the example.
    """

    minutes: float = 0.0
    epochs: float = 10.0
    batch: int = 128
    other_texts: int = 128
    image_rate: float = 1e-4
    text_rate: float = 0.0
    weight_decay: float = 0.05
    average_decay: float = 0.99
    precision: str = "auto"
    checks: int = 10
    patience: int = 4
    save_every_s: float = 180.0
    interpolation: float = 0.5

    def __post_init__(self) -> None:
        _require(self.minutes >= 0, "learning.minutes must not be below 0.")
        _require(
            self.minutes > 0 or self.epochs > 0, "learning.minutes or .epochs must be above 0."
        )
        _require(self.batch >= 2, "learning.batch must be at least 2.")
        _require(self.other_texts >= 1, "learning.other_texts must be at least 1.")
        _require(self.image_rate > 0, "learning.image_rate must be above 0.")
        _require(self.text_rate >= 0, "learning.text_rate must not be below 0.")
        _require(self.checks >= 1, "learning.checks must be at least 1.")
        _require(self.patience >= 1, "learning.patience must be at least 1.")
        _require(0 < self.interpolation <= 1, "learning.interpolation must lie in 0 to 1.")
        _require(0 <= self.average_decay < 1, "learning.average_decay must lie in 0 to 1.")
        _require(
            self.precision in PRECISIONS,
            f"learning.precision must be one of {', '.join(PRECISIONS)}.",
        )


@dataclass(frozen=True)
class FineTuneSettings:
    """All settings of a fine-tuning; the tables of its TOML file.

    Attributes:
        seed: of everything random.
        data: how pictures and words are read.
        learning: how the weights change.
        augmentation: how far pictures are changed while training.
    """

    seed: int = 0
    data: DataSettings = field(default_factory=DataSettings)
    learning: LearningSettings = field(default_factory=LearningSettings)
    augmentation: AugmentationStrength = field(
        default_factory=lambda: AugmentationStrength(smallest_area=0.5, colour=0.25, erased=0.1)
    )

    def __post_init__(self) -> None:
        _require(self.seed >= 0, "seed must not be below 0.")


def settings_from_nothing() -> FineTuneSettings:
    """Return the settings of towers that have learnt nothing yet, where nobody gives others.

    Both learn, for longer and faster, and nothing that they knew is to be kept.
    """
    learning = LearningSettings(
        epochs=60.0, image_rate=1e-3, text_rate=1.0, checks=20, patience=20, interpolation=1.0
    )
    return FineTuneSettings(learning=learning)
