import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.model.layout import (
    Precision,
    choose_towers,
    files_to_copy,
    weights_beside,
)

ENDINGS = ["", "_quantized", "_int8", "_uint8", "_fp16", "_q4", "_q4f16", "_bnb4"]


def onnx_files(*endings: str) -> list[str]:
    return [
        f"onnx/{tower}{end}.onnx" for tower in ("vision_model", "text_model") for end in endings
    ]


@pytest.mark.parametrize(
    ("endings", "precision", "chosen"),
    [
        (ENDINGS, "auto", "_quantized"),
        (["", "_int8", "_uint8", "_q4"], "auto", "_int8"),
        (["", "_uint8"], "auto", "_uint8"),
        (["", "_fp16", "_q4"], "auto", ""),
        (["_q4", "_fp16", "_bnb4"], "auto", "_fp16"),
        (["_bnb4", "_q4f16", "_q4"], "auto", "_q4"),
        (["_bnb4", "_q4f16"], "auto", "_q4f16"),
        (["_bnb4"], "auto", "_bnb4"),
        (ENDINGS, "float", ""),
        (["", "_uint8"], "quantized", "_uint8"),
    ],
)
def test_takes_what_the_cpu_runs_best(
    endings: list[str], precision: Precision, chosen: str
) -> None:
    towers = choose_towers(onnx_files(*endings), precision)

    assert [towers.vision, towers.text] == onnx_files(chosen)


def test_towers_may_differ_in_precision() -> None:
    towers = choose_towers(["onnx/vision_model_fp16.onnx", "onnx/text_model_int8.onnx"], "auto")

    assert towers.vision == "onnx/vision_model_fp16.onnx"
    assert towers.text == "onnx/text_model_int8.onnx"


def test_takes_the_graph_of_both_only_where_a_tower_is_missing() -> None:
    both = ["onnx/model.onnx", "onnx/model_quantized.onnx"]

    assert choose_towers(both, "auto").text == "onnx/model_quantized.onnx"
    assert choose_towers([*both, "onnx/vision_model.onnx"], "auto").vision == both[1]
    assert choose_towers([*both, *onnx_files("")], "auto").vision == "onnx/vision_model.onnx"


@pytest.mark.parametrize(
    ("precision", "missing"), [("auto", ""), ("float", ""), ("quantized", "_quantized")]
)
def test_names_what_is_missing(precision: Precision, missing: str) -> None:
    towers = choose_towers([], precision)

    assert [towers.vision, towers.text] == onnx_files(missing)


def test_finds_the_weights_of_one_tower_only() -> None:
    names = [
        "onnx/model.onnx",
        "onnx/model.onnx_data_1",
        "onnx/model.onnx_data",
        "onnx/model_fp16.onnx_data",
        "onnx/vision_model.onnx.data",
    ]

    assert weights_beside("onnx/model.onnx", names) == [names[2], names[1]]
    assert weights_beside("onnx/vision_model.onnx", names) == [names[4]]


def test_copies_what_is_used_and_no_more() -> None:
    published = [
        *onnx_files(*ENDINGS),
        "onnx/vision_model_quantized.onnx_data",
        "onnx/text_model.onnx_data",
        ".gitattributes",
        "README.md",
        "LICENSE",
        "config.json",
        "preprocessor_config.json",
        "tokenizer.json",
        "tokenizer_config.json",
        "pytorch_model.bin",
        "custom_code.py",
    ]

    assert files_to_copy(published) == [
        "config.json",
        "preprocessor_config.json",
        "tokenizer.json",
        "tokenizer_config.json",
        "README.md",
        "LICENSE",
        "onnx/text_model_quantized.onnx",
        "onnx/vision_model_quantized.onnx",
        "onnx/vision_model_quantized.onnx_data",
    ]


@given(st.lists(st.text()), st.sets(st.sampled_from([*onnx_files(*ENDINGS), "config.json"])))
def test_copies_only_what_is_there_under_known_names(odd: list[str], known: set[str]) -> None:
    copied = files_to_copy([*odd, *known])

    assert set(copied) <= {*odd, *known}
    assert len(copied) == len(set(copied))
    assert not any(".." in name.split("/") or name.startswith("/") for name in copied)
