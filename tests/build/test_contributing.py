"""CONTRIBUTING.md, the README, .ci/run and pre-commit name the same commands."""

import os
import re
import shlex
import sys
import tomllib
from pathlib import Path

import pytest

from project_file import ROOT

CI = ROOT / ".ci" / "run"
LOWEST = ROOT / ".ci" / "lowest"
SET_UP_ONCE = {"python3 -m venv .venv", ". .venv/bin/activate", "pre-commit install"}


def commands_in(document: str) -> list[str]:
    """The shell commands that a document tells a contributor to run."""
    text = (ROOT / document).read_text("utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    return [
        command.strip()
        for block in blocks
        for line in block.splitlines()
        for command in line.split("&&")
    ]


def run_by_ci() -> list[list[str]]:
    """The commands of .ci/run: its stages, and what it runs in other environments, in words."""
    lines = CI.read_text("utf-8").splitlines()
    stages = [shlex.split(line)[2:] for line in lines if line.startswith("stage ")]
    elsewhere = [
        shlex.split(line.strip())
        for line in lines
        if line.startswith('    "$scratch/workshop/bin/')
    ]
    return stages + [[Path(first).name, *rest] for first, *rest in elsewhere]


def bare(command: list[str]) -> list[str]:
    """A command without what only makes it quiet and repeatable."""
    if "-c" in command and command[0] == "pip":
        at = command.index("-c")
        command = command[:at] + command[at + 2 :]
    return [word for word in command if word not in ("-q", "-n0")]


def test_ci_runs_every_command_that_contributors_are_told() -> None:
    stages = [bare(command) for command in run_by_ci()]
    commands = [c for c in commands_in("CONTRIBUTING.md") if c not in SET_UP_ONCE]

    assert len(commands) >= 8
    for command in commands:
        assert shlex.split(command) in stages, command


def test_the_readme_tells_nothing_else() -> None:
    told = commands_in("README.md")

    assert "pip install ." in told
    for command in ('pip install -e ".[dev]"', "pytest"):
        assert command in told
        assert command in commands_in("CONTRIBUTING.md")


@pytest.mark.parametrize(
    "tool",
    ["ruff check", "ruff format", "mypy", "lint-imports", "vulture", "codespell", "zizmor"],
)
def test_pre_commit_runs_the_checkers_of_ci(tool: str) -> None:
    hooks = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")

    assert re.search(rf"^ +entry: {tool}\b", hooks, re.MULTILINE)
    assert any(" ".join(stage).startswith(tool) for stage in run_by_ci())


def test_tools_are_kept_at_a_release_that_is_admitted() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        extras = tomllib.load(file)["project"]["optional-dependencies"]
    own, *dev = extras["dev"]
    asked = [*dev, *(each for name in re.findall(r"\w+", own)[2:] for each in extras[name])]
    lowest = dict(re.match(r"([\w-]+)\S*?>=([\d.]+)", each).groups() for each in asked)  # type: ignore[union-attr, misc]
    pins = (ROOT / ".ci" / "tools-constraints.txt").read_text("utf-8")
    kept = re.findall(r"^([\w-]+)==([\d.]+)$", pins, re.MULTILINE)

    assert len(kept) == len([line for line in pins.splitlines() if not line.startswith("#")]) > 0
    for name, version in kept:
        assert _numbers(version) >= _numbers(lowest[name]), name


def _numbers(version: str) -> list[int]:
    return [int(number) for number in version.split(".")]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no executable bit")
@pytest.mark.parametrize("script", [CI, LOWEST], ids=["run", "lowest"])
def test_ci_can_be_started(script: Path) -> None:
    assert os.access(script, os.X_OK)
    assert script.read_text("utf-8").startswith("#!/usr/bin/env bash\n")
    assert "set -euo pipefail" in script.read_text("utf-8")
