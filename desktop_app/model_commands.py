"""The terminal's side of the models: list, add, use, remove and get."""

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError, ModelError
from desktop_app.engine.records import (
    EmbedProgress,
    EmbedSummary,
    InstalledModel,
    LibraryModel,
    ModelOffer,
    ModelProgress,
    ModelRole,
    ModelStep,
)
from desktop_app.terminal import (
    OpenLibrary,
    ask,
    cancelled_by_interrupt,
    clock,
    progress_line,
    say,
    skip_dicts,
    write_json,
)

_ROLES = {
    ModelRole.IN_USE: "in use",
    ModelRole.NEXT: "next",
    ModelRole.KEPT: "kept",
    ModelRole.UNUSED: "-",
}
_STEPS = {
    ModelStep.DOWNLOADING: "Downloading",
    ModelStep.COPYING: "Copying",
    ModelStep.CHECKING: "Checking the model",
}
_SHOWN_LANGUAGES = 4


def run(options: argparse.Namespace, open_library: OpenLibrary) -> int:
    """Carry out ``models ACTION``.

    Args:
        options: Parsed arguments; ``action`` names the action.
        open_library: Opens the library.

    Returns:
        Exit code.

    Raises:
        UserFacingError: If it cannot be done and the user can mend that.
    """
    actions = {"list": _list, "add": _add, "use": _use, "remove": _remove, "get": _get}
    return actions[options.action](options, open_library)


def _list(options: argparse.Namespace, open_library: OpenLibrary) -> int:
    library = open_library(writable=False)
    try:
        models, offers = library.models(), library.model_offers()
    finally:
        library.close()
    if options.json:
        write_json(
            {
                "installed": [_library_model_dict(model) for model in models],
                "offered": [_offer_dict(offer) for offer in offers],
            }
        )
        return 0
    _write_models(models)
    _write_offers([offer for offer in offers if not offer.is_installed])
    return 0


def _add(options: argparse.Namespace, open_library: OpenLibrary) -> int:
    library = open_library(writable=False)  # models lie beside the library, not in it
    cancel = CancelToken()
    source = Path(os.path.abspath(os.path.expanduser(options.path)))
    try:
        with cancelled_by_interrupt(cancel):
            model = _follow_install(library.add_model(source, cancel))
    except CancelledError:
        say("Stopped. Nothing was added.")
        return 1
    finally:
        library.close()
    _write_installed(model, "added", as_json=options.json)
    return 0


def _get(options: argparse.Namespace, open_library: OpenLibrary) -> int:
    library = open_library(writable=False)
    cancel = CancelToken()
    try:
        offer = _find_offer(library.model_offers(), options.name)
        sys.stderr.write(_offer_text(offer))
        if not options.yes and not ask("Download it?"):
            say("Nothing was downloaded.")
            return 1
        with cancelled_by_interrupt(cancel):
            model = _follow_install(library.get_model(offer.name, cancel))
    except CancelledError:
        say("Stopped. What was fetched is kept; the same command goes on from there.")
        return 1
    finally:
        library.close()
    _write_installed(model, "downloaded", as_json=options.json)
    return 0


def _use(options: argparse.Namespace, open_library: OpenLibrary) -> int:
    library = open_library()
    cancel = CancelToken()
    try:
        if options.name not in {one.model.name for one in library.models()}:
            _find_offer(library.model_offers(), options.name)
            raise ModelError(
                f"The model {options.name} is not installed yet.",
                f"`image-seeker models get {options.name}` downloads it.",
            )
        role = library.use_model(options.name)
        summary = EmbedSummary(title=options.name, switched=True)
        if role is ModelRole.NEXT:
            with cancelled_by_interrupt(cancel):
                summary = _follow_embedding(library.embed_next(cancel))
    finally:
        library.close()
    if options.json:
        write_json(_use_dict(options.name, summary))
    elif summary.switched:
        sys.stdout.write(f"{options.name} answers now.\n")
        if summary.made or summary.failed:
            sys.stdout.write(
                f"{summary.made} pictures prepared, {len(summary.failed)} failed "
                f"in {summary.seconds:.1f} s\n"
            )
        for skip in summary.failed:
            sys.stdout.write(f"  {skip.path}: {skip.reason}\n")
    if summary.switched:
        return 0
    say(
        f"Stopped. The {summary.made} pictures prepared so far are kept; "
        f"`image-seeker models use {options.name}` goes on."
    )
    return 1


def _remove(options: argparse.Namespace, open_library: OpenLibrary) -> int:
    library = open_library()
    try:
        found = [one for one in library.models() if one.model.name == options.name]
        if found and not options.yes:
            one = found[0]
            freed = one.model.size_bytes + one.disk_bytes
            prepared = f" and what it prepared for {one.vectors} pictures" if one.vectors else ""
            if not ask(f"Remove {one.model.title}{prepared}? {_megabytes(freed)} are freed."):
                say("Nothing was removed.")
                return 1
        library.remove_model(options.name)
    finally:
        library.close()
    sys.stdout.write(f"{options.name} removed\n")
    return 0


def _find_offer(offers: Sequence[ModelOffer], name: str) -> ModelOffer:
    for offer in offers:
        if offer.name == name:
            return offer
    raise ModelError(f"There is no model {name}.", "`image-seeker models list` names them.")


def _follow_install(reports: Iterator[ModelProgress | InstalledModel]) -> InstalledModel:
    """Show progress until the model is installed."""
    with progress_line() as line:
        began = _Began()
        for report in reports:
            if isinstance(report, InstalledModel):
                return report
            line.show(began.text(report))
    raise ModelError("The model was not installed.", "Try again.")


class _Began:
    """Where the present step began, to tell how fast it is."""

    def __init__(self) -> None:
        self._step: ModelStep | None = None
        self._at = 0.0
        self._bytes = 0

    def text(self, report: ModelProgress) -> str:
        now = time.monotonic()
        if report.step is not self._step:
            self._step, self._at, self._bytes = report.step, now, report.done_bytes
        text = _STEPS[report.step]
        if not report.total_bytes:
            return text
        text += f" {report.done_bytes / 1e6:.1f} / {report.total_bytes / 1e6:.1f} MB"
        per_second = (report.done_bytes - self._bytes) / max(now - self._at, 1e-3)
        if now - self._at > 1 and per_second > 0:
            left = (report.total_bytes - report.done_bytes) / per_second
            text += f" · {per_second / 1e6:.1f} MB/s · {clock(left)} left"
        return text


def _follow_embedding(reports: Iterator[EmbedProgress | EmbedSummary]) -> EmbedSummary:
    """Show progress until the summary comes."""
    with progress_line() as line:
        for report in reports:
            if isinstance(report, EmbedSummary):
                return report
            line.show(_embed_text(report))
    return EmbedSummary(title="", cancelled=True)


def _embed_text(progress: EmbedProgress) -> str:
    text = f"Preparing {progress.title}: {progress.done} / {progress.total}"
    if progress.per_second > 0:
        left = (progress.total - progress.done) / progress.per_second
        text += f" · {progress.per_second:.0f}/s · {clock(left)} left"
    return text


def _write_installed(model: InstalledModel, what: str, *, as_json: bool) -> None:
    if as_json:
        write_json(_model_dict(model))
        return
    sys.stdout.write(
        f"{model.title} {what} as {model.name} ({_megabytes(model.size_bytes)})\n"
        f"`image-seeker models use {model.name}` lets it answer.\n"
    )


def _write_models(models: Sequence[LibraryModel]) -> None:
    rows = [("NAME", "TITLE", "ROLE", "SIZE", "IN LIBRARY", "LICENCE", "LANGUAGES", "QUALITY")]
    rows += [
        (
            one.model.name,
            one.model.title,
            _role(one),
            _megabytes(one.model.size_bytes),
            _megabytes(one.disk_bytes),
            one.model.licence or "-",
            _languages(one.model.languages),
            _quality(one.model),
        )
        for one in models
    ]
    _write_table(rows)
    for one in models:
        if one.model.problem:
            sys.stdout.write(f"{one.model.name} cannot be used: {one.model.problem}\n")


def _write_offers(offers: Sequence[ModelOffer]) -> None:
    if not offers:
        return
    sys.stdout.write("\nTo download with `image-seeker models get NAME`:\n")
    rows = [("NAME", "TITLE", "SIZE", "LICENCE", "LANGUAGES", "")]
    rows += [
        (
            offer.name,
            offer.title,
            _megabytes(offer.size_bytes),
            offer.licence,
            _languages(offer.languages),
            offer.description,
        )
        for offer in offers
    ]
    _write_table(rows)


def _write_table(rows: Sequence[Sequence[str]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        sys.stdout.write("  ".join(cells).rstrip() + "\n")


def _role(one: LibraryModel) -> str:
    if one.role is ModelRole.NEXT and one.pictures:
        return f"next, {one.vectors * 100 // one.pictures}%"
    return _ROLES[one.role]


def _languages(codes: Sequence[str]) -> str:
    shown = ", ".join(codes[:_SHOWN_LANGUAGES])
    more = len(codes) - _SHOWN_LANGUAGES
    return f"{shown} and {more} more" if more > 0 else shown or "-"


def _quality(model: InstalledModel) -> str:
    figures = (f"{one.dataset} {one.metric} {one.value:.2f}" for one in model.quality[:1])
    return "".join(figures) or "-"


def _megabytes(size_bytes: int) -> str:
    return f"{size_bytes / 1e6:.1f} MB" if size_bytes < 1e7 else f"{size_bytes / 1e6:.0f} MB"


def _offer_text(offer: ModelOffer) -> str:
    return (
        f"{offer.title}: {offer.description}\n"
        f"  from      {offer.address}\n"
        f"  revision  {offer.revision}\n"
        f"  size      {_megabytes(offer.size_bytes)}\n"
        f"  licence   {offer.licence}\n"
        f"  languages {_languages(offer.languages)}\n"
    )


def _model_dict(model: InstalledModel) -> dict[str, object]:
    return {
        "name": model.name,
        "title": model.title,
        "key": model.key,
        "dim": model.dim,
        "bytes": model.size_bytes,
        "licence": model.licence,
        "languages": list(model.languages),
        "quality": [
            {"dataset": one.dataset, "metric": one.metric, "value": one.value}
            for one in model.quality
        ],
        "builtin": model.is_builtin,
        "problem": model.problem,
    }


def _library_model_dict(one: LibraryModel) -> dict[str, object]:
    return _model_dict(one.model) | {
        "role": str(one.role),
        "vectors": one.vectors,
        "pictures": one.pictures,
        "library_bytes": one.disk_bytes,
    }


def _offer_dict(offer: ModelOffer) -> dict[str, object]:
    return {
        "name": offer.name,
        "title": offer.title,
        "address": offer.address,
        "revision": offer.revision,
        "bytes": offer.size_bytes,
        "licence": offer.licence,
        "languages": list(offer.languages),
        "description": offer.description,
        "installed": offer.is_installed,
    }


def _use_dict(name: str, summary: EmbedSummary) -> dict[str, object]:
    return {
        "name": name,
        "in_use": summary.switched,
        "made": summary.made,
        "failed": skip_dicts(summary.failed),
        "seconds": round(summary.seconds, 3),
    }
