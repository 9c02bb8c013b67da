import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.engine.files.signatures import (
    PICTURE_EXTENSIONS,
    PILLOW_FORMATS,
    SIGNATURE_BYTES,
    looks_like_picture,
)
from tests.helpers import pictures


@pytest.mark.parametrize("file_format", PILLOW_FORMATS)
def test_every_format_is_known_by_its_first_bytes(file_format: str) -> None:
    data = pictures.encode(pictures.quadrants(), file_format)
    assert looks_like_picture(data[:SIGNATURE_BYTES])


def test_every_format_has_an_extension() -> None:
    assert set(pictures.EXTENSIONS) == set(PILLOW_FORMATS)
    assert set(pictures.EXTENSIONS.values()) <= PICTURE_EXTENSIONS


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"B",
        b"BMW is a car maker from Munich",
        b"P5 is the fifth paragraph",
        b"P6\nand so on",
        b"RIFF\x24\x08\x00\x00WAVEfmt ",
        b"\x00\x00\x00\x1cftypheic\x00\x00\x00\x00mif1heic\x00\x00\x00\x00",
        b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41",
        b"\x00\x00\x01\x00\x00\x00rest",
        b"GIF90a",
        b"%!PS-Adobe-3.0 EPSF-3.0",
        "Zażółć gęślą jaźń".encode(),
    ],
)
def test_what_is_no_picture(head: bytes) -> None:
    assert not looks_like_picture(head)


@pytest.mark.parametrize(
    "head",
    [
        b"P6\n# made by hand\n12 34\n255\n",
        b"P1 2 2 1 0 0 1",
        b"\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1avif\x00\x00\x00\x00",
        b"MM\x00\x2b\x00\x08",
    ],
)
def test_unusual_beginnings_of_pictures(head: bytes) -> None:
    assert looks_like_picture(head)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0P")))
@settings(deadline=None)
def test_no_text_is_taken_for_a_picture(text: str) -> None:
    assert not looks_like_picture(text.encode())
