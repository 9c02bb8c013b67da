"""Watches whether a program reaches beyond this computer, by the system calls it makes."""

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

LOCAL_FAMILIES = frozenset({"AF_UNIX", "AF_LOCAL", "AF_NETLINK", "AF_UNSPEC"})
"""Sockets that end on this computer: to its other programs, and to its own kernel."""

_SOCKET = re.compile(r"\bsocket\(([A-Z_0-9a-z]+)")
_ADDRESS = re.compile(r"\bsa_family=([A-Z_0-9a-z]+)")


def trace_command(trace: Path) -> list[str] | None:
    """What to put before a command so that its network calls are written down.

    Args:
        trace: Where to.

    Returns:
        None where there is no strace, or none that may watch here.
    """
    strace = shutil.which("strace")
    if strace is None:
        return None
    command = [strace, "-f", "--seccomp-bpf", "-qq", "-e", "trace=network", "-o", str(trace)]
    return command if works([*command, shutil.which("true") or "true"]) else None


def works(command: Sequence[str]) -> bool:
    """Whether a command ends well here.

    Args:
        command: What to run, without side effects.
    """
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def connections(trace: str) -> list[str]:
    """The lines of a trace in which a program reached for more than this computer.

    Args:
        trace: What strace wrote.
    """
    return [
        line
        for line in trace.splitlines()
        if any(
            family not in LOCAL_FAMILIES
            for pattern in (_SOCKET, _ADDRESS)
            for family in pattern.findall(line)
        )
    ]
