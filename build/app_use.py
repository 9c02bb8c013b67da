"""What the check does with the built program: the main job, by its commands and its self-test."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from PIL import Image, ImageDraw

from app_room import Room, RoomError

TIME_LIMIT_S = 300.0
DRAWN = {"ein rotes Haus": (205, 30, 30), "ñandú verde": (30, 160, 50), "été bleu": (30, 60, 200)}
"""Names of the pictures that are drawn, and the colour of what is on them."""

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


@dataclass(frozen=True, slots=True)
class SelfTest:
    """What a program's self-test told.

    Attributes:
        version: The program's own version.
        frozen: Whether it knows that it is a built program.
        failures: The failed steps, each with its detail.
        modules: Top-level modules it had loaded.
    """

    version: str
    frozen: bool
    failures: list[str]
    modules: list[str]


def run_self_test(room: Room, program: str, *, watch: bool) -> tuple[SelfTest, float]:
    """Run a program's self-test.

    Args:
        room: Where.
        program: Name of the executable.
        watch: Whether to look at its network calls, too.

    Returns:
        What it told, and how many seconds it took.

    Raises:
        RoomError: If it told nothing that can be understood, or reached for a network.
    """
    start = time.perf_counter()
    process = room.run(program, "--self-test", "--json", timeout_s=TIME_LIMIT_S, watch=watch)
    seconds = time.perf_counter() - start
    return parse_self_test(process.stdout, process.stderr, process.returncode), seconds


def parse_self_test(output: str, errors: str, code: int) -> SelfTest:
    """Read what ``--self-test --json`` printed.

    Args:
        output: Its standard output: one JSON object.
        errors: Its standard error, quoted where the output says nothing.
        code: Its exit code.

    Raises:
        RoomError: If the output is not what a self-test prints.
    """
    try:
        report: Json = json.loads(output)
    except ValueError as error:
        raise RoomError(f"no report, exit code {code}, {last_words(errors)}") from error
    match report:
        case {
            "ok": bool(ok),
            "version": str(version),
            "frozen": bool(frozen),
            "steps": [_, *_] as steps,
            "modules": [*modules],
        }:
            failures = [failure for step in steps if (failure := _failure_of(step))]
        case _:
            raise RoomError(f"its report is not understood: {output[:200]}")
    if not failures and (code or not ok):
        failures = [f"the self-test failed with exit code {code}, but all its steps passed."]
    return SelfTest(version, frozen, failures, [str(module) for module in modules])


def _failure_of(step: Json) -> str | None:
    match step:
        case {"name": str(), "ok": True}:
            return None
        case {"name": str(name), "detail": str(detail)}:
            return f"the step {name} failed: {detail}"
        case _:
            return f"a step is not understood: {step}"


def last_words(errors: str) -> str:
    """The end of what a program said on standard error."""
    return f"last words: {' | '.join(errors.strip().splitlines()[-3:])}"


def draw_pictures(folder: Path) -> None:
    """Draw the pictures that are looked for, and a file that is none.

    Args:
        folder: Where; it is made.
    """
    folder.mkdir(parents=True)
    for name, rgb in DRAWN.items():
        image = Image.new("RGB", (640, 480), (240, 240, 240))
        ImageDraw.Draw(image).ellipse((120, 60, 520, 420), fill=rgb)
        image.save(folder / f"{name}.jpg")
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff broken")


def use_commands(room: Room, program: str, pictures: Path, library: Path) -> list[str]:
    """Index, search by words and by a picture, ask for the status, export.

    Args:
        room: Where.
        program: Name of the executable that has a terminal.
        pictures: The pictures drawn, which have to stay as they are.
        library: Where the library shall be.

    Returns:
        A sentence for each thing that is wrong.
    """
    before = {path.name: path.read_bytes() for path in pictures.iterdir()}
    complaints: list[str] = []

    def run(*arguments: str) -> Json:
        command = [*arguments, "--data-dir", str(library)]
        process = room.run(program, *command, timeout_s=TIME_LIMIT_S, watch=room.is_closed)
        if process.returncode:
            end = last_words(process.stderr)
            raise RoomError(f"{arguments[0]} ended with {process.returncode}, {end}")
        found: Json = json.loads(process.stdout)
        return found

    try:
        match run("index", str(pictures), "--json"):
            case {"added": 3, "failed": [{"path": str()}]}:
                pass
            case other:
                complaints.append(f"index did not add 3 pictures and refuse one: {other}")
        if (count := _count(run("search", "a", "red", "ball", "--json"))) != len(DRAWN):
            complaints.append(f"search by words found {count} pictures.")
        for name in DRAWN:
            hits = run("search", "--image", str(pictures / f"{name}.jpg"), "--limit", "1", "--json")
            match hits:
                case [{"path": str(path)}] if Path(path).stem == name:
                    pass
                case other:
                    complaints.append(f"search by the picture {name} found {other}")
        match run("status", "--json"):
            case {"pictures": 3}:
                pass
            case other:
                complaints.append(f"status does not say 3 pictures: {other}")
        run("export", str(room.work / "pictures.csv"), "--json")
        if "rotes Haus" not in (room.work / "pictures.csv").read_text("utf-8-sig"):
            complaints.append("export wrote a table without the pictures.")
    except (RoomError, ValueError, OSError) as error:
        complaints.append(f"{error}")
    if {path.name: path.read_bytes() for path in pictures.iterdir()} != before:
        complaints.append("The folder of pictures was changed.")
    return [f"{program}: {complaint}" for complaint in complaints]


def _count(hits: Json) -> int:
    return len(hits) if isinstance(hits, Sequence) else -1
