from pathlib import Path

import pytest

from desktop_app.engine.errors import ModelError
from desktop_app.engine.model.json_fields import JsonFields


def fields(**values: object) -> JsonFields:
    return JsonFields(values, "Owl", "config.json")


def test_reads_values_of_each_kind() -> None:
    read = fields(count=3, share=0.5, name="Owl", on=True, means=[0, 0.5], inner={"count": 4})

    assert read.integer("count", 1, 10) == 3
    assert read.number("share", 0, 1) == 0.5
    assert read.text("name") == "Owl"
    assert read.flag("on", False) is True
    assert read.numbers("means", 2, 0, 1) == (0.0, 0.5)
    assert read.section("inner").integer("count", 1, 10) == 4


def test_null_and_absent_mean_the_default() -> None:
    read = fields(count=None)

    assert read.integer("count", 1, 10, default=7) == 7
    assert read.number("share", 0, 1, default=0.25) == 0.25
    assert read.flag("on", True) is True
    assert not read.has("count")
    assert not read.section("inner").has("count")


@pytest.mark.parametrize("value", [None, "3", 3.0, True, 0, 11, 10**400, [3], {}])
def test_refuses_what_is_no_integer_in_range(value: object) -> None:
    with pytest.raises(ModelError) as caught:
        fields(count=value).integer("count", 1, 10)

    assert caught.value.text == "The model Owl is damaged: config.json has no usable “count”."
    assert caught.value.hint


@pytest.mark.parametrize("value", [None, "x", True, -0.1, float("nan"), float("inf"), 10**400])
def test_refuses_what_is_no_number_in_range(value: object) -> None:
    with pytest.raises(ModelError):
        fields(share=value).number("share", 0, 1)
    with pytest.raises(ModelError):
        fields(means=[0.5, value]).numbers("means", 2, 0, 1)


@pytest.mark.parametrize("value", [None, 3, "", "two\nlines", "x" * 201])
def test_refuses_what_is_no_short_text(value: object) -> None:
    with pytest.raises(ModelError):
        fields(name=value).text("name")


def test_refuses_other_kinds() -> None:
    with pytest.raises(ModelError):
        fields(on=1).flag("on", False)
    with pytest.raises(ModelError):
        fields(inner=[1]).section("inner")
    with pytest.raises(ModelError):
        fields(means=[0.5]).numbers("means", 2, 0, 1)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[1, 2]",
        b"null",
        b'{"a": \xff}',
        b"[" * 100_000,
        b'{"a": ' + b"9" * 5000 + b"}",
        b'{"a": "' + b"x" * (4 * 1024 * 1024) + b'"}',
    ],
    ids=["empty", "cut", "array", "null", "not utf-8", "deep", "long number", "large"],
)
def test_refuses_a_file_that_is_no_json_object(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "config.json"
    file.write_bytes(content)

    with pytest.raises(ModelError, match=r"^The model Owl is damaged: config\.json is "):
        JsonFields.read(file, "Owl")
