from desktop_app.engine.errors import UserFacingError
from desktop_app.engine.query_language.parsing import parse
from desktop_app.engine.records import Query
from desktop_app.ui.grid.answers import Shown
from desktop_app.ui.welcome import middle
from desktop_app.ui.welcome.empty_state import Message

FULL = UserFacingError("The disk is full.", "Make some space.")
WORDS = Query.of_words("dogs")
done: list[str] = []


def message(
    shown: Shown | None,
    error: UserFacingError | None = None,
    *,
    is_indexing: bool = False,
    is_patient: bool = False,
) -> Message | None:
    return middle.message(
        shown,
        error,
        is_indexing=is_indexing,
        is_patient=is_patient,
        add_folder=lambda: done.append("add"),
        try_again=lambda: done.append("again"),
    )


def title(found: Message | None) -> str:
    assert found is not None
    return found.title


def test_pictures_need_no_message() -> None:
    assert message(Shown(count=1)) is None
    assert message(Shown(WORDS, count=1, seconds=0.1), is_indexing=True) is None


def test_filters_that_no_picture_fits_are_spoken_of() -> None:
    query = Query(parts=parse("is:square").parts)
    assert title(message(Shown(query))) == "No picture is like that"
    assert title(message(Shown(query), is_indexing=True)) == "No picture is like that"


def test_an_empty_library_invites() -> None:
    found = message(Shown())
    assert title(found) == "Drop a folder here"
    assert found is not None
    assert found.action == "Add folder"
    assert found.act is not None
    found.act()
    assert done.pop() == "add"


def test_a_library_that_cannot_be_opened_says_so_before_all_else() -> None:
    found = message(Shown(count=5), FULL, is_indexing=True)
    assert found is not None
    assert (found.title, found.hint, found.action) == (FULL.text, FULL.hint, "Try again")
    assert found.act is not None
    found.act()
    assert done.pop() == "again"


def test_opening_is_only_spoken_of_when_it_takes_long() -> None:
    assert title(message(None, is_patient=True)) == ""
    assert title(message(None)) == "Opening your pictures…"


def test_while_indexing_nothing_is_not_yet_nothing() -> None:
    assert title(message(Shown(), is_indexing=True)) == "Looking for pictures…"
    assert title(message(Shown(WORDS), is_indexing=True)) == "Looking for pictures…"


def test_no_hits() -> None:
    assert title(message(Shown(WORDS))) == "Drop a folder here"
