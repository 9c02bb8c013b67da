from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from desktop_app.ui.work.debounce import Debounce

PAUSE_MS = 30


def count(debounce: Debounce) -> list[int]:
    fired: list[int] = []
    debounce.fired.connect(lambda: fired.append(1))
    return fired


def test_many_triggers_fire_once_after_the_pause(qtbot: QtBot) -> None:
    debounce = Debounce(PAUSE_MS)
    fired = count(debounce)
    with qtbot.waitSignal(debounce.fired):
        for _ in range(20):
            debounce.trigger()
        assert debounce.is_waiting
        assert fired == []
    assert fired == [1]
    assert not debounce.is_waiting


def test_it_can_fire_again(qtbot: QtBot) -> None:
    debounce = Debounce(PAUSE_MS)
    fired = count(debounce)
    for _ in range(2):
        with qtbot.waitSignal(debounce.fired):
            debounce.trigger()
    assert fired == [1, 1]


def test_each_trigger_starts_the_pause_again(qtbot: QtBot) -> None:
    debounce = Debounce(500)
    fired = count(debounce)
    keys = QTimer()
    keys.setInterval(10)
    pressed: list[int] = []
    keys.timeout.connect(lambda: pressed.append(1))
    keys.timeout.connect(debounce.trigger)
    keys.start()
    qtbot.waitUntil(lambda: len(pressed) > 60)  # longer than a pause
    assert fired == []
    keys.stop()
    with qtbot.waitSignal(debounce.fired):
        pass


def test_flush_fires_at_once_and_only_if_something_waits(qtbot: QtBot) -> None:
    debounce = Debounce(60_000)
    fired = count(debounce)
    debounce.flush()
    assert fired == []
    debounce.trigger()
    debounce.flush()
    assert fired == [1]
    debounce.flush()
    assert fired == [1]


def test_cancel_forgets(qtbot: QtBot) -> None:
    debounce = Debounce(PAUSE_MS)
    fired = count(debounce)
    debounce.trigger()
    debounce.cancel()
    later = Debounce(2 * PAUSE_MS)
    with qtbot.waitSignal(later.fired):
        later.trigger()
    assert fired == []


def test_it_goes_with_its_parent(qtbot: QtBot) -> None:
    parent = QObject()
    debounce = Debounce(PAUSE_MS, parent)
    with qtbot.waitSignal(debounce.destroyed):
        parent.deleteLater()
