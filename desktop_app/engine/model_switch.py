"""Which model a library uses, which comes next, and what is kept of the others.

What is chosen lies in the catalog. Vectors are kept under a digest of the model that made them,
so that no choice can ever mix those of two models.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from desktop_app.engine.active_model import ActiveModel
from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import ModelError
from desktop_app.engine.files.picture_reader import DecodeLimits
from desktop_app.engine.phrases import phrase
from desktop_app.engine.protocols import Models
from desktop_app.engine.records import (
    REST_SHARE,
    EmbedProgress,
    InstalledModel,
    LibraryModel,
    ModelRole,
)
from desktop_app.engine.store import index_files
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.models import ModelChoice, StoredModel

logger = logging.getLogger(__name__)

_NOT_INSTALLED = phrase("Engine: Models", "Its folder is not here; what it prepared is kept.")
_SEE_LIST = phrase("Engine: Models", "Choose one of those that are installed.")


class ModelSwitch:
    """The models of one library. Any thread may call it.

    Args:
        models: The models that are installed.
        catalog: The library.
        index_folder: Where vector indexes are saved.
        limits: What a query picture may cost.
    """

    def __init__(
        self, models: Models, catalog: Catalog, index_folder: Path, limits: DecodeLimits
    ) -> None:
        self._models = models
        self._catalog = catalog
        self._index_folder = index_folder
        self._limits = limits
        self._lock = threading.RLock()  # of what follows; held briefly
        self._choice = catalog.model_choice()
        self._active: ActiveModel | None = None
        self._notice: str | None = None

    def active(self) -> ActiveModel:
        """The model that answers.

        Raises:
            ModelError: If neither the chosen nor the built-in model can be used.
        """
        with self._lock:
            if self._active is None:
                self._active = self._load_active()
            return self._active

    def close(self) -> None:
        """Let go of the models."""
        with self._lock:
            if self._active is not None:
                self._active.close()
            self._active = None

    def forget(self, ids: Sequence[int]) -> None:
        """Tell the active model of pictures that have been removed from the catalog."""
        with self._lock:
            active = self._active
        if active is not None:
            active.forget(ids)

    def bring_back(self, ids: Sequence[int]) -> None:
        """Tell the active model of pictures that are in the catalog again, with their vectors."""
        with self._lock:
            active = self._active
        if active is not None:
            active.bring_back(ids)

    def save(self) -> None:
        """Save what the active model was told, if anything of it is loaded."""
        with self._lock:
            active = self._active
        if active is not None:
            active.save()

    @property
    def notice(self) -> str | None:
        """Why another model answers than the chosen one, for the user; None where all is well."""
        return self._notice

    # What there is

    def all_of_them(self) -> list[LibraryModel]:
        """Every installed model, and after them those that are gone but have vectors here."""
        installed = self._models.installed()
        stored = self._catalog.stored_models()
        pictures = self._catalog.picture_count()
        active = self._active_name()
        return [
            self._describe(model, _of_model(model, stored, installed), active, pictures)
            for model in (*installed, *_vanished(stored, installed))
        ]

    def _describe(
        self, model: InstalledModel, stored: list[StoredModel], active: str | None, pictures: int
    ) -> LibraryModel:
        # Of a model that cannot be used, the key is not known: whatever it has made counts.
        now = [one for one in stored if one.key == model.key or not model.key]
        vectors = min(pictures, sum(one.vectors for one in now))
        if model.name == active:
            role = ModelRole.IN_USE
        elif model.name == self._choice.next:
            role = ModelRole.NEXT
        else:
            role = ModelRole.KEPT if vectors else ModelRole.UNUSED
        disk_bytes = sum(
            one.disk_bytes + index_files.size_bytes(self._index_folder, one.key) for one in stored
        )
        return LibraryModel(model, role, vectors, pictures, disk_bytes)

    def _active_name(self) -> str | None:
        try:
            return self.active().name
        except ModelError:
            return None

    # The next one

    def next_installed(self) -> InstalledModel | None:
        """The model that lacks vectors before it answers, or while it does.

        None where there is none, or it is not here now.
        """
        name = self._choice.next
        if name is None:
            return None
        return next((model for model in self._models.installed() if model.name == name), None)

    def is_next(self, name: str) -> bool:
        """Whether a model is still to be the next."""
        return self._choice.next == name

    def next_progress(self) -> EmbedProgress | None:
        """How far the vectors of the next model are; None where there is none that waits."""
        model = self.next_installed()
        if model is None or model.name == self._choice.in_use:
            return None
        stored = {one.key: one.vectors for one in self._catalog.stored_models()}
        done, total = stored.get(model.key, 0), self._catalog.picture_count()
        return EmbedProgress(model.title, min(done, total), total)

    def load_next(self, name: str) -> ActiveModel:
        """Make the next model ready to answer; one that does already is given as it is.

        Raises:
            ModelError: If it cannot be used; then it is no longer the next.
        """
        with self._lock:
            if self._active_name() == name:
                return self.active()
        try:
            return self._make(name)
        except ModelError:
            with self._lock:
                if self.is_next(name):
                    self._choose(replace(self._choice, next=None))
            raise

    def is_answering(self, model: ActiveModel) -> bool:
        """Whether a model is the active one."""
        with self._lock:
            return self._active is model

    def wants(self, model: ActiveModel) -> bool:
        """Whether a model is still to be the next; not where it was loaded anew and answers."""
        with self._lock:
            active = self._active
            is_other = active is not model and active is not None and active.name == model.name
            return self.is_next(model.name) and not is_other

    def made(self, model: ActiveModel, ids: Sequence[int]) -> None:
        """Tell the active model of vectors in the catalog, if they are of its kind."""
        with self._lock:
            active = self._active
        if active is not None and active.info.key == model.info.key:
            active.bring_back(ids)

    def finish(self, model: ActiveModel, cancel: CancelToken) -> bool:
        """Let the next model answer, now that its vectors are made.

        Returns:
            Whether it does from now on: somebody may have chosen another one meanwhile, and one
            that was only completed did so before.

        Raises:
            CancelledError: If it was stopped while its index was built.
        """
        if self.is_answering(model):
            model.save()
            with self._lock:
                if self.wants(model):
                    self._choose(replace(self._choice, next=None))
            return False
        is_switched = False
        try:
            for _ in model.prepare(cancel):
                pass
            model.save()
            with self._lock:
                if self.wants(model):
                    self._switch_to(model, is_complete=True)
                    is_switched = True
        finally:
            if not is_switched:  # nobody else has it, or its graphs would be made for no one
                model.close()
        return is_switched

    # Choosing

    def use(self, name: str, may_at_once: Callable[[], bool]) -> ModelRole:
        """Choose a model.

        Args:
            name: What it is called where it is installed.
            may_at_once: Whether it may answer at once if it lacks few pictures or none; while it
                lacks some, it is the next one as well. Otherwise it comes next.
                Asked while nobody can get hold of the active model: a run of indexing that is
                just beginning is either seen, or gets the new one.

        Returns:
            What it is to the library now.

        Raises:
            ModelError: If there is none of that name, or it cannot be used.
        """
        installed = self._models.installed()
        model = next((one for one in installed if one.name == name), None)
        if model is None:
            raise ModelError(
                phrase("Engine: Models", "There is no model {name}.").format(name=name), _SEE_LIST
            )
        if model.problem is not None:
            raise ModelError(
                phrase("Engine: Models", "The model {name} cannot be used. {problem}").format(
                    name=name, problem=model.problem
                ),
                _SEE_LIST,
            )
        with self._lock:
            active = self._active if self._active_name() is not None else None
            if active is not None and (active.name == name or active.info.key == model.key):
                # Also where another one that is to be next made it wait for what it lacks.
                lacking = len(self._catalog.ids_without_vector(active.info.key))
                chosen = active if active.name == name else self._make(name)
                self._switch_to(chosen, is_complete=not lacking)
                return ModelRole.IN_USE
            if may_at_once():
                lacking = len(self._catalog.ids_without_vector(model.key))
                if lacking <= REST_SHARE * self._catalog.picture_count():
                    self._switch_to(self._make(name), is_complete=not lacking)
                    return ModelRole.IN_USE
            self._choose(replace(self._choice, next=name))
            return ModelRole.NEXT

    # Freeing

    def remove(self, name: str) -> None:
        """Delete a model with all that it has made here; of one that is gone, what is left.

        Raises:
            ModelError: If there is none of that name, it is in use, or it is the built-in one.
        """
        installed = self._models.installed()
        model = next((one for one in installed if one.name == name), None)
        stored = self._catalog.stored_models()
        if model is None:
            gone = _vanished(stored, installed)
            model = next((one for one in gone if one.name == name), None)
        if model is None:
            raise ModelError(
                phrase("Engine: Models", "There is no model {name}.").format(name=name), _SEE_LIST
            )
        if model.is_builtin:
            raise ModelError(
                phrase("Engine: Models", "The built-in model cannot be removed."),
                phrase("Engine: Models", "It comes with the program."),
            )
        with self._lock:
            if self._active_name() == name:
                raise ModelError(
                    phrase("Engine: Models", "The model {name} is in use.").format(name=name),
                    phrase("Engine: Models", "Use another model first, then remove it."),
                )
            self._forget_choice_of(name)
        if any(one.name == name for one in installed):
            self._models.remove(name)
        needed = {other.key for other in installed if other.name != name}
        if self._active is not None:
            needed.add(self._active.info.key)  # also where its folder has gone since
        for one in _of_model(model, stored, installed):
            if one.key not in needed:
                self._free(one)

    def free_replaced(self) -> None:
        """Free what the built-in model of an older program has made: nothing can use it."""
        stored = self._catalog.stored_models()
        if len(stored) < 2:
            return
        installed = self._models.installed()
        keys = {model.key for model in installed}
        for model in installed:
            if model.is_builtin and model.problem is None:
                for one in stored:
                    if one.name == model.name and one.key not in keys and one.vectors:
                        logger.info("Freeing %d vectors of an older built-in model", one.vectors)
                        self._free(one)

    def note_folder(self, model: ActiveModel) -> None:
        """Note in the catalog what the model is called that is about to make vectors."""
        self._catalog.note_model_folder(model.info, model.name)

    def _free(self, stored: StoredModel) -> None:
        index_files.remove(self._index_folder, stored.key)
        self._catalog.free_vectors(stored.key)

    # What all of it comes down to

    def _load_active(self) -> ActiveModel:
        chosen, problem = self._choice.in_use, ""
        if chosen is not None:
            try:
                return self._make(chosen)
            except ModelError as error:
                problem = error.text
        installed = self._models.installed()
        if not installed:
            raise ModelError(
                phrase("Engine: Models", "The built-in model is missing."),
                phrase("Engine: Models", "Install Image Seeker again."),
            )
        active = self._make(installed[0].name)
        # With a model given for this run only, nobody expects the chosen one.
        if chosen is not None and installed[0].is_builtin:
            self._notice = phrase(
                "Engine: Models", "The built-in model answers instead of {chosen}. {problem}"
            ).format(chosen=chosen, problem=problem)
            logger.warning("%s", self._notice)
        return active

    def _make(self, name: str) -> ActiveModel:
        encoder = self._models.load(name)
        return ActiveModel(name, encoder, self._catalog, self._index_folder, self._limits)

    def _switch_to(self, model: ActiveModel, is_complete: bool) -> None:
        self._choose(ModelChoice(in_use=model.name, next=None if is_complete else model.name))
        if self._active is not None and self._active is not model:
            self._active.close()
        self._active = model
        self._notice = None

    def _forget_choice_of(self, name: str) -> None:
        kept = self._choice
        if kept.next == name:
            kept = replace(kept, next=None)
        if kept.in_use == name:  # and gone, or it would be the active one
            kept = replace(kept, in_use=None)
        self._choose(kept)

    def _choose(self, chosen: ModelChoice) -> None:
        if chosen != self._choice:
            self._catalog.choose_models(chosen)
            self._choice = chosen


def _of_model(
    model: InstalledModel, stored: Sequence[StoredModel], installed: Sequence[InstalledModel]
) -> list[StoredModel]:
    """What is kept of a model: under its key, or of what had its name before.

    Args:
        model: The model.
        stored: All that is kept.
        installed: The models that are there.
    """
    others = {other.key for other in installed if other.name != model.name}
    return [
        one
        for one in stored
        if one.key == model.key or (one.name == model.name and one.key not in others)
    ]


def _vanished(
    stored: Sequence[StoredModel], installed: Sequence[InstalledModel]
) -> list[InstalledModel]:
    """Models that are not installed but have vectors here."""
    names = {model.name for model in installed}
    keys = {model.key for model in installed}
    gone = {
        one.name: one.title
        for one in stored
        if one.vectors and one.name not in names and one.key not in keys
    }
    return [
        InstalledModel(
            name, title, key="", dim=0, size_bytes=0, problem=_NOT_INSTALLED, is_missing=True
        )
        for name, title in gone.items()
    ]
