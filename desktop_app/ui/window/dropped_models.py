"""Tells models from folders of pictures among what is dropped on the window."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.ui.words import wording
from desktop_app.ui.words.language import tr


@dataclass(frozen=True)
class Dropped:
    """What was dropped, by kind.

    Attributes:
        models: Paths of what looks like a model.
        pictures: All other paths.
    """

    models: Sequence[str]
    pictures: Sequence[str]


def offer(models: Sequence[str]) -> tuple[str, str]:
    """What is said about dropped models, and the button that adds them all."""
    first = wording.file_name(models[0])
    if len(models) == 1:
        text = tr("Models", "{model} looks like a model, not like pictures.")
        return text.format(model=first), tr("Models", "Add the model")
    one = tr("Models", "{model} and {n} other look like models, not like pictures.")
    many = tr("Models", "{model} and {n} others look like models, not like pictures.")
    add = tr("Models", "Add {n} models").format(n=wording.count(len(models)))
    return wording.plural(len(models) - 1, one, many, model=first), add


def sort_dropped(paths: Sequence[str]) -> Dropped:
    """Sort paths by what they look like; reads folders, so not where the window waits for it."""
    models = [path for path in paths if is_model(Path(path))]
    among = set(models)  # there may be 50,000 of them
    return Dropped(models, [path for path in paths if path not in among])


def is_model(path: Path) -> bool:
    """Whether a path is a .zip, or a folder laid out as a model or with a model right inside."""
    try:
        if path.is_dir():
            return _has_model(path) or any(map(_has_model, path.glob("*/")))
        return path.suffix.lower() == ".zip" and path.is_file()
    except OSError:
        return False


def _has_model(folder: Path) -> bool:
    return (folder / "config.json").is_file() and (folder / "onnx").is_dir()
