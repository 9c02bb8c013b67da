"""The tables that pages take from the program: its options, keys, models, formats and settings."""

import argparse
import ast
import inspect
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path

from desktop_app.engine.files.signatures import PICTURE_EXTENSIONS
from desktop_app.engine.model.offers import CURATED
from desktop_app.engine.query_language.file_types import READ_FORMATS, read_type
from desktop_app.engine.settings import Settings
from desktop_app.main import build_parser
from desktop_app.ui.commands.command_book import CommandBook, Menu
from desktop_app.ui.commands.command_menus import menu_title
from desktop_app.ui.help.keyboard_panel import KeySection, sections_of

PROGRAM = Path(__file__).resolve().parent.parent.parent / "desktop_app"

EVERYWHERE = ("--data-dir", "--model")
"""Options that every command takes; they are told once."""

ONE_A_CORE = ("decoder_processes", "encoder_threads")
"""Settings whose default depends on the computer."""

_LANGUAGES = {"en": "English", "zh": "Chinese", "multilingual": "many"}
_FORMAT_NAMES = {"WEBP": "WebP", "JPEG2000": "JPEG 2000", "ICO": "Windows icon", "PPM": "Netpbm"}
_ATTRIBUTE = re.compile(r"^ {4}(\w+): (.+?)(?=^ {4}\w|\Z)", re.MULTILINE | re.DOTALL)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


def parsers() -> dict[str, argparse.ArgumentParser]:
    """Every command with its parser; the program itself has no name."""
    return dict(_parsers("", build_parser()))


def _parsers(
    name: str, parser: argparse.ArgumentParser
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    yield name, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, below in action.choices.items():
                yield from _parsers(f"{name} {word}".strip(), below)


def commands() -> str:
    """What each command does, in a line."""
    rows = []
    for name, parser in parsers().items():
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                rows += [
                    (f"`{f'{name} {choice.dest}'.strip()}`", choice.help or "")
                    for choice in action._choices_actions
                    if f"{name} {choice.dest}".strip() != "models"
                ]
    return table(("command", "does"), sorted(rows, key=lambda row: row[0].startswith("`models")))


def options(command: str) -> str:
    """What a command takes.

    Args:
        command: Such as ``index``; empty for what goes before any command.

    Raises:
        KeyError: If there is none of that name.
    """
    rows = [
        (f"`{_written(action)}`", action.help or "")
        for action in parsers()[command]._actions
        if not isinstance(action, argparse._SubParsersAction | argparse._HelpAction)
        and (not command or not set(action.option_strings) & set(EVERYWHERE))
    ]
    return table(("takes", "which"), rows)


def _written(action: argparse.Action) -> str:
    """An option or argument as it is typed."""
    value = action.metavar or ("|".join(map(str, action.choices)) if action.choices else "")
    if action.option_strings:
        return f"{action.option_strings[-1]} {value if action.nargs != 0 else ''}".strip()
    return f"{value or action.dest} …" if action.nargs in ("*", "+") else str(value or action.dest)


def keys(book: CommandBook, others: Sequence[KeySection]) -> str:
    """The keys of the window as its own list has them, and the commands that have none.

    Args:
        book: The commands.
        others: Keys that act in one part of the window alone.
    """
    by_title = {section.title: section for section in sections_of(book)}
    parts = []
    for menu in Menu:
        title = menu_title(menu).replace("&", "")
        section = by_title.get(title, KeySection(title, ()))
        with_key = {row.meaning for row in section.rows}
        names = [
            entry.command.full_text.rstrip("…")
            for entry in book.entries_of(menu)
            if not _plain(entry.command.text) & with_key
        ]
        parts.append(f"### {title}\n\n{_key_table(section)}")
        if names:
            parts.append(f"Without a key: {', '.join(f'*{name}*' for name in names)}.")
    parts += [f"### In the {each.title.lower()}\n\n{_key_table(each)}" for each in others]
    return "\n\n".join(parts)


def _plain(text: str) -> set[str]:
    """What the list of keys calls a command, with and without a key in brackets."""
    plain = text.rstrip("…")
    return {plain, plain.partition(" (")[0]}


def _key_table(section: KeySection) -> str:
    return table(
        ("key", "does"), [(_keys(row.keys.split("   ")), row.meaning) for row in section.rows]
    )


def _keys(shown: Sequence[str]) -> str:
    return ", ".join(f"`{each}`" for each in shown)


def models() -> str:
    """The models that can be downloaded."""
    rows = [
        (
            f"`{model.name}`",
            model.description,
            ", ".join(_LANGUAGES[code] for code in model.languages),
            f"{model.size_bytes / 1e6:.0f} MB",
            model.licence,
        )
        for model in CURATED
    ]
    return table(("name", "what it is good for", "understands", "download", "licence"), rows)


def formats() -> str:
    """The formats that are read, and the endings of their files."""
    endings: dict[str, list[str]] = {name: [] for name in READ_FORMATS}
    for ending in sorted(PICTURE_EXTENSIONS):
        endings[read_type(ending)].append(f"`{ending}`")
    rows = [(_FORMAT_NAMES.get(name, name), " ".join(named)) for name, named in endings.items()]
    return table(("format", "files end with"), rows)


def rooms() -> str:
    """The folders of the program, as their own first sentences tell them."""
    rows = []
    for path in sorted(PROGRAM.rglob("__init__.py")):
        told = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
        sentence = " ".join(told.partition("\n\n")[0].split()).rstrip(".")
        rows.append((f"`{path.parent.relative_to(PROGRAM.parent).as_posix()}/`", sentence))
    return table(("folder", "what it is"), rows)


def settings() -> str:
    """What ``settings.json`` may hold."""
    told = dict(_ATTRIBUTE.findall(inspect.getdoc(Settings) or ""))
    defaults = Settings()
    rows = []
    for each in fields(Settings):
        if each.name != "complaints":
            text = " ".join(told[each.name].split()).partition("; see ")[0].rstrip(".")
            value = getattr(defaults, each.name)
            shown = "one a core" if each.name in ONE_A_CORE else f"`{_json(value)}`"
            rows.append((f"`{each.name}`", shown, text))
    return table(("setting", "default", "what it is"), rows)


def _json(value: object) -> str:
    return json.dumps(list(value) if isinstance(value, tuple) else value)
