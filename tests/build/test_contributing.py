"""CONTRIBUTING.md, the README, .ci/run and pre-commit name the same commands."""

import os
import re
import shlex
import sys

import pytest

from project_file import ROOT

CI = ROOT / ".ci" / "run"
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
    """The stages of .ci/run, split into words."""
    lines = CI.read_text("utf-8").splitlines()
    return [shlex.split(line)[2:] for line in lines if line.startswith("stage ")]


def test_ci_runs_every_command_that_contributors_are_told() -> None:
    stages = [[word for word in stage if word != "-q"] for stage in run_by_ci()]
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


@pytest.mark.parametrize("tool", ["ruff check", "ruff format", "mypy", "lint-imports"])
def test_pre_commit_runs_the_checkers_of_ci(tool: str) -> None:
    hooks = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")

    assert re.search(rf"^ +entry: {tool}\b", hooks, re.MULTILINE)
    assert any(" ".join(stage).startswith(tool) for stage in run_by_ci())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no executable bit")
def test_ci_can_be_started() -> None:
    assert os.access(CI, os.X_OK)
    assert CI.read_text("utf-8").startswith("#!/usr/bin/env bash\n")
    assert "set -euo pipefail" in CI.read_text("utf-8")
