"""Reads the JSON files of a model folder, trusting nothing in them."""

import json
from collections.abc import Mapping
from pathlib import Path

from desktop_app.engine.errors import ModelError
from desktop_app.engine.phrases import phrase

INSTALL_AGAIN = phrase("Engine: Models", "Install it again or choose another model.")

# The largest that is known, the config of a SigLIP 2, has 4 kB.
_MAX_FILE_BYTES = 4 * 1024 * 1024


class JsonFields:
    """One JSON object of a model folder, read field by field.

    A field that is ``null`` counts as absent. Every reader raises `ModelError` for a value of
    another type or out of range, or for an absent one without a default.
    """

    def __init__(self, fields: Mapping[str, object], model: str, file: str) -> None:
        """Wrap an object that was already parsed.

        Args:
            fields: The object.
            model: What the model is called in errors.
            file: What the file is called in errors.
        """
        self._fields = fields
        self._model = model
        self._file = file

    @classmethod
    def read(cls, path: Path, model: str) -> "JsonFields":
        """Read a file that holds one JSON object.

        Raises:
            ModelError: If it holds anything else.
            OSError: If it cannot be read.
        """
        try:
            if path.stat().st_size > _MAX_FILE_BYTES:
                raise _damaged(
                    model, phrase("Engine: Models", "{file} is too large").format(file=path.name)
                )
            content: object = json.loads(path.read_bytes())
        # ValueError covers text that is no JSON or no UTF-8; deep nesting ends in RecursionError.
        except (ValueError, RecursionError) as error:
            raise _damaged(
                model, phrase("Engine: Models", "{file} is not valid JSON").format(file=path.name)
            ) from error
        if not isinstance(content, dict):
            raise _damaged(
                model, phrase("Engine: Models", "{file} is not valid JSON").format(file=path.name)
            )
        return cls(content, model, path.name)

    def has(self, key: str) -> bool:
        """Whether there is a value."""
        return self._fields.get(key) is not None

    def integer(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """An integer in ``[low, high]``."""
        value = self._value(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise self.unusable(key)
        return value

    def number(self, key: str, low: float, high: float, default: float | None = None) -> float:
        """A number in ``[low, high]``; so it is never NaN or infinite."""
        return self._number(key, self._value(key, default), low, high)

    def numbers(self, key: str, count: int, low: float, high: float) -> tuple[float, ...]:
        """An array of so many numbers in ``[low, high]``."""
        value = self._value(key, None)
        if not isinstance(value, list) or len(value) != count:
            raise self.unusable(key)
        return tuple(self._number(key, item, low, high) for item in value)

    def flag(self, key: str, default: bool) -> bool:
        """A truth value."""
        value = self._value(key, default)
        if not isinstance(value, bool):
            raise self.unusable(key)
        return value

    def text(self, key: str) -> str:
        """A string of 1 to 200 printable characters."""
        value = self._value(key, None)
        if not isinstance(value, str) or not value.isprintable() or not 1 <= len(value) <= 200:
            raise self.unusable(key)
        return value

    def section(self, key: str) -> "JsonFields":
        """The object inside; an empty one where it is absent."""
        value = self._value(key, {})
        if not isinstance(value, dict):
            raise self.unusable(key)
        return JsonFields(value, self._model, self._file)

    def is_section(self, key: str) -> bool:
        """Whether the value is an object rather than, say, a number."""
        return isinstance(self._fields.get(key), dict)

    def unusable(self, key: str) -> ModelError:
        """The error for a field whose value makes no sense."""
        return _damaged(
            self._model,
            phrase("Engine: Models", "{file} has no usable “{key}”").format(
                file=self._file, key=key
            ),
        )

    def _value(self, key: str, default: object) -> object:
        value = self._fields.get(key)
        return default if value is None else value

    def _number(self, key: str, value: object, low: float, high: float) -> float:
        # Compared before it is converted: an integer of 400 digits has no float.
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not low <= value <= high
        ):
            raise self.unusable(key)
        return float(value)


def _damaged(model: str, what: str) -> ModelError:
    return ModelError(
        phrase("Engine: Models", "The model {model} is damaged: {what}.").format(
            model=model, what=what
        ),
        INSTALL_AGAIN,
    )
