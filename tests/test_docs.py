"""The README says what the program does."""

import argparse
import re
import shlex
from collections.abc import Iterator

import pytest

from desktop_app.engine.model.offers import CURATED
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
    assert options.command in set(_choices(build_parser()))


def test_every_command_of_the_program_is_shown() -> None:
    shown = [shlex.split(line)[1:] for line in COMMANDS]
    commands = _choices(build_parser())
    assert {words[0] for words in shown} == set(commands)
    actions = {words[1] for words in shown if words[0] == "models"}
    assert actions == set(_choices(commands["models"]))


def test_the_table_names_every_command() -> None:
    rows = set(re.findall(r"^\| `([a-z ]+)` \|", README, flags=re.MULTILINE))
    commands = _choices(build_parser())
    actions = {f"models {action}" for action in _choices(commands.pop("models"))}
    assert rows == set(commands) | actions


def test_every_option_named_exists() -> None:
    known = set(re.findall(r"--[a-z][a-z-]*", "\n".join(_helps(build_parser()))))
    prose = re.sub(r"```.*?```", "", README, flags=re.DOTALL)
    assert set(re.findall(r"--[a-z][a-z-]*", prose)) <= known


def test_json_is_taken_by_every_command_but_those_named() -> None:
    but = re.findall(r"Every command but ((?:`[a-z]+`(?:, | and )?)+) takes `--json`", README)
    commands = _choices(build_parser())
    commands |= _choices(commands.pop("models"))
    without = {name for name, one in commands.items() if "--json" not in one.format_help()}
    assert without == set(re.findall(r"[a-z]+(?=`)", " ".join(but)))


def test_models_named_are_offered() -> None:
    offered = {model.name for model in CURATED}
    got = {shlex.split(line)[3] for line in COMMANDS if " models get " in line}
    assert got <= offered


def _choices(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The commands that a parser knows."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def _helps(parser: argparse.ArgumentParser) -> Iterator[str]:
    yield parser.format_help()
    for below in _choices(parser).values():
        yield from _helps(below)


def test_every_file_named_exists() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        if not target.startswith("http"):
            assert (PROJECT / target).exists(), target
