"""Parts are written so that they read as themselves."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.engine.query_language.parsing import parse
from desktop_app.engine.query_language.parts import (
    ByCamera,
    Comparison,
    InFolder,
    Measure,
    Name,
    OfSize,
    Part,
    Words,
)
from desktop_app.engine.query_language.printing import part_text, print_line
from tests.helpers.search_parts import any_parts, line_like


@given(any_parts)
@settings(max_examples=120)
def test_reads_what_it_wrote(parts: tuple[Part, ...]) -> None:
    parsed = parse(print_line(parts))
    assert parsed.parts == parts
    assert parsed.complaints == ()


@given(st.lists(line_like, max_size=3).map(" ".join))
@settings(max_examples=120)
def test_what_was_read_can_be_written_and_read_again(line: str) -> None:
    first = parse(line)
    again = parse(print_line(first.parts))
    assert again.parts == first.parts
    assert again.complaints == ()
    assert print_line(again.parts) == print_line(first.parts)


@pytest.mark.parametrize(
    ("line", "canonical"),
    [
        ("  sunset   at the\tbeach ", "sunset at the beach"),
        ("2,50*snow +dog", "2.5*snow + dog"),
        ("dogs AFTER:2023/5 in the snow", "dogs in the snow after:2023-05"),
        ("–people −(red car) -0,5*(dog)", "-people -(red car) -0.5*dog"),
        ("“IMG_1” „a b“", '"IMG_1" "a b"'),
        ("type:JPEG,.tiff", "type:jpg type:tif"),
        ("in:C:\\My\\ camera:'x", "in:C:/My camera:'x"),
        ("2*(red car) dog", "2*red car + dog"),
        ("size:≥1,50MP", "size:>=1.5mp"),
        (
            "rating:4+ rating:3-3 rating:0-3 rating:0 rating:1-2 rating:>=0",
            "rating:>=4 rating:3 rating:<=3 rating:none rating:1-2 rating:>=0",
        ),
        ('tag:"old  house" tag:Snow', 'tag:"old house" tag:Snow'),
        ("dog dog + dog dog", "dog dog"),
        ("", ""),
    ],
)
def test_writes_one_form(line: str, canonical: str) -> None:
    assert print_line(parse(line).parts) == canonical


@pytest.mark.parametrize(
    ("part", "text"),
    [
        (Words("t-shirt - C++ (new)"), "t-shirt - C++ (new)"),
        (Words("+dog"), "1*(+dog)"),
        (Words("in:Holiday"), "1*(in:Holiday)"),
        (Words("(red car)", 2), "2*((red car))"),
        (Words(":)", -1), "-:)"),
        (Words("smile :)", -1), "-(smile :\\))"),
        (Words("a\\ b", -1), "-(a\\\\ b)"),
        (Name('12" tablet'), '"12"" tablet"'),
        (InFolder("“Best of”"), 'in:"“Best of”"'),
        (ByCamera("EOS R5", is_excluded=True), '-camera:"EOS R5"'),
        (OfSize(Comparison.LESS, 1e-7, Measure.MEGABYTES), "size:<0.0000001mb"),
    ],
)
def test_writes_what_looks_like_something_else(part: Part, text: str) -> None:
    assert part_text(part) == text
    assert parse(text).parts == (part,)
