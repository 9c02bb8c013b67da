"""Finds words in the window's modules that are said without being translated."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

SAYING = ("tr", "phrase")
"""Calls whose texts are translated."""
_SILENT = frozenset(
    [
        "getLogger",
        "setProperty",
        "setObjectName",
        "Protocol",
        "TypeVar",
        "AssertionError",
        "TypeError",
        "ValueError",
        "IndexError",
        "RuntimeError",
        "findChild",
        "compile",
        "search",
        "fullmatch",
        "match",
        "sub",
        "split",
        "strftime",
        "removesuffix",
        "removeprefix",
        "connect",
        "setStyleSheet",
        "setFamilies",
        "open",  # lanes, by the names of their threads
    ]
)
"""Calls whose texts nobody reads."""
_LOGS = frozenset(["_log", "_faults", "_qt_log", "log", "logger", "logging"])
_WORDS = re.compile(
    r"[A-Z][a-z]+…?$|[A-Za-z][a-z]*[,.:;]? (?:.* )?[a-z]{2,}|\b[A-Z][a-z]+ \(|[a-z]{3,}[.…?!]$"
    r"|[A-Z][a-z]+: |[\d}] ?(?:%|[KMG]B)$"
)
"""A label such as ``Open``, two words of which one is not a name, a word and a colon, or a unit."""
_KEYS = re.compile(r"(?:(?:Ctrl|Shift|Alt|Meta)\+)+\w+")
"""A key as Qt knows it, which says it in the user's language itself."""


def unspoken(file: Path) -> Iterator[tuple[int, str]]:
    """Texts in a module that look as if the user read them, and are not translated.

    Args:
        file: A module of the window.

    Yields:
        The line, and the text, with ``{}`` for what is put into it.
    """
    tree = ast.parse(file.read_text(encoding="utf-8"))
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if not isinstance(node, (ast.Constant, ast.JoinedStr)):
            continue
        parent = parents.get(node)
        if isinstance(parent, (ast.Expr, ast.JoinedStr, ast.FormattedValue)):
            continue  # docstrings, and what has been looked at as a whole
        text = _text(node)
        if _WORDS.search(text) and not _KEYS.fullmatch(text) and not _is_silent(node, parents):
            yield node.lineno, text


def marked(file: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Calls in a module that say something translated, with their line and what they are given.

    Texts that are not written in the call itself come as ``?``.
    """
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _called(node.func)[0] in SAYING:
            given = tuple(
                each.value
                if isinstance(each, ast.Constant) and isinstance(each.value, str)
                else "?"
                for each in node.args
            )
            yield node.lineno, given if not node.keywords else (*given, "?")


def _text(node: ast.Constant | ast.JoinedStr) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "".join(_text(each) if isinstance(each, ast.Constant) else "{}" for each in node.values)


def _is_silent(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    """Whether a text is translated, or for the log, for Qt or for Python."""
    child = node
    while (parent := parents.get(child)) is not None:
        if isinstance(parent, ast.Call) and child is not parent.func:
            name, owner = _called(parent.func)
            return name in SAYING or name in _SILENT or owner in _LOGS
        if isinstance(parent, (ast.FunctionDef, ast.arg)) and child in _annotations(parent):
            return True
        if isinstance(parent, ast.AnnAssign) and child is parent.annotation:
            return True
        if isinstance(parent, (ast.Subscript, ast.Compare, ast.stmt)):
            return isinstance(parent, (ast.Subscript, ast.Compare))
        child = parent
    return False


def _annotations(node: ast.FunctionDef | ast.arg) -> tuple[ast.AST | None, ...]:
    return (node.returns,) if isinstance(node, ast.FunctionDef) else (node.annotation,)


def _called(function: ast.expr) -> tuple[str, str]:
    """The name of what is called, and of what it belongs to where that has one."""
    if isinstance(function, ast.Name):
        return function.id, ""
    if isinstance(function, ast.Attribute):
        owner = function.value
        return function.attr, owner.id if isinstance(owner, ast.Name) else ""
    return "", ""
