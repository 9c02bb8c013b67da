"""What can be adjusted, with defaults that suit a plain laptop."""

import json
import logging
import os
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Self

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
    """

    decoder_processes: int = max(1, os.cpu_count() or 1)
    encoder_threads: int = max(1, os.cpu_count() or 1)
    batch_size: int = 16
    decode_timeout_s: int = 30
    decoder_memory_mib: int = 1536
    pixel_limit_megapixels: int = 200
    thumbnail_cache_mib: int = 2048

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
        chosen: dict[str, int] = {}
        for field in fields(cls):
            value = stored.get(field.name)
            # bool is an int to Python but not to somebody who reads the file
            if isinstance(value, int) and not isinstance(value, bool) and value > 0:
                chosen[field.name] = value
            elif value is not None:
                logger.warning("Setting %s must be a whole number above 0", field.name)
        return cls(**chosen)
