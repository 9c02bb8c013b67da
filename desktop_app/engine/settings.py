"""What can be adjusted, with defaults that suit a plain laptop."""

import json
import logging
import os
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Settings:
    """The engine's limits. ``settings.json`` in the data folder may change any of them.

    Attributes:
        decoder_processes: Processes that decode pictures.
        encoder_threads: Batches that are encoded at the same time, one core each.
        batch_size: Pictures encoded and written together.
        decode_timeout_s: Longest time one file may take.
        decoder_memory_mib: Most memory one decoder process may take.
        pixel_limit_megapixels: Largest picture that is decoded.
        thumbnail_cache_mib: Size the thumbnail cache is kept under.
        exclude: Patterns of files and folders that are passed over; see
            `desktop_app.engine.files.exclusions.Exclusions`.
    """

    decoder_processes: int = max(1, os.cpu_count() or 1)
    encoder_threads: int = max(1, os.cpu_count() or 1)
    batch_size: int = 16
    decode_timeout_s: int = 30
    decoder_memory_mib: int = 1536
    pixel_limit_megapixels: int = 200
    thumbnail_cache_mib: int = 2048
    exclude: tuple[str, ...] = ()

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the settings file; whatever is missing or nonsense in it keeps its default.

        A settings file never keeps the program from starting: what is wrong goes to the log.
        """
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return cls()
        except (OSError, ValueError) as error:
            logger.warning("Settings in %s cannot be read: %s", path, error)
            return cls()
        if not isinstance(stored, dict):
            logger.warning("Settings in %s are not a JSON object", path)
            return cls()
        chosen: dict[str, Any] = {}
        for field in fields(cls):
            value = stored.get(field.name)
            if field.name == "exclude":
                chosen[field.name] = _patterns(value)
            # bool is an int to Python but not to somebody who reads the file
            elif isinstance(value, int) and not isinstance(value, bool) and value > 0:
                chosen[field.name] = value
            elif value is not None:
                logger.warning("Setting %s must be a whole number above 0", field.name)
        return cls(**chosen)


def _patterns(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(value)
    logger.warning("Setting exclude must be a list of texts")
    return ()
