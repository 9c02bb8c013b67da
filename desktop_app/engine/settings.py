"""What can be adjusted, with defaults that suit a plain laptop."""

import json
import logging
import os
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Self

from desktop_app.engine.errors import StoreError
from desktop_app.engine.phrases import phrase

SettingValue = int | Sequence[str] | None
"""What a setting is changed to; None goes back to its default."""

_UNREADABLE = phrase(
    "Engine: Settings",
    "The settings in {path} cannot be read ({reason}); those of a new library count.",
)
_MISTAKE = phrase(
    "Engine: Settings",
    "The settings in {path} have a mistake in line {line}, column {column}; "
    "those of a new library count.",
)
_NO_TEXT = phrase(
    "Engine: Settings", "The settings in {path} are no text; those of a new library count."
)
_NO_OBJECT = phrase(
    "Engine: Settings",
    "The settings in {path} are not a JSON object; those of a new library count.",
)
_UNKNOWN = phrase("Engine: Settings", "There is no setting {name}; known are {names}.")
_NO_LIST = phrase("Engine: Settings", "The setting {name} must be a list of texts.")
_NO_SWITCH = phrase("Engine: Settings", "The setting {name} must be true or false.")
_NO_NUMBER = phrase("Engine: Settings", "The setting {name} must be a whole number above 0.")
_UNCHANGED = phrase("Engine: Settings", "The settings in {path} cannot be changed ({reason}).")
_LOOK = phrase(
    "Engine: Settings", "Look at the permissions of this file, and whether the disk is full."
)
_SET_ASIDE = phrase(
    "Engine: Settings", "The settings could not be read; what was written there is in {path} now."
)

_MOST_ASIDE = 1000
_changing = threading.Lock()
"""A change reads the file and writes it again: two at once would undo each other."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Settings:
    """The engine's limits. ``settings.json`` in the data folder may change any of them.

    Attributes:
        decoder_processes: Processes that decode pictures.
        encoder_threads: Batches that are encoded at the same time, one core each.
        batch_size: Most pictures that are encoded and written together.
        decode_timeout_s: Longest time one file may take.
        decoder_memory_mib: Most memory one decoder process may take.
        pixel_limit_megapixels: Largest picture that is decoded.
        thumbnail_cache_mib: Size the thumbnail cache is kept under.
        exclude: Patterns of files and folders that are passed over; see
            `desktop_app.engine.files.exclusions.Exclusions`.
        write_sidecars: Whether ratings and tags are written into files beside the pictures.
        complaints: What is wrong with the file, in sentences for the user.
    """

    decoder_processes: int = max(1, os.cpu_count() or 1)
    encoder_threads: int = max(1, os.cpu_count() or 1)
    batch_size: int = 16
    decode_timeout_s: int = 30
    decoder_memory_mib: int = 1536
    pixel_limit_megapixels: int = 200
    thumbnail_cache_mib: int = 2048
    exclude: tuple[str, ...] = ()
    write_sidecars: bool = False
    complaints: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the settings file; whatever is missing or nonsense in it keeps its default.

        A settings file never keeps the program from starting: see `complaints`.
        """
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return cls()
        except json.JSONDecodeError as error:
            where = {"line": error.lineno, "column": error.colno}
            return cls._unread(_MISTAKE.format(path=path, **where))
        except UnicodeDecodeError:
            return cls._unread(_NO_TEXT.format(path=path))
        except OSError as error:
            reason = error.strerror or error
            return cls._unread(_UNREADABLE.format(path=path, reason=reason))
        except ValueError as error:  # a number with thousands of digits
            return cls._unread(_UNREADABLE.format(path=path, reason=error))
        if not isinstance(stored, dict):
            return cls._unread(_NO_OBJECT.format(path=path))
        known = [each.name for each in fields(cls) if each.name != "complaints"]
        chosen: dict[str, Any] = {}
        wrong: list[str] = []
        for name, value in stored.items():
            if name not in known:
                wrong.append(_UNKNOWN.format(name=repr(name), names=", ".join(known)))
            elif name == "exclude":
                if isinstance(value, list) and all(isinstance(each, str) for each in value):
                    chosen[name] = tuple(value)
                else:
                    wrong.append(_NO_LIST.format(name=name))
            elif name == "write_sidecars":
                if isinstance(value, bool):
                    chosen[name] = value
                else:
                    wrong.append(_NO_SWITCH.format(name=name))
            # bool is an int to Python but not to somebody who reads the file
            elif isinstance(value, int) and not isinstance(value, bool) and value > 0:
                chosen[name] = value
            else:
                wrong.append(_NO_NUMBER.format(name=name))
        return cls(**chosen, complaints=_told(wrong))

    @classmethod
    def _unread(cls, why: str) -> Self:
        """Those that count without a file, and that it is so: nothing is passed over, say."""
        return cls(complaints=_told([why]))


def change_settings(path: Path, changes: Mapping[str, SettingValue]) -> Settings:
    """Write some settings into the file and leave everything else in it as it is.

    Keys that this version does not know and values that make no sense stay: they may mean
    something to another version, or to the user. A file that is no JSON object is set aside, and
    the complaints say where it is. The file is always either the old one or the new one.

    Args:
        path: The settings file; it need not be there. A link is followed.
        changes: New values by name.

    Returns:
        What the file says now.

    Raises:
        ValueError: If there is no such setting, or a value makes no sense.
        StoreError: If the file cannot be read or written; it is as it was then.
    """
    _check(changes)
    path = Path(os.path.realpath(path))
    try:
        with _changing:
            stored, aside = _stored(path)
            for name, value in changes.items():
                if value is None:
                    stored.pop(name, None)
                else:
                    stored[name] = value if isinstance(value, int) else list(value)
            _write(path, stored)
    except OSError as error:
        raise StoreError(
            _UNCHANGED.format(path=path, reason=error.strerror or error), _LOOK
        ) from error
    settings = Settings.load(path)
    if aside is None:
        return settings
    kept = _SET_ASIDE.format(path=aside)
    return replace(settings, complaints=(*settings.complaints, *_told([kept])))


def _check(changes: Mapping[str, SettingValue]) -> None:
    known = {each.name for each in fields(Settings)} - {"complaints"}
    for name, value in changes.items():
        if name not in known:
            raise ValueError(f"there is no setting {name!r}")
        is_switch = isinstance(value, bool)
        is_number = isinstance(value, int) and not is_switch and value > 0
        is_list = not isinstance(value, int | str | None) and all(
            isinstance(each, str) for each in value
        )
        makes_sense = {"exclude": is_list, "write_sidecars": is_switch}.get(name, is_number)
        if value is not None and not makes_sense:
            raise ValueError(f"{value!r} makes no sense for the setting {name!r}")


def _stored(path: Path) -> tuple[dict[str, Any], Path | None]:
    """What is in the file, and where it is now if it had to be set aside."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}, None
    except ValueError:  # no JSON, or no text at all
        stored = None
    if isinstance(stored, dict):
        return stored, None
    aside = next(
        each
        for number in range(1, _MOST_ASIDE)
        if not (each := path.with_name(f"{path.stem}-{number}{path.suffix}")).exists()
    )
    os.rename(path, aside)
    return {}, aside


def _write(path: Path, stored: Mapping[str, Any]) -> None:
    content = json.dumps(stored, indent=2, ensure_ascii=False)
    try:
        content.encode()
    except UnicodeEncodeError:  # half of a pair, which JSON can only escape
        content = json.dumps(stored, indent=2)
    path.parent.mkdir(exist_ok=True)
    partial = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with partial.open("w", encoding="utf-8") as file:
            file.write(f"{content}\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)


def _told(complaints: Sequence[str]) -> tuple[str, ...]:
    for each in complaints:
        logger.warning("%s", each)
    return tuple(complaints)
