"""The built-in model's recipe: sizes, shares of the time, settings of all stages."""

from dataclasses import dataclass

from models.distillation import DistillationSettings, distillation_pace
from models.image_stage import ImageStageSettings, image_pace
from models.joint_stage import JointSettings, joint_pace
from models.settling_stage import SettlingSettings, settling_pace
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
    """Return the built-in model's recipe for a given wall time."""
    return Recipe(
        DistillationSettings(distillation_pace(TEXT_SHARE * minutes)),
        ImageStageSettings(image_pace(IMAGE_SHARE * minutes)),
        JointSettings(joint_pace(JOINT_SHARE * minutes)),
        SettlingSettings(settling_pace(SETTLING_SHARE * minutes)),
    )
