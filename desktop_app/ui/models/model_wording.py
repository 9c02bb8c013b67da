"""What is said about models, in words that need no knowledge of them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

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
from desktop_app.ui.models.language_names import language_name
from desktop_app.ui.words import wording
from desktop_app.ui.words.engine_wording import told
from desktop_app.ui.words.language import tr

_SHOWN_FIGURES = 3
_SHOWN_LANGUAGES = 3


def told_apart(entries: Sequence[LibraryModel]) -> list[LibraryModel]:
    """The models under the titles that the window gives them.

    The built-in one is called that, whatever its card says; where several have one title, their
    folders stand beside it.
    """
    named = [
        replace(one, model=replace(one.model, title=wording.capital(wording.builtin())))
        if one.model.is_builtin
        else one
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
    """What the model that is being prepared is called in a sentence; empty where there is none.

    Where none is to be the next, it is the one in use that lacks pictures.
    """
    named = told_apart(entries)
    coming = [one.model for one in named if one.role is ModelRole.NEXT]
    coming += [one.model for one in named if one.role is ModelRole.IN_USE and not _is_ready(one)]
    return next((wording.the_builtin() if one.is_builtin else one.title for one in coming), "")


def facts(model: InstalledModel) -> str:
    """Size, licence and languages, as far as they are known: ``158 MB · MIT · English``."""
    parts = (
        wording.file_size(model.size_bytes) if model.size_bytes else "",
        licence(model.licence),
        languages(model.languages),
        tr("Models", "comes with the program") if model.is_builtin else "",
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
    if name.lower() == "unknown":  # the hub's words; alone they would be unknown what, other what
        return tr("Models", "licence unknown")
    if name.lower() == "other":
        return tr("Models", "a licence of its own")
    if name.lower().startswith("cc-"):
        return re.sub(r"-(?=\d)", " ", f"CC {name[len('cc-') :].upper()}")
    if name.lower().startswith("apache-"):
        return f"Apache {name[len('apache-') :]}"
    return name.upper() if name.isalpha() and len(name) <= len("BSD") else name


def languages(codes: Sequence[str]) -> str:
    """The languages a model understands: ``English``, ``English, German, French and 12 more``."""
    if "multilingual" in codes:
        return tr("Models", "many languages")
    names = [language_name(each) for each in codes]
    if len(names) > _SHOWN_LANGUAGES + 1:
        rest = len(names) - _SHOWN_LANGUAGES
        text = tr("Models", "{languages} and {n} more", "Languages that a model understands")
        return text.format(languages=", ".join(names[:_SHOWN_LANGUAGES]), n=wording.count(rest))
    return ", ".join(names)


def quality(figures: Sequence[QualityFigure]) -> str:
    """What a model's measured quality means, a sentence for each of the first figures."""
    return "\n".join(_figure(each) for each in figures[:_SHOWN_FIGURES])


def _figure(figure: QualityFigure) -> str:
    metric = figure.metric.lower()
    share = tr("Models", "{n} of 100").format(n=round(100 * figure.value))
    rank = next(_ranks(metric), 0)
    if rank and "precision" in metric:
        text = tr("Models", "Of the first {rank} pictures found, {share} are right")
    elif rank and "recall" in metric:
        text = _recall(rank, is_text=re.search(r"(picture|image).*(sentence|text)", metric))
    elif rank > 1:
        text = tr("Models", "Names what a picture shows within {rank} guesses for {share}")
    elif rank or "accuracy" in metric:
        text = tr("Models", "Names what a picture shows at the first guess for {share}")
    else:
        text = tr("Models", "{metric}: {share}")
    said = text.format(rank=rank, share=share, metric=wording.capital(figure.metric))
    return f"{said} ({figure.dataset})." if figure.dataset else f"{said}."


def _recall(rank: int, *, is_text: object) -> str:
    if is_text and rank == 1:
        return tr("Models", "The right sentence comes first for {share} searches")
    if is_text:
        return tr("Models", "The right sentence comes among the first {rank} for {share} searches")
    if rank == 1:
        return tr("Models", "The right picture comes first for {share} searches")
    return tr("Models", "The right picture comes among the first {rank} for {share} searches")


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
        return tr("Models", "Cannot be used")
    if entry.role is ModelRole.IN_USE:
        return tr("Models", "In use")
    if entry.role is ModelRole.NEXT:
        if is_paused:
            return wording.paused()
        return tr("Models", "Waiting") if is_waiting else tr("Models", "Being prepared")
    is_kept_ready = entry.role is ModelRole.KEPT and entry.lacks_few
    return tr("Models", "Ready") if is_kept_ready else ""


def in_library(entry: LibraryModel, *, is_paused: bool = False, is_waiting: bool = False) -> str:
    """What a model is to the library, and what it takes there; see `role`."""
    known = wording.pictures(entry.pictures)
    far = tr("Models", "{n} of {pictures}", "So many of the pictures of the library")
    far = far.format(n=wording.count(entry.vectors), pictures=known)
    if not entry.pictures:
        is_used = entry.role is ModelRole.IN_USE
        text = tr("Models", "Answers your searches.") if is_used else ""
    elif entry.role is ModelRole.IN_USE:
        text = tr("Models", "Answers your searches in {pictures}.")
        text = text.format(pictures=known if _is_ready(entry) else far)
    elif entry.role is ModelRole.NEXT:
        # What it takes grows all the time, so it is told at the end.
        return _far(far, is_paused=is_paused, is_waiting=is_waiting)
    elif entry.lacks_few:
        text = tr("Models", "Prepared for {pictures}: switching to it is instant.")
        text = text.format(pictures=known if _is_ready(entry) else far)
    elif entry.vectors:
        text = tr("Models", "{pictures} prepared.").format(pictures=far)
    else:
        text = tr("Models", "{pictures} to prepare before it can answer.").format(pictures=known)
    if not entry.disk_bytes:
        return text
    takes = tr("Models", "Takes {size} for this library.")
    return f"{text} {takes.format(size=wording.file_size(entry.disk_bytes))}".strip()


def _far(far: str, *, is_paused: bool, is_waiting: bool) -> str:
    """How far the model that is being prepared is."""
    if is_paused:
        return tr("Models", "Paused at {pictures}.").format(pictures=far)
    waits = tr("Models", "{pictures} prepared. Waits until indexing is done.")
    soon = tr("Models", "{pictures} prepared. It answers as soon as all are.")
    return (waits if is_waiting else soon).format(pictures=far)


def _is_ready(entry: LibraryModel) -> bool:
    return entry.vectors >= entry.pictures


def not_removable(entry: LibraryModel) -> str:
    """Why there is no way to remove a model; empty where there is, or where nobody would ask."""
    if entry.model.is_builtin:
        return ""  # that it comes with the program is said already
    if entry.role is ModelRole.IN_USE:
        return tr("Models", "To remove it, use another model first.")
    if entry.role is ModelRole.NEXT and entry.model.problem is None:
        return tr("Models", "To remove it, cancel its preparation first.")
    return ""


def removal(entry: LibraryModel) -> str:
    """The question before a model is removed."""
    model = entry.model
    own = wording.file_size(model.size_bytes) if model.size_bytes else ""
    prepared = wording.file_size(entry.disk_bytes) if entry.disk_bytes else ""
    if own and prepared:
        text = tr(
            "Models",
            "Remove {model}? This frees {size}, and {prepared} of what it prepared for "
            "searching. Your pictures stay as they are.",
        )
    elif own:
        text = tr("Models", "Remove {model}? This frees {size}. Your pictures stay as they are.")
    elif prepared:
        text = tr(
            "Models",
            "Remove {model}? This frees {prepared} of what it prepared for searching. "
            "Your pictures stay as they are.",
        )
    else:
        text = tr("Models", "Remove {model}? Your pictures stay as they are.")
    return text.format(model=model.title, size=own, prepared=prepared)


def download(offer: ModelOffer) -> str:
    """The question before anything is fetched."""
    text = tr(
        "Models",
        "Download {size} from the internet? Nothing about you or your pictures is sent.\n"
        "Address: {address}\nRevision:\n{revision}",
    )
    size = wording.file_size(offer.size_bytes)
    return text.format(size=size, address=offer.address, revision=offer.revision)


def installing(state: ModelProgress, per_second: float, seconds_left: float | None) -> str:
    """How far an installation is: ``Downloading 12 MB of 158 MB · 3.1 MB/s · 1 min left``.

    Args:
        state: How far it is.
        per_second: Bytes a second lately; 0 while unknown.
        seconds_left: None while unknown.
    """
    step = {
        ModelStep.DOWNLOADING: tr("Models", "Downloading"),
        ModelStep.COPYING: tr("Models", "Copying"),
        ModelStep.CHECKING: tr("Models", "Checking that it works"),
    }[state.step]
    if not state.total_bytes:
        return f"{step}…"
    done, total = wording.file_size(state.done_bytes), wording.file_size(state.total_bytes)
    text = tr("Models", "{step} {done} of {total}", "Downloading 12 MB of 158 MB")
    parts = [text.format(step=step, done=done, total=total)]
    if per_second:
        speed = wording.file_size(round(per_second))
        parts.append(tr("Models", "{size}/s", "So much a second").format(size=speed))
    if seconds_left is not None:
        parts.append(wording.time_left(seconds_left))
    return " · ".join(parts)


def device(choice: DeviceChoice) -> str:
    """What computes, and why: ``Runs on DirectML. 3 times as fast as the CPU.``."""
    title, *rest = re.split(r"\s?: ", told(choice.reason), maxsplit=1)
    if not rest:
        name, rest = choice.provider.removesuffix("ExecutionProvider"), [title]
        title = told("the processor (CPU)") if name == "CPU" else name
    text = tr("Models", "Runs on {device}. {reason}")
    return text.format(device=title, reason=wording.capital(rest[0]))
