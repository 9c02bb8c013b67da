"""Watches Python's own sockets where the system cannot: for ``check_network.py``, without strace.

A folder with a ``sitecustomize.py`` comes first on the path of the program and of every process
that it starts; what that finds, it adds to a file. It sees what Python code does, not what
libraries do behind its back.
"""

from pathlib import Path

LOG_VARIABLE = "IMAGE_SEEKER_SOCKET_LOG"

_HOOK = f"""\
import os, sys
log = os.environ[{LOG_VARIABLE!r}]
def watch(event, arguments):
    if not event.startswith("socket."):
        return
    import socket
    family = arguments[1] if event == "socket.__new__" else getattr(arguments[0], "family", None)
    local = (getattr(socket, "AF_UNIX", -1), getattr(socket, "AF_NETLINK", -1))
    looked_up = event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")
    if looked_up or (family is not None and family not in local):
        with open(log, "a", encoding="utf-8") as file:
            file.write(f"{{event}} {{[each for each in arguments if type(each) in (int, str)]}}\\n")
sys.addaudithook(watch)
"""


def write_hook(folder: Path, log: Path) -> dict[str, str]:
    """Write the hook.

    Args:
        folder: Where to; it is made.
        log: Where it notes what it finds.

    Returns:
        The variables that make Python load it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sitecustomize.py").write_text(_HOOK, "utf-8")
    return {"PYTHONPATH": str(folder), LOG_VARIABLE: str(log)}


def findings(log: Path) -> list[str]:
    """What was found.

    Args:
        log: The file of `write_hook`.
    """
    return log.read_text("utf-8").splitlines() if log.is_file() else []
