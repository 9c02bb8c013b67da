import pickle
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from desktop_app.engine.errors import ModelError
from desktop_app.engine.model.json_fields import JsonFields
from desktop_app.engine.model.preprocess import (
    Preprocessing,
    Resizer,
    normalise,
    preprocess,
    resize,
)
from tests.conftest import PROJECT
from tests.helpers.tiny_model import preprocessor_config


def parse(config: dict[str, object], squeezes: bool = False) -> Preprocessing:
    return Preprocessing.from_config(
        JsonFields(config, "Owl", "preprocessor_config.json"), squeezes
    )


def changed(**values: object) -> dict[str, object]:
    return preprocessor_config(32) | values


def test_reads_what_clip_writes() -> None:
    assert parse(preprocessor_config(32)) == Preprocessing(
        resize_to_px=32,
        shape_px=(32, 32),
        resample=Image.Resampling.BICUBIC,
        rescale_factor=1 / 255,
        mean=(0.5, 0.5, 0.5),
        std=(0.5, 0.5, 0.5),
    )


def test_reads_what_siglip_writes() -> None:
    config = changed(size={"height": 24, "width": 30}, do_center_crop=None, crop_size=None)

    assert parse(config, squeezes=True).resize_to_px == (24, 30)
    assert parse(config, squeezes=True).shape_px == (24, 30)


def test_a_bare_number_is_the_shorter_side_or_a_square_by_kind_of_model() -> None:
    old = changed(size=40, crop_size=32)

    assert parse(old, squeezes=False).resize_to_px == 40
    assert parse(old, squeezes=True).resize_to_px == (40, 40)
    assert parse(old).shape_px == (32, 32)


def test_steps_that_are_off_change_nothing() -> None:
    off = parse(changed(do_rescale=False, do_normalize=False, image_mean=None))
    pixels = np.arange(256, dtype=np.uint8).repeat(3).reshape(1, 16, 16, 3)

    np.testing.assert_array_equal(normalise(pixels, off)[0, 0].ravel(), np.arange(256))


@pytest.mark.parametrize(
    "change",
    [
        {"do_resize": False},
        {"size": None},
        {"size": 0},
        {"size": 100_000},
        {"size": "224"},
        {"size": {}},
        {"size": {"shortest_edge": -1}},
        {"size": {"shortest_edge": 32, "longest_edge": 64}},
        {"size": {"height": 32}},
        {"crop_size": None},
        {"crop_size": {"height": 32}},
        {"do_center_crop": False},
        {"do_center_crop": "yes"},
        {"resample": 6},
        {"resample": 2.5},
        {"rescale_factor": 0},
        {"rescale_factor": float("nan")},
        {"image_mean": None},
        {"image_mean": [0.5, 0.5]},
        {"image_std": [0.5, 0.0, 0.5]},
        {"image_std": [0.5, float("inf"), 0.5]},
    ],
    ids=str,
)
def test_refuses_nonsense(change: dict[str, object]) -> None:
    with pytest.raises(ModelError, match=r"^The model Owl is damaged: preprocessor_config\.json"):
        parse(changed(**change))


words = st.sampled_from(["", "224", "shortest_edge", "height", "width"])
numbers = st.integers() | st.floats() | st.sampled_from([0, 1, 224, 10**400])
json_values = st.recursive(
    st.none() | st.booleans() | numbers | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner),
    max_leaves=5,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(sorted(preprocessor_config(8))), json_values))
def test_any_config_is_usable_or_an_error(values: dict[str, object]) -> None:
    try:
        preprocessing = parse(preprocessor_config(8) | values)
    except ModelError:
        return
    assert all(1 <= side <= 2048 for side in preprocessing.shape_px)
    assert np.isfinite(normalise(np.zeros((1, 2, 2, 3), np.uint8), preprocessing)).all()


@settings(max_examples=60, deadline=None)
@given(
    size=st.tuples(st.integers(1, 300), st.integers(1, 300)),
    resize_to=st.integers(1, 64) | st.tuples(st.integers(1, 64), st.integers(1, 64)),
    shape=st.tuples(st.integers(1, 64), st.integers(1, 64)),
)
def test_every_picture_gets_the_models_shape(
    size: tuple[int, int], resize_to: int | tuple[int, int], shape: tuple[int, int]
) -> None:
    preprocessing = Preprocessing(
        resize_to, shape, Image.Resampling.BICUBIC, 1 / 255, (0.5,) * 3, (0.5,) * 3
    )

    pixels = resize(Image.new("RGB", size, "white"), preprocessing)

    assert pixels.shape == (*shape, 3)
    assert pixels.dtype == np.uint8


def test_crops_the_middle_of_the_longer_side() -> None:
    picture = Image.new("RGB", (90, 30), "blue")
    picture.paste("red", (30, 0, 60, 30))

    pixels = resize(picture, parse(preprocessor_config(30)))

    assert (pixels == (255, 0, 0)).all()


def test_squeezes_where_the_model_wants_it() -> None:
    picture = Image.new("RGB", (90, 30), "blue")
    picture.paste("red", (0, 0, 45, 30))
    config = changed(size={"height": 10, "width": 10}, do_center_crop=False)

    pixels = resize(picture, parse(config))

    assert (pixels[:, :3] == (255, 0, 0)).all()
    assert (pixels[:, 7:] == (0, 0, 255)).all()


def test_fills_up_with_black_around_a_picture_smaller_than_the_crop() -> None:
    config = changed(size={"shortest_edge": 3}, crop_size=8)

    pixels = resize(Image.new("RGB", (5, 5), "white"), parse(config))

    white = (pixels == 255).all(axis=2)
    assert white.sum() == 9
    assert white[3:6, 3:6].all(), "an odd row of padding comes first"


@pytest.mark.parametrize("size", [(1, 10_000_000), (10_000_000, 1)])
def test_only_what_is_kept_of_an_extreme_strip_is_computed(size: tuple[int, int]) -> None:
    # Whole, it would become 224 × 2,240 million pixels, more than Pillow can count.
    strip = Image.new("RGB", size, "blue")
    left, top = (side // 2 - 30 if side > 1 else 0 for side in size)
    strip.paste("red", (left, top, left + 60, top + 60))

    pixels = resize(strip, parse(preprocessor_config(224)))

    assert pixels.shape == (224, 224, 3)
    assert (pixels == (255, 0, 0)).all()


def test_a_large_strip_looks_the_same_computed_in_part() -> None:
    # Just beyond the limit for computing the whole, compared with the whole.
    noise = np.random.default_rng(1).integers(60, 196, (2400, 7, 3), dtype=np.uint8)
    strip = Image.fromarray(noise)
    preprocessing = parse(preprocessor_config(224))
    height = 224 * 2400 // 7
    top = (height - 224) // 2
    whole = np.asarray(strip.resize((224, height), Image.Resampling.BICUBIC))[top : top + 224]

    pixels = resize(strip, preprocessing)

    # Pillow rounds to whole levels between its passes, and takes the box in single precision.
    assert np.abs(pixels.astype(int) - whole).max() <= 2


def test_normalises_each_channel_by_its_own_figures() -> None:
    preprocessing = parse(changed(image_mean=[0.0, 0.5, 1.0], image_std=[1.0, 0.5, 0.25]))
    pixels = np.full((2, 4, 5, 3), 255, dtype=np.uint8)

    normalised = normalise(pixels, preprocessing)

    assert normalised.shape == (2, 3, 4, 5)
    assert normalised.dtype == np.float32
    assert normalised.flags.c_contiguous, "onnxruntime would copy it"
    np.testing.assert_allclose(normalised[1, :, 2, 2], [1.0, 1.0, 0.0], atol=1e-6)


def test_one_picture_is_a_batch_of_one() -> None:
    preprocessing = parse(preprocessor_config(8))
    picture = Image.effect_mandelbrot((20, 12), (-2, -1, 1, 1), 50).convert("RGB")

    batch = normalise(resize(picture, preprocessing)[np.newaxis], preprocessing)

    np.testing.assert_array_equal(preprocess(picture, preprocessing), batch[0])


def test_refuses_a_picture_in_another_mode() -> None:
    with pytest.raises(ValueError, match="not RGBA"):
        resize(Image.new("RGBA", (9, 9)), parse(preprocessor_config(8)))


def test_the_resizer_survives_the_way_to_another_process() -> None:
    resizer = Resizer(parse(preprocessor_config(8)))
    picture = Image.effect_mandelbrot((20, 12), (-2, -1, 1, 1), 50).convert("RGB")

    travelled = pickle.loads(pickle.dumps(resizer))

    assert travelled == resizer
    np.testing.assert_array_equal(travelled(picture), resizer(picture))


def test_workers_import_no_model_library_for_it() -> None:
    code = "import sys, desktop_app.engine.model.preprocess; print(*sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PROJECT
    )

    imported = set(result.stdout.split())
    assert "numpy" in imported
    assert imported.isdisjoint({"onnxruntime", "tokenizers", "usearch", "PySide6"})
