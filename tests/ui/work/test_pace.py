import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.ui.work.pace import WINDOW_S, Pace


class Clock:
    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_nothing_is_known_at_first(clock: Clock) -> None:
    pace = Pace(clock)
    assert pace.per_second == 0
    assert pace.seconds_left(10) is None
    pace.count(5)
    assert pace.per_second == 0
    pace.count(6)  # at the same moment
    assert pace.per_second == 0
    assert pace.seconds_left(10) is None


def test_what_was_there_before_is_no_speed(clock: Clock) -> None:
    pace = Pace(clock)
    pace.count(1000)
    clock.now_s += 2
    pace.count(1010)
    assert pace.per_second == 5
    assert pace.seconds_left(1110) == 20


def test_only_the_last_seconds_count(clock: Clock) -> None:
    pace = Pace(clock)
    for _ in range(20):
        clock.now_s += 1
        pace.count(0)
    for done in range(10, 110, 10):
        clock.now_s += 1
        pace.count(done)
    assert pace.per_second == 10


def test_a_standstill_is_seen(clock: Clock) -> None:
    pace = Pace(clock)
    pace.count(0)
    clock.now_s += 1
    pace.count(100)
    clock.now_s += 2 * WINDOW_S
    pace.count(100)
    clock.now_s += WINDOW_S
    pace.count(100)
    assert pace.per_second == 0
    assert pace.seconds_left(200) is None


def test_a_new_beginning_is_one(clock: Clock) -> None:
    pace = Pace(clock)
    pace.count(100)
    clock.now_s += 1
    pace.count(0)
    clock.now_s += 1
    pace.count(3)
    assert pace.per_second == 3


@given(st.lists(st.tuples(st.floats(0, 10), st.integers(0, 10**12)), max_size=50))
def test_speed_is_never_negative(steps: list[tuple[float, int]]) -> None:
    clock = Clock()
    pace = Pace(clock)
    for wait_s, done in steps:
        clock.now_s += wait_s
        pace.count(done)
        assert pace.per_second >= 0
