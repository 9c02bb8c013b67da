"""Finds a model in the folder that the user points at."""

import os
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop_app.engine.errors import ModelError
from desktop_app.engine.model.layout import CONFIG, files_to_copy
from desktop_app.engine.phrases import phrase

ANOTHER = phrase("Engine: Models", "Choose another model.")
MAX_ENTRIES = 20_000


@dataclass(frozen=True, slots=True)
class Item:
    """A file to copy.

    Attributes:
        name: Relative to the model's folder.
        size_bytes: As declared.
        origin: Where it is.
    """

    name: str
    size_bytes: int
    origin: Path | zipfile.ZipInfo


def folder_items(source: Path) -> list[Item]:
    """The files to copy from a folder, or from the one folder in it that holds a model.

    Raises:
        ModelError: If there is no model, or it is a link to another place.
        OSError: If it cannot be read.
    """
    paths: dict[str, Path] = {}
    for path in _files_near(source):
        paths[path.relative_to(source).as_posix()] = path
        if len(paths) > MAX_ENTRIES:
            raise ModelError(
                phrase("Engine: Models", "The folder {source} holds far too many files.").format(
                    source=source.name
                ),
                ANOTHER,
            )
    prefix = find_model(list(paths), source.name)
    inside = [name.removeprefix(prefix) for name in paths if name.startswith(prefix)]
    real_folder = (source / prefix).resolve()
    items = []
    for name in files_to_copy(inside):
        path = paths[prefix + name]
        if not path.resolve().is_relative_to(real_folder):
            raise ModelError(
                phrase(
                    "Engine: Models",
                    "The model {source} cannot be used: {name} is a link to another place.",
                ).format(source=source.name, name=name),
                phrase("Engine: Models", "Copy the file itself into the model's folder."),
            )
        items.append(Item(name, path.stat().st_size, path))
    return items


def _files_near(source: Path) -> Iterator[Path]:
    """The regular files at most three folders down: a model in a folder, and its ``onnx``."""
    folders = [(source, 0)]
    while folders:
        folder, depth = folders.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_file():  # follows links, which are looked at later; no pipes
                    yield Path(entry.path)
                elif depth < 2 and entry.is_dir() and not entry.name.startswith("."):
                    folders.append((Path(entry.path), depth + 1))


def find_model(names: Collection[str], source: str) -> str:
    """Where the model is: empty, or the name of the one folder that holds it, with a slash."""
    folders = {""} | {name.split("/", 1)[0] + "/" for name in names if "/" in name}
    found = [
        folder
        for folder in sorted(folders)
        if f"{folder}{CONFIG}" in names
        and any(name.startswith(f"{folder}onnx/") and name.endswith(".onnx") for name in names)
    ]
    if not found:
        raise ModelError(
            phrase("Engine: Models", "There is no model in {source}.").format(source=source),
            phrase(
                "Engine: Models",
                "Choose a folder or a .zip that holds {config} and beside it a folder named onnx.",
            ).format(config=CONFIG),
        )
    if found[0] and len(found) > 1:
        raise ModelError(
            phrase("Engine: Models", "{source} holds several models.").format(source=source),
            phrase("Engine: Models", "Choose the folder of one of them."),
        )
    return found[0]


def readable_size(size_bytes: int) -> str:
    """A size for people."""
    if size_bytes >= 1e9:
        return phrase("Engine: Models", "{n} GB").format(n=f"{size_bytes / 1e9:.1f}")
    if size_bytes >= 1e6:
        return phrase("Engine: Models", "{n} MB").format(n=f"{size_bytes / 1e6:.1f}")
    return phrase("Engine: Models", "{n} kB").format(n=f"{size_bytes / 1e3:.0f}")
