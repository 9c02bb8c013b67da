import pytest

from desktop_app.engine.query_language.parsing import parse
from desktop_app.ui import part_wording
from desktop_app.ui.part_wording import MINUS


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
        ("-type:png", "not PNG", "No PNG pictures."),
        ("is:landscape", "landscape", "Only pictures that are wider than high."),
        ("is:portrait", "portrait", "Only pictures that are higher than wide."),
        ("-is:screenshot", "not screenshot", "No screenshots."),
        ("is:square", "square", "Only square pictures."),
        ("size:>2mp", "over 2 megapixels", "Only pictures of over 2 megapixels."),
        ("size:<=1.5mb", "at most 1.5 MB", "Only pictures of at most 1.5 MB."),
        ("camera:canon", "by canon", "Only pictures taken with canon."),
    ],
)
def test_every_part_has_its_words(line: str, label: str, meaning: str) -> None:
    (part,) = parse(line).parts
    assert part_wording.label(part) == label
    assert part_wording.meaning(part) == meaning


def test_a_search_without_a_name_is_called_by_its_parts() -> None:
    labels = [part_wording.label(part) for part in parse("dogs after:2023").parts]
    assert part_wording.in_words(labels) == "dogs, since 2023"
