import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.engine.query_language.parsing import parse
from desktop_app.ui.words import part_wording
from desktop_app.ui.words.part_wording import MINUS
from tests.helpers.french import in_french


@pytest.mark.parametrize(
    ("line", "label", "meaning"),
    [
        ("two dogs", "two dogs", "Pictures that show two dogs, or are named so."),
        ("2*snow", "2 × snow", "Pictures that show snow, or are named so."),
        ("-people", f"{MINUS} people", "Pictures that show people come last."),
        ("-0.5*rain", f"{MINUS} 0.5 × rain", "Pictures that show rain come last."),
        (
            '"IMG"',
            "named “IMG”",
            "Only pictures with “IMG” in the name of the file or of a folder above it.",
        ),
        ("after:2023-05", "since May 2023", "Only pictures taken since May 2023."),
        ("-after:2023", "not since 2023", "No pictures taken since 2023."),
        ("before:2023-05-17", "before 17 May 2023", "Only pictures taken before 17 May 2023."),
        ('in:"My Holiday"', "in My Holiday", "Only pictures in the folder My Holiday."),
        ("in:/home/a/Winter", "in Winter", "Only pictures in the folder /home/a/Winter."),
        ("in:C:/", "in C:", "Only pictures in the folder C:."),
        ("in:2023/Winter", "in 2023/Winter", "Only pictures in the folder 2023/Winter."),
        ("-type:png", "not PNG", "No PNG pictures."),
        ("is:landscape", "landscape", "Only pictures that are wider than high."),
        ("is:portrait", "portrait", "Only pictures that are higher than wide."),
        ("-is:screenshot", "not screenshot", "No screenshots."),
        (
            "is:recent",
            "recent",
            "Only the 500 pictures that came into the library last.",
        ),
        ("is:square", "square", "Only square pictures."),
        ("size:<1mp", "under 1 megapixel", "Only pictures of under 1 megapixel."),
        ("size:>2mp", "over 2 megapixels", "Only pictures of over 2 megapixels."),
        ("size:<=1.5mb", "at most 1.5 MB", "Only pictures of at most 1.5 MB."),
        ("camera:canon", "by canon", "Only pictures taken with canon."),
        ("rating:3", "★★★☆☆", "Only pictures with 3 stars."),
        ("rating:1", "★☆☆☆☆", "Only pictures with 1 star."),
        ("rating:4+", "4 stars or more", "Only pictures with 4 stars or more."),
        ("rating:<3", "2 stars or fewer", "Only pictures with 2 stars or fewer."),
        ("rating:2-4", "2 to 4 stars", "Only pictures with 2 to 4 stars."),
        ("rating:1+", "1 star or more", "Only pictures with 1 star or more."),
        ("rating:<=1", "1 star or none", "Only pictures with 1 star or none."),
        ("rating:none", "no rating", "Only pictures without a rating."),
        ("-rating:none", "rated", "Only pictures with a rating."),
        ("-rating:5", "not ★★★★★", "No pictures with 5 stars."),
        ("tag:snow", "tag snow", "Only pictures with the tag “snow”."),
    ],
)
def test_every_part_has_its_words(line: str, label: str, meaning: str) -> None:
    (part,) = parse(line).parts
    assert part_wording.label(part) == label
    assert part_wording.meaning(part) == meaning


def test_a_search_without_a_name_is_called_by_its_parts() -> None:
    labels = [part_wording.label(part) for part in parse("dogs after:2023").parts]
    assert part_wording.in_words(labels) == "dogs, since 2023"


@pytest.mark.parametrize(
    ("line", "label", "meaning"),
    [
        ("dogs", "dogs", "Des images qui montrent dogs, ou qui portent ce nom."),
        ("-0.5*rain", f"{MINUS} 0,5 × rain", "Les images qui montrent rain viennent en dernier."),
        (
            "before:2023-05-01",
            "avant le 1er mai 2023",
            "Uniquement les images prises avant le 1er mai 2023.",
        ),
        ("after:2023-05", "depuis mai 2023", "Uniquement les images prises depuis mai 2023."),
        ("-type:png", "sauf PNG", "Sauf les images PNG."),
        ("-is:screenshot", "sauf capture d’écran", "Sauf les captures d’écran."),
        ("size:>1.5mp", "plus de 1,5 mégapixel", "Uniquement les images de plus de 1,5 mégapixel."),
        ("size:<10mb", "moins de 10\u202fMo", "Uniquement les images de moins de 10\u202fMo."),
    ],
)
def test_french(qapp: QApplication, line: str, label: str, meaning: str) -> None:
    [part] = parse(line).parts
    with in_french():
        assert part_wording.label(part) == label
        assert part_wording.meaning(part) == meaning
