"""Hidden folders beside the models, in which they are put together and taken apart.

What a killed program leaves behind in them is deleted when the next model is added.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from desktop_app.engine.errors import PassingModelError
from desktop_app.engine.phrases import phrase

_ADDING, _REMOVING = ".adding-", ".removing-"


@contextmanager
def temporary_folder(models: Path) -> Iterator[Path]:
    """An empty folder in the models folder, gone afterwards unless it was renamed.

    Raises:
        PassingModelError: If the models folder cannot be written.
    """
    try:
        models.mkdir(parents=True, exist_ok=True)
        _sweep(models)
        folder = Path(tempfile.mkdtemp(prefix=f"{_ADDING}{os.getpid()}-", dir=models))
        # Whoever may read the library may read its models; mkdtemp keeps all others out.
        folder.chmod(0o755)
    except OSError as error:
        raise PassingModelError(
            phrase("Engine: Models", "No model can be kept in {models} ({reason}).").format(
                models=models, reason=error.strerror
            ),
            phrase("Engine: Models", "Check that this folder can be written."),
        ) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def delete_folder(folder: Path) -> None:
    """Delete a model's folder; first out of sight, for half of a model is none.

    Raises:
        OSError: If it cannot be moved; nothing has changed then.
    """
    doomed = folder.parent / f"{_REMOVING}{os.getpid()}-{folder.name}"
    os.replace(folder, doomed)
    shutil.rmtree(doomed, ignore_errors=True)  # what stays is swept later


def _sweep(models: Path) -> None:
    """Delete what runs that were killed left behind; not what another one is working on."""
    for path in models.iterdir():
        for prefix in (_ADDING, _REMOVING):
            if path.name.startswith(prefix):
                owner = path.name.removeprefix(prefix).split("-", 1)[0]
                is_ours = prefix == _REMOVING and owner == str(os.getpid())
                if is_ours or not (owner.isdecimal() and psutil.pid_exists(int(owner))):
                    shutil.rmtree(path, ignore_errors=True)
