"""The terminal's side of the models: list, add, use, remove and get."""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from desktop_app import model_json, model_tables
from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError, ModelError
from desktop_app.engine.records import (
    EmbedSummary,
    InstalledModel,
    LibraryModel,
    ModelRole,
)
from desktop_app.model_lookup import find_installed, find_model, find_offer
from desktop_app.model_progress import follow_embedding, follow_install
from desktop_app.terminal import (
    OpenLibrary,
    ask,
    cancelled_by_interrupt,
    say,
    terminal_width,
    write_json,
)


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
    is_given = getattr(options, "model", None) is not None
    if is_given:
        _refuse_unusable(models)
    if options.json:
        write_json(
            {
                "installed": [model_json.library_model_dict(model) for model in models],
                "offered": [model_json.offer_dict(offer) for offer in offers],
            }
        )
        return 0
    width = terminal_width(sys.stdout)
    sys.stdout.write(model_tables.models_text(models, width))
    to_download = [offer for offer in offers if not offer.is_installed]
    if to_download:
        sys.stdout.write("\nTo download with `image-seeker models get NAME`:\n")
        sys.stdout.write(model_tables.offers_text(to_download, width))
    if is_given:
        say("Only the model given with --model is listed; leave it out to see all.")
    return 0


def _refuse_unusable(models: Sequence[LibraryModel]) -> None:
    """Refuse a model given with ``--model`` that cannot be used: there is nothing to list."""
    for one in models:
        if one.model.problem is not None and not one.model.is_missing:
            raise ModelError(one.model.problem, "Check what --model names.")


def _add(options: argparse.Namespace, open_library: OpenLibrary) -> int:
    library = open_library(writable=False)  # models lie beside the library, not in it
    cancel = CancelToken()
    source = Path(os.path.abspath(os.path.expanduser(options.path)))
    try:
        with cancelled_by_interrupt(cancel):
            model = follow_install(library.add_model(source, cancel))
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
        offer = find_offer(library, options.name)
        sys.stderr.write(model_tables.offer_text(offer))
        if not options.yes and not ask("Download it?"):
            say("Nothing was downloaded.")
            return 1
        with cancelled_by_interrupt(cancel):
            model = follow_install(library.get_model(offer.name, cancel))
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
        model = find_installed(library, options.name)
        name = model.name
        role = library.use_model(name)
        with cancelled_by_interrupt(cancel):
            summary = follow_embedding(library.embed_next(cancel), model)
        if role is ModelRole.IN_USE:
            summary = replace(summary, switched=True)
    finally:
        library.close()
    if options.json:
        write_json(model_json.use_dict(name, summary))
    elif summary.switched:
        _write_switched(model, summary)
    if summary.switched and not summary.cancelled:
        return 0
    say(f"{_stopped(summary.made)}; `image-seeker models use {name}` goes on.")
    return 1


def _stopped(made: int) -> str:
    """How far a stopped run came; what earlier ones made is kept too, and is not counted."""
    if made == 0:
        return "Stopped before another picture was prepared"
    if made == 1:
        return "Stopped. The picture prepared now is kept"
    return f"Stopped. The {made} pictures prepared now are kept"


def _write_switched(model: InstalledModel, summary: EmbedSummary) -> None:
    title = model_tables.display_title(model.name, is_builtin=model.is_builtin)
    if model.is_builtin:
        title = title.capitalize()
    sys.stdout.write(f"{title} answers now.\n")
    if summary.made or summary.failed:
        sys.stdout.write(
            f"{summary.made} pictures prepared, {len(summary.failed)} failed "
            f"in {summary.seconds:.1f} s\n"
        )
    for place in summary.silent:
        sys.stdout.write(f"  {place} does not answer; what is kept of its pictures was used.\n")
    for skip in summary.failed:
        sys.stdout.write(f"  {skip.path}: {skip.reason}\n")


def _remove(options: argparse.Namespace, open_library: OpenLibrary) -> int:
    library = open_library()
    try:
        one = find_model(library.models(), options.name)
        # What cannot be removed is refused below, without asking first.
        may_go = one is not None and one.role is not ModelRole.IN_USE and not one.model.is_builtin
        if one is not None and may_go and not options.yes and not ask(_removal_question(one)):
            say("Nothing was removed.")
            return 1
        name = options.name if one is None else one.model.name
        library.remove_model(name)
    finally:
        library.close()
    freed = 0 if one is None else _freed_bytes(one)
    if options.json:
        write_json({"name": name, "removed": True, "freed_bytes": freed})
    else:
        sys.stdout.write(f"{name} removed\n")
    return 0


def _removal_question(one: LibraryModel) -> str:
    prepared = f"what it prepared for {one.vectors} pictures" if one.vectors else ""
    if one.model.is_missing:
        what = f"what {one.model.title} prepared for {one.vectors} pictures"
    else:
        what = " and ".join(part for part in (one.model.title, prepared) if part)
    return f"Remove {what}? {model_tables.megabytes(_freed_bytes(one))} are freed."


def _freed_bytes(one: LibraryModel) -> int:
    return one.model.size_bytes + one.disk_bytes


def _write_installed(model: InstalledModel, what: str, *, as_json: bool) -> None:
    if as_json:
        write_json(model_json.model_dict(model))
        return
    sys.stdout.write(
        f"{model.title} {what} as {model.name} ({model_tables.megabytes(model.size_bytes)})\n"
        f"`image-seeker models use {model.name}` lets it answer.\n"
    )
