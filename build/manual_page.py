"""The manual page of the commands, made of the program's own description of its command line."""

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime

from desktop_app.main import build_parser
from project_file import Project


def manual_page(project: Project, date: int) -> str:
    """Write the page for ``man image-seeker``, in the language of man(7).

    argparse has no public way to list what a parser takes, but for its underscored names.

    Args:
        project: What pyproject.toml says.
        date: What it is dated, in seconds since 1970.
    """
    parser = build_parser()
    told = frozenset(name for action in parser._actions for name in action.option_strings)
    day = datetime.fromtimestamp(date, UTC).date().isoformat()
    lines = [
        f'.TH IMAGE-SEEKER 1 "{day}" "Image Seeker {_escape(project.version)}" "User Commands"',
        ".SH NAME",
        rf"image-seeker, image-seeker-window \- {_escape(project.description)}",
        ".SH SYNOPSIS",
        _usage(parser),
        ".br",
        r"\fBimage\-seeker\-window [PATH ...]\fR",
        ".SH DESCRIPTION",
        _escape(parser.description or ""),
        ".SH OPTIONS",
        *_options(parser, told=frozenset()),
        ".SH COMMANDS",
        *_commands(parser, told),
        ".SH EXIT STATUS",
        "0 where it was done, 1 for something that you can mend, 2 for wrong usage.",
    ]
    return "\n".join(lines) + "\n"


def _commands(parser: argparse.ArgumentParser, told: frozenset[str]) -> Iterator[str]:
    for action in parser._actions:
        if not isinstance(action, argparse._SubParsersAction):
            continue
        helps = {choice.dest: choice.help for choice in action._choices_actions}
        for name, command in action.choices.items():
            yield f".SS {_escape(command.prog.removeprefix('image-seeker '))}"
            says = helps[name] or ""
            yield _escape(f"{says[:1].upper()}{says[1:]}.")
            yield ".PP"
            yield _usage(command)
            yield from _options(command, told)
            yield from _commands(command, told)


def _options(parser: argparse.ArgumentParser, told: frozenset[str]) -> Iterator[str]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction) or told & set(action.option_strings):
            continue
        yield ".TP"
        names = ", ".join(rf"\fB{_escape(name)}\fR" for name in action.option_strings)
        value = "" if action.nargs == 0 else rf"\fI{_escape(_value(action))}\fR"
        yield f"{names} {value}".strip()
        yield _escape(action.help or "")


def _value(action: argparse.Action) -> str:
    if isinstance(action.metavar, str):
        return action.metavar
    return "|".join(map(str, action.choices or [action.dest.upper()]))


def _usage(parser: argparse.ArgumentParser) -> str:
    text = parser.format_usage().removeprefix("usage: ")
    # A usage written by hand has a line for each way; argparse's own is one, folded.
    ways = text.strip().splitlines() if parser.usage else [text]
    return "\n.br\n".join(rf"\fB{_escape(' '.join(way.split()))}\fR" for way in ways)


def _escape(text: str) -> str:
    """Take their meaning from the signs that man would read as its own."""
    escaped = text.replace("\\", r"\e").replace("-", r"\-").replace("%%", "%")
    return rf"\&{escaped}" if escaped.startswith((".", "'")) else escaped
