"""What is said about models, in words that need no knowledge of them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from PySide6.QtCore import QLocale

from desktop_app.engine.records import (
    DeviceChoice,
    InstalledModel,
    LibraryModel,
    ModelInfo,
    ModelOffer,
    ModelProgress,
    ModelRole,
    ModelStep,
    QualityFigure,
)
from desktop_app.ui import wording

_BUILTIN = f"{wording.BUILTIN[:1].upper()}{wording.BUILTIN[1:]}"
_SHOWN_FIGURES = 3
_SHOWN_LANGUAGES = 3
_STEPS = {
    ModelStep.DOWNLOADING: "Downloading",
    ModelStep.COPYING: "Copying",
    ModelStep.CHECKING: "Checking that it works",
}


def told_apart(entries: Sequence[LibraryModel]) -> list[LibraryModel]:
    """The models under the titles that the window gives them.

    The built-in one is called that, whatever its card says; where several have one title, their
    folders stand beside it.
    """
    named = [
        replace(one, model=replace(one.model, title=_BUILTIN)) if one.model.is_builtin else one
        for one in entries
    ]
    titles = Counter(one.model.title for one in named)
    return [
        replace(one, model=replace(one.model, title=f"{one.model.title} ({one.model.name})"))
        if titles[one.model.title] > 1
        else one
        for one in named
    ]


def as_told_apart(info: ModelInfo, entries: Sequence[LibraryModel]) -> ModelInfo:
    """The model that answers, under the title that it has among all; see `told_apart`."""
    same = [one for one in told_apart(entries) if one.model.key == info.key]
    same.sort(key=lambda one: one.role is not ModelRole.IN_USE)  # copies have one key
    return replace(info, name=same[0].model.title) if same else info


def next_title(entries: Sequence[LibraryModel]) -> str:
    """What the model that is being prepared is called in a sentence; empty where there is none."""
    coming = (one.model for one in told_apart(entries) if one.role is ModelRole.NEXT)
    return next((f"the {wording.BUILTIN}" if one.is_builtin else one.title for one in coming), "")


def facts(model: InstalledModel) -> str:
    """Size, licence and languages, as far as they are known: ``158 MB · MIT · English``."""
    parts = (
        wording.file_size(model.size_bytes) if model.size_bytes else "",
        licence(model.licence),
        languages(model.languages),
        "comes with the program" if model.is_builtin else "",
    )
    return " · ".join(part for part in parts if part)


def offer_facts(offer: ModelOffer) -> str:
    """The same of a model that can be downloaded."""
    parts = (
        wording.file_size(offer.size_bytes),
        licence(offer.licence),
        languages(offer.languages),
    )
    return " · ".join(part for part in parts if part)


def licence(identifier: str) -> str:
    """A licence's name as it is written: ``Apache 2.0``, ``CC BY-NC 4.0``, ``MIT``."""
    name = identifier.strip()
    if name.lower().startswith("cc-"):
        return re.sub(r"-(?=\d)", " ", f"CC {name[len('cc-') :].upper()}")
    if name.lower().startswith("apache-"):
        return f"Apache {name[len('apache-') :]}"
    return name.upper() if name.isalpha() and len(name) <= len("BSD") else name


def languages(codes: Sequence[str]) -> str:
    """The languages a model understands: ``English``, ``English, German, French and 12 more``."""
    if "multilingual" in codes:
        return "many languages"
    names = [_language(code) for code in codes]
    if len(names) > _SHOWN_LANGUAGES + 1:
        rest = len(names) - _SHOWN_LANGUAGES
        return f"{', '.join(names[:_SHOWN_LANGUAGES])} and {wording.count(rest)} more"
    return ", ".join(names)


def _language(code: str) -> str:
    language = QLocale.codeToLanguage(code.partition("-")[0])
    if language in (QLocale.Language.AnyLanguage, QLocale.Language.C):
        return code
    return QLocale.languageToString(language)


def quality(figures: Sequence[QualityFigure]) -> str:
    """What a model's measured quality means, a sentence for each of the first figures."""
    return "\n".join(_figure(each) for each in figures[:_SHOWN_FIGURES])


def _figure(figure: QualityFigure) -> str:
    metric, share = figure.metric.lower(), f"{round(100 * figure.value)} of 100"
    place = f"({figure.dataset})" if figure.dataset else ""
    rank = next(_ranks(metric), 0)
    if rank and "precision" in metric:
        text = f"Of the first {rank} pictures found, {share} are right"
    elif rank and "recall" in metric:
        wanted = "sentence" if re.search(r"(picture|image).*(sentence|text)", metric) else "picture"
        where = "first" if rank == 1 else f"among the first {rank}"
        text = f"The right {wanted} comes {where} for {share} searches"
    elif rank or "accuracy" in metric:
        where = "at the first guess" if rank <= 1 else f"within {rank} guesses"
        text = f"Names what a picture shows {where} for {share}"
    else:
        text = f"{figure.metric[:1].upper()}{figure.metric[1:]}: {share}"
    return f"{text} {place}".strip() + "."


def _ranks(metric: str) -> Iterator[int]:
    """The k of ``top-k`` and ``recall@k``."""
    return (int(found) for found in re.findall(r"(?:top[- ]?|@ ?)(\d+)", metric))


def role(entry: LibraryModel, *, is_paused: bool = False, is_waiting: bool = False) -> str:
    """One or two words beside the title; empty where there is nothing to say.

    Args:
        entry: The model.
        is_paused: Whether the preparation of the next model waits for the user.
        is_waiting: Whether it waits for indexing.
    """
    if entry.model.problem is not None:
        return "Cannot be used"
    if entry.role is ModelRole.IN_USE:
        return "In use"
    if entry.role is ModelRole.NEXT:
        return "Paused" if is_paused else "Waiting" if is_waiting else "Being prepared"
    return "Ready" if entry.role is ModelRole.KEPT and _is_ready(entry) else ""


def in_library(entry: LibraryModel, *, is_paused: bool = False, is_waiting: bool = False) -> str:
    """What a model is to the library, and what it takes there; see `role`."""
    known = wording.pictures(entry.pictures)
    far = f"{wording.count(entry.vectors)} of {known}"
    if not entry.pictures:
        text = "Answers your searches." if entry.role is ModelRole.IN_USE else ""
    elif entry.role is ModelRole.IN_USE:
        text = f"Answers your searches in {known if _is_ready(entry) else far}."
    elif entry.role is ModelRole.NEXT:
        # What it takes grows all the time, so it is told at the end.
        if is_paused:
            return f"Paused at {far}."
        when = "Waits until indexing is done." if is_waiting else "It answers as soon as all are."
        return f"{far} prepared. {when}"
    elif _is_ready(entry):
        text = f"Prepared for {known}: switching to it is instant."
    elif entry.vectors:
        text = f"{far} prepared."
    else:
        text = f"{known} to prepare before it can answer."
    takes = f"Takes {wording.file_size(entry.disk_bytes)} for this library."
    return f"{text} {takes if entry.disk_bytes else ''}".strip()


def _is_ready(entry: LibraryModel) -> bool:
    return entry.vectors >= entry.pictures


def not_removable(entry: LibraryModel) -> str:
    """Why there is no way to remove a model; empty where there is, or where nobody would ask."""
    if entry.model.is_builtin:
        return ""  # that it comes with the program is said already
    if entry.role is ModelRole.IN_USE:
        return "To remove it, use another model first."
    if entry.role is ModelRole.NEXT and entry.model.problem is None:
        return "To remove it, cancel its preparation first."
    return ""


def removal(entry: LibraryModel) -> str:
    """The question before a model is removed."""
    model = entry.model
    parts = [wording.file_size(model.size_bytes)] if model.size_bytes else []
    if entry.disk_bytes:
        parts.append(f"{wording.file_size(entry.disk_bytes)} of what it prepared for searching")
    frees = f" This frees {', and '.join(parts)}." if parts else ""
    return f"Remove {model.title}?{frees} Your pictures stay as they are."


def download(offer: ModelOffer) -> str:
    """The question before anything is fetched."""
    size = wording.file_size(offer.size_bytes)
    return (
        f"Download {size} from the internet? Nothing about you or your pictures is sent.\n"
        f"Address: {offer.address}\nRevision:\n{offer.revision}"
    )


def installing(state: ModelProgress, per_second: float, seconds_left: float | None) -> str:
    """How far an installation is: ``Downloading 12 MB of 158 MB · 3.1 MB/s · 1 min left``.

    Args:
        state: How far it is.
        per_second: Bytes a second lately; 0 while unknown.
        seconds_left: None while unknown.
    """
    text = _STEPS[state.step]
    if not state.total_bytes:
        return f"{text}…"
    done = wording.file_size(state.done_bytes)
    parts = [f"{text} {done} of {wording.file_size(state.total_bytes)}"]
    if per_second:
        parts.append(f"{wording.file_size(round(per_second))}/s")
    if seconds_left is not None:
        parts.append(wording.time_left(seconds_left))
    return " · ".join(parts)


def device(choice: DeviceChoice) -> str:
    """What computes, and why: ``Runs on DirectML. 3 times as fast as the CPU.``."""
    title, colon, why = choice.reason.partition(": ")
    if not colon:
        name, why = choice.provider.removesuffix("ExecutionProvider"), choice.reason
        title = "the processor (CPU)" if name == "CPU" else name
    return f"Runs on {title}. {why[:1].upper()}{why[1:]}"
