"""Pausing, going gently, and the battery."""

import threading
from types import SimpleNamespace

import psutil
import pytest

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.pace import (
    BATTERY_LOW,
    LONGEST_REST_S,
    PAUSED,
    REST,
    Battery,
    WorkPace,
    read_battery,
)

LOW = Battery(19, is_charging=False)


class Fake:
    """A battery and a clock that a test moves."""

    def __init__(self, battery: Battery | None = None) -> None:
        self.battery = battery
        self.now_s = 0.0
        self.looks = 0

    def pace(self) -> WorkPace:
        return WorkPace(self._read, lambda: self.now_s)

    def _read(self) -> Battery | None:
        self.looks += 1
        return self.battery


def test_pause_and_resume() -> None:
    pace = Fake().pace()
    assert (pace.is_paused, pace.reason, pace.decoders(4)) == (False, "", 4)
    pace.pause()
    pace.pause()
    assert (pace.is_paused, pace.reason, pace.decoders(4)) == (True, PAUSED, 0)
    pace.resume()
    assert (pace.is_paused, pace.look(), pace.decoders(4)) == (False, "", 4)


@pytest.mark.parametrize(("cores", "half"), [(1, 1), (2, 1), (3, 1), (4, 2), (16, 8)])
def test_gentle_takes_half_and_at_least_one(cores: int, half: int) -> None:
    pace = Fake().pace()
    pace.set_gentle(True)
    assert (pace.is_gentle, pace.cores(cores), pace.decoders(cores)) == (True, half, half)
    pace.set_gentle(False)
    assert pace.cores(cores) == cores


@pytest.mark.parametrize(
    ("battery", "reason"),
    [
        (None, ""),
        (LOW, BATTERY_LOW),
        (Battery(19.9, is_charging=False), BATTERY_LOW),
        (Battery(20, is_charging=False), ""),
        (Battery(3, is_charging=True), ""),
    ],
)
def test_a_low_battery_pauses(battery: Battery | None, reason: str) -> None:
    pace = Fake(battery).pace()
    with pace.run():
        assert pace.look() == reason
        assert pace.is_paused == bool(reason)
    assert not pace.is_paused


def test_the_battery_is_looked_at_now_and_then() -> None:
    fake = Fake(LOW)
    pace = fake.pace()
    assert pace.reason == ""
    with pace.run():
        pace.look()
        fake.now_s = 29
        pace.look()
        assert fake.looks == 1
        fake.battery, fake.now_s = Battery(18, is_charging=True), 31
        assert pace.look() == ""
        fake.battery, fake.now_s = LOW, 62
        assert pace.look() == BATTERY_LOW
    assert fake.looks == 3


def test_going_on_with_a_low_battery_counts_for_this_run() -> None:
    fake = Fake(LOW)
    pace = fake.pace()
    with pace.run():
        pace.look()
        pace.resume()
        fake.now_s = 100
        assert pace.look() == ""
    with pace.run():
        assert pace.look() == BATTERY_LOW


def test_going_on_before_the_battery_was_low_says_nothing_about_it() -> None:
    fake = Fake(Battery(50, is_charging=False))
    pace = fake.pace()
    with pace.run():
        pace.pause()
        pace.look()
        pace.resume()
        fake.battery, fake.now_s = LOW, 100
        assert pace.look() == BATTERY_LOW


def test_a_pause_outlasts_a_run() -> None:
    pace = Fake().pace()
    with pace.run():
        pace.pause()
    with pace.run():
        assert pace.look() == PAUSED


def test_encoders_wait_for_their_turn_and_are_let_in_when_no_longer_gentle() -> None:
    pace = Fake().pace()
    pace.set_gentle(True)
    inside = threading.Event()

    def encode() -> None:
        with pace.encoding(2):
            inside.set()

    with pace.encoding(2):
        other = threading.Thread(target=encode)
        other.start()
        assert not inside.wait(0.05)
        pace.set_gentle(False)
        assert inside.wait(10)
    other.join()


def test_gently_an_encoder_rests_when_others_kept_it_waiting() -> None:
    fake = Fake()
    pace = fake.pace()
    pace.give_way(100.0)  # not gentle: nothing to give way to
    pace.set_gentle(True)
    with pace.encoding(1):
        pace.give_way(0.0)
    with pace.encoding(1):
        pace.give_way(0.25)
    inside = threading.Event()

    def encode() -> None:
        with pace.encoding(1):
            inside.set()

    other = threading.Thread(target=encode)
    other.start()
    assert not inside.wait(0.05)
    fake.now_s = 0.25 * REST
    assert inside.wait(10)
    other.join()


@pytest.mark.parametrize("ends", ["cancelled", "no longer gentle", "long enough"])
def test_a_rest_ends(ends: str) -> None:
    fake = Fake()
    pace = fake.pace()
    pace.set_gentle(True)
    pace.give_way(100.0)
    cancel = CancelToken()
    if ends == "cancelled":
        cancel.cancel()
    elif ends == "no longer gentle":
        pace.set_gentle(False)
    else:
        fake.now_s = LONGEST_REST_S
    with pace.encoding(1, lambda: cancel.is_cancelled):
        pass


def test_encoding_goes_on_during_a_pause() -> None:
    pace = Fake().pace()
    pace.pause()
    with pace.encoding(1):
        assert pace.is_paused


@pytest.mark.parametrize(
    ("told", "battery"),
    [
        (None, None),
        (SimpleNamespace(percent=12, power_plugged=False), Battery(12, is_charging=False)),
        (SimpleNamespace(percent=12, power_plugged=None), Battery(12, is_charging=True)),
    ],
)
def test_reads_the_battery(
    monkeypatch: pytest.MonkeyPatch, told: object, battery: Battery | None
) -> None:
    monkeypatch.setattr(psutil, "sensors_battery", lambda: told, raising=False)
    assert read_battery() == battery


def test_a_battery_that_cannot_be_read_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OSError

    monkeypatch.setattr(psutil, "sensors_battery", fail, raising=False)
    assert read_battery() is None
    monkeypatch.delattr(psutil, "sensors_battery")
    assert read_battery() is None


def test_who_does_not_mind_the_battery_is_not_kept_waiting() -> None:
    fake = Fake(LOW)
    pace = fake.pace()
    pace.mind_battery(False)
    assert pace.look() == ""
    assert fake.looks == 0
    pace.mind_battery(True)
    assert pace.look() == BATTERY_LOW
    pace.mind_battery(False)
    assert not pace.is_paused
