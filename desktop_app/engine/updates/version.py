"""Versions of the program in their order, such as 1.2.0rc1 before 1.2.0 before 1.10."""

import re
from dataclasses import dataclass

_VERSION = re.compile(r"v?(\d{1,9}(?:\.\d{1,9}){0,4})(?:(a|b|rc)(\d{1,9}))?")
_FINAL = ("z", 0)
"""Comes after a, b and rc in the order of letters."""


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """A version; compares as PEP 440 has it for numbers with or without ``a``, ``b``, ``rc``.

    Attributes:
        numbers: Without zeros at the end, so that 1.2 equals 1.2.0.
        stage: What comes before the final version, and which one.
    """

    numbers: tuple[int, ...]
    stage: tuple[str, int]

    @property
    def is_final(self) -> bool:
        """Whether it is no ``a``, ``b`` or ``rc``."""
        return self.stage == _FINAL


def read_version(text: str) -> Version | None:
    """Read a version.

    Args:
        text: Such as ``1.2.0``, ``v1.2`` or ``1.2.0rc1``.

    Returns:
        None if it is none, or one of a kind that this project never gives out.
    """
    match = _VERSION.fullmatch(text.strip())
    if match is None:
        return None
    numbers = [int(number) for number in match[1].split(".")]
    while len(numbers) > 1 and not numbers[-1]:
        numbers.pop()
    return Version(tuple(numbers), (match[2], int(match[3])) if match[2] else _FINAL)
