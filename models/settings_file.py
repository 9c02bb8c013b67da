"""Reads settings from a TOML file into dataclasses; what they do not know is refused by name."""

import dataclasses
import tomllib
import types
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

SettingsT = TypeVar("SettingsT")


class SettingsError(Exception):
    """A settings file cannot be used; the text says where and why."""


def _fits(value: object, kind: object) -> bool:
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(kind, type) and isinstance(value, kind)


def _convert(value: object, kind: object, where: str) -> Any:
    """Check a TOML value against a field's type; lists become tuples."""
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _build(value, kind, f"{where}.")
    if origin in (typing.Union, types.UnionType):
        return _convert(value, next(part for part in parts if part is not type(None)), where)
    if origin is tuple and isinstance(value, list):
        return tuple(_convert(item, parts[0], where) for item in value)
    if origin in (dict, Mapping) and isinstance(value, dict):
        return {key: _convert(item, parts[1], f"{where}.{key}") for key, item in value.items()}
    if not _fits(value, kind):
        name = getattr(kind, "__name__", str(kind)) if origin is None else origin.__name__
        raise SettingsError(f"{where} must be a {name}, not {value!r}.")
    return float(value) if kind is float else value  # type: ignore[arg-type]


def _build(content: object, kind: type[SettingsT], where: str) -> SettingsT:
    if not isinstance(content, dict):
        raise SettingsError(f"{where.rstrip('.')} must be a table.")
    known = typing.get_type_hints(kind)
    unknown = [key for key in content if key not in known]
    if unknown:
        raise SettingsError(
            f"There is no setting {where}{unknown[0]}; there are {', '.join(sorted(known))}."
        )
    values = {key: _convert(value, known[key], where + key) for key, value in content.items()}
    try:
        return kind(**values)
    except (TypeError, ValueError) as error:
        raise SettingsError(f"{error}") from error


def read_settings(path: Path, kind: type[SettingsT]) -> SettingsT:
    """Read a TOML file.

    Args:
        path: the file; tables stand for nested dataclasses.
        kind: a dataclass, whose fields are all the settings there are.

    Raises:
        SettingsError: the file is absent, no TOML, or holds what the dataclass does not.
    """
    try:
        with path.open("rb") as file:
            content = tomllib.load(file)
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not TOML: {error}.") from error
    try:
        return _build(content, kind, "")
    except SettingsError as error:
        raise SettingsError(f"{path}: {error}") from error
