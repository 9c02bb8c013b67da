from desktop_app.engine.saved_search import SavedSearch
from desktop_app.ui.search.query_draft import DraftState
from desktop_app.ui.search.query_picture import QueryPicture
from desktop_app.ui.search.saved_state import examples_of, state_of
from tests.ui.fake_library import FakeLibrary, jpeg


def test_a_search_comes_back_as_it_was_kept() -> None:
    state = DraftState(
        "snow",
        (QueryPicture("a.jpg", image=jpeg(), weight=-2.0), QueryPicture("4.jpg", picture_id=4)),
        (QueryPicture("1.jpg", picture_id=1),),
        (QueryPicture("2.jpg", picture_id=2), QueryPicture("gone.jpg", picture_id=3)),
    )
    library = FakeLibrary(5)
    library.gone = {3}
    back = state_of(SavedSearch(1, "Snow", state.line, examples_of(state)), library)
    assert back.line == "snow"
    for pictures, before in (
        (back.pictures, state.pictures),
        (back.liked, state.liked),
        (back.disliked, state.disliked),
    ):
        assert [each.name for each in pictures] == [each.name for each in before]
        assert [each.example for each in pictures] == [each.example for each in before]
    assert [each.thumbnail is None for each in back.pictures] == [False, False]
    assert [each.thumbnail is None for each in back.disliked] == [False, True]
