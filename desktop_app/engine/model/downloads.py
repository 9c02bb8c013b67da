"""Downloads models of the curated list; the only module that causes a connection.

What was fetched stays in a folder of its own until it is complete, and is gone on with by the
next attempt, whatever ended the last one. No file there has its final name before its digest was
compared with the pinned one.
"""

import logging
import os
import shutil
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from filelock import FileLock, Timeout

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import ModelError
from desktop_app.engine.model import download_process
from desktop_app.engine.model.answering_process import answering_process
from desktop_app.engine.model.download_process import (
    Done,
    Failed,
    Fetched,
    Message,
    Request,
    bytes_there,
)
from desktop_app.engine.model.hub_source import HubSource, Patience, without_login
from desktop_app.engine.model.offers import CURATED, DEFAULT_ENDPOINT, OfferedModel
from desktop_app.engine.phrases import phrase
from desktop_app.engine.records import ModelOffer, ModelProgress, ModelStep

logger = logging.getLogger(__name__)

SPARE_BYTES = 64 * 1024 * 1024
"""Left free on the disk beside the download, so that nothing else runs dry."""

_LOOK_EVERY_S = 0.1
"""How often a cancellation is looked for while the server is silent."""


class Downloads:
    """Fetches offered models. Any thread may call it; making one opens no connection.

    Args:
        partial_folder: Where downloads grow; on the disk on which models are installed.
        models: What is offered.
        patience: How long a server is waited for.
    """

    def __init__(
        self,
        partial_folder: Path,
        models: Sequence[OfferedModel] = CURATED,
        patience: Patience | None = None,
    ) -> None:
        self._partial_folder = partial_folder
        self._models = {model.name: model for model in models}
        self._patience = patience or Patience()

    def offers(self) -> Sequence[ModelOffer]:
        """The models that can be downloaded. Opens no connection."""
        endpoint = without_login(_endpoint())
        return [model.offer(endpoint) for model in self._models.values()]

    def fetch(self, name: str, cancel: CancelToken) -> Iterator[ModelProgress | Path]:
        """Download an offered model.

        Args:
            name: Of the offer.
            cancel: Looked at ten times a second, also while the server is silent.

        Yields:
            Progress, and as the last item the folder with the model in the published layout,
            somewhere below the partial folder.

        Raises:
            ModelError: If there is no such offer or it cannot be had; says why.
            CancelledError: If it was cancelled. What was fetched is kept.
        """
        model = self._models.get(name)
        if model is None:
            raise ModelError(
                phrase("Engine: Models", "There is no model {name} to download.").format(name=name),
                phrase("Engine: Models", "`image-seeker models list` names them."),
            )
        folder = self._partial_folder / model.name / model.revision
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(folder, error) from error
        lock = FileLock(folder.parent / "download.lock")
        try:
            with lock.acquire(timeout=0):
                try:
                    _remove_other_versions(folder)
                    yield from self._fetch_into(folder, model, cancel)
                finally:
                    if not folder.exists():  # it was taken to its place
                        shutil.rmtree(folder.parent, ignore_errors=True)
        except Timeout:
            raise ModelError(
                phrase("Engine: Models", "{title} is being downloaded already.").format(
                    title=model.title
                ),
                phrase("Engine: Models", "Wait until that is done."),
            ) from None

    def _fetch_into(
        self, folder: Path, model: OfferedModel, cancel: CancelToken
    ) -> Iterator[ModelProgress | Path]:
        _check_space(folder, model)
        endpoint = _endpoint()
        source = HubSource(endpoint, model.repository, model.revision, self._patience)
        request = Request(source, model.files, folder)
        yield _progress(model, Fetched("", _there(folder, model)))
        shown = without_login(endpoint)
        logger.info("Downloading %s from %s at %s", model.name, shown, model.revision)
        for fetched in _run(request, model, cancel):
            yield _progress(model, fetched)
        try:
            (folder / "MODEL_CARD.md").write_text(model.card(shown), encoding="utf-8")
        except OSError as error:
            raise _unwritable(folder, error) from error
        yield folder


def _endpoint() -> str:
    """The server, as ``huggingface_hub`` lets users choose it."""
    return (os.environ.get("HF_ENDPOINT") or DEFAULT_ENDPOINT).rstrip("/")


def _progress(model: OfferedModel, fetched: Fetched) -> ModelProgress:
    return ModelProgress(ModelStep.DOWNLOADING, fetched.done_bytes, model.size_bytes, fetched.file)


def _run(request: Request, model: OfferedModel, cancel: CancelToken) -> Iterator[Fetched]:
    """Run the download process to its end, or kill it."""
    failure = phrase("Engine: Models", "{title} was not downloaded").format(title=model.title)
    with answering_process(download_process.run, request, "download", failure) as (_, pipe):
        while (message := _receive(pipe, cancel)) is not None:
            if isinstance(message, Done):
                return
            if isinstance(message, Failed):
                raise ModelError(
                    phrase("Engine: Models", "{title} was not downloaded: {message}").format(
                        title=model.title, message=message.text
                    ),
                    message.hint,
                )
            yield message
        raise ModelError(
            phrase("Engine: Models", "{failure}: the download ended unexpectedly.").format(
                failure=failure
            ),
            phrase("Engine: Models", "Try again."),
        )


def _receive(pipe: "Connection[object, Message]", cancel: CancelToken) -> Message | None:
    """The next message; None where the process ended without one.

    Raises:
        CancelledError: If it was cancelled.
    """
    cancel.raise_if_cancelled()
    while not pipe.poll(_LOOK_EVERY_S):
        cancel.raise_if_cancelled()
    try:
        return pipe.recv()
    except (EOFError, OSError):
        return None


def _check_space(folder: Path, model: OfferedModel) -> None:
    """Refuse before the first byte what would fail at the last one.

    Raises:
        ModelError: If the disk has no room for what is missing.
    """
    needed = model.size_bytes - _there(folder, model) + SPARE_BYTES
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise ModelError(
            phrase(
                "Engine: Models",
                "There is no room for {title}: it takes {needed} more, "
                "and {free} are free in {parent}.",
            ).format(
                title=model.title,
                needed=_megabytes(needed),
                free=_megabytes(free),
                parent=folder.parent,
            ),
            phrase("Engine: Models", "Free some space and try again."),
        )


def _there(folder: Path, model: OfferedModel) -> int:
    """Bytes that earlier attempts have fetched."""
    return sum(bytes_there(folder, file) for file in model.files)


def _megabytes(size_bytes: int) -> str:
    return phrase("Engine: Models", "{n} MB").format(n=f"{size_bytes / 1e6:.0f}")


def _remove_other_versions(folder: Path) -> None:
    """Delete what was begun of a version that is not offered any more."""
    try:
        for other in folder.parent.iterdir():
            if other.is_dir() and other != folder:
                shutil.rmtree(other)
    except OSError as error:
        raise _unwritable(folder, error) from error


def _unwritable(folder: Path, error: OSError) -> ModelError:
    return ModelError(
        phrase("Engine: Models", "The folder {folder} cannot be written ({reason}).").format(
            folder=folder, reason=error.strerror
        ),
        phrase("Engine: Models", "Check its permissions and the free space."),
    )
