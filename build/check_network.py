"""Proves that nothing leaves this computer: ``python build/check_network.py``.

Runs the whole use of the program from this checkout, which is its self-test: a library is made and
searched, the window opens with all its panels, the viewer, an export. Once where there is no
network at all, not even a loopback; and once with every network call written down.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from audit_sockets import findings, write_hook
from namespaces import find_entrance
from network_trace import connections, trace_command
from project_file import ROOT

TIME_LIMIT_S = 300.0
WHOLE_USE = (sys.executable, "-m", "desktop_app", "--self-test", "--json")


def main(command: Sequence[str] = WHOLE_USE) -> int:
    """Run the use, shut off and watched.

    Args:
        command: What to run.

    Returns:
        Exit code: 0 where all is well, 1 where a complaint was printed.
    """
    with tempfile.TemporaryDirectory(prefix="network-") as name:
        complaints = run_shut_off(command) + run_watched(command, Path(name))
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return 1 if complaints else 0


def run_shut_off(command: Sequence[str]) -> list[str]:
    """Run it in a network namespace without an interface.

    Args:
        command: What to run.

    Returns:
        A sentence for each thing that is wrong.
    """
    entrance = find_entrance(mounts=False)
    if entrance is None:
        print("NOT SHUT OFF: unshare --net works here neither as root nor otherwise")
        return []
    seconds, complaints = _run(entrance.command(command, _environment({})), {})
    if not complaints:
        print(f"the whole use works without any network ({seconds:.1f} s)")
    return complaints


def run_watched(command: Sequence[str], folder: Path) -> list[str]:
    """Run it with its network calls written down.

    Args:
        command: What to run.
        folder: An empty folder.

    Returns:
        A sentence for each thing that is wrong.
    """
    trace, log = folder / "trace", folder / "log"
    watch = trace_command(trace)
    if watch is not None:
        seconds, complaints = _run([*watch, *command], {})
        reached = connections(trace.read_text("utf-8", errors="replace"))
        means = "strace"
    else:
        seconds, complaints = _run(command, write_hook(folder / "hook", log))
        reached = findings(log)
        means = "Python's audit (strace is missing: libraries themselves were not watched)"
    complaints += [f"It reached for a network: {line}" for line in reached]
    if not complaints:
        print(f"{means} saw no socket but local ones ({seconds:.1f} s)")
    return complaints


def _run(command: Sequence[str], more: Mapping[str, str]) -> tuple[float, list[str]]:
    start = time.perf_counter()
    try:
        process = subprocess.run(
            command,
            env=_environment(more),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=TIME_LIMIT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return TIME_LIMIT_S, [f"It did not end within {TIME_LIMIT_S:.0f} s."]
    seconds = time.perf_counter() - start
    if process.returncode:
        return seconds, [f"It ended with {process.returncode}: {_why(process)}"]
    return seconds, []


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    path = os.pathsep.join(filter(None, (more.get("PYTHONPATH"), str(ROOT))))
    return {**os.environ, **more, "PYTHONPATH": path}


def _why(process: "subprocess.CompletedProcess[str]") -> str:
    try:
        steps = json.loads(process.stdout)["steps"]
        return "; ".join(str(step["detail"]) for step in steps if not step["ok"])
    except (ValueError, KeyError, TypeError):
        return " | ".join(process.stderr.strip().splitlines()[-3:])


if __name__ == "__main__":
    sys.exit(main())
