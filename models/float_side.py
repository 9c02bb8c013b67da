"""Finds the float towers that a folder of int8 towers is compared with."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop_app.engine.errors import ModelError
from desktop_app.engine.model.model_folder import ModelFolder, read_model_folder
from desktop_app.engine.model.preprocess import Preprocessing

_SETTINGS = ("config.json", "preprocessor_config.json", "tokenizer.json", "tokenizer_config.json")
_ANOTHER = "Choose another float side."


@contextmanager
def open_float_side(model: Path, given: Path | None) -> Iterator[ModelFolder | None]:
    """Find the float towers of a model, and keep them for the length of a ``with``.

    Args:
        model: the model folder.
        given: where its float towers are, if not in the folder: another model folder, a folder of
            :mod:`models.tower_files`, or a final checkpoint of :mod:`models.train`.

    Yields:
        A model folder of float towers; None where nothing is given and the model has none.

    Raises:
        ModelError: what is given is none of these, or belongs to another kind of model.
    """
    if given is None:
        try:
            found = read_model_folder(model, precision="float")
        except ModelError:
            found = None  # the folder itself was read before: only its float towers are missing
        yield found
        return
    if given.is_dir() and (given / "config.json").is_file():
        yield _same_kind(read_model_folder(given, precision="float"), model)
        return
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / model.name
        _write_folder(folder, model, given)
        yield _same_kind(read_model_folder(folder, precision="float"), model)


def _write_folder(folder: Path, model: Path, given: Path) -> None:
    """Write the towers of a training as float ONNX files, beside the model's own settings."""
    # Only here is torch needed; measuring an ONNX folder must work without it.
    from models.checkpoint import CheckpointError, load_checkpoint
    from models.onnx_files import export_image_tower, export_text_tower
    from models.tower_files import is_tower_folder, read_tower_files, towers_to_checkpoint
    from models.towers import image_tower_from_dict, text_tower_from_dict

    try:
        if is_tower_folder(given):
            content = towers_to_checkpoint(read_tower_files(given))
        else:
            content = load_checkpoint(given)
    except CheckpointError as error:
        raise ModelError(str(error), _ANOTHER) from error
    if "image_tower" not in content:
        raise ModelError(f"{given} is a checkpoint of an unfinished training.", _ANOTHER)
    (folder / "onnx").mkdir(parents=True)
    for name in _SETTINGS:
        if (model / name).is_file():
            shutil.copy2(model / name, folder / name)
    image = image_tower_from_dict(content["image_tower"])
    export_image_tower(image, int(content["image_side_px"]), folder / "onnx/vision_model.onnx")
    text = text_tower_from_dict(content["text_tower"])
    export_text_tower(text, folder / "onnx/text_model.onnx")


def _same_kind(found: ModelFolder, model: Path) -> ModelFolder:
    """Refuse towers that cannot be those the int8 ones were made of."""
    expected = read_model_folder(model)

    def kind(folder: ModelFolder) -> tuple[int, Preprocessing]:
        return folder.dim, folder.preprocessing

    if kind(found) != kind(expected):
        raise ModelError(
            f"{found.path} is not the float side of {model}: its vectors or its pictures differ.",
            "Choose the towers that the int8 files were made of.",
        )
    return found
