"""Whoever looks for the place to change finds it by the rooms' names."""

import ast
import re
from pathlib import Path

import desktop_app.ui
from tests.conftest import PROJECT

UI = Path(desktop_app.ui.__file__).parent
ROOMS = {
    file.parent.name: ast.parse(file.read_text(encoding="utf-8"))
    for file in sorted(UI.glob("*/__init__.py"))
}


def test_every_module_is_in_a_room() -> None:
    assert [file.name for file in UI.glob("*.py")] == ["__init__.py"]
    assert {str(file.parent.relative_to(UI)) for file in UI.glob("*/**/*.py")} == set(ROOMS)


def test_rooms_say_in_a_sentence_what_they_are_about_and_import_nothing() -> None:
    for room, tree in ROOMS.items():
        said = ast.get_docstring(tree) or ""
        assert len(tree.body) == 1, room
        assert re.fullmatch(r"[A-Z][^\n]+\.", said), room


def test_the_map_for_contributors_lists_the_rooms() -> None:
    text = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.partition("### The rooms of the window")[2].partition("\n#")[0]
    rows = re.findall(r"^\| `(\w+)/` \| (.+?) \|$", section, flags=re.MULTILINE)
    told = {room: (ast.get_docstring(tree) or "").rstrip(".") for room, tree in ROOMS.items()}
    assert {room: said[:1].upper() + said[1:] for room, said in rows} == told


def test_tests_lie_in_the_room_of_their_module() -> None:
    for test in (PROJECT / "tests" / "ui").rglob("test_*.py"):
        rooms = {file.parent.name for file in UI.rglob(test.name.removeprefix("test_"))}
        assert rooms <= {test.parent.name}, test.name
