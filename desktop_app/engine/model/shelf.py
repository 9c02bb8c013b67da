"""The models that are there: the built-in one, and those in the models folder."""

import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import ModelError, PassingModelError
from desktop_app.engine.model.description import describe_model, folder_bytes
from desktop_app.engine.model.device_memory import DeviceMemory
from desktop_app.engine.model.encoder import OnnxEncoder
from desktop_app.engine.model.key_cache import KeyCache
from desktop_app.engine.model.model_folder import check_graphs, read_model_folder
from desktop_app.engine.model.naming import clean_name, without_archive_suffixes
from desktop_app.engine.phrases import phrase
from desktop_app.engine.records import InstalledModel, ModelOffer, ModelProgress, ModelStep

if TYPE_CHECKING:
    from desktop_app.engine.model.inspection import TrialLimits

BUILTIN_NAME = "starter"

_LEAVE_OUT = phrase("Engine: Models", "Leave --model out.")
_KEYS_FILE, _DEVICES_FILE = ".keys.json", ".devices.json"


class Downloads(Protocol):
    """What fetches models over the network."""

    def offers(self) -> Sequence[ModelOffer]:
        """The models that can be had. Opens no connection."""
        ...

    def fetch(self, name: str, cancel: CancelToken) -> Iterator[ModelProgress | Path]:
        """Download one; the last item is its folder."""
        ...


class ModelShelf:
    """Satisfies `desktop_app.engine.protocols.Models`. Any thread may call it.

    A model is copied into a hidden folder, tried, and renamed to its place in one step: under its
    own name there is never half a model.
    """

    def __init__(
        self,
        folder: Path,
        builtin: Path,
        downloads: Downloads,
        limits: "TrialLimits | None" = None,
    ) -> None:
        """Look after a models folder, which need not be there yet.

        Args:
            folder: Where added models are kept.
            builtin: The folder of the model that comes with the program.
            downloads: What fetches offered models.
            limits: What trying a model may cost.
        """
        self._folder = folder
        self._builtin = builtin
        self._downloads = downloads
        self._limits = limits
        self._keys = KeyCache(folder / _KEYS_FILE)
        self._devices = DeviceMemory(folder / _DEVICES_FILE)

    def installed(self) -> Sequence[InstalledModel]:
        """All models, the built-in one first, then by title; broken ones with their problem."""
        builtin = describe_model(BUILTIN_NAME, self._builtin, self._keys)
        added = [describe_model(path.name, path, self._keys) for path in self._added()]
        added.sort(key=lambda model: (model.title.casefold(), model.name))
        return [replace(builtin, is_builtin=True), *added]

    def load(self, name: str) -> OnnxEncoder:
        """Make a model's encoder. Quick: towers are loaded when they are first needed.

        Raises:
            ModelError: If there is no such model or it cannot be used.
        """
        folder = self._builtin if name == BUILTIN_NAME else self._find(name)
        return OnnxEncoder(read_model_folder(folder, keys=self._keys), memory=self._devices)

    def add(self, source: Path, cancel: CancelToken) -> Iterator[ModelProgress | InstalledModel]:
        """Copy a model folder or a .zip of one, check it, and install it.

        Yields:
            Progress, and as the last item the installed model.

        Raises:
            ModelError: If it is refused; nothing of it stays.
            CancelledError: If it was cancelled; nothing of it stays.
        """
        # Not needed to start the program, like what `_check` and `remove` import.
        from desktop_app.engine.model.intake import copy_model
        from desktop_app.engine.model.workspace import temporary_folder

        source = source.absolute()
        name = source.name if source.is_dir() else without_archive_suffixes(source.name)
        with temporary_folder(self._folder) as temporary:
            yield from copy_model(source, temporary, cancel)
            yield from self._check(temporary, clean_name(name), cancel)
            yield self._move(temporary, clean_name(name))

    def remove(self, name: str) -> None:
        """Delete an installed model's folder.

        Raises:
            ModelError: If there is none of that name, or it is the built-in one.
        """
        if name == BUILTIN_NAME:
            raise ModelError(
                phrase("Engine: Models", "The built-in model cannot be removed."),
                phrase("Engine: Models", "It comes with the program."),
            )
        from desktop_app.engine.model.workspace import delete_folder

        folder = self._find(name)
        try:
            delete_folder(folder)
        except OSError as error:
            raise ModelError(
                phrase("Engine: Models", "The model {name} cannot be removed ({reason}).").format(
                    name=name, reason=error.strerror
                ),
                phrase("Engine: Models", "Close other programs that use it and try again."),
            ) from error

    def offers(self) -> Sequence[ModelOffer]:
        """The models that can be downloaded. Opens no connection."""
        there = {path.name.casefold() for path in self._added()}
        return [
            replace(offer, is_installed=clean_name(offer.name).casefold() in there)
            for offer in self._downloads.offers()
        ]

    def get(self, name: str, cancel: CancelToken) -> Iterator[ModelProgress | InstalledModel]:
        """Download an offered model, check it, and install it.

        Yields:
            Progress, and as the last item the installed model.

        Raises:
            PassingModelError: If it could not be tried for a reason that may pass; what was
                fetched is kept, and the next attempt goes on from there.
            ModelError: If it cannot be had or is refused; what was refused is deleted.
            CancelledError: If it was cancelled.
        """
        if any(offer.name == name and offer.is_installed for offer in self.offers()):
            raise ModelError(
                phrase("Engine: Models", "The model {name} is there already.").format(name=name),
                phrase("Engine: Models", "Choose it in the list."),
            )
        for step in self._downloads.fetch(name, cancel):
            if isinstance(step, ModelProgress):
                yield step
                continue
            try:
                yield from self._check(step, clean_name(name), cancel)
            except PassingModelError:
                raise  # what was fetched is as good as it was
            except ModelError:
                shutil.rmtree(step, ignore_errors=True)  # the next attempt would meet it again
                raise
            yield self._move(step, clean_name(name))

    def _check(self, folder: Path, name: str, cancel: CancelToken) -> Iterator[ModelProgress]:
        """Check the model in a folder of ours.

        Raises:
            ModelError: If it is refused.
            CancelledError: If asked to stop.
        """
        from desktop_app.engine.model.inspection import inspect_model

        yield ModelProgress(ModelStep.CHECKING)
        try:
            model = read_model_folder(folder)
            check_graphs(model)
        except ModelError as error:
            raise type(error)(error.text.replace(folder.name, name), error.hint) from error
        for other in self.installed():
            if other.key == model.key:
                raise ModelError(
                    phrase(
                        "Engine: Models",
                        "The model {name} is there already, under the name {other}.",
                    ).format(name=name, other=other.name),
                    phrase("Engine: Models", "Choose it in the list."),
                )
        inspect_model(folder, name, folder_bytes(folder), cancel, self._limits)
        cancel.raise_if_cancelled()

    def _move(self, folder: Path, name: str) -> InstalledModel:
        """Move a model that was checked to its place.

        Raises:
            PassingModelError: If it cannot be moved; it is still where it was.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            place = self._free_place(name)
            os.replace(folder, place)
        except OSError as error:
            raise PassingModelError(
                phrase(
                    "Engine: Models", "The model {name} cannot be kept in {folder} ({reason})."
                ).format(name=name, folder=self._folder, reason=error.strerror),
                phrase("Engine: Models", "Check that this folder can be written."),
            ) from error
        return describe_model(place.name, place, self._keys)

    def _free_place(self, name: str) -> Path:
        taken = {path.name.casefold() for path in self._folder.iterdir()} | {BUILTIN_NAME}
        number, free = 2, name
        while free.casefold() in taken:
            free = f"{name}-{number}"
            number += 1
        return self._folder / free

    def _added(self) -> list[Path]:
        try:
            return [
                path
                for path in self._folder.iterdir()
                if path.is_dir() and not path.name.startswith(".") and path.name != BUILTIN_NAME
            ]
        except OSError:  # not there yet, or not to be read: then there are none
            return []

    def _find(self, name: str) -> Path:
        for path in self._added():
            if path.name == name:
                return path
        raise ModelError(
            phrase("Engine: Models", "There is no model {name}.").format(name=name),
            phrase("Engine: Models", "Choose one of those that are installed."),
        )


class SingleModel:
    """Satisfies `desktop_app.engine.protocols.Models`: one folder, wherever it is."""

    def __init__(self, folder: Path) -> None:
        """Offer the model in a folder; nothing is read yet."""
        self._folder = folder.absolute()

    def installed(self) -> Sequence[InstalledModel]:
        """Just that one."""
        return [describe_model(self._folder.name, self._folder)]

    def load(self, name: str) -> OnnxEncoder:
        """Make its encoder.

        Raises:
            ModelError: If it cannot be used, or another one is asked for.
        """
        if name != self._folder.name:
            raise ModelError(
                phrase("Engine: Models", "There is no model {name}.").format(name=name), _LEAVE_OUT
            )
        return OnnxEncoder(read_model_folder(self._folder))

    def add(self, source: Path, cancel: CancelToken) -> Iterator[ModelProgress | InstalledModel]:
        """Refused.

        Raises:
            ModelError: Always.
        """
        raise ModelError(
            phrase("Engine: Models", "No model can be added while one is given with --model."),
            _LEAVE_OUT,
        )

    def remove(self, name: str) -> None:
        """Refused.

        Raises:
            ModelError: Always.
        """
        raise ModelError(
            phrase("Engine: Models", "No model can be removed while one is given with --model."),
            _LEAVE_OUT,
        )

    def offers(self) -> Sequence[ModelOffer]:
        """None."""
        return []

    def get(self, name: str, cancel: CancelToken) -> Iterator[ModelProgress | InstalledModel]:
        """Refused.

        Raises:
            ModelError: Always.
        """
        raise ModelError(
            phrase("Engine: Models", "No model can be downloaded while one is given with --model."),
            _LEAVE_OUT,
        )
