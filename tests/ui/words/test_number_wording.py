import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.ui.words import number_wording
from desktop_app.ui.words.wording import file_size, pictures
from tests.helpers.french import in_french

pytestmark = pytest.mark.usefixtures("qapp")


def test_english_counts_one_alone_as_one() -> None:
    assert [pictures(number) for number in (0, 1, 2, 12408)] == [
        "0 pictures",
        "1 picture",
        "2 pictures",
        "12\u202f408 pictures",
    ]


def test_french_counts_none_as_one(qapp: QApplication) -> None:
    with in_french():
        assert [pictures(number) for number in (0, 1, 2, 12408)] == [
            "0 image",
            "1 image",
            "2 images",
            "12\u202f408 images",
        ]


def test_the_number_stands_where_the_sentence_wants_it() -> None:
    said = number_wording.plural(
        3, "in {n} folder of {whose}", "in {n} folders of {whose}", whose="A"
    )
    assert said == "in 3 folders of A"
    assert number_wording.plural(1, "file", "files") == "1 file"


def test_names_with_braces_stay_as_they_are() -> None:
    assert number_wording.plural(1, "{n} of {what}", "{n} of {what}", what="{n}") == "1 of {n}"


@pytest.mark.parametrize(
    ("size_bytes", "english", "french"),
    [
        (0, "0 KB", "0\u202fko"),
        (640_000, "640 KB", "640\u202fko"),
        (999_700, "1.0 MB", "1,0\u202fMo"),
        (2_800_000, "2.8 MB", "2,8\u202fMo"),
        (158_000_000, "158 MB", "158\u202fMo"),
        (1_200_000_000, "1.2 GB", "1,2\u202fGo"),
        (12_000_000_000, "12 GB", "12\u202fGo"),
    ],
)
def test_sizes(size_bytes: int, english: str, french: str) -> None:
    assert file_size(size_bytes) == english
    with in_french():
        assert file_size(size_bytes) == french


def test_decimals() -> None:
    assert number_wording.decimal(-0.05, 2) == "\u22120.05"
    assert number_wording.shortest(0.5) == "0.5"
    assert number_wording.shortest(2.0) == "2"
    with in_french():
        assert number_wording.decimal(-0.05, 2) == "\u22120,05"
        assert number_wording.shortest(0.5) == "0,5"


def test_the_language_is_that_of_the_words() -> None:
    assert number_wording.code() == "en"
    with in_french():
        assert number_wording.code() == "fr"
        assert number_wording.locale().name().startswith("fr")


def test_percentages() -> None:
    assert number_wording.percent(70) == "70%"
    with in_french():
        assert number_wording.percent(7.25, 1) == "7,2\u202f%"
