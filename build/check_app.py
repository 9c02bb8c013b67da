"""Check the built program as a user's computer would meet it: ``python build/check_app.py``.

Runs the self-test of both executables without the network and without this checkout's
environment, and looks for what must not be inside.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from app_contents import forbidden_files, forbidden_modules, missing_window_parts, modules_inside
from project_file import BUILT_FOLDER, FOLDER_LIMIT_MB, read_project, size_mb

PROGRAMS = ("ImageSeeker", "image-seeker")
TIME_LIMIT_S = 300

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


@dataclass(frozen=True, slots=True)
class SelfTest:
    """What a program's self-test told.

    Attributes:
        seconds: From start to end of the process.
        version: The program's own version.
        frozen: Whether it knows that it is a built program.
        failures: The failed steps, each with its detail.
        modules: Top-level modules it had loaded.
    """

    seconds: float
    version: str
    frozen: bool
    failures: list[str]
    modules: list[str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Check a built program.

    Args:
        arguments: The command line without the script's name; None takes the process's own.

    Returns:
        Exit code: 0 where all is well, 1 where a complaint was printed.
    """
    parser = argparse.ArgumentParser("check_app.py", description=main.__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=BUILT_FOLDER, metavar="FOLDER")
    folder: Path = parser.parse_args(arguments).folder.resolve()
    if not folder.is_dir():
        print(f"{folder} is not there: run python build/make_app.py first.", file=sys.stderr)
        return 1
    complaints = check_contents(folder)
    for name in PROGRAMS:
        complaints += check_program(folder / (name + (".exe" if os.name == "nt" else "")))
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return 1 if complaints else 0


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


def check_program(executable: Path) -> list[str]:
    """Look into one executable and run its self-test.

    Args:
        executable: The file to start.

    Returns:
        A sentence for each thing that is wrong.
    """
    name = executable.name
    if not executable.is_file():
        return [f"{name} is missing."]
    try:
        packed = forbidden_modules(modules_inside(executable))
        result, network = run_self_test(executable)
    except ValueError as error:
        return [f"{name}: {error}"]
    print(f"{name}: self-test took {result.seconds:.1f} s; {network}")

    complaints = [f"{name}: {failure}" for failure in result.failures]
    complaints += [f"{name}: the module {module} must not be inside." for module in packed]
    loaded = forbidden_modules(result.modules)
    complaints += [f"{name}: the module {module} must not be loaded." for module in loaded]
    version = read_project().version
    if result.version != version:
        complaints.append(f"{name} says it is version {result.version}; it should be {version}.")
    if not result.frozen:
        complaints.append(f"{name} does not know that it is a built program.")
    return complaints


def run_self_test(executable: Path) -> tuple[SelfTest, str]:
    """Run the self-test in an environment that has nothing of this one.

    Args:
        executable: The file to start.

    Returns:
        What it told, and a few words on how the network was kept away or watched.

    Raises:
        ValueError: If it told nothing that can be understood, or opened a connection.
    """
    with tempfile.TemporaryDirectory() as home:
        trace = Path(home) / "connections.txt"
        prefix, network = network_watch(trace)
        start = time.perf_counter()
        try:
            process = subprocess.run(
                [*prefix, str(executable), "--self-test"],
                env=bare_environment(home),
                cwd=home,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                encoding="utf-8",
                errors="replace",
                timeout=TIME_LIMIT_S,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise ValueError(f"the self-test did not end within {TIME_LIMIT_S} s.") from error
        seconds = time.perf_counter() - start
        connections = read_connections(trace) if trace.exists() else []
    if connections:
        raise ValueError(f"it opened a network connection: {connections[0]}")
    return parse_self_test(process.stdout, process.stderr, process.returncode, seconds), network


def parse_self_test(output: str, errors: str, code: int, seconds: float) -> SelfTest:
    """Read what ``--self-test`` printed.

    Args:
        output: Its standard output: one JSON object.
        errors: Its standard error, quoted where the output says nothing.
        code: Its exit code.
        seconds: How long it took.

    Raises:
        ValueError: If the output is not what a self-test prints.
    """
    try:
        report: Json = json.loads(output)
    except ValueError as error:
        last_lines = " | ".join(errors.strip().splitlines()[-3:])
        raise ValueError(f"no report, exit code {code}, last words: {last_lines}") from error
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
            raise ValueError(f"its report is not understood: {output[:200]}")
    if not failures and (code or not ok):
        failures = [f"the self-test failed with exit code {code}, but all its steps passed."]
    return SelfTest(seconds, version, frozen, failures, [str(module) for module in modules])


def _failure_of(step: Json) -> str | None:
    match step:
        case {"name": str(), "ok": True}:
            return None
        case {"name": str(name), "detail": str(detail)}:
            return f"the step {name} failed: {detail}"
        case _:
            return f"a step is not understood: {step}"


def bare_environment(home: str) -> dict[str, str]:
    """The variables that a program started by double-click cannot do without.

    Args:
        home: A folder to stand for the user's home.
    """
    kept = ("PATH", "SYSTEMROOT", "WINDIR", "COMSPEC", "TMPDIR", "TEMP", "TMP")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_RUNTIME_DIR"):
        environment[name] = home
    return {**environment, "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}


def network_watch(trace: Path) -> tuple[list[str], str]:
    """Find a way to keep the program off the network, or to see whether it goes there.

    Args:
        trace: Where to write down connections, if they can be watched.

    Returns:
        What to put before the program's command line, and a few words on it.
    """
    watch = ["strace", "-f", "--seccomp-bpf", "-e", "trace=connect,sendto", "-o", str(trace)]
    if _works([*watch, "true"]):
        return watch, "strace saw no network connection"
    for closed in (["unshare", "--net"], ["unshare", "--map-root-user", "--net"]):
        if _works([*closed, "true"]):
            return closed, "it ran without any network"
    return [], "the network was not watched: neither strace nor unshare works here"


def _works(command: list[str]) -> bool:
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def read_connections(trace: Path) -> list[str]:
    """Lines of a trace in which the program reached for another machine.

    Args:
        trace: What strace wrote.
    """
    lines = trace.read_text("utf-8", errors="replace").splitlines()
    return [line for line in lines if "sa_family=AF_INET" in line]


if __name__ == "__main__":
    sys.exit(main())
