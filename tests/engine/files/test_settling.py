"""When places are told, and how few."""

import os
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.files.settling import (
    BUSY_FOLDER_S,
    BUSY_MOVES_S,
    FILES_A_FOLDER,
    PAIRING_S,
    PLACES_A_ROOT,
    QUIET_S,
    Happening,
    Settling,
)
from desktop_app.engine.paths import is_below
from desktop_app.engine.records import ChangedPlace

ROOT = os.path.join(os.sep, "pictures")
OTHER = os.path.join(os.sep, "other")


def at(*parts: str, root: str = ROOT) -> str:
    return os.path.join(root, *parts)


def paths(places: Iterable[ChangedPlace]) -> list[str]:
    return [place.path for place in places]


def test_a_file_is_told_once_it_has_been_quiet() -> None:
    settling = Settling()
    for tenths in range(50):
        settling.note(ROOT, at("a.jpg"), Happening.WRITTEN, tenths / 10)
        assert settling.take(tenths / 10) == []
    assert settling.due_s() == 4.9 + QUIET_S
    assert settling.take(4.9 + QUIET_S) == [ChangedPlace(at("a.jpg"))]
    assert settling.due_s() is None
    assert len(settling) == 0


def test_both_places_of_a_move_come_together() -> None:
    settling = Settling()
    settling.note(ROOT, at("quiet.jpg"), Happening.WRITTEN, 0.5)
    settling.note(ROOT, at("old.jpg"), Happening.GONE, 1.0)
    settling.note(OTHER, at("new.jpg", root=OTHER), Happening.MOVED, 1.0)
    assert settling.take(0.5 + QUIET_S) == [ChangedPlace(at("quiet.jpg"))]
    assert settling.take(1.0 + QUIET_S) == [
        ChangedPlace(at("new.jpg", root=OTHER)),
        ChangedPlace(at("old.jpg"), saw_removal=True),
    ]


def test_the_halves_of_a_move_between_roots_come_together() -> None:
    settling = Settling()
    settling.note(OTHER, at("new.jpg", root=OTHER), Happening.ARRIVED, 0.0)
    settling.note(ROOT, at("third.jpg"), Happening.WRITTEN, 0.1)
    assert settling.take(1.1) == [ChangedPlace(at("third.jpg"))]  # and no half of the move
    settling.note(ROOT, at("old.jpg"), Happening.GONE, QUIET_S + PAIRING_S - 0.1)
    assert settling.take(QUIET_S + PAIRING_S) == []
    due_s = settling.due_s()
    assert due_s is not None
    assert len(settling.take(due_s)) == 2


def test_moves_without_end_are_told_after_a_while() -> None:
    settling = Settling()
    now_s = 0.0
    while not (told := settling.take(now_s)):
        now_s += 0.3
        settling.note(ROOT, at(f"{now_s}.jpg"), Happening.GONE, now_s)
    assert BUSY_MOVES_S <= now_s < BUSY_MOVES_S + 1
    assert len(told) > 5


def test_a_file_written_on_at_its_new_place_is_left_until_it_is_quiet() -> None:
    settling = Settling()
    settling.note(ROOT, at("new.jpg"), Happening.ARRIVED, 0.0)
    settling.note(ROOT, at("new.jpg"), Happening.WRITTEN, 1.0)
    settling.note(ROOT, at("gone.jpg"), Happening.GONE, 0.0)
    assert paths(settling.take(QUIET_S)) == [at("gone.jpg")]
    assert paths(settling.take(1.0 + QUIET_S)) == [at("new.jpg")]


def test_touching_does_not_split_a_move() -> None:
    settling = Settling()
    settling.note(ROOT, at("old.jpg"), Happening.GONE, 0.0)
    settling.note(ROOT, at("new.jpg"), Happening.MOVED, 0.0)
    settling.note(ROOT, at("new.jpg"), Happening.TOUCHED, 0.9)
    assert len(settling.take(QUIET_S)) == 2
    settling.note(ROOT, at("new.jpg"), Happening.TOUCHED, 2.0)  # alone it is told as well
    assert settling.take(2.0 + QUIET_S) == [ChangedPlace(at("new.jpg"))]


def test_what_happens_in_a_folder_that_is_told_is_told_with_it() -> None:
    settling = Settling()
    settling.note(ROOT, at("new"), Happening.WRITTEN, 0.0, is_folder=True)
    settling.note(ROOT, at("new", "deep", "a.jpg"), Happening.WRITTEN, 0.5)
    settling.note(ROOT, at("new", "b.jpg"), Happening.GONE, 0.6)
    settling.note(ROOT, at("newer.jpg"), Happening.WRITTEN, 0.6)
    assert settling.take(0.6 + QUIET_S) == [
        ChangedPlace(at("new"), saw_removal=True),
        ChangedPlace(at("newer.jpg")),
    ]


def test_many_files_become_their_folder_and_many_folders_their_root() -> None:
    settling = Settling()
    for number in range(10_000):
        settling.note(ROOT, at("one", f"{number}.jpg"), Happening.WRITTEN, 0.0)
        assert len(settling) <= FILES_A_FOLDER
    assert paths(settling.take(QUIET_S)) == [at("one")]
    for number in range(10_000):
        settling.note(ROOT, at(f"{number}", "a.jpg"), Happening.WRITTEN, 0.0)
        assert len(settling) <= PLACES_A_ROOT
    settling.note(OTHER, at("a.jpg", root=OTHER), Happening.WRITTEN, 0.0)
    assert paths(settling.take(QUIET_S)) == sorted([ROOT, at("a.jpg", root=OTHER)])


def test_a_folder_that_is_never_quiet_is_told_now_and_then() -> None:
    settling = Settling()
    now_s, told_at_s = 0.0, []
    for number in range(4000):
        now_s = number / 100
        settling.note(ROOT, at(f"{number}.jpg"), Happening.WRITTEN, now_s)
        if ROOT in paths(settling.take(now_s)):
            told_at_s.append(now_s)
    assert len(told_at_s) >= now_s // (BUSY_FOLDER_S + 3)
    assert told_at_s[0] <= BUSY_FOLDER_S + 1


def test_forgetting_a_root_drops_what_is_pending_in_it() -> None:
    settling = Settling()
    settling.note(ROOT, at("a.jpg"), Happening.WRITTEN, 0.0)
    settling.note(OTHER, at("a.jpg", root=OTHER), Happening.WRITTEN, 0.0)
    settling.forget(ROOT)
    assert paths(settling.take(QUIET_S)) == [at("a.jpg", root=OTHER)]


HAPPENINGS = st.lists(
    st.tuples(
        st.lists(st.sampled_from("abc"), min_size=1, max_size=3),
        st.sampled_from(Happening),
        st.floats(0, 2),
        st.booleans(),
    ),
    max_size=60,
)


@given(HAPPENINGS)
def test_nothing_that_happens_is_forgotten(
    happenings: list[tuple[list[str], Happening, float, bool]],
) -> None:
    settling = Settling()
    now_s = 0.0
    untold: set[str] = set()
    for parts, what, wait_s, is_folder in happenings:
        now_s += wait_s
        settling.note(ROOT, at(*parts), what, now_s, is_folder=is_folder)
        untold.add(at(*parts))
        untold -= _covered(untold, settling.take(now_s))
    while (due_s := settling.due_s()) is not None:
        now_s = max(now_s, due_s)
        told = settling.take(now_s)
        assert told
        untold -= _covered(untold, told)
    assert untold == set()


def _covered(happened: set[str], told: list[ChangedPlace]) -> set[str]:
    return {path for path in happened if any(is_below(path, place.path) for place in told)}
