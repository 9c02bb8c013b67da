"""The drawn house is the one that import-linter keeps."""

from itertools import pairwise
from xml.etree import ElementTree

import pytest

from draw_house import NOTES, OUT, draw
from house_plan import ENGINE, PROGRAM, Door, floors_of, layered_packages, read_contracts

CONTRACTS = read_contracts()


def test_the_drawing_is_up_to_date() -> None:
    assert OUT.read_text("utf-8") == draw(), "Run python docs/scripts/draw_house.py."


def test_every_room_of_every_contract_is_drawn() -> None:
    texts = [each.text for each in ElementTree.fromstring(draw()).iter() if each.text]
    for package in layered_packages(CONTRACTS):
        for floor in floors_of(CONTRACTS, package):
            for room in floor:
                if (package, room.name) != (PROGRAM, "engine"):
                    assert room.name in texts, (package, room.name)


def test_higher_floors_are_drawn_higher() -> None:
    drawn: dict[str, float] = {}
    for each in ElementTree.fromstring(draw()).iter("{http://www.w3.org/2000/svg}text"):
        drawn.setdefault(each.text or "", float(each.attrib["y"]))
    floors = floors_of(CONTRACTS, ENGINE)
    for above, below in pairwise(floors):
        assert max(drawn[room.name] for room in above) < min(drawn[room.name] for room in below)


def test_nothing_is_wider_than_the_drawing() -> None:
    root = ElementTree.fromstring(draw())
    width = float(root.attrib["viewBox"].split()[2])
    for box in root.iter("{http://www.w3.org/2000/svg}rect"):
        assert float(box.attrib["x"]) >= 0
        assert float(box.attrib["x"]) + float(box.attrib["width"]) <= width


def test_doors_are_those_of_the_contracts() -> None:
    doors = {
        room.name: room.doors
        for floor in floors_of(CONTRACTS, ENGINE)
        for room in floor
        if room.doors
    }
    assert set(doors) >= {"model", "store"}
    assert Door("", ("sqlite3",)) in doors["store"]
    assert Door("encoder", ("onnxruntime",)) in doors["model"]


def test_notes_are_of_rooms_that_there_are() -> None:
    rooms = {
        room.name
        for package in layered_packages(CONTRACTS)
        for floor in floors_of(CONTRACTS, package)
        for room in floor
    }
    assert set(NOTES) <= rooms


def test_a_package_without_a_contract_has_no_floors() -> None:
    with pytest.raises(KeyError):
        floors_of(CONTRACTS, "desktop_app.engine.no_such_room")


def test_every_door_is_drawn() -> None:
    texts = [each.text for each in ElementTree.fromstring(draw()).iter() if each.text]
    doors = [
        library
        for floor in floors_of(CONTRACTS, ENGINE)
        for room in floor
        for door in room.doors
        for library in door.libraries
    ]
    assert doors
    for library in doors:
        assert any("→" in text and library in text for text in texts), library
