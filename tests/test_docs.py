"""The README says what the program does."""

import re
import shlex

import pytest

from desktop_app.main import build_parser
from tests.conftest import PROJECT

README = (PROJECT / "README.md").read_text(encoding="utf-8")
SHELL_LINES = [
    line.strip()
    for block in re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)
    for line in block.splitlines()
    if line.strip()
]
COMMANDS = [line for line in SHELL_LINES if line.startswith("image-seeker")]


def test_the_two_commands_are_there() -> None:
    assert "pip install . && image-seeker" in SHELL_LINES
    assert 'pip install -e ".[dev]" && pytest' in SHELL_LINES


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_shown_is_understood(line: str) -> None:
    options = build_parser().parse_args(shlex.split(line)[1:])
    assert options.command in {"index", "search", "status", "forget"}


def test_every_command_of_the_program_is_shown() -> None:
    shown = {shlex.split(line)[1] for line in COMMANDS}
    assert shown == {"index", "search", "status", "forget"}


def test_every_option_named_exists() -> None:
    parser = build_parser()
    texts = [parser.format_help()]
    for action in parser._actions:
        if isinstance(action.choices, dict):
            texts += [sub.format_help() for sub in action.choices.values()]
    known = set(re.findall(r"--[a-z-]+", "\n".join(texts)))
    prose = re.sub(r"```.*?```", "", README, flags=re.DOTALL)
    assert set(re.findall(r"--[a-z-]+", prose)) <= known


def test_every_file_named_exists() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        if not target.startswith("http"):
            assert (PROJECT / target).exists(), target
