"""Finds a way to run something apart from this computer's network and mounts, on Linux."""

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from network_trace import works


@dataclass(frozen=True, slots=True)
class Entrance:
    """How one gets into namespaces of one's own.

    Attributes:
        enter: What to put before a command that is to run inside, with all rights there.
        leave: What to put before one that is to run inside as the user who asked.
    """

    enter: tuple[str, ...]
    leave: tuple[str, ...] = ()

    def command(
        self, run: Sequence[str], environment: Mapping[str, str], furnish: Sequence[str] = ()
    ) -> list[str]:
        """The command line that runs something inside.

        Args:
            run: What to run.
            environment: All variables it gets; sudo would keep some back.
            furnish: What runs before it, with all rights, and ends by running what follows it.
        """
        variables = [f"{name}={value}" for name, value in environment.items()]
        clean = [shutil.which("env") or "env", "-i", *variables]
        return [*self.enter, *furnish, *self.leave, *clean, *run]


def find_entrance(*, mounts: bool) -> Entrance | None:
    """Find a way in: as root, as root of a user namespace, or by sudo without a password.

    Args:
        mounts: Whether mounts are to be apart, too, and may be made inside.

    Returns:
        None where this system lets nobody do that.
    """
    unshare, mount, true = (shutil.which(tool) for tool in ("unshare", "mount", "true"))
    if unshare is None or mount is None or true is None:
        return None
    parts = ["--net", *(["--mount"] if mounts else [])]
    trial = [mount, "-t", "tmpfs", "none", tempfile.gettempdir()] if mounts else [true]
    for entrance in _entrances(unshare, parts):
        if works([*entrance.enter, *trial]) and works([*entrance.enter, *entrance.leave, true]):
            return entrance
    return None


def _entrances(unshare: str, parts: Sequence[str]) -> list[Entrance]:
    found = [
        Entrance((unshare, *parts, "--")),
        Entrance((unshare, "--map-root-user", *parts, "--")),
    ]
    sudo, setpriv = shutil.which("sudo"), shutil.which("setpriv")
    if sudo and setpriv:
        # Some systems, such as Ubuntu since 24.04, let user namespaces do little.
        who = (f"--reuid={os.getuid()}", f"--regid={os.getgid()}", "--clear-groups", "--")
        found.append(Entrance((sudo, "-n", unshare, *parts, "--"), (setpriv, *who)))
    return found
