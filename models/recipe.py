"""The built-in model's recipes: sizes, shares of the time, settings of all stages."""

from dataclasses import dataclass

from models.augmentation import AugmentationStrength
from models.distillation import DistillationSettings, distillation_pace
from models.image_stage import ImageStageSettings, image_pace
from models.joint_stage import JointSettings, joint_pace
from models.schedule import ResolutionStep
from models.settling_stage import SettlingSettings, settling_pace
from models.stage_run import Pace
from models.teacher import TEACHER_DIM
from models.towers import ImageTowerShape, TextTowerShape

TEXT_SHARE, IMAGE_SHARE, JOINT_SHARE, SETTLING_SHARE = 0.13, 0.45, 0.16, 0.26
"""Parts of the wall time that the stages take."""


@dataclass(frozen=True)
class Recipe:
    """Everything that decides a training besides its data and seed.

    Attributes:
        distillation: stage one, the text tower alone.
        images: stage two, the image tower against the teacher.
        joint: stage three, both towers.
        settling: stage four, the image tower against the finished text tower.
        image_shape: sizes of the image tower.
        vocabulary: at most so many tokens.
        text_width: channels of the text tower.
        text_layers: its layers.
        trained_tokens: longer training texts are cut; the tower itself takes 64 tokens.
        stored_side_px: the side of the squares that pictures are decoded to.
        loose_texts: how many texts of no picture, 1 for about 110,000.
        calibration_pictures: how many pictures the final checkpoint carries for quantization.
    """

    distillation: DistillationSettings
    images: ImageStageSettings
    joint: JointSettings
    settling: SettlingSettings
    image_shape: ImageTowerShape = ImageTowerShape()  # noqa: RUF009 - frozen
    vocabulary: int = 12_288
    text_width: int = 256
    text_layers: int = 4
    trained_tokens: int = 40
    stored_side_px: int = 128
    loose_texts: float = 1.0
    calibration_pictures: int = 640

    def text_shape(self, vocab_size: int) -> TextTowerShape:
        """Return the sizes of the text tower while it learns from the teacher."""
        return TextTowerShape(
            vocab_size, width=self.text_width, layers=self.text_layers, dim=TEACHER_DIM
        )

    @property
    def minutes(self) -> float:
        """Wall time of all stages."""
        stages = (self.distillation, self.images, self.joint, self.settling)
        return sum(stage.pace.minutes for stage in stages)


def timed_recipe(minutes: float) -> Recipe:
    """Return the recipe of a small model for a few processor cores and a given wall time."""
    return Recipe(
        DistillationSettings(distillation_pace(TEXT_SHARE * minutes)),
        ImageStageSettings(image_pace(IMAGE_SHARE * minutes)),
        JointSettings(joint_pace(JOINT_SHARE * minutes)),
        SettlingSettings(settling_pace(SETTLING_SHARE * minutes)),
    )


GPU_SHARES = (0.12, 0.54, 0.20, 0.14)
"""Parts of the wall time of the stages, in order, on a GPU."""

_GPU_WEIGHTS = {
    "flickr8k": 5.0, "sports-100": 2.2, "tiny-imagenet": 1.6, "caltech101": 1.2, "scenes": 0.6,
}  # fmt: skip
_GPU_STRENGTH = AugmentationStrength(
    smallest_area=0.25, aspect=1.4, colour=0.45, erased=0.15, turned_deg=12.0, grey=0.08
)
_GPU_FINISH = AugmentationStrength(
    smallest_area=0.4, aspect=1.3, colour=0.35, erased=0.1, turned_deg=6.0, grey=0.05
)


def gpu_recipe(minutes: float) -> Recipe:
    """Return the built-in model's recipe for one data-centre GPU and a given wall time.

    It does a hundred times the arithmetic of two cores, so that a picture is seen a hundred times
    and more: it is changed more strongly each time, and some are mixed until the last stages. On
    an H200, 8 minutes learnt the sports best; the sentences were at their best after 3 already,
    because there are only 6,000 pictures with sentences to learn them from.
    """
    text, images, joint, settling = (share * minutes for share in GPU_SHARES)
    never = 1e9
    return Recipe(
        DistillationSettings(
            Pace(text, 1.5e-3, 0.02, 0.999, 1.0, never, 500), batch=1536, temperature=0.05
        ),
        ImageStageSettings(
            Pace(images, 2.5e-3, 0.1, 0.9995, 2.0, never, 250),
            batch=1024,
            resolutions=(
                ResolutionStep(0.0, 80), ResolutionStep(0.3, 96),
                ResolutionStep(0.6, 112), ResolutionStep(0.9, 128),
            ),
            final_side_px=128,
            sentences_each=3,
            text_noise=0.02,
            strength=_GPU_STRENGTH,
            mixed=0.5,
            source_weights=_GPU_WEIGHTS,
            check_every_s=images * 60.0 / 4,
        ),
        JointSettings(
            Pace(joint, 6e-4, 0.05, 0.998, 2.0, never, 250),
            batch=1024,
            side_px=112,
            final_side_px=128,
            sentences_each=3,
            other_sentences=512,
            loose_texts=512,
            strength=_GPU_FINISH,
            source_weights=_GPU_WEIGHTS,
        ),
        SettlingSettings(
            Pace(settling, 8e-4, 0.05, 0.998, 2.0, never, 250),
            batch=1024,
            resolutions=(ResolutionStep(0.0, 112),),
            final_side_px=128,
            strength=_GPU_FINISH,
            source_weights=_GPU_WEIGHTS,
        ),
        image_shape=ImageTowerShape(blocks=(2, 3, 4, 1)),
        text_width=288,
        text_layers=5,
        loose_texts=4.0,
    )  # fmt: skip
