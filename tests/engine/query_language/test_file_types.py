"""What can be asked for is what is read."""

import pytest

from desktop_app.engine.files.signatures import (
    PICTURE_EXTENSIONS,
    PILLOW_FORMATS,
    UNSUPPORTED_EXTENSIONS,
)
from desktop_app.engine.query_language.file_types import (
    READ_FORMATS,
    catalog_formats,
    read_type,
    type_text,
)
from desktop_app.engine.query_language.wrong_value import WrongValueError


def test_knows_every_format_and_ending_that_is_read() -> None:
    assert set(READ_FORMATS) == set(PILLOW_FORMATS)
    assert {read_type(ending) for ending in PICTURE_EXTENSIONS} == set(PILLOW_FORMATS)
    assert all(read_type(type_text(name)) == name for name in PILLOW_FORMATS)


@pytest.mark.parametrize("ending", sorted(UNSUPPORTED_EXTENSIONS))
def test_says_what_cannot_be_read_yet(ending: str) -> None:
    with pytest.raises(WrongValueError, match="cannot be read yet"):
        read_type(ending)


def test_finds_jpegs_that_hold_further_pictures() -> None:
    assert catalog_formats("JPEG") == ("JPEG", "MPO")
    assert catalog_formats("PNG") == ("PNG",)
