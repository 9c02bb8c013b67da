"""An empty place to run the built program in: nothing of this computer that it could lean on.

Where Linux lets us make namespaces, the program sees itself in a folder that cannot be written,
with spaces and accents in its path; no network, not even a loopback; no home; nothing of the
checkout, of its Python or its packages. Its environment has three variables.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from namespaces import find_entrance
from network_trace import connections, trace_command
from project_file import ROOT

PLACE = "Bilder für Zoë & señor Ñandú"
"""Name of a folder as people make them."""

# $1 is `mount`, $2 the program as it was built, $3 where it shall be seen; what follows up to -- is
# hidden.
_FURNISH = """
set -e
mount=$1 built=$2 seen=$3
shift 3
"$mount" --bind "$built" "$seen"
"$mount" -o remount,bind,ro,nosuid,nodev "$seen"
while [ "$1" != -- ]; do "$mount" -t tmpfs -o size=64k,mode=755 none "$1"; shift; done
shift
exec "$@"
"""


class RoomError(Exception):
    """The room is not as it has to be, or what ran in it did not behave; a sentence."""


class Room:
    """The place, for as long as it is needed.

    Args:
        built: The folder of the built program.
        is_closed: Whether to insist on namespaces. Without, the program runs from a copy, the
            network is open, and only the environment is bare.

    Attributes:
        program: The program's folder as those in the room see it.
        work: A folder that they can write, for a library and pictures.

    Raises:
        RoomError: If namespaces are wanted and cannot be had here.
    """

    def __init__(self, built: Path, *, is_closed: bool) -> None:
        self._built = built
        self._entrance = find_entrance(mounts=True) if is_closed else None
        if is_closed and self._entrance is None:
            raise RoomError(
                "The program cannot be shut off from network and home here: unshare --mount --net "
                "works neither as root, nor with --map-root-user, nor by sudo. Run where it does, "
                "or say --open-room to check it with both open."
            )
        self._folder = Path(tempfile.mkdtemp(prefix="room-"))
        self.program = self._folder / PLACE / built.name
        self.work = self._folder / "work"
        self.work.mkdir()
        self._traces = 0

    def __enter__(self) -> Self:
        """Make it ready."""
        if self._entrance is None:
            shutil.copytree(self._built, self.program, symlinks=True, copy_function=_link)
        else:
            self.program.mkdir(parents=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take it away."""
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def is_closed(self) -> bool:
        """Whether nothing of this computer can be reached from it."""
        return self._entrance is not None

    @property
    def words(self) -> str:
        """What the room is like, for people."""
        if self._entrance is None:
            return "AN OPEN ROOM, with network and home: it is not proven that it needs neither"
        return "a closed room: no network, no home, no Python, read-only"

    def command(
        self,
        name: str,
        *arguments: str,
        environment: Mapping[str, str],
        trace: Path | None = None,
    ) -> list[str]:
        """The command line that runs one of the programs in here.

        Args:
            name: Of the executable.
            arguments: What follows it.
            environment: All variables it gets.
            trace: Where to write network calls, or None.

        Raises:
            RoomError: If they shall be written and cannot be.
        """
        watch = trace_command(trace) if trace else []
        if watch is None:
            raise RoomError("Network calls cannot be watched here: strace is missing.")
        run = [*watch, str(self.program / name), *arguments]
        if self._entrance is None:
            return run
        tools = [shutil.which(tool) or tool for tool in ("sh", "mount")]
        furnish = [tools[0], "-c", _FURNISH, "room", tools[1], str(self._built), str(self.program)]
        furnish += [*map(str, hidden_folders(self._folder)), "--"]
        return self._entrance.command(run, environment, furnish)

    def environment(self, **more: str) -> dict[str, str]:
        """All variables that a program in here gets.

        Args:
            more: Further ones, such as the display.
        """
        bare = {"LANG": "C.UTF-8", "TMPDIR": str(self.work), "PATH": str(self.work / "nothing")}
        if sys.platform == "win32":
            kept = ("SYSTEMROOT", "WINDIR", "COMSPEC", "PATH")
            bare |= {name: os.environ[name] for name in kept if name in os.environ}
            bare |= {name: str(self.work) for name in ("TEMP", "TMP", "APPDATA", "LOCALAPPDATA")}
        return bare | more

    def run(
        self, name: str, *arguments: str, timeout_s: float, watch: bool = False
    ) -> "subprocess.CompletedProcess[str]":
        """Run one of the programs to its end.

        Args:
            name: Of the executable.
            arguments: What follows it.
            timeout_s: How long it may take.
            watch: Whether to look at its network calls, too.

        Returns:
            Its exit code and what it printed.

        Raises:
            RoomError: If it takes too long, or reached for a network.
        """
        self._traces += 1
        trace = self._folder / f"trace-{self._traces}" if watch else None
        environment = self.environment()
        try:
            process = subprocess.run(
                self.command(name, *arguments, environment=environment, trace=trace),
                env=environment,
                cwd=self.work,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                encoding="utf-8",
                errors="replace",
                timeout=timeout_s,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise RoomError(f"{name} did not end within {timeout_s:.0f} s.") from error
        if trace is not None:
            reached = connections(trace.read_text("utf-8", errors="replace"))
            if reached:
                raise RoomError(f"{name} reached for a network: {reached[0]}")
        return process


def hidden_folders(room: Path) -> list[Path]:
    """What the program must not see: homes, the checkout, this Python and its packages.

    Args:
        room: The folder of the room; what it lies in stays.
    """
    wanted = [Path.home(), Path("/home"), Path("/root"), ROOT, Path(sys.prefix)]
    if Path(sys.base_prefix) not in (Path("/usr"), Path("/")):
        wanted.append(Path(sys.base_prefix))
    hidden: list[Path] = []
    for folder in wanted:
        is_around = folder == room or folder in room.parents
        is_inside = any(folder == each or each in folder.parents for each in hidden)
        if folder.is_dir() and not is_around and not is_inside:
            hidden.append(folder)
    return hidden


def _link(source: str, target: str) -> str:
    """Take a file along without copying it, where the disk is the same."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)
    return target
