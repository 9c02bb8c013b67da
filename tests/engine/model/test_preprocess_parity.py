"""Our preprocessing against the image processors of the transformers library."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from desktop_app.engine.model.json_fields import JsonFields
from desktop_app.engine.model.preprocess import Preprocessing, preprocess

# Resized levels agree exactly. Theirs are then rescaled and normalised in three roundings of
# float32, ours in two: a few units in the last place of values up to 2.7.
TOLERANCE = 1e-6

SIZES = [
    *[(1, 1), (1, 50), (50, 1), (2, 300), (1001, 3), (17, 13)],
    *[(223, 224), (224, 224), (225, 224), (224, 225), (224, 448)],
    *[(300, 200), (199, 301), (640, 480), (481, 641), (1000, 333), (97, 1201), (1500, 1000)],
]


class Processor(Protocol):
    def __call__(self, *, images: Image.Image) -> dict[str, list[NDArray[np.float32]]]: ...
    def to_json_string(self) -> str: ...


@pytest.fixture(scope="module")
def processors() -> dict[str, Callable[..., Processor]]:
    transformers = pytest.importorskip("transformers", reason="the models extra is not installed")
    return {
        "clip": transformers.CLIPImageProcessorPil,
        "siglip": transformers.SiglipImageProcessorPil,
    }


def photo_like(size: tuple[int, int]) -> Image.Image:
    """Smooth shapes with grain, from a seed of its own for every size."""
    width, height = size
    random = np.random.default_rng(width * 10_000 + height)
    coarse = random.integers(0, 256, (max(1, height // 7), max(1, width // 7), 3), dtype=np.uint8)
    smooth = np.asarray(Image.fromarray(coarse).resize(size, Image.Resampling.BICUBIC))
    grain = random.integers(-20, 21, smooth.shape)
    return Image.fromarray((smooth + grain).clip(0, 255).astype(np.uint8))


def assert_same(processor: Processor, squeezes: bool, pictures: Iterator[Image.Image]) -> None:
    config = json.loads(processor.to_json_string())
    preprocessing = Preprocessing.from_config(JsonFields(config, "m", "config"), squeezes)
    for picture in pictures:
        theirs = np.asarray(processor(images=picture)["pixel_values"][0])
        ours = preprocess(picture, preprocessing)
        np.testing.assert_allclose(
            ours, theirs, rtol=0, atol=TOLERANCE, err_msg=f"a picture of {picture.size}"
        )


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"size": {"shortest_edge": 200}},
        {"size": {"shortest_edge": 201}, "crop_size": {"height": 224, "width": 190}},
        {"size": {"height": 256, "width": 250}, "resample": 2},
        {"do_rescale": False, "do_normalize": False},
    ],
    ids=["as published", "padded", "padded oddly", "squeezed and cropped", "levels"],
)
def test_clip(processors: dict[str, Callable[..., Processor]], settings: dict[str, object]) -> None:
    assert_same(processors["clip"](**settings), False, map(photo_like, SIZES))


def test_siglip(processors: dict[str, Callable[..., Processor]]) -> None:
    assert_same(processors["siglip"](), True, map(photo_like, SIZES))


@pytest.mark.data
@pytest.mark.parametrize("kind", ["clip", "siglip"])
def test_real_pictures(
    processors: dict[str, Callable[..., Processor]], kind: str, shared_data: Path
) -> None:
    files = sorted((shared_data / "imagenet-sample" / "images").iterdir())[::5]
    assert len(files) == 200
    pictures = (Image.open(file).convert("RGB") for file in files)
    assert_same(processors[kind](), kind == "siglip", pictures)
