"""Reads pictures that move, GIF, WebP, PNG and AVIF, one frame after another."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from PIL import Image

from desktop_app.engine.files.picture_reader import (
    SILENCED,
    DecodeLimits,
    check_size,
    open_header,
    opened_file,
    plain_errors,
)
from desktop_app.engine.files.pixel_modes import to_rgb
from desktop_app.engine.files.screen_pixels import Bounds, fit, screen_pixels
from desktop_app.engine.records import AnimationFrame

_FORMATS = frozenset(("GIF", "WEBP", "PNG", "AVIF"))
"""Others with several images, such as TIFF and the MPO of cameras, hold pages, not frames."""

LIMITS = DecodeLimits(pixels=20_000_000)
"""Twice a 4K screen. A reader keeps several pictures of this size for itself, 80 MB each: the frame
and what comes back when it goes. Larger ones are shown as stills."""

_SHORTEST_MS, _USUAL_MS = 20, 100
"""Files that ask for less than two hundredths mean "as fast as possible", which was once a tenth of
a second and still is in web browsers."""
_LONGEST_MS = 60_000
_KEPT_FILE_BYTES = 64 * 1024 * 1024


def count_plays(path: str | bytes) -> int | None:
    """How often a picture plays, by its header.

    Args:
        path: The file, or its content.

    Returns:
        0 for without an end; None for a picture that does not move or cannot be read.
    """
    try:
        with opened_file(path) as file, SILENCED, open_header(file, LIMITS) as image:
            if image.format not in _FORMATS or not getattr(image, "is_animated", False):
                return None
            check_size(image.size, image.size, LIMITS)
            loop = image.info.get("loop")
            if image.format != "GIF":
                return loop if isinstance(loop, int) else 0
            # A GIF says how often it is repeated after the first time, or nothing.
            return 1 if loop is None else loop and loop + 1
    except Exception:  # noqa: BLE001 - as many kinds as in `plain_errors`: it is shown as a still
        return None


def read_frames(path: str | bytes, bounds: Bounds) -> Iterator[AnimationFrame]:
    """Read the frames of a picture once, from the first to the last; each when it is asked for.

    No more than one frame is in memory, beside what the format itself needs to make the next. A
    file that is damaged somewhere ends there.

    Args:
        path: The file, or its content. A large file is kept open until the generator is closed.
        bounds: What each frame has to fit into.

    Raises:
        UndecodableError: If there is not even a first frame.
    """
    number = 0
    with plain_errors(), _source(path) as file:
        with SILENCED:
            image = open_header(file, LIMITS)
        check_size(image.size, image.size, LIMITS)
        # The picture for programs that know no animations is not part of it.
        first = number = 1 if image.info.get("default_image") else 0
        while True:
            try:
                with SILENCED:
                    frame = _frame(image, number, bounds)
            except EOFError:
                return
            except Exception:
                if number == first:
                    raise
                return
            yield frame
            number += 1


def _frame(image: Image.Image, number: int, bounds: Bounds) -> AnimationFrame:
    image.seek(number)
    image.load()
    # A copy: the next frame is drawn upon this one.
    rgb = to_rgb(image.copy(), max(1, bounds.reduction(image.size)))
    return AnimationFrame(
        screen_pixels(fit(rgb, image.size, bounds)), _duration_ms(image.info.get("duration"))
    )


def _duration_ms(said: object) -> int:
    if not isinstance(said, int | float) or not said >= _SHORTEST_MS:
        return _USUAL_MS
    return int(min(said, _LONGEST_MS))


@contextmanager
def _source(path: str | bytes) -> Iterator[BinaryIO]:
    """A file's content, from memory where it is small: Windows lets nobody move an open file."""
    with opened_file(path) as file:
        if isinstance(path, bytes):
            yield file
            return
        if os.fstat(file.fileno()).st_size > _KEPT_FILE_BYTES:
            yield file
            return
        content = file.read()
    yield io.BytesIO(content)
