from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.ui.commands import undo_stack
from desktop_app.ui.commands.undo_stack import DEPTH, UndoLog, UndoStack


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


def test_what_holds_much_makes_the_oldest_be_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo_stack, "MOST_BYTES", 100)
    stack, undone = UndoStack(), list[str]()
    stack.serve("files", undone.append)
    for name, held_bytes in (("a", 60), ("b", 0), ("c", 40), ("d", 10), ("e", 50)):
        stack.push_change(name, "files", name, held_bytes)
    for _ in range(5):
        stack.undo()
    assert undone == ["e", "d", "c", "b"]
    stack.push("f", partial(undone.append, "f"))
    stack.push_change("g", "files", "g", 500)  # the newest can always be taken back
    stack.undo()
    assert (undone[-1], stack.text) == ("g", "")


def test_a_change_of_the_library_is_taken_back_in_any_window_and_a_search_in_its_own() -> None:
    log, undone = UndoLog(), list[tuple[str, object]]()
    one, two = UndoStack(log), UndoStack(log)
    for name, stack in (("one", one), ("two", two)):
        stack.serve("label", lambda what, name=name: undone.append((name, what)))  # type: ignore[misc]
    one.push_change("Rate", "label", 5)
    one.push("Search change", lambda: undone.append(("one", "search")))
    assert (one.text, two.text) == ("Search change", "Rate")
    two.undo()
    two.undo()
    assert undone == [("two", 5)]
    one.close()
    assert one.text == two.text == ""
