"""Settings of a fine-tuning, and the examples in the repository."""

from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the models extra is not installed")

from models.fine_tuning.settings import DataSettings, FineTuneSettings, LearningSettings
from models.settings_file import read_settings

CONFIGS = Path(__file__).parents[3] / "models" / "configs"


def test_the_example_names_every_setting() -> None:
    text = (CONFIGS / "sports.toml").read_text(encoding="utf-8")
    settings = read_settings(CONFIGS / "sports.toml", FineTuneSettings)

    for part in (settings.data, settings.learning, settings.augmentation):
        for name in vars(part):
            assert f"\n{name} = " in text
    assert settings.learning.interpolation == LearningSettings().interpolation


@pytest.mark.parametrize(
    ("name", "value"),
    [("batch", 1), ("image_rate", 0.0), ("interpolation", 0.0), ("interpolation", 1.1),
     ("precision", "int4"), ("patience", 0), ("epochs", 0.0), ("average_decay", 1.0)],
)  # fmt: skip
def test_senseless_values_are_refused_by_name(name: str, value: object) -> None:
    with pytest.raises(ValueError, match=name):
        LearningSettings(**{name: value})  # type: ignore[arg-type]


def test_a_seed_below_0_is_refused() -> None:
    with pytest.raises(ValueError, match="seed must not be below 0"):
        FineTuneSettings(seed=-1)


def test_a_template_needs_a_place_for_the_name() -> None:
    with pytest.raises(ValueError, match="'a photo' has no"):
        DataSettings(templates=("a photo",))
