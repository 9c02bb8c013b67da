"""Numbers, times and sentences as people read them."""

import time
from collections.abc import Sequence
from pathlib import PurePath

from desktop_app.engine.records import (
    IndexProgress,
    IndexSummary,
    ModelInfo,
    Picture,
    SkipKind,
    SkippedFile,
)

NARROW_SPACE = "\u202f"


def count(number: int) -> str:
    """Group thousands by a narrow space: ``12 408``."""
    return f"{number:,}".replace(",", NARROW_SPACE)


def plural(number: int, one: str, many: str) -> str:
    """A counted noun: ``1 picture``, ``36 pictures``."""
    return f"{count(number)} {one if number == 1 else many}"


def pictures(number: int) -> str:
    """So many pictures."""
    return plural(number, "picture", "pictures")


def duration(seconds: float) -> str:
    """Minutes and seconds, with hours where there are any: ``0:29``, ``1:05:00``."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def day(date_s: float) -> str:
    """The local day: ``12 Feb 2023``; empty where the clock of this system cannot say it."""
    try:
        moment = time.localtime(date_s)
    except (OverflowError, OSError, ValueError):
        return ""
    return f"{moment.tm_mday} {time.strftime('%b %Y', moment)}"


def file_size(size_bytes: int) -> str:
    """A length in the unit that suits it: ``640 KB``, ``2.8 MB``."""
    size = size_bytes / 1000
    for unit in ("KB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            return f"{size:.0f} {unit}" if size >= 10 or unit == "KB" else f"{size:.1f} {unit}"
        size /= 1000
    raise AssertionError("unreachable: the last unit takes any size")


def file_name(path: str) -> str:
    """The last part of a path."""
    return PurePath(path).name or path


def facts(picture: Picture) -> str:
    """Date, size in pixels and length of a picture, on one line."""
    side = f"{picture.width_px} × {picture.height_px}"
    parts = (day(picture.date_s), side, file_size(picture.stamp.size_bytes))
    return " · ".join(part for part in parts if part)


def progress(state: IndexProgress) -> str:
    """How far indexing is: ``Indexing 2 110 / 3 000 · 31/s · 0:29 left``."""
    if not state.total:
        return f"Looking for pictures · {plural(state.found, 'file', 'files')} seen"
    parts = [f"Indexing {count(state.done)} / {count(state.total)}"]
    if state.per_second:
        speed = state.per_second
        parts.append(f"{speed:.0f}/s" if speed >= 10 else f"{speed:.1f}/s")
    if state.seconds_left is not None:
        parts.append(f"{duration(state.seconds_left)} left")
    return " · ".join(parts)


def changes(summary: IndexSummary) -> str:
    """What an indexing run changed, in a sentence; empty where it changed nothing."""
    parts = [
        f"{pictures(number)} {what}"
        for number, what in (
            (summary.added, "added"),
            (summary.updated, "updated"),
            (summary.moved, "found at a new place"),
            (summary.removed, "gone"),
        )
        if number
    ]
    return f"{', '.join(parts)}." if parts else ""


def outcome(summary: IndexSummary) -> str:
    """What an indexing run did, in a sentence or two."""
    changed = changes(summary)
    sentences = [changed] if changed else []
    if summary.cancelled:
        sentences.insert(0, "Stopped.")
    if summary.failed:
        sentences.append(f"{plural(len(summary.failed), 'file', 'files')} could not be read.")
    empty = [file.reason for file in summary.skipped if file.kind == SkipKind.EMPTY_FOLDER]
    return " ".join(sentences + empty[:1]) or "Nothing new was found."


def problems(files: Sequence[SkippedFile]) -> str:
    """How many files are not indexed; those that nobody would expect to be count only alone."""
    failed = sum(file.kind.is_failure for file in files)
    if failed or not files:
        return f"{plural(failed, 'file', 'files')} not indexed" if failed else ""
    return f"{plural(len(files), 'other file', 'other files')}"


def status(count_shown: int, seconds: float | None, model: ModelInfo | None) -> str:
    """What is shown: ``36 pictures · 21 ms · small built-in model``.

    Args:
        count_shown: Pictures in the grid.
        seconds: Time the search took, None where nothing was searched for.
        model: The model in use, None while it is not known.
    """
    parts = [pictures(count_shown)]
    if seconds is not None:
        parts[0] += ", best first"
        parts.append(f"{max(1, round(seconds * 1000))} ms")
    if model is not None:
        parts.append(model_name(model))
    return " · ".join(parts)


def model_name(model: ModelInfo) -> str:
    """The model's line in the window; says so where it is the small one that is built in."""
    return "small built-in model" if model.is_builtin else model.name
