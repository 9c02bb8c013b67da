from desktop_app.engine.query_language.parts import After as Since
from desktop_app.engine.query_language.parts import Day, Words
from desktop_app.engine.records import PictureExample, Query
from desktop_app.engine.saved_search import ExampleRole, SavedExample, SavedSearch

PIXELS = PictureExample(image=b"png", weight=0.5)


def example(role: ExampleRole, picture_id: int) -> SavedExample:
    return SavedExample(role, "", PictureExample(picture_id=picture_id))


def test_it_asks_what_it_was_made_of() -> None:
    search = SavedSearch(
        1,
        "Snow",
        "snow after:2023",
        (
            SavedExample(ExampleRole.ALIKE, "Pasted", PIXELS),
            example(ExampleRole.LIKED, 3),
            example(ExampleRole.DISLIKED, 4),
            example(ExampleRole.LIKED, 5),
        ),
    )
    assert search.query == Query((Words("snow"), Since(Day(2023))), (PIXELS,), (3, 5), (4,))


def test_a_line_that_has_become_wrong_asks_for_what_is_right_in_it() -> None:
    assert SavedSearch(1, "Old", "snow after:2023-13").query == Query((Words("snow"),))
