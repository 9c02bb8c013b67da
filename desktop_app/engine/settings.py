"""What can be adjusted, with defaults that suit a plain laptop."""

import json
import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
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
        except (OSError, ValueError) as error:
            return cls(complaints=_told([f"The settings in {path} cannot be read ({error})."]))
        if not isinstance(stored, dict):
            return cls(complaints=_told([f"The settings in {path} are not a JSON object."]))
        known = [each.name for each in fields(cls) if each.name != "complaints"]
        chosen: dict[str, Any] = {}
        wrong: list[str] = []
        for name, value in stored.items():
            if name not in known:
                wrong.append(f"There is no setting {name!r}; known are {', '.join(known)}.")
            elif name == "exclude":
                if isinstance(value, list) and all(isinstance(each, str) for each in value):
                    chosen[name] = tuple(value)
                else:
                    wrong.append("The setting exclude must be a list of texts.")
            # bool is an int to Python but not to somebody who reads the file
            elif isinstance(value, int) and not isinstance(value, bool) and value > 0:
                chosen[name] = value
            else:
                wrong.append(f"The setting {name} must be a whole number above 0.")
        return cls(**chosen, complaints=_told(wrong))


def _told(complaints: Sequence[str]) -> tuple[str, ...]:
    for each in complaints:
        logger.warning("%s", each)
    return tuple(complaints)
