"""Lines are understood as well as they can be."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.engine.query_language.parsing import LEAST_WEIGHT, MOST_WEIGHT, parse
from desktop_app.engine.query_language.parts import (
    After,
    Before,
    ByCamera,
    Comparison,
    Day,
    InFolder,
    Is,
    Kind,
    Measure,
    Name,
    OfSize,
    OfType,
    Part,
    Rated,
    Tagged,
    Words,
)
from desktop_app.engine.query_language.scanning import Key
from tests.helpers.search_parts import line_like


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("", []),
        (" \t ", []),
        ("sunset at the beach", [Words("sunset at the beach")]),
        ("2*snow + dog", [Words("snow", 2), Words("dog")]),
        ("2*snow in winter +0,5*dog", [Words("snow in winter", 2), Words("dog", 0.5)]),
        ("snow 2*dog", [Words("snow"), Words("dog", 2)]),
        ("2*(red car) dog", [Words("red car", 2), Words("dog")]),
        (".5*snow", [Words("snow", 0.5)]),
        ("+ dog + + cat +", [Words("dog"), Words("cat")]),
        ("dog -people in snow", [Words("dog in snow"), Words("people", -1)]),
        ("-(red car) -0.5*people", [Words("red car", -1), Words("people", -0.5)]),
        ("2*-people", [Words("people", -2)]),
        ("-(a (b) \\) c)", [Words("a (b) ) c", -1)]),
        ("-() 2*( )", []),
        ('-"IMG" -in:Holiday', [Name("IMG", True), InFolder("Holiday", True)]),
        ("t-shirt - – C++ ++ 1* 2** --x", [Words("t-shirt - – C++ ++ 1* 2** --x")]),
        ("a+b x*y (red car) 7\" 'q'", [Words("a+b x*y (red car) 7\" 'q'")]),
        ("iso:400 site:x text:a pin:1", [Words("iso:400 site:x text:a pin:1")]),
        ("foo:bar 12:30 http://x.org note:", [Words("foo:bar 12:30 http://x.org note:")]),
        ('"IMG_2041"', [Name("IMG_2041")]),
        ('"a ""b"" c"', [Name('a "b" c')]),
        ('"" " " “” dog', [Words("dog")]),
        ('"a"dog', [Name("a"), Words("dog")]),
        ('“a” „b“ «c» »d« “e" "f” g', [*map(Name, "abcdef"), Words("g")]),
        ("dogs after:2023 in the snow", [Words("dogs in the snow"), After(Day(2023))]),
        (
            "after:2023 dogs before:2024 run",
            [After(Day(2023)), Words("dogs run"), Before(Day(2024))],
        ),
        ("BEFORE:2023-05", [Before(Day(2023, 5))]),
        ("in:Holiday", [InFolder("Holiday")]),
        ('in:"My Holiday/2023"', [InFolder("My Holiday/2023")]),
        ("in:C:\\Pictures\\ in:/a//b/", [InFolder("C:/Pictures"), InFolder("/a/b")]),
        ("in:\\\\server\\x", [InFolder("//server/x")]),
        ("type:png", [OfType("PNG")]),
        ("type:jpeg,.JPG,tif,", [OfType("JPEG"), OfType("TIFF")]),
        ("-type:png,gif", [OfType("PNG", True), OfType("GIF", True)]),
        ("is:Landscape -is:screenshot", [Is(Kind.LANDSCAPE), Is(Kind.SCREENSHOT, True)]),
        ("size:>2mp", [OfSize(Comparison.MORE, 2, Measure.MEGAPIXELS)]),
        ("size:<500KB", [OfSize(Comparison.LESS, 500, Measure.KILOBYTES)]),
        ("size:>=1,5mb", [OfSize(Comparison.AT_LEAST, 1.5, Measure.MEGABYTES)]),
        ('size:"≤ .5 megapixels"', [OfSize(Comparison.AT_MOST, 0.5, Measure.MEGAPIXELS)]),
        ('camera:canon camera:"EOS  R5"', [ByCamera("canon"), ByCamera("EOS R5")]),
        ("rating:3 rating:none rating:0", [Rated(3, 3), Rated(0, 0)]),
        ("rating:>=4 rating:4+ rating:>3 rating:4-5", [Rated(4, 5)]),
        ("rating:≤2 rating:<3 rating:0-2", [Rated(0, 2)]),
        ('-Rating:2-4 -rating:"None"', [Rated(2, 4, True), Rated(0, 0, True)]),
        (
            'tag:snow -tag:"old  house " tag:a,b',
            [Tagged("snow"), Tagged("old house", True), Tagged("a,b")],
        ),
        ("dog + dog after:2023 after:2023", [Words("dog"), After(Day(2023))]),
        ("dog -dog", [Words("dog"), Words("dog", -1)]),
    ],
)
def test_understands(line: str, parts: list[Part]) -> None:
    parsed = parse(line)
    assert list(parsed.parts) == parts
    assert parsed.complaints == ()


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2023", Day(2023)),
        ("2023/5", Day(2023, 5)),
        ("2023.05.07", Day(2023, 5, 7)),
        ("2024-02-29", Day(2024, 2, 29)),
        ("17.5.2023", Day(2023, 5, 17)),
        ("6.5.2023", Day(2023, 5, 6)),
        ("17/5/2023", Day(2023, 5, 17)),
        ("5/17/2023", Day(2023, 5, 17)),
        ("5-5-2023", Day(2023, 5, 5)),
        ("5.2023", Day(2023, 5)),
    ],
)
def test_understands_days(value: str, day: Day) -> None:
    assert parse(f"after:{value}").parts == (After(day),)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("after:2023-13", "after:2023-13: there is no month 13."),
        ("After:2023-04-31", "After:2023-04-31: there is no 31st of April."),
        ("after:2023-02-29", "after:2023-02-29: there is no 29th of February in 2023."),
        ("after:2023-05-32", "after:2023-05-32: there is no 32nd of May."),
        ("after:2023-05-0", "after:2023-05-0: there is no day 0."),
        ("after:0000", "after:0000: there is no year 0."),
        ("after:13/14/2023", "after:13/14/2023: there is no month 13 and no month 14."),
        (
            "after:5/6/2023",
            "after:5/6/2023: this can be two days; write 2023-06-05 or 2023-05-06.",
        ),
        (
            "after:yesterday",
            "after:yesterday: write a year, a month or a day, such as 2023, 2023-05 or 2023-05-17.",
        ),
        (
            "type:xyz",
            "type:xyz: there is no such type; known are "
            "jpg, png, webp, gif, bmp, tif, avif, jp2, ico, ppm.",
        ),
        (
            "type:heic",
            "type:heic: pictures of this type cannot be read yet, so none can be found.",
        ),
        ("is:dog", "is:dog: a picture can be landscape, portrait, square, screenshot or recent."),
        ("size:2mp", "size:2mp: say whether more or less is meant: size:>2mp or size:<2mp."),
        ("size:>2tb", 'size:>2tb: there is no measure "tb"; known are mp, kb and mb.'),
        (
            "size:big",
            "size:big: write more or less than how much, such as size:>2mp or size:<500kb.",
        ),
        (
            "rating:good",
            "rating:good: write how many stars, such as rating:3, rating:>=4, rating:2-4"
            " or rating:none.",
        ),
        (
            "rating:>=4+",
            "rating:>=4+: write how many stars, such as rating:3, rating:>=4, rating:2-4"
            " or rating:none.",
        ),
        (
            "rating:4g",
            "rating:4g: write how many stars, such as rating:3, rating:>=4, rating:2-4"
            " or rating:none.",
        ),
        ("rating:6", "rating:6: a rating has 5 stars at most."),
        ("rating:>5", "rating:>5: a rating has 5 stars at most."),
        ("rating:4-12", "rating:4-12: a rating has 5 stars at most."),
        ("rating:<0", "rating:<0: there is no such rating."),
        ("rating:4-2", "rating:4-2: there is no such rating."),
        (f"size:>{'9' * 500}mp", f"size:>{'9' * 33}…: no picture is as large as that."),
    ],
)
def test_explains_and_goes_on_without(line: str, sentence: str) -> None:
    parsed = parse(f"dog {line} run")
    assert parsed.parts == (Words("dog run"),)
    (complaint,) = parsed.complaints
    assert complaint.text == sentence
    assert (complaint.start, complaint.end) == (4, 4 + len(line))
    assert complaint.left_out == line
    assert not complaint.is_unfinished


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            "after:",
            "after: the value is missing; write it right behind the colon, as in after:2023-05.",
        ),
        ('in:""', "in: the value is missing; write it right behind the colon, as in in:Holiday."),
        ("type:,", "type: the value is missing; write it right behind the colon, as in type:jpg."),
        ("in:/", "in:/: this names no folder."),
        ("after:17.5.23", "after:17.5.23: write the year with four digits."),
        ("size:>2", "size:>2: say in what it is measured: mp (megapixels), kb or mb."),
        *((line, "") for line in ["after:20", "after:2023-", "before:17.5.", "type:jp", "is:land"]),
        *((line, "") for line in ["rating:>=", "rating:n", "rating:2-"]),
        *((line, "") for line in ["size:>", "size:>=1.", "size:>2m"]),
    ],
)
def test_is_mild_about_what_is_being_typed(line: str, sentence: str) -> None:
    parsed = parse(line)
    assert parsed.parts == ()
    (complaint,) = parsed.complaints
    assert complaint.is_unfinished
    assert complaint.text.startswith(sentence or f"{line}: ")


def test_uses_the_good_ones_of_several_types() -> None:
    parsed = parse("-type:png,xyz,gif")
    assert parsed.parts == (OfType("PNG", True), OfType("GIF", True))
    assert [complaint.left_out for complaint in parsed.complaints] == ["-type:xyz"]


@pytest.mark.parametrize(
    ("line", "part", "sentence"),
    [
        ("0*snow", Words("snow", LEAST_WEIGHT), "0*: a weight is 0.1 at least;"),
        ("-100*snow", Words("snow", -MOST_WEIGHT), "100*: a weight is 10 at most;"),
        (f"{'9' * 400}*a", Words("a", MOST_WEIGHT), "999"),
        ("1.2.3*snow", Words("snow"), "1.2.3*: this is no number and was taken for 1."),
        ('2*"x"', Name("x"), "2*: a name in quotation marks has no weight;"),
        ("-2*in:x", InFolder("x", True), "2*: a filter has no weight;"),
        ('"IMG_2 ', Name("IMG_2"), "The quotation mark is not closed."),
        ('in:"My Holi', InFolder("My Holi"), "The quotation mark is not closed."),
        ("-(red car", Words("red car", -1), "The bracket is not closed."),
        ("afer:2023", Words("afer:2023"), "There is no filter afer:. Did you mean after:?"),
        ("Tpye:png", Words("Tpye:png"), "There is no filter Tpye:. Did you mean type:?"),
        ("canera:x", Words("canera:x"), "There is no filter canera:. Did you mean camera:?"),
        (
            "date:2023-05",
            Words("date:2023-05"),
            "There is no filter date:. Write after:2023-05 or before:2023-05 for when pictures"
            " were taken.",
        ),
        ("Year:2023", Words("Year:2023"), "There is no filter Year:. Write after:2023 or before:"),
        ("month:may", Words("month:may"), "There is no filter month:. Write after:2023 or before:"),
        (
            "name:foo",
            Words("name:foo"),
            'There is no filter name:. Write "foo" in quotation marks for pictures with this in'
            " their name.",
        ),
        ("stars:3", Words("stars:3"), "There is no filter stars:. Did you mean rating:?"),
        ("ratings:3", Words("ratings:3"), "There is no filter ratings:. Did you mean rating:?"),
        ("keywords:x", Words("keywords:x"), "There is no filter keywords:. Did you mean tag:?"),
        ("-folder:x", Words("folder:x", -1), "There is no filter folder:. Did you mean in:?"),
    ],
)
def test_complains_and_uses_it(line: str, part: Part, sentence: str) -> None:
    parsed = parse(line)
    assert parsed.parts == (part,)
    (complaint,) = parsed.complaints
    assert complaint.text.startswith(sentence)
    assert complaint.left_out == ""


def test_says_where_parts_stand() -> None:
    line = 'dogs after:2023 in snow -people + 2*cat "x"'
    parsed = parse(line)
    assert [line[start:end] for start, end in parsed.ranges] == [
        "dogs after:2023 in snow", "after:2023", "-people", "2*cat", '"x"',
    ]  # fmt: skip


@given(st.sampled_from(Key), st.text("0123456789<>=+-.,:gnoemprb/", max_size=8), st.booleans())
@settings(max_examples=120)
def test_a_filter_counts_or_is_explained(key: Key, value: str, is_excluded: bool) -> None:
    typed = f"{'-' * is_excluded}{key}:{value}"
    parsed = parse(f"dogs {typed} cats")
    filters = [part for part in parsed.parts if not isinstance(part, Words)]
    assert parsed.parts[0] == Words("dogs cats")
    if key is Key.TYPE:  # may have several values
        assert filters or parsed.complaints
    elif filters:
        assert (len(filters), parsed.complaints) == (1, ())
    else:
        (complaint,) = parsed.complaints
        assert complaint.left_out == typed
        assert complaint.text.startswith(str(key))


@given(st.lists(line_like, max_size=3).map(" ".join))
@settings(max_examples=120)
def test_no_line_is_too_odd(line: str) -> None:
    parsed = parse(line)
    assert len(parsed.ranges) == len(parsed.parts) == len(set(parsed.parts))
    places = [*parsed.ranges, *((each.start, each.end) for each in parsed.complaints)]
    assert all(0 <= start < end <= len(line) for start, end in places)
    assert [start for start, _ in parsed.ranges] == sorted(start for start, _ in parsed.ranges)
