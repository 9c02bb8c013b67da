from pytestqt.qtbot import QtBot

from desktop_app.ui.pictures import average_colours
from desktop_app.ui.pictures.average_colours import AverageColours


def test_each_is_asked_for_once(qtbot: QtBot) -> None:
    colours = AverageColours()
    asked: list[list[int]] = []
    colours.wanted.connect(asked.append)
    colours.want([1, 2])
    colours.want([2, 3])
    assert asked == [[1, 2], [3]]
    with qtbot.waitSignal(colours.arrived) as arrived:
        colours.add({1: 0x336699})
    assert arrived.args == [[1]]
    assert (colours.of(1), colours.of(2), colours.of(9)) == (0x336699, None, None)
    colours.want([1, 2, 3])
    assert len(asked) == 2


def test_after_forgetting_they_are_asked_for_again() -> None:
    colours = AverageColours()
    asked: list[list[int]] = []
    colours.wanted.connect(asked.append)
    colours.want([1])
    colours.add({1: 5})
    colours.forget()
    assert colours.of(1) is None
    colours.want([1])
    assert asked == [[1], [1]]


def test_the_oldest_are_dropped() -> None:
    colours = AverageColours()
    most = average_colours.MOST_KEPT
    colours.add({each: each for each in range(most + 10)})
    assert colours.of(9) is None
    assert colours.of(10) == 10
    assert colours.of(most + 9) == most + 9
