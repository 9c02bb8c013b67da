"""Draws the house: which folder or module may import which.

python docs/scripts/draw_house.py

Writes ``docs/images/house.svg``. Everything in it but the notes comes from the contracts.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from house_plan import ENGINE, PROGRAM, ROOT, WINDOW, Floors, Room, floors_of, layered_packages
from house_plan import read_contracts as contracts_of_the_project

OUT = ROOT / "docs" / "images" / "house.svg"

NOTES = {
    "main": "puts everything together",
    "ui": "the window, with Qt",
    "commands": "the terminal",
    "library": "the façade: all that the window and the commands hold",
    "indexing": "from folders to searchable pictures",
    "search": "from a query to ranked hits",
    "files": "from a path to pixels",
    "model": "from pixels or words to a vector",
    "store": "where things are kept",
    "records": "what crosses the border",
    "query_language": "what can be typed",
    "file_actions": "rename, move, throw away",
    "resources": "icons, words, the model",
}
"""What a room is for, where its name does not say it."""

WINDOW_NOTES = {
    "start": "from a double click to a window",
    "window": "puts the parts together",
    "files": "rename, move, copy, export",
    "settings": "group by group",
    "help": "keys, updates, a report",
    "sidebar": "folders, searches, tags",
    "welcome": "while there are no pictures",
    "folders": "what is followed",
    "inspector": "what is known of a picture",
    "models": "here, and to be had",
    "viewer": "one picture, large",
    "grid": "the pictures found",
    "search": "what is asked for",
    "library": "opened, indexed, looked after",
    "memory": "from one start to the next",
    "messages": "notices, jobs, problems",
    "commands": "what can be done",
    "pictures": "from bytes to images",
    "system": "file manager, other programs",
    "kit": "widgets for anything",
    "work": "beside the window's thread",
    "words": "in the user's language",
}
"""Those of the window: some are called like one of the engine."""

WIDTH = 960
EDGE, GAP, INSIDE = 28, 8, 20
FLOOR_GAP = 18
CHIP_HEIGHT, DOOR_HEIGHT = 30, 21
LETTER = 7.3
"""Pixels that a letter of 13 px takes at most, of a proportional font."""

SMALL_LETTER = 6.1
MOST_GROWTH = 60
"""By which a room without a note may become wider than it needs."""

COLUMNS = 2
"""Folders whose insides are drawn side by side."""

STYLE = """
.card{fill:#fbfbfc;stroke:#dcdce0}
.engine{fill:#eef3fd;stroke:#b9cdf5}
.chip{fill:#ffffff;stroke:#d3d3d8}
.folder{fill:#2f6fed;stroke:none}
.door{fill:#ffffff;fill-opacity:.18}
text{font:13px system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;fill:#1c1c1e}
.small{font-size:11.5px}
.faint{fill:#6b6b70}
.title{font-weight:600;fill:#2f5fc4}
.on{fill:#ffffff}
.name{font-weight:600}
.arrow{fill:none;stroke:#8f9bb3;stroke-width:1.6}
@media (prefers-color-scheme:dark){
.card{fill:#1b1b1d;stroke:#3a3a3e}
.engine{fill:#1c2536;stroke:#344a75}
.chip{fill:#2a2a2e;stroke:#444449}
.folder{fill:#2b5fc9}
text{fill:#f2f2f4}
.faint{fill:#a0a0a6}
.title{fill:#9dbcff}
.on{fill:#ffffff}
}
"""


@dataclass
class Sheet:
    """What has been drawn so far; positions are pixels from the upper left.

    Attributes:
        parts: SVG elements.
    """

    parts: list[str] = field(default_factory=list)

    def box(self, style: str, x: float, y: float, width: float, height: float, r: int = 7) -> None:
        """Draw a rectangle with round corners."""
        self.parts.append(
            f'<rect class="{style}" x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" '
            f'height="{height:.0f}" rx="{r}"/>'
        )

    def text(self, style: str, x: float, y: float, said: str, anchor: str = "start") -> None:
        """Write a line; ``y`` is where the letters stand."""
        self.parts.append(
            f'<text class="{style}" x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">'
            f"{escape(said)}</text>"
        )

    def arrow(self, x: float, y: float) -> None:
        """Draw a small arrow down, in the gap between two floors."""
        self.parts.append(f'<path class="arrow" d="M{x:.0f} {y:.0f}v9m-4 -4l4 4l4 -4"/>')


def note_of(room: Room) -> str:
    """What is written below the name of a room; empty where the name says it all."""
    return (WINDOW_NOTES if room.package == WINDOW else NOTES).get(room.name, "")


def width_of(room: Room) -> float:
    """How wide a room has to be for all that is written in it."""
    lines = [len(room.name) * LETTER, len(note_of(room)) * SMALL_LETTER]
    lines += [len(_door_text(door.module, door.libraries)) * SMALL_LETTER for door in room.doors]
    return max(lines) + (32 if room.is_folder else 24)


def height_of(room: Room) -> float:
    """How high it has to be."""
    if not note_of(room) and not room.is_folder:
        return CHIP_HEIGHT
    doors = len(room.doors) * (DOOR_HEIGHT + 4)
    return _door_top(room) + doors + 6 if doors else 48


def _door_top(room: Room) -> int:
    """How far below its upper edge the first door of a room is."""
    return 48 if room.name in NOTES else 32


def in_lines(rooms: Sequence[Room], width: float) -> list[Sequence[Room]]:
    """Break the rooms of a floor into lines that are no wider than the house, evenly filled."""
    for count in range(1, len(rooms)):
        each = -(-len(rooms) // count)
        lines = [rooms[at : at + each] for at in range(0, len(rooms), each)]
        if all(sum(map(width_of, line)) + GAP * (len(line) - 1) <= width for line in lines):
            return lines
    return [[room] for room in rooms]


def draw_floors(sheet: Sheet, floors: Floors, x: float, y: float, width: float) -> float:
    """Draw floors below one another.

    Returns:
        Where the last one ends.
    """
    for number, floor in enumerate(floors):
        if number:
            sheet.arrow(x + width / 2, y + 4)
            y += FLOOR_GAP
        for at, line in enumerate(in_lines(floor, width)):
            y = _draw_line(sheet, line, x, y + (GAP if at else 0), width)
    return y


def _draw_line(sheet: Sheet, line: Sequence[Room], x: float, y: float, width: float) -> float:
    """Draw rooms side by side: large ones fill the house, small ones stand in its middle."""
    left = width - sum(map(width_of, line)) - GAP * (len(line) - 1)
    height = max(map(height_of, line))
    large = [room for room in line if height_of(room) > CHIP_HEIGHT]
    grows = large or list(line)
    growth = left / len(grows) if large else min(left / len(grows), MOST_GROWTH)
    x += (left - growth * len(grows)) / 2
    for room in line:
        own = width_of(room) + (growth if room in grows else 0)
        _draw_room(sheet, room, x, y, own, height)
        x += own + GAP
    return y + height


def _draw_room(sheet: Sheet, room: Room, x: float, y: float, width: float, height: float) -> None:
    on = " on" if room.is_folder else ""
    sheet.box("folder" if room.is_folder else "chip", x, y, width, height)
    middle, note = x + width / 2, note_of(room)
    if not note and not room.doors:
        style = f"name{on}" if room.is_folder else ""
        sheet.text(style, middle, y + height / 2 + 4.5, room.name, "middle")
        return
    sheet.text(f"name{on}", middle, y + 20, room.name, "middle")
    if note:
        sheet.text(f"small{on or ' faint'}", middle, y + 37, note, "middle")
    top = y + _door_top(room)
    for door in room.doors:
        said = _door_text(door.module, door.libraries)
        own = len(said) * SMALL_LETTER + 16
        sheet.box("door", middle - own / 2, top, own, DOOR_HEIGHT, DOOR_HEIGHT // 2)
        sheet.text("small on", middle, top + 15, said, "middle")
        top += DOOR_HEIGHT + 4


def _door_text(module: str, libraries: Sequence[str]) -> str:
    names = ", ".join(libraries)
    return f"{module} → {names}" if module else f"→ {names}"


def draw() -> str:
    """Draw the house.

    Returns:
        An SVG document.
    """
    contracts = contracts_of_the_project()
    sheet, inner = Sheet(), WIDTH - 2 * EDGE
    y = 74.0
    sheet.text("name", WIDTH / 2, 34, "Imports point down, floor by floor.", "middle")
    explained = (
        "What stands side by side does not know each other. Blue: folders. →: imported there alone."
    )
    sheet.text("small faint", WIDTH / 2, 53, explained, "middle")
    program = floors_of(contracts, PROGRAM)
    at = next(place for place, floor in enumerate(program) if floor[0].name == "engine")
    y = draw_floors(sheet, program[:at], EDGE, y, inner)
    sheet.arrow(WIDTH / 2, y + 4)
    y += FLOOR_GAP
    top, place = y, len(sheet.parts)
    sheet.text("title", EDGE + INSIDE, y + 25, "engine")
    sheet.text(
        "small faint", EDGE + INSIDE + 54, y + 25, "everything that is not a window; never Qt"
    )
    y = draw_floors(sheet, floors_of(contracts, ENGINE), EDGE + INSIDE, y + 40, inner - 2 * INSIDE)
    y += INSIDE
    frame = Sheet()
    frame.box("engine", EDGE, top, inner, y - top, 12)
    sheet.parts[place:place] = frame.parts
    sheet.arrow(WIDTH / 2, y + 4)
    y = draw_floors(sheet, program[at + 1 :], EDGE, y + FLOOR_GAP, inner)
    y += 44
    sheet.text("title", WIDTH / 2, y, "inside ui", "middle")
    y = draw_floors(sheet, floors_of(contracts, WINDOW), EDGE, y + 14, inner)
    y = _draw_insides(sheet, contracts, y + 44, inner)
    height = y + EDGE
    back = Sheet()
    back.box("card", 0.5, 0.5, WIDTH - 1, height - 1, 14)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" '
            f'role="img" aria-label="Which folder or module may import which">',
            f"<style>{STYLE}</style>",
            *back.parts,
            *sheet.parts,
            "</svg>\n",
        ]
    )


def _draw_insides(
    sheet: Sheet, contracts: Sequence[dict[str, object]], y: float, width: float
) -> float:
    """Draw the floors inside single folders of the engine, side by side."""
    inside = [name for name in layered_packages(contracts) if name not in (PROGRAM, ENGINE, WINDOW)]
    own = (width - GAP * 3 * (COLUMNS - 1)) / COLUMNS
    end = y
    for number, package in enumerate(inside):
        column = number % COLUMNS
        if number and not column:
            y = end + 44
        x = EDGE + column * (own + 3 * GAP)
        sheet.text("title", x + own / 2, y, f"inside {package.rpartition('.')[2]}", "middle")
        end = max(end, draw_floors(sheet, floors_of(contracts, package), x, y + 14, own))
    return end


def main() -> int:
    """Write the drawing."""
    OUT.write_text(draw(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
