from dataclasses import replace

import pytest
from PySide6.QtCore import QObject

from desktop_app.engine.query_language.parts import Name, Words
from desktop_app.engine.records import PictureExample, Query
from desktop_app.ui.search.query_draft import DraftState, QueryDraft, Step
from desktop_app.ui.search.query_picture import QueryPicture

A, B = QueryPicture("a.jpg", picture_id=1), QueryPicture("b.jpg", picture_id=2)
OUTSIDE = QueryPicture("c.jpg", image=b"picture", weight=-1.0)


@pytest.fixture
def draft(qapp: QObject) -> QueryDraft:
    return QueryDraft()


def test_the_query_is_made_of_all_of_it(draft: QueryDraft) -> None:
    assert draft.query == Query()
    assert draft.state.is_empty
    draft.type_line('two dogs "IMG"')
    draft.set_pictures([OUTSIDE])
    draft.like([A])
    draft.like([B], less=True)
    assert draft.query == Query(
        parts=(Words("two dogs"), Name("IMG")),
        pictures=(PictureExample(b"picture", None, -1.0),),
        liked=(1,),
        disliked=(2,),
    )
    assert not draft.state.is_empty


def test_a_hit_is_either_liked_or_disliked(draft: QueryDraft) -> None:
    draft.like([A, B])
    draft.like([A], less=True)
    assert (draft.query.liked, draft.query.disliked) == ((2,), (1,))
    draft.forget_liking(A)
    draft.forget_liking(B)
    assert draft.state.is_empty


def test_more_like_this_can_be_undone(draft: QueryDraft) -> None:
    draft.type_line("dogs")
    draft.like([A])
    draft.like([B], less=True)
    assert draft.undo()
    assert (draft.query.liked, draft.query.disliked) == ((1,), ())
    assert draft.undo()
    assert draft.query == Query.of_words("dogs")
    assert not draft.undo()


def test_undoing_keeps_what_was_typed_since(draft: QueryDraft) -> None:
    draft.like([A])
    draft.type_line("dogs")
    draft.undo()
    assert draft.state == DraftState("dogs")


def test_clearing_and_finding_similar_can_be_undone(draft: QueryDraft) -> None:
    draft.type_line("dogs")
    draft.set_pictures([OUTSIDE])
    before = draft.state
    draft.search_like(A)
    assert draft.query == Query.of_picture(picture_id=1)
    draft.clear()
    draft.clear()  # changes nothing, and is no step
    draft.undo()
    draft.undo()
    assert draft.state == before


def test_parts_change_the_line_and_what_nobody_understood_stays(draft: QueryDraft) -> None:
    lines: list[str] = []
    draft.line_set.connect(lines.append)
    draft.type_line("snow + dog is:foo")
    assert lines == []
    draft.replace_part(Words("snow"), Words("snow", 2.0))
    assert lines == ["2*snow + dog is:foo"]
    draft.replace_part(Words("dog"), None)
    draft.add_part(Name("IMG"))
    assert draft.state.line == '2*snow "IMG" is:foo'


def test_the_line_is_told_before_the_change(draft: QueryDraft) -> None:
    told: list[str] = []
    draft.line_set.connect(lambda _line: told.append("line"))
    draft.changed.connect(lambda: told.append("changed"))
    draft.set_line("dogs")
    draft.type_line("dogs and cats")
    draft.type_line("dogs and cats")
    assert told == ["line", "changed", "changed"]


def test_the_picture_whose_chip_is_last_goes_first(draft: QueryDraft) -> None:
    draft.set_pictures([A, OUTSIDE])
    draft.like([B])
    draft.like([A], less=True)
    for left in (3, 2, 1, 0):
        assert draft.drop_last_picture()
        state = draft.state
        assert len((*state.pictures, *state.liked, *state.disliked)) == left
    assert not draft.drop_last_picture()


def test_only_so_many_steps_are_kept(draft: QueryDraft) -> None:
    for number in range(150):
        draft.set_line(str(number))
    count = 0
    while draft.undo():
        count += 1
    assert count == 100
    assert draft.state.line == "49"


def test_what_was_said_of_hits_is_taken_back_as_one_step() -> None:
    one, two, three = (QueryPicture(f"{number}.jpg", picture_id=number) for number in (1, 2, 3))
    draft = QueryDraft()
    draft.like([three])
    draft.like([one], less=True)
    before = draft.state
    steps: list[Step] = []
    draft.stepped.connect(steps.append)
    draft.like([one, two])
    draft.type_line("snow")
    assert draft.take_back(steps[0])
    assert draft.state == replace(before, line="snow")
    assert not draft.take_back(steps[0])


def test_taking_back_leaves_what_was_said_since() -> None:
    one, two = (QueryPicture(f"{number}.jpg", picture_id=number) for number in (1, 2))
    draft = QueryDraft()
    steps: list[Step] = []
    draft.stepped.connect(steps.append)
    draft.like([one], less=True)
    draft.like([one])
    draft.like([two])
    assert draft.take_back(steps[1])
    assert (draft.state.liked, draft.state.disliked) == ((two,), (one,))
