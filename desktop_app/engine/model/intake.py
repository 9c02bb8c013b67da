"""Copies a model from where the user has it, a folder or a .zip, trusting neither.

Only the files that a model needs are copied, under the names that it has to have. So nothing can
be written outside the target, and what else lies in a published folder, such as the same model in
ten precisions, stays where it is.
"""

import shutil
import zipfile
import zlib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import ModelError, PassingModelError
from desktop_app.engine.model.archive import archive_items, check_directory
from desktop_app.engine.model.sources import ANOTHER, Item, folder_items, readable_size
from desktop_app.engine.phrases import phrase
from desktop_app.engine.records import ModelProgress, ModelStep

_MAX_MODEL_BYTES = 32 * 1024**3
_SPARE_BYTES = 64 * 1024 * 1024
_CHUNK_BYTES = 4 * 1024 * 1024


def copy_model(source: Path, target: Path, cancel: CancelToken) -> Iterator[ModelProgress]:
    """Copy the model in a folder or a .zip, or one folder further down, into an empty folder.

    Raises:
        PassingModelError: If it cannot be read, or the disk is full.
        ModelError: If it is no model, or tries something that a model has no need of.
        CancelledError: If asked to stop.
    """
    try:
        if source.is_dir():
            yield from _copy_items(folder_items(source), None, source.name, target, cancel)
        elif source.is_file():
            yield from _copy_zip(source, target, cancel)
        else:
            raise ModelError(
                phrase("Engine: Models", "There is no model {source}.").format(source=source),
                phrase("Engine: Models", "Choose a folder or a .zip file."),
            )
    except OSError as error:
        raise PassingModelError(
            phrase("Engine: Models", "The model {source} cannot be copied ({reason}).").format(
                source=source.name, reason=error.strerror or error
            ),
            phrase(
                "Engine: Models",
                "Make room on the disk or check that the files can be read, then try again.",
            ),
        ) from error


def _copy_zip(source: Path, target: Path, cancel: CancelToken) -> Iterator[ModelProgress]:
    name = source.name
    try:
        check_directory(source)
        with zipfile.ZipFile(source) as archive:
            items = archive_items(archive, name)
            yield from _copy_items(items, archive, name, target, cancel)
    # A damaged zip makes zipfile and its decompressors raise all of these.
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        UnicodeError,
        MemoryError,
    ) as error:
        if source.suffix.casefold() != ".zip":
            raise ModelError(
                phrase("Engine: Models", "The file {name} is not a .zip file.").format(name=name),
                phrase(
                    "Engine: Models",
                    "A model is added from its folder or from a .zip of it: unpack what is packed "
                    "otherwise, and choose the folder.",
                ),
            ) from error
        raise ModelError(
            phrase("Engine: Models", "The file {name} is not a readable .zip file.").format(
                name=name
            ),
            phrase("Engine: Models", "Download it again, or choose the folder with the model."),
        ) from error


def _copy_items(
    items: Collection[Item],
    archive: zipfile.ZipFile | None,
    source: str,
    target: Path,
    cancel: CancelToken,
) -> Iterator[ModelProgress]:
    total = sum(item.size_bytes for item in items)
    _check_room(total, source, target)
    done = 0
    for item in items:
        path = target / item.name
        path.parent.mkdir(parents=True, exist_ok=True)
        with _open(item, archive) as reader, path.open("xb") as writer:
            copied = 0
            while chunk := reader.read(_CHUNK_BYTES):
                cancel.raise_if_cancelled()
                copied += len(chunk)
                if copied > item.size_bytes:  # grows while it is read, or lied about its size
                    raise ModelError(
                        phrase(
                            "Engine: Models",
                            "The model {source} is refused: {item} is larger than it says.",
                        ).format(source=source, item=item.name),
                        ANOTHER,
                    )
                writer.write(chunk)
                yield ModelProgress(ModelStep.COPYING, done + copied, total, item.name)
        done += copied


def _open(item: Item, archive: zipfile.ZipFile | None) -> IO[bytes]:
    if isinstance(item.origin, Path):
        return item.origin.open("rb")
    if archive is None:
        raise TypeError("an entry of an archive needs its archive")
    return archive.open(item.origin)


def _check_room(needed: int, source: str, target: Path) -> None:
    if needed > _MAX_MODEL_BYTES:
        raise ModelError(
            phrase("Engine: Models", "The model {source} is refused: it takes {needed}.").format(
                source=source, needed=readable_size(needed)
            ),
            ANOTHER,
        )
    free = shutil.disk_usage(target).free
    if needed + _SPARE_BYTES > free:
        raise PassingModelError(
            phrase(
                "Engine: Models",
                "The model {source} takes {needed}, and only {free} "
                "are free where models are kept, in {parent}.",
            ).format(
                source=source,
                needed=readable_size(needed),
                free=readable_size(free),
                parent=target.parent,
            ),
            phrase("Engine: Models", "Make room there and try again."),
        )
