"""Folders of exactly the shapes that onnx-community, Xenova and optimum publish."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.engine.model.encoder import OnnxEncoder
from desktop_app.engine.model.model_folder import read_model_folder
from desktop_app.engine.model.trial import check_encoder
from tests.helpers.tiny_model import COLOURS, colour_vector, write_tiny_model

CLIP_PREPROCESSORS = {
    "2022": {
        "crop_size": 16,
        "do_center_crop": True,
        "do_normalize": True,
        "do_resize": True,
        "feature_extractor_type": "CLIPFeatureExtractor",
        "image_mean": [0.5, 0.5, 0.5],
        "image_std": [0.5, 0.5, 0.5],
        "resample": 3,
        "size": 16,
    },
    "fast": {
        "crop_size": {"height": 16, "width": 16},
        "data_format": "channels_first",
        "default_to_square": False,
        "device": None,
        "disable_grouping": None,
        "do_center_crop": True,
        "do_convert_rgb": True,
        "do_normalize": True,
        "do_pad": None,
        "do_rescale": True,
        "do_resize": True,
        "image_mean": [0.5, 0.5, 0.5],
        "image_processor_type": "CLIPImageProcessorFast",
        "image_std": [0.5, 0.5, 0.5],
        "input_data_format": None,
        "resample": 3,
        "rescale_factor": 0.00392156862745098,
        "return_tensors": None,
        "size": {"shortest_edge": 16},
    },
    "squeezing": {
        "do_convert_rgb": None,
        "do_normalize": True,
        "do_rescale": True,
        "do_resize": True,
        "image_mean": [0.5, 0.5, 0.5],
        "image_processor_type": "SiglipImageProcessor",
        "image_std": [0.5, 0.5, 0.5],
        "processor_class": "SiglipProcessor",
        "resample": 2,
        "rescale_factor": 0.00392156862745098,
        "size": {"height": 16, "width": 16},
    },
}


def assert_knows_colours(folder: Path) -> None:
    encoder = OnnxEncoder(read_model_folder(folder))
    check_encoder(encoder, "tiny")
    pixels = np.stack(
        [encoder.resizer(Image.new("RGB", (40, 30), rgb)) for rgb in COLOURS.values()]
    )
    seen = encoder.encode_pictures(pixels)
    meant = encoder.encode_texts([f"a {colour} picture" for colour in COLOURS])
    np.testing.assert_allclose(seen, [colour_vector(c) for c in COLOURS], atol=2e-3)
    assert (meant @ seen.T).argmax(axis=1).tolist() == list(range(len(COLOURS)))


@pytest.mark.parametrize("ending", ["_quantized", "_int8", "_uint8", "", "_q4", "_bnb4"])
def test_towers_of_every_precision(tmp_path: Path, ending: str) -> None:
    assert_knows_colours(write_tiny_model(tmp_path, model_type="clip", suffixes=[ending]))


@pytest.mark.parametrize("ending", ["_fp16", "_q4f16"])
def test_towers_that_take_and_give_half_floats(tmp_path: Path, ending: str) -> None:
    assert_knows_colours(
        write_tiny_model(tmp_path, model_type="clip", suffixes=[ending], half=True)
    )


@pytest.mark.parametrize("half", [False, True])
def test_one_graph_of_both_towers(tmp_path: Path, half: bool) -> None:
    assert_knows_colours(
        write_tiny_model(
            tmp_path, model_type="chinese_clip", combined=True, text_uses_mask=True, half=half
        )
    )


def test_weights_beside_the_graphs(tmp_path: Path) -> None:
    assert_knows_colours(write_tiny_model(tmp_path, model_type="clip", weights_beside=True))


def test_towers_for_one_at_a_time(tmp_path: Path) -> None:
    assert_knows_colours(write_tiny_model(tmp_path, model_type="clip", batch=1))


def test_siglip_with_pooled_outputs(tmp_path: Path) -> None:
    folder = write_tiny_model(
        tmp_path,
        model_type="siglip",
        image_output="pooler_output",
        text_output="pooler_output",
        suffixes=["", "_fp16", "_q4"],
    )

    assert_knows_colours(folder)
    assert read_model_folder(folder).vision_model.name == "vision_model.onnx"


def test_multilingual_pair_whose_text_tower_takes_a_mask(tmp_path: Path) -> None:
    assert_knows_colours(write_tiny_model(tmp_path, text_uses_mask=True))


@pytest.mark.parametrize("preprocessor", CLIP_PREPROCESSORS)
def test_preprocessor_of_every_age(tmp_path: Path, preprocessor: str) -> None:
    folder = write_tiny_model(tmp_path, model_type="clip")
    (folder / "preprocessor_config.json").write_text(json.dumps(CLIP_PREPROCESSORS[preprocessor]))

    assert_knows_colours(folder)
