"""Finds the model that somebody means: by its name, or by its title where that is enough."""

from collections.abc import Sequence

from desktop_app.engine.errors import ModelError
from desktop_app.engine.library import Library
from desktop_app.engine.records import InstalledModel, LibraryModel, ModelOffer
from desktop_app.model_tables import BUILTIN_TITLE


def find_model(models: Sequence[LibraryModel], given: str) -> LibraryModel | None:
    """The model of that name, or the only one of that title.

    Raises:
        ModelError: If several have that title.
    """
    for one in models:
        if one.model.name == given:
            return one
    titled = [one for one in models if _is_titled(one.model, given)]
    if len(titled) > 1:
        names = ", ".join(one.model.name for one in titled)
        raise ModelError(f"Several models are called {given}.", f"Give one of the names {names}.")
    return titled[0] if titled else None


def _is_titled(model: InstalledModel, given: str) -> bool:
    titles = {model.title.casefold()}
    if model.is_builtin:
        titles |= {BUILTIN_TITLE, f"the {BUILTIN_TITLE}"}
    return given.casefold() in titles


def find_installed(library: Library, given: str) -> InstalledModel:
    """The installed model that has that name, or that title.

    Raises:
        ModelError: If there is none, or several have that title.
    """
    one = find_model(library.models(), given)
    if one is not None:
        return one.model
    offer = find_offer(library, given)
    raise ModelError(
        f"The model {offer.name} is not installed yet.",
        f"`image-seeker models get {offer.name}` downloads it.",
    )


def find_offer(library: Library, given: str) -> ModelOffer:
    """The model to download that has that name, or that title.

    Raises:
        ModelError: If there is none, or it is there already.
    """
    offers = library.model_offers()
    found = [offer for offer in offers if offer.name == given]
    found += [offer for offer in offers if offer.title.casefold() == given.casefold()]
    if found and not found[0].is_installed:
        return found[0]
    one = find_model(library.models(), found[0].name if found else given)
    if one is None or (one.model.is_missing and not found):
        raise ModelError(f"There is no model {given}.", "`image-seeker models list` names them.")
    name = one.model.name
    if one.model.is_builtin:
        raise ModelError(f"{name} is the built-in model: it comes with the program.")
    if one.model.problem is not None:
        hint = f"It cannot be used; `image-seeker models remove {name}` makes room for it."
    else:
        hint = f"`image-seeker models use {name}` lets it answer."
    raise ModelError(f"The model {name} is there already.", hint)
