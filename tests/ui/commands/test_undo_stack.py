from functools import partial

from pytestqt.qtbot import QtBot

from desktop_app.ui.commands.undo_stack import DEPTH, UndoStack


def test_the_newest_is_taken_back_first(qtbot: QtBot) -> None:
    stack, undone = UndoStack(), list[str]()
    stack.push("Rename", lambda: undone.append("rename"))
    with qtbot.waitSignal(stack.changed):
        stack.push("Rate", lambda: undone.append("rate"))
    assert stack.text == "Rate"
    stack.undo()
    assert stack.text == "Rename"
    stack.undo()
    stack.undo()
    assert (undone, stack.text) == (["rate", "rename"], "")


def test_very_old_things_are_forgotten() -> None:
    stack, undone = UndoStack(), list[int]()
    for number in range(DEPTH + 5):
        stack.push(str(number), partial(undone.append, number))
    for _ in range(DEPTH + 5):
        stack.undo()
    assert undone[-1] == 5


def test_a_button_takes_back_what_it_is_about_and_only_once() -> None:
    stack, undone = UndoStack(), list[str]()
    older = stack.push("Rename", lambda: undone.append("rename"))
    stack.push("Rename", lambda: undone.append("rate"))
    stack.take_back(older)
    stack.take_back(older)
    assert undone == ["rename"]
    stack.undo()
    stack.take_back(older)
    assert undone == ["rename", "rate"]
