"""Numbers, times and sentences as people read them."""

import re
from pathlib import PurePath

from desktop_app.engine.records import (
    CatalogBackup,
    EmbedProgress,
    EmbedSummary,
    IndexPreparation,
    IndexProgress,
    IndexSummary,
    ModelInfo,
    Picture,
    SkipKind,
    SkippedFile,
)
from desktop_app.ui import date_wording

NARROW_SPACE = "\u202f"
PAUSED = "Paused"
OFFLINE = "This drive is not connected."
MISSING = "This file is gone."
BUILTIN = "built-in model"
"""What the model that comes with the program is called, everywhere."""

_LONGEST_WORD = 18
_CUT_TITLE = 16
_BREAK = "\u200b"  # a place where a line may end, without a width of its own


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


def time_left(seconds: float) -> str:
    """How long something will take, as roughly as it is known: ``4 min left``."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return "less than a minute left"
    hours, rest = divmod(minutes, 60)
    parts = [f"{count(hours)} h"] if hours else []
    if rest:
        parts.append(f"{rest} min")
    return f"{' '.join(parts)} left"


def restoring(backup: CatalogBackup | None) -> str:
    """Label of the button that mends a damaged library."""
    if backup is None:
        return "Begin with an empty library"
    return (
        f"Restore the backup of {date_wording.here(backup.made_at_s)} ({pictures(backup.pictures)})"
    )


def restoring_hint(backup: CatalogBackup | None) -> str:
    """What that button means."""
    if backup is None:
        return "There is no backup. The damaged file is kept, and your pictures are not affected."
    return "What came after the backup is looked for again. The damaged file is kept."


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


def breakable(text: str) -> str:
    """Let long words, such as addresses and file names, go on in the next line."""
    return " ".join(
        re.sub(rf"([/._@?&=-]+|\S{{{_LONGEST_WORD}}})(?=\S)", rf"\1{_BREAK}", word)
        if len(word) > _LONGEST_WORD
        else word
        for word in text.split(" ")
    )


def tooltip(text: str) -> str:
    """A text for a tooltip, which would take a name like ``<b>`` for formatting, or a link."""
    return text.replace("<", f"<{_BREAK}")


def presence(picture: Picture) -> str:
    """Why a picture's file cannot be opened, as far as is known; empty where it can."""
    if picture.is_offline:
        return OFFLINE
    return MISSING if picture.missing_since_s is not None else ""


def number(value: float) -> str:
    """A score or a relevance: ``0.31``, ``−0.05``."""
    return f"{value:.2f}".replace("-", "\u2212")


def match(score: float | None, relevance: float | None) -> str:
    """How well a picture answers a search: ``score 0.31, relevance 1.20 (strong)``.

    Args:
        score: The score, None where nothing is searched for.
        relevance: How far it stands out; from 1 on a hit is strong. See `Hits`.

    Returns:
        What is known; empty for no search.
    """
    said = []
    if score is not None:
        said.append(f"score {number(score)}")
    if relevance is not None:
        said.append(f"relevance {number(relevance)}{' (strong)' if relevance >= 1 else ''}")
    return ", ".join(said)


def facts(picture: Picture) -> str:
    """Date, size in pixels and length of a picture, on one line."""
    side = f"{picture.width_px} × {picture.height_px}"
    parts = (date_wording.short_day(picture), side, file_size(picture.stamp.size_bytes))
    return " · ".join(part for part in parts if part)


def progress(state: IndexProgress, paused: str | None = None) -> tuple[str, ...]:
    """How far indexing is: ``Indexing 2 110 / 3 000 · 31/s · 0:29 left``.

    Args:
        state: How far.
        paused: Why it is paused, such as ``Paused: the battery is below 20%.``; empty where the
            user wants it so, None while it is not paused.

    Returns:
        Wordings from long to short, down to ``Indexing 70%``.
    """
    if paused is not None:
        return _paused(state, paused.rstrip(".") or PAUSED)
    if not state.total:
        return (f"Looking for pictures · {plural(state.found, 'file', 'files')} seen",)
    parts = [f"Indexing {count(state.done)} / {count(state.total)}"]
    if state.per_second:
        speed = state.per_second
        parts.append(f"{speed:.0f}/s" if speed >= 10 else f"{speed:.1f}/s")
    if state.seconds_left is not None:
        parts.append(f"{duration(state.seconds_left)} left")
    shortest = f"Indexing {100 * state.done // state.total}%"
    return " · ".join(parts), parts[0], shortest


def _paused(state: IndexProgress, why: str) -> tuple[str, ...]:
    if not state.total:
        return why, PAUSED
    far = f"{count(state.done)} / {count(state.total)}"
    percent = f"{PAUSED} at {100 * state.done // state.total}%"
    return tuple(dict.fromkeys((f"{why} · {far}", f"{PAUSED} · {far}", percent)))


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
    failed = sum(skip.kind is not SkipKind.OFFLINE for skip in summary.failed)
    if failed:
        sentences.append(f"{plural(failed, 'file', 'files')} could not be read.")
    away = len(summary.failed) - failed
    if away:
        sentences.append(f"{plural(away, 'folder', 'folders')} could not be reached.")
    empty = [file.reason for file in summary.skipped if file.kind == SkipKind.EMPTY_FOLDER]
    return " ".join(sentences + empty[:1]) or "Nothing new was found."


def problems(failed: int, others: int) -> str:
    """How many files are not indexed; those that nobody would expect to be count only alone."""
    if failed:
        return f"{plural(failed, 'file', 'files')} not indexed"
    return plural(others, "other file", "other files") if others else ""


def unlisted(number: int) -> str:
    """How many more files there are than a list shows; empty for none."""
    return f"And {plural(number, 'other file', 'other files')}." if number else ""


def tried(file: SkippedFile) -> tuple[str, ...]:
    """When a file was last tried, as a sentence; nothing where nobody noted it."""
    when = "" if file.at_s is None else date_wording.here(file.at_s, with_time=True)
    return (f"Last tried on {when}.",) if when else ()


def status(count_shown: int, strong: int | None, seconds: float | None) -> str:
    """What is shown: ``36 strong hits of 12 408 pictures · 21 ms``.

    Args:
        count_shown: Pictures in the grid.
        strong: How many of them are above the divider; None where nothing was ranked.
        seconds: Time the search took, None where nothing was searched for.
    """
    if seconds is None:
        return pictures(count_shown)
    took = f"{max(1, round(seconds * 1000))} ms"
    if strong is None:
        return f"{pictures(count_shown)} · {took}"
    if not count_shown:
        return f"No picture · {took}"
    if not strong:
        return f"No strong hit among {pictures(count_shown)} · {took}"
    return f"{plural(strong, 'strong hit', 'strong hits')} of {pictures(count_shown)} · {took}"


def model_name(model: ModelInfo) -> str:
    """The model's name in the bottom line."""
    return BUILTIN if model.is_builtin else model.name


def sentence_name(model: ModelInfo) -> str:
    """The model's name where a sentence begins with it."""
    return f"The {BUILTIN}" if model.is_builtin else model.name


def preparing_search(state: IndexPreparation) -> str:
    """How far the preparation of quick searching is; empty where that is not known."""
    return f"Preparing quick search: {100 * state.done // state.total}%" if state.total else ""


def embedding(
    state: EmbedProgress, answering: ModelInfo | None, *, is_paused: bool, reason: str = ""
) -> tuple[str, ...]:
    """How far a new model's preparation is, and which one answers meanwhile.

    Args:
        state: How far it is.
        answering: The model that answers now, None while it is not known.
        is_paused: Whether it is paused.
        reason: Why, a sentence, where it was not the user who paused it here.

    Returns:
        Wordings from long to short: the title goes before the figures, ``Preparing 26%`` is left.
    """
    until = "meanwhile" if is_paused else "until then"
    answers = f" {sentence_name(answering)} answers {until}." if answering is not None else ""
    titles = (f" {state.title}", f" {_cut(state.title)}", "")
    texts = [_embedding(state, title, is_paused=is_paused) for title in titles]
    if reason.rstrip(".") not in ("", PAUSED):
        texts.insert(0, f"{reason.rstrip('.')}. {texts[0]}")
    percent = 100 * state.done // state.total if state.total else 0
    shortest = f"{'Paused at' if is_paused else 'Preparing'} {percent}%"
    return f"{texts[0]}{answers}", *texts, shortest


def _embedding(state: EmbedProgress, title: str, *, is_paused: bool) -> str:
    far = f"{count(state.done)} of {count(state.total)}"
    if is_paused:
        return f"Preparing{title} is paused at {far}."
    if state.per_second:
        far += f", {time_left((state.total - state.done) / state.per_second)}"
    return f"Preparing{title}: {far}."


def _capital(title: str) -> str:
    """A title at the beginning of a sentence; those of others are written as they write them."""
    return f"The {BUILTIN}" if title == f"the {BUILTIN}" else title


def _cut(title: str) -> str:
    return title if len(title) <= _CUT_TITLE else f"{title[: _CUT_TITLE - 1].rstrip()}…"


def embedded(summary: EmbedSummary) -> str:
    """What the preparation of a model came to, in a sentence or two; empty where to nothing."""
    sentences = []
    if summary.switched:
        sentences.append(f"{_capital(summary.title)} answers from now on.")
    if summary.failed:
        whom = "it" if summary.switched else summary.title
        sentences.append(f"{pictures(len(summary.failed))} could not be prepared for {whom}.")
    return " ".join(sentences)


def unwritable(why: str) -> str:
    """That a library can only be read, and what that means.

    Args:
        why: The reason, as a sentence.
    """
    return f"You can search, but nothing can be indexed or changed: {why[:1].lower()}{why[1:]}"
