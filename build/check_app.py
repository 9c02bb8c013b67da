"""Check the built program as a user's computer would meet it: ``python build/check_app.py``.

Looks for what must not be inside and for what must; then uses the program where it has nothing to
lean on: no Python, no home, no network, a folder that cannot be written. Its window is opened on a
screen of Xvfb. Every network call is written down on the way.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from app_accounts import account_complaints
from app_contents import forbidden_files, forbidden_modules, missing_window_parts, packed_modules
from app_room import Room, RoomError
from app_use import draw_pictures, run_self_test, use_commands
from app_window import FIRST_WINDOW_LIMIT_S, open_window, screen
from build_traces import telling_paths, traces_in
from project_file import BUILT_FOLDER, FOLDER_LIMIT_MB, read_project, size_mb

WINDOW, TERMINAL = "ImageSeeker", "image-seeker"
PROGRAMS = (WINDOW, TERMINAL)
CAN_CLOSE = sys.platform.startswith("linux")
"""Whether this system knows namespaces and Xvfb at all."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Check a built program.

    Args:
        arguments: The command line without the script's name; None takes the process's own.

    Returns:
        Exit code: 0 where all is well, 1 where a complaint was printed.
    """
    parser = argparse.ArgumentParser("check_app.py", description=main.__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=BUILT_FOLDER, metavar="FOLDER")
    parser.add_argument(
        "--open-room",
        action="store_true",
        help="run it with network and home where Linux does not let them be taken away",
    )
    parser.add_argument(
        "--without-screen", action="store_true", help="do not open the window where Xvfb is missing"
    )
    options = parser.parse_args(arguments)
    folder: Path = options.folder.resolve()
    if not folder.is_dir():
        print(f"{folder} is not there: run python build/make_app.py first.", file=sys.stderr)
        return 1
    complaints = check_contents(folder) + account_complaints(folder)
    missing = [name for name in PROGRAMS if not (folder / executable(name)).is_file()]
    complaints += [f"{name} is missing." for name in missing]
    if not missing:
        complaints += check_packed(folder)
        try:
            complaints += check_use(
                folder,
                is_closed=CAN_CLOSE and not options.open_room,
                needs_screen=CAN_CLOSE and not options.without_screen,
            )
        except RoomError as error:
            complaints.append(str(error))
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return 1 if complaints else 0


def executable(name: str) -> str:
    """A program's file on this system."""
    return name + (".exe" if os.name == "nt" else "")


def check_contents(folder: Path, limit_mb: float = FOLDER_LIMIT_MB) -> list[str]:
    """Look at the files of the built program.

    Args:
        folder: The built program.
        limit_mb: The size it may have.

    Returns:
        A sentence for each thing that is wrong.
    """
    size = size_mb(folder)
    print(f"{folder.name}: {size:.0f} MB (limit {limit_mb:.0f} MB)")
    complaints = [f"{path} must not be in the program." for path in forbidden_files(folder)]
    complaints += [
        f"{name} is missing, without it no window." for name in missing_window_parts(folder)
    ]
    if size > limit_mb:
        complaints.append(f"The program takes {size:.0f} MB; the limit is {limit_mb:.0f} MB.")
    return complaints


def check_packed(folder: Path) -> list[str]:
    """Look at what is packed into the executables, and everywhere for this computer's folders.

    Args:
        folder: The built program.

    Returns:
        A sentence for each thing that is wrong.
    """
    complaints = []
    packed = []
    for name in PROGRAMS:
        try:
            modules = list(packed_modules(folder / executable(name)))
        except ValueError as error:
            complaints.append(f"{name}: {error}")
            continue
        found = forbidden_modules(module for module, _ in modules)
        complaints += [f"{name}: the module {module} must not be inside." for module in found]
        packed += [(f"{name}: {module}", code) for module, code in modules]
    return complaints + traces_in(folder, telling_paths(), packed)


def check_use(folder: Path, *, is_closed: bool, needs_screen: bool) -> list[str]:
    """Use the program where it has nothing to lean on.

    Args:
        folder: The built program.
        is_closed: Whether it has to be shut off from network and home.
        needs_screen: Whether it is a fault if there is no screen to open the window on.

    Returns:
        A sentence for each thing that is wrong.

    Raises:
        RoomError: If it cannot be shut off.
    """
    with Room(folder, is_closed=is_closed) as room:
        print(f"it runs in {room.words}")
        complaints = []
        for name in PROGRAMS:
            complaints += check_self_test(room, executable(name))
        pictures, library = room.work / "Fotos d'été", room.work / "library"
        draw_pictures(pictures)
        complaints += use_commands(room, executable(TERMINAL), pictures, library)
        if not complaints:
            complaints += check_window(room, executable(WINDOW), library, is_needed=needs_screen)
    if is_closed and not complaints:
        print("no socket but local ones, in all of it")
    return complaints


def check_self_test(room: Room, program: str) -> list[str]:
    """Run a program's self-test, and look at what it says of itself.

    Args:
        room: Where.
        program: Name of the executable.

    Returns:
        A sentence for each thing that is wrong.
    """
    try:
        result, seconds = run_self_test(room, program, watch=room.is_closed)
    except RoomError as error:
        return [f"{program}: {error}"]
    print(f"{program}: self-test took {seconds:.1f} s")
    complaints = [f"{program}: {failure}" for failure in result.failures]
    loaded = forbidden_modules(result.modules)
    complaints += [f"{program}: the module {module} must not be loaded." for module in loaded]
    version = read_project().version
    if result.version != version:
        complaints.append(f"{program} says it is version {result.version}; it should be {version}.")
    if not result.frozen:
        complaints.append(f"{program} does not know that it is a built program.")
    return complaints


def check_window(room: Room, program: str, library: Path, *, is_needed: bool) -> list[str]:
    """Open the window three times: watched, and twice to take the time.

    Args:
        room: Where.
        program: Name of the executable.
        library: What it opens on.
        is_needed: Whether it is a fault if there is no screen.

    Returns:
        A sentence for each thing that is wrong.
    """
    with screen() as display:
        if display is None:
            print("the window was not opened on a screen: Xvfb is missing")
            return ["Install Xvfb, or say --without-screen."] if is_needed else []
        try:
            open_window(room, program, library, display, watch=room.is_closed)
            openings = [open_window(room, program, library, display) for _ in range(2)]
        except (RoomError, OSError) as error:
            return [str(error)]
    best = min(openings, key=lambda opening: opening.seconds)
    # Printed, not judged: what else this computer does at the time counts in.
    print(f"first window after {best.seconds:.2f} s (limit {FIRST_WINDOW_LIMIT_S} s)", end=", ")
    print(f"{best.size_px[0]} by {best.size_px[1]} px")
    return []


if __name__ == "__main__":
    sys.exit(main())
