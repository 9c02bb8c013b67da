"""What the program can reach from its room; a shell script stands for it."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import app_room
import namespaces
from app_room import Room, RoomError, hidden_folders
from namespaces import find_entrance
from network_trace import trace_command
from project_file import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="rooms are closed on Linux alone")
needs_namespaces = pytest.mark.skipif(
    find_entrance(mounts=True) is None, reason="this system lets nobody make namespaces"
)

PROBE = """#!/bin/sh
echo "place: $0"
echo "variables: $(/usr/bin/env -0 | /usr/bin/tr '\\n\\0' ' \\n' | while IFS='=' read -r name _; do
    case $name in _|PWD|OLDPWD|SHLVL) ;; *) printf '%s ' "$name";; esac
done)"
(: > "${0%/*}/new") 2>/dev/null && echo "wrote beside itself"
(: > "$TMPDIR/new") && echo "wrote into its own folder"
command -v python3 >/dev/null && echo "found a Python"
for folder in "$@"; do [ -n "$(/bin/ls -A "$folder")" ] && echo "saw $folder"; done
while read -r line; do case $line in *:*) echo "interface ${line%%:*}";; esac; done </proc/net/dev
exit 3
"""


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = tmp_path / "built"
    (folder / "inner").mkdir(parents=True)
    (folder / "program").write_text(PROBE)
    (folder / "program").chmod(0o755)
    return folder


@pytest.fixture
def room(built: Path) -> Iterator[Room]:
    with Room(built, is_closed=True) as room:
        yield room


@needs_namespaces
def test_a_closed_room_has_nothing_to_lean_on(room: Room) -> None:
    hidden = hidden_folders(room.work.parent)
    assert ROOT in hidden or any(folder in ROOT.parents for folder in hidden)

    process = room.run("program", *map(str, hidden), timeout_s=60)

    lines = process.stdout.splitlines()
    assert process.returncode == 3, process.stderr
    assert lines[0] == f"place: {room.program}/program"
    assert "Bilder für Zoë & señor Ñandú" in lines[0]
    assert sorted(lines[1].split()[1:]) == ["LANG", "PATH", "TMPDIR"]
    assert lines[2] == "wrote into its own folder"
    # A namespace of its own has a loopback, which is down, and may have tunnels nobody set up.
    assert "interface lo" in lines[3:]
    assert not [line for line in lines[3:] if not line.startswith("interface ")]
    assert not [line for line in lines if line.startswith(("interface e", "interface w"))]


@needs_namespaces
def test_by_sudo_one_gets_in_and_is_oneself_again(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A script stands for sudo: it takes the variables away, and is root only where we are."""
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "sudo").write_text('#!/bin/sh\nshift\nexec /usr/bin/env -i "$@"\n')
    (tools / "sudo").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:{os.environ['PATH']}")
    monkeypatch.setattr(namespaces, "works", lambda command: str(tools) in command[0])
    by_sudo = namespaces.find_entrance(mounts=True)
    if by_sudo is None:
        pytest.skip("setpriv is missing")
    if os.getuid() != 0:
        pytest.skip("only root can be without a real sudo")

    with Room(built, is_closed=True) as room:
        process = room.run("program", timeout_s=60)

    assert by_sudo.enter[:2] == (str(tools / "sudo"), "-n")
    assert process.returncode == 3, process.stderr
    assert sorted(process.stdout.splitlines()[1].split()[1:]) == ["LANG", "PATH", "TMPDIR"]


@needs_namespaces
@pytest.mark.skipif(trace_command(Path("/dev/null")) is None, reason="strace is missing")
def test_a_network_call_is_seen(room: Room, built: Path) -> None:
    python = Path("/usr/bin/python3")
    if not python.exists():
        pytest.skip("no Python outside of what is hidden")
    (built / "program").write_text(
        f"#!{python}\nimport socket\nsocket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
    )

    assert room.run("program", timeout_s=60).returncode == 0
    with pytest.raises(RoomError, match=r"program reached for a network: .*AF_INET"):
        room.run("program", timeout_s=60, watch=True)


def test_an_open_room_is_a_copy_with_a_bare_environment(built: Path) -> None:
    with Room(built, is_closed=False) as room:
        process = room.run("program", timeout_s=60)
        folder = room.work.parent
        variables = process.stdout.splitlines()[1].split()[1:]
        assert sorted(variables) == ["LANG", "PATH", "TMPDIR"]
        assert not room.is_closed
        assert "OPEN" in room.words
    assert not folder.exists()


def test_where_no_room_can_be_closed_it_says_what_to_do(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app_room, "find_entrance", lambda mounts: None)

    with pytest.raises(RoomError, match="say --open-room"):
        Room(built, is_closed=True)


def test_what_does_not_end_is_ended(built: Path) -> None:
    (built / "program").write_text(f"#!/bin/sh\nexec {shutil.which('sleep')} 60\n")

    with Room(built, is_closed=False) as room, pytest.raises(RoomError, match="did not end"):
        room.run("program", timeout_s=0.2)
