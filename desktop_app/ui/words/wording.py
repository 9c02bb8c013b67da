"""Numbers, times and sentences as people read them."""

import re
from pathlib import PurePath

from desktop_app.engine.records import (
    CatalogBackup,
    IndexPreparation,
    IndexProgress,
    IndexSummary,
    ModelInfo,
    Picture,
    SkipKind,
    SkippedFile,
)
from desktop_app.ui.words import date_wording
from desktop_app.ui.words.engine_wording import told
from desktop_app.ui.words.language import tr
from desktop_app.ui.words.number_wording import NARROW_SPACE as NARROW_SPACE
from desktop_app.ui.words.number_wording import count as count
from desktop_app.ui.words.number_wording import decimal
from desktop_app.ui.words.number_wording import plural as plural

_LONGEST_WORD = 18
_BREAK = "\u200b"  # a place where a line may end, without a width of its own


def paused() -> str:
    """That something waits for the user."""
    return tr("Status", "Paused")


def offline() -> str:
    """That a file lies where nothing can be reached now, whatever the reason."""
    return tr("Pictures", "Its drive or folder cannot be reached.")


def missing() -> str:
    """That a file is not where it was."""
    return tr("Pictures", "This file is gone.")


def builtin() -> str:
    """What the model that comes with the program is called, everywhere."""
    return tr("Models", "built-in model")


def the_builtin() -> str:
    """The same within a sentence."""
    return tr("Models", "the built-in model")


def pictures(number: int) -> str:
    """So many pictures."""
    return plural(number, tr("Pictures", "{n} picture"), tr("Pictures", "{n} pictures"))


def files(number: int) -> str:
    """So many files."""
    return plural(number, tr("Files", "{n} file"), tr("Files", "{n} files"))


def capital(text: str) -> str:
    """A text at the beginning of a sentence."""
    return f"{text[:1].upper()}{text[1:]}"


def button_name(label: str, whose: str) -> str:
    """What a screen reader calls a button that stands in several cards: ``Forget: Photos``."""
    return tr("Cards", "{button}: {what}").format(button=label.rstrip("…"), what=whose)


def duration(seconds: float) -> str:
    """Minutes and seconds, with hours where there are any: ``0:29``, ``1:05:00``."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def time_left(seconds: float) -> str:
    """How long something will take, as roughly as it is known: ``4 min left``."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return tr("Status", "less than a minute left")
    hours, rest = divmod(minutes, 60)
    if not hours:
        return tr("Status", "{minutes} min left").format(minutes=rest)
    if not rest:
        return tr("Status", "{hours} h left").format(hours=count(hours))
    text = tr("Status", "{hours} h {minutes} min left")
    return text.format(hours=count(hours), minutes=rest)


def restoring(backup: CatalogBackup | None) -> str:
    """Label of the button that mends a damaged library."""
    if backup is None:
        return tr("Library", "Begin with an empty library")
    return tr("Library", "Restore the backup of {date} ({pictures})").format(
        date=date_wording.here(backup.made_at_s), pictures=pictures(backup.pictures)
    )


def restoring_hint(backup: CatalogBackup | None) -> str:
    """What that button means."""
    if backup is None:
        return tr(
            "Library",
            "There is no backup. The damaged file is kept, and your pictures are not affected.",
        )
    return tr(
        "Library",
        "What came after the backup is looked for again. The damaged file is kept.",
    )


def file_size(size_bytes: int) -> str:
    """A length in the unit that suits it: ``640 KB``, ``2.8 MB``."""
    size = size_bytes / 1000
    if round(size) < 1000:
        least = min(size_bytes, 1)  # a file that holds something does not say 0
        return tr("Files", "{n} KB").format(n=f"{max(size, least):.0f}")
    size /= 1000
    text = tr("Files", "{n} MB")
    if size >= 1000:
        size /= 1000
        text = tr("Files", "{n} GB")
    return text.format(n=decimal(size, 0 if size >= 10 else 1))


def file_name(path: str) -> str:
    """The last part of a path."""
    return PurePath(path).name or path


def folder_of(path: str) -> str:
    """The folder of a file's path."""
    return path[: len(path) - len(file_name(path))].rstrip("/\\") or path[:1]


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
        return offline()
    return missing() if picture.missing_since_s is not None else ""


def number(value: float) -> str:
    """A score or a relevance: ``0.31``, ``−0.05``."""
    return decimal(value, 2)


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
        said.append(tr("Pictures", "score {n}").format(n=number(score)))
    if relevance is not None:
        strong = tr("Pictures", "relevance {n} (strong)")
        text = strong if relevance >= 1 else tr("Pictures", "relevance {n} (strong from 1)")
        said.append(text.format(n=number(relevance)))
    return ", ".join(said)


def facts(picture: Picture) -> str:
    """Date, size in pixels and length of a picture, on one line."""
    side = f"{picture.width_px} × {picture.height_px}"
    parts = (date_wording.short_day(picture), side, file_size(picture.stamp.size_bytes))
    return " · ".join(part for part in parts if part)


def progress(state: IndexProgress, why: str | None = None) -> tuple[str, ...]:
    """How far indexing is: ``Indexing 2 110 / 3 000 · 31/s · 0:29 left``.

    Args:
        state: How far.
        why: Why it is paused, such as ``Paused: the battery is below 20%.``; empty where the
            user wants it so, None while it is not paused.

    Returns:
        Wordings from long to short, down to ``Indexing 70%``.
    """
    if why is not None:
        return _paused(state, why.rstrip(".") or paused())
    if not state.total:
        seen = tr("Status", "Looking for pictures · {n} file seen")
        many = tr("Status", "Looking for pictures · {n} files seen")
        return (plural(state.found, seen, many),)
    far = tr("Status", "Indexing {done} / {total}")
    parts = [far.format(done=count(state.done), total=count(state.total))]
    if state.per_second:
        speed = state.per_second
        parts.append(
            tr("Status", "{n}/s", "Pictures a second").format(
                n=decimal(speed, 0 if speed >= 10 else 1)
            )
        )
    if state.seconds_left is not None:
        parts.append(tr("Status", "{time} left").format(time=duration(state.seconds_left)))
    percent = 100 * state.done // state.total
    shortest_one = tr("Status", "Indexing {percent}%").format(percent=percent)
    return " · ".join(parts), parts[0], shortest_one


def _paused(state: IndexProgress, why: str) -> tuple[str, ...]:
    if not state.total:
        return why, paused()
    far = f"{count(state.done)} / {count(state.total)}"
    percent = tr("Status", "Paused at {percent}%").format(percent=100 * state.done // state.total)
    return tuple(dict.fromkeys((f"{why} · {far}", f"{paused()} · {far}", percent)))


def changes(summary: IndexSummary) -> str:
    """What an indexing run changed, in a sentence; empty where it changed nothing."""
    parts = [
        plural(number, one, many)
        for number, one, many in (
            (
                summary.added,
                tr("Indexing", "{n} picture added"),
                tr("Indexing", "{n} pictures added"),
            ),
            (
                summary.updated,
                tr("Indexing", "{n} picture updated"),
                tr("Indexing", "{n} pictures updated"),
            ),
            (
                summary.moved,
                tr("Indexing", "{n} picture found at a new place"),
                tr("Indexing", "{n} pictures found at a new place"),
            ),
            (
                summary.removed,
                tr("Indexing", "{n} picture gone"),
                tr("Indexing", "{n} pictures gone"),
            ),
        )
        if number
    ]
    return f"{', '.join(parts)}." if parts else ""


def outcome(summary: IndexSummary) -> str:
    """What an indexing run did, in a sentence or two."""
    changed = changes(summary)
    sentences = [changed] if changed else []
    if summary.cancelled:
        sentences.insert(0, tr("Indexing", "Stopped."))
    failed = sum(skip.kind is not SkipKind.OFFLINE for skip in summary.failed)
    if failed:
        one = tr("Indexing", "{n} file could not be read.")
        sentences.append(plural(failed, one, tr("Indexing", "{n} files could not be read.")))
    away = [skip.path for skip in summary.failed if skip.kind is SkipKind.OFFLINE]
    if len(away) == 1:
        one = tr("Indexing", "The folder {name} could not be reached.")
        sentences.append(one.format(name=file_name(away[0])))
    elif away:
        many = tr("Indexing", "{n} folders could not be reached.")
        sentences.append(many.format(n=count(len(away))))
    empty = [skip.path for skip in summary.skipped if skip.kind is SkipKind.EMPTY_FOLDER]
    if len(empty) == 1:
        one = tr("Indexing", "There is no picture in {name}.")
        sentences.append(one.format(name=file_name(empty[0])))
    elif empty:
        many = tr("Indexing", "There is no picture in {n} folders.")
        sentences.append(many.format(n=count(len(empty))))
    return " ".join(sentences) or tr("Indexing", "Nothing new was found.")


def problems(failed: int, others: int) -> str:
    """How many files are not indexed; those that nobody would expect to be count only alone."""
    if failed:
        one = tr("Status", "{n} file not indexed")
        return plural(failed, one, tr("Status", "{n} files not indexed"))
    if others:
        return plural(others, tr("Status", "{n} other file"), tr("Status", "{n} other files"))
    return ""


def unlisted(number: int) -> str:
    """How many more files there are than a list shows; empty for none."""
    if not number:
        return ""
    one = tr("Problems", "And {n} other file.")
    return plural(number, one, tr("Problems", "And {n} other files."))


def tried(file: SkippedFile) -> tuple[str, ...]:
    """When a file was last tried, as a sentence; nothing where nobody noted it."""
    when = "" if file.at_s is None else date_wording.here(file.at_s, with_time=True)
    return (tr("Problems", "Last tried on {date}.").format(date=when),) if when else ()


def status(count_shown: int, strong: int | None, seconds: float | None) -> str:
    """What is shown: ``36 strong hits of 12 408 pictures · 21 ms``.

    Args:
        count_shown: Pictures in the grid.
        strong: How many of them are above the divider; None where nothing was ranked.
        seconds: Time the search took, None where nothing was searched for.
    """
    if seconds is None:
        return pictures(count_shown)
    took = tr("Status", "{n} ms").format(n=count(max(1, round(seconds * 1000))))
    shown = pictures(count_shown)
    if strong is None:
        return f"{shown} · {took}"
    if not count_shown:
        nothing = tr("Status", "No picture")
        return f"{nothing} · {took}"
    if not strong:
        text = tr("Status", "No strong hit among {pictures}")
        return f"{text.format(pictures=shown)} · {took}"
    one = tr("Status", "{n} strong hit of {pictures}")
    many = tr("Status", "{n} strong hits of {pictures}")
    return f"{plural(strong, one, many, pictures=shown)} · {took}"


def model_name(model: ModelInfo) -> str:
    """The model's name in the bottom line."""
    return builtin() if model.is_builtin else model.name


def sentence_name(model: ModelInfo) -> str:
    """The model's name where a sentence begins with it."""
    return capital(the_builtin()) if model.is_builtin else model.name


def preparing_search(state: IndexPreparation) -> str:
    """How far the preparation of quick searching is; empty where that is not known."""
    if not state.total:
        return ""
    text = tr("Status", "Preparing quick search: {percent}%")
    return text.format(percent=100 * state.done // state.total)


def unwritable(why: str) -> str:
    """That a library can only be read, and what that means.

    Args:
        why: The reason, as a sentence.
    """
    text = tr("Library", "You can search, but nothing can be indexed or changed: {reason}")
    reason = told(why)
    return text.format(reason=f"{reason[:1].lower()}{reason[1:]}")
