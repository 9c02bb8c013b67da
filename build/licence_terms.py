"""Which licences may be inside the built program: SPDX expressions against a list with reasons."""

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path

from license_expression import (
    ExpressionError,
    LicenseExpression,
    LicenseSymbol,
    LicenseWithExceptionSymbol,
    Licensing,
    get_spdx_licensing,
)

from project_file import ROOT

TABLES = ROOT / "build" / "licences"
TEXTS = TABLES / "texts"


@functools.cache
def _spdx() -> Licensing:
    """SPDX's licences; it takes a second to read them all."""
    return get_spdx_licensing()


_NO_EXPRESSION = (ExpressionError, IndexError)
"""How the parser refuses a text; for empty brackets it has no better word than the second."""


class LicenceError(Exception):
    """A licence that is unknown or not allowed, as a sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Terms:
    """An allowed licence.

    Attributes:
        identifier: Its SPDX identifier, with its exception where there is one.
        reason: Why it is allowed.
        text: Name of its text in texts/, without ending; empty where it has none of its own.
    """

    identifier: str
    reason: str
    text: str


@functools.cache
def allowed_terms(table: Path = TABLES / "allowed.toml") -> dict[str, Terms]:
    """Read the list of allowed licences.

    Args:
        table: The list.

    Returns:
        By identifier.

    Raises:
        KeyError: If one comes without a reason.
    """
    with table.open("rb") as file:
        entries = tomllib.load(file)["licence"]
    return {
        identifier: Terms(identifier, entry["reason"], entry.get("text", ""))
        for identifier, entry in entries.items()
    }


def is_expression(text: str) -> bool:
    """Whether a text is an SPDX expression of known identifiers, as metadata should have it.

    Args:
        text: Such as ``MIT AND (Apache-2.0 OR ISC)``.
    """
    try:
        return _spdx().parse(text, validate=True) is not None
    except _NO_EXPRESSION:
        return False


def chosen_terms(expression: str, allowed: dict[str, Terms]) -> list[Terms]:
    """The allowed licences under which something is handed on.

    All parts of an AND have to be allowed; of an OR the first that is allowed is chosen.

    Args:
        expression: In SPDX's words; ``LicenseRef-...`` stands for what SPDX does not know.
        allowed: As `allowed_terms` reads them.

    Raises:
        LicenceError: If it is no expression, or nothing in it is allowed.
    """
    try:
        parsed = _spdx().parse(expression)
    except _NO_EXPRESSION as error:
        raise LicenceError(f"{expression!r} is no SPDX expression: {error}") from error
    if parsed is None:
        raise LicenceError("there is no licence")
    return list(dict.fromkeys(_chosen(parsed, allowed)))


def _chosen(part: LicenseExpression, allowed: dict[str, Terms]) -> list[Terms]:
    if isinstance(part, (LicenseSymbol, LicenseWithExceptionSymbol)):
        terms = allowed.get(part.render())
        if terms is None:
            raise LicenceError(f"{part.render()} is not among the allowed licences")
        return [terms]
    if part.operator.strip() == "AND":
        return [terms for each in part.args for terms in _chosen(each, allowed)]
    refusals = []
    for each in part.args:
        try:
            return _chosen(each, allowed)
        except LicenceError as error:
            refusals.append(str(error))
    raise LicenceError("; ".join(refusals))
