from pytestqt.qtbot import QtBot

from desktop_app.ui.work.throttle import Throttle

INTERVAL_MS = 40


def count(throttle: Throttle) -> list[int]:
    fired: list[int] = []
    throttle.fired.connect(lambda: fired.append(1))
    return fired


def test_the_first_trigger_fires_at_once(qtbot: QtBot) -> None:
    throttle = Throttle(60_000)
    fired = count(throttle)
    throttle.trigger()
    assert fired == [1]


def test_triggers_during_the_interval_fire_once_at_its_end(qtbot: QtBot) -> None:
    throttle = Throttle(INTERVAL_MS)
    fired = count(throttle)
    throttle.trigger()
    with qtbot.waitSignal(throttle.fired):
        for _ in range(10):
            throttle.trigger()
        assert fired == [1]
    assert fired == [1, 1]


def test_after_a_quiet_interval_it_fires_at_once_again(qtbot: QtBot) -> None:
    throttle = Throttle(INTERVAL_MS)
    fired = count(throttle)
    throttle.trigger()
    other = Throttle(2 * INTERVAL_MS)
    other.trigger()
    with qtbot.waitSignal(other.fired):
        other.trigger()
    assert fired == [1]
    throttle.trigger()
    assert fired == [1, 1]


def test_flush_fires_only_what_is_pending(qtbot: QtBot) -> None:
    throttle = Throttle(60_000)
    fired = count(throttle)
    throttle.flush()
    assert fired == []
    throttle.trigger()
    throttle.flush()
    assert fired == [1]
    throttle.trigger()
    throttle.flush()
    assert fired == [1, 1]


def test_cancel_forgets_what_is_pending_and_the_interval(qtbot: QtBot) -> None:
    throttle = Throttle(60_000)
    fired = count(throttle)
    throttle.trigger()
    throttle.trigger()
    throttle.cancel()
    throttle.flush()
    assert fired == [1]
    throttle.trigger()
    assert fired == [1, 1]
