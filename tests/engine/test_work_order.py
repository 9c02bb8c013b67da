"""Which file comes next."""

import threading
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.paths import is_below
from desktop_app.engine.records import FileStamp, FoundFile
from desktop_app.engine.work_order import FOLDERS_REMEMBERED, Priority, WorkOrder


def itself(file: FoundFile) -> FoundFile:
    return file


def ordered(files: Sequence[FoundFile]) -> WorkOrder[FoundFile]:
    return WorkOrder(files, itself)


def file(path: str, mtime_ns: int = 0) -> FoundFile:
    return FoundFile(path, FileStamp(1, mtime_ns))


def paths(order: WorkOrder[FoundFile]) -> list[str]:
    return [one.path for one in order]


def test_the_newest_come_first_and_equals_as_given() -> None:
    order = ordered([file("/b", 1), file("/c", 3), file("/a", 1), file("/d", -5)])
    assert len(order) == 4
    assert paths(order) == ["/c", "/b", "/a", "/d"]
    assert len(order) == 0
    assert order.take() is None
    order.prefer("/a")
    assert order.take() is None


def test_what_is_looked_at_comes_before_what_is_newer() -> None:
    order = ordered([file("/x/new", 9), file("/y/old", 1), file("/y/older", 0), file("/yz", 2)])
    order.prefer("/y")
    assert len(order) == 4
    assert paths(order) == ["/y/old", "/y/older", "/x/new", "/yz"]


def test_the_last_wish_comes_first_and_earlier_ones_after_it() -> None:
    order = ordered([file("/x/1", 9), file("/y/1", 1), file("/z/1", 5), file("/y/2", 0)])
    order.prefer("/y")
    assert order.take() == file("/y/1", 1)
    order.prefer("/z")
    assert paths(order) == ["/z/1", "/y/2", "/x/1"]


def test_no_files() -> None:
    order = ordered([])
    order.prefer("/x")
    assert (len(order), order.take()) == (0, None)


_PATHS = st.sampled_from([f"/{a}/{b}" for a in "abc" for b in ("1", "2", "d/1", "d/2")])
_FILES = st.lists(st.tuples(_PATHS, st.integers(0, 5)), max_size=30)
_FOLDERS = st.sampled_from(["/", "/a", "/b", "/c", "/a/d", "/b/d", "/a/1", "/none"])
_STEPS = st.lists(st.one_of(_FOLDERS, st.none()), max_size=40)


@given(_FILES, _STEPS)
def test_agrees_with_sorting(given_files: list[tuple[str, int]], steps: list[str | None]) -> None:
    files = [file(f"{path}.{place}", mtime) for place, (path, mtime) in enumerate(given_files)]
    order = ordered(files)
    waiting = list(files)
    wishes: list[str] = []

    def rank(one: FoundFile) -> tuple[int, int, int]:
        wish = max((n for n, folder in enumerate(wishes) if is_below(one.path, folder)), default=-1)
        return -wish, -one.stamp.mtime_ns, files.index(one)

    for step in [*steps, *[None] * len(files)]:
        if step is not None:
            order.prefer(step)
            wishes = [*(folder for folder in wishes if folder != step), step]
            wishes = wishes[-FOLDERS_REMEMBERED:]
            continue
        expected = min(waiting, key=rank, default=None)
        assert order.take() == expected
        if expected is not None:
            waiting.remove(expected)
        assert len(order) == len(waiting)


def test_only_so_many_wishes_are_remembered() -> None:
    folders = [f"/{number}" for number in range(FOLDERS_REMEMBERED + 1)]
    order = ordered([file(f"{folder}/x", age) for age, folder in enumerate(folders)])
    for folder in folders:
        order.prefer(folder)
    assert paths(order)[-1] == "/0/x"
    assert paths(ordered([])) == []


def test_every_file_is_taken_once_whoever_asks() -> None:
    files = [file(f"/{number % 7}/{number}", number % 13) for number in range(5_000)]
    order = ordered(files)
    taken: list[list[str]] = [[], [], []]

    def take(into: list[str]) -> None:
        into.extend(one.path for one in order)

    threads = [threading.Thread(target=take, args=(into,)) for into in taken]
    for thread in threads:
        thread.start()
    for number in range(20):
        order.prefer(f"/{number % 7}")
    for thread in threads:
        thread.join()
    assert sorted(path for into in taken for path in into) == sorted(one.path for one in files)


class TestPriority:
    @pytest.fixture
    def files(self) -> list[FoundFile]:
        return [file("/x/1", 3), file("/y/1", 2), file("/z/1", 1)]

    def test_a_wish_holds_for_the_run_under_way(self, files: list[FoundFile]) -> None:
        priority = Priority()
        order = priority.order(files, itself)
        priority.prefer("/z")
        assert paths(order) == ["/z/1", "/x/1", "/y/1"]

    def test_and_for_the_next_one(self, files: list[FoundFile]) -> None:
        priority = Priority()
        priority.prefer("/y")
        assert paths(priority.order(files, itself))[0] == "/y/1"

    def test_a_run_that_is_over_is_left_alone(self, files: list[FoundFile]) -> None:
        priority = Priority()
        order = priority.order(files, itself)
        priority.done()
        priority.prefer("/z")
        assert paths(order)[0] == "/x/1"
