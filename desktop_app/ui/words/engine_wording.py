"""What the engine says, in the language of the window.

The engine speaks English, to the terminal, to the log and to the catalog, where its reasons stay.
Its sentences are marked by `desktop_app.engine.phrases.phrase`, so they stand in the file of
translations; what is shown in the window is recognised by them and said again.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from xml.etree import ElementTree

from PySide6.QtCore import QCoreApplication

from desktop_app.engine.errors import UserFacingError
from desktop_app.ui.words.number_wording import code, decimal

PART = "Engine"
"""The parts of the engine are called that, followed by a colon and a name."""

COUNT = "n"
"""What stands for a number in a sentence; other names may stand for anything."""

SAID = frozenset(
    [
        "day",
        "declared",
        "error",
        "failure",
        "free",
        "hint",
        "kind",
        "message",
        "month",
        "n",
        "needed",
        "often",
        "on_cpu",
        "pixels",
        "problem",
        "ratio",
        "reason",
        "size",
        "state",
        "timeout_s",
        "times",
        "what",
    ]
)
"""Names in sentences for what the engine says too; others are names of files, models and servers,
which nobody translates."""

_NAME = re.compile(r"\\{(\w+)\\}")
_DECIMAL = re.compile(r"\d+\.\d+")
_DEEPEST = 4
"""Sentences within sentences, such as a file's damage within what was wanted of the file."""


@dataclass(frozen=True, slots=True)
class _Template:
    """A sentence of the engine with places for names and numbers.

    Attributes:
        part: The part of the engine that says it.
        text: What it says, with ``{names}``.
        pattern: What matches it.
    """

    part: str
    text: str
    pattern: re.Pattern[str]


def told(text: str) -> str:
    """What the engine said, in the language of the window; as it is where nobody translated it.

    Several sentences one after the other are recognised one by one.
    """
    return _told(text, code(), 0)


def told_error(error: UserFacingError) -> UserFacingError:
    """The same error in the language of the window, for reading only."""
    text, hint = told(error.text), told(error.hint)
    return error if (text, hint) == (error.text, error.hint) else _same(error, text, hint)


def _same(error: UserFacingError, text: str, hint: str) -> UserFacingError:
    other = type(error)(text, hint)
    other.__cause__ = error
    return other


@lru_cache(maxsize=4096)
def _told(text: str, language: str, depth: int) -> str:
    if not text or depth > _DEEPEST:
        return text
    if _DECIMAL.fullmatch(text):
        return decimal(float(text), len(text.partition(".")[2]))
    for template in _templates(language):
        match = template.pattern.fullmatch(text)
        if match is not None:
            translated = QCoreApplication.translate(template.part, template.text)
            values = match.groupdict()
            for name in SAID.intersection(values):
                values[name] = _told(values[name], language, depth + 1)
            return translated.format(**values)
    first, space, rest = text.partition(". ")
    if space:
        said = _told(f"{first}.", language, depth + 1), _told(rest, language, depth + 1)
        if said != (f"{first}.", rest):
            return " ".join(said)
    if not text.endswith("."):  # within another sentence it has no full stop of its own
        whole = _told(f"{text}.", language, depth + 1)
        if whole != f"{text}.":
            return whole.removesuffix(".")
    return text


@lru_cache(maxsize=4)
def _templates(language: str) -> tuple[_Template, ...]:
    """The engine's sentences, those that fit least before those that fit more."""
    file = files("desktop_app.resources") / "languages" / f"{language}.ts"
    if not file.is_file():
        return ()
    found = []
    for context in ElementTree.fromstring(file.read_text(encoding="utf-8")).iter("context"):
        part = context.findtext("name", "")
        if part.partition(":")[0] != PART:
            continue
        found += [
            _template(part, message.findtext("source", "")) for message in context.iter("message")
        ]
    return tuple(sorted(found, key=_plain_letters, reverse=True))


def _template(part: str, text: str) -> _Template:
    pattern: list[str] = []
    seen: set[str] = set()
    escaped, at = re.escape(text), 0
    for match in _NAME.finditer(escaped):
        pattern.append(escaped[at : match.start()])
        name, at = match[1], match.end()
        if name in seen:
            pattern.append(f"(?P={name})")
        elif name == COUNT:
            pattern.append(rf"(?P<{name}>[\d.]+)")
        elif at == len(escaped):
            pattern.append(f"(?P<{name}>.+)")
        else:  # only what stands last may be several sentences
            pattern.append(rf"(?P<{name}>(?:(?!\. ).)+?)")
        seen.add(name)
    pattern.append(escaped[at:])
    return _Template(part, text, re.compile("".join(pattern), re.DOTALL))


def _plain_letters(template: _Template) -> int:
    return len(re.sub(r"\{\w+\}", "", template.text))
