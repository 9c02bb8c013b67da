"""The files of one model folder: found, kept inside it, and digested."""

import hashlib
from pathlib import Path, PurePosixPath

from desktop_app.engine.errors import ModelError, PassingModelError
from desktop_app.engine.model.json_fields import INSTALL_AGAIN
from desktop_app.engine.model.layout import (
    TOKENIZER,
    Precision,
    Towers,
    choose_towers,
    weights_beside,
)
from desktop_app.engine.model.onnx_weights import NotOnnxError, weight_locations
from desktop_app.engine.phrases import phrase

_SLOW_VOCABULARIES = (
    "vocab.txt",
    "merges.txt",
    "vocab.json",
    "spiece.model",
    "sentencepiece.bpe.model",
)
_LFS_POINTER = b"version https://git-lfs.github.com/spec/"


class ModelFiles:
    """Finds the files of a folder, lets none lie outside, and remembers them for the digest."""

    def __init__(self, folder: Path) -> None:
        """Wrap an existing folder."""
        self.folder = folder
        self._resolved = folder.resolve()
        self._found: list[Path] = []

    @property
    def found(self) -> tuple[Path, ...]:
        """What was found so far, in the order in which it was asked for."""
        return tuple(self._found)

    def find(self, name: str) -> Path:
        """A file that has to be there.

        Raises:
            ModelError: If it is missing, or a link out of the folder.
        """
        path = self.find_optional(name)
        if path is None:
            raise ModelError(
                phrase(
                    "Engine: Models", "The model {folder} is not complete: {name} is missing."
                ).format(folder=self.folder.name, name=name),
                INSTALL_AGAIN,
            )
        return path

    def find_optional(self, name: str) -> Path | None:
        """A file that may be there.

        Raises:
            ModelError: If it is a link out of the folder.
        """
        path = self.folder / name
        if not path.is_file():
            return None
        if not path.resolve().is_relative_to(self._resolved):
            raise ModelError(
                phrase(
                    "Engine: Models",
                    "The model {folder} cannot be used: {name} is a link to another place.",
                ).format(folder=self.folder.name, name=name),
                phrase("Engine: Models", "Copy the file itself into the model's folder."),
            )
        if path not in self._found:
            self._found.append(path)
        return path

    def find_tokenizer(self) -> Path:
        """The ``tokenizer.json``.

        Raises:
            ModelError: If it is missing; says how to make one where there is an older kind.
        """
        older = [name for name in _SLOW_VOCABULARIES if (self.folder / name).is_file()]
        if older and not (self.folder / TOKENIZER).is_file():
            raise ModelError(
                phrase(
                    "Engine: Models",
                    "The model {folder} is not complete: it has {older} but no {tokenizer}.",
                ).format(folder=self.folder.name, older=older[0], tokenizer=TOKENIZER),
                phrase(
                    "Engine: Models",
                    "Open its tokenizer with AutoTokenizer of the transformers library and save it "
                    "with save_pretrained, which writes {tokenizer}.",
                ).format(tokenizer=TOKENIZER),
            )
        return self.find(TOKENIZER)

    def find_towers(self, precision: Precision) -> tuple[Path, Path]:
        """The ONNX files of the image tower and the text tower, which may be one.

        Raises:
            ModelError: If one is missing, or its weights lie outside the folder.
        """
        names = [f"onnx/{path.name}" for path in self._onnx_folder_content()]
        towers = choose_towers(names, precision)
        return self._find_tower(towers.vision, names), self._find_tower(towers.text, names)

    def check_graphs(self, towers: Towers) -> None:
        """Refuse ONNX files whose weights cannot be looked for; loading may forgive less or more.

        Raises:
            ModelError: If one is no ONNX file, or absurd.
        """
        for tower in dict.fromkeys((towers.vision, towers.text)):
            try:
                weight_locations(self.folder / tower)
            except NotOnnxError as error:
                raise self._damaged(tower) from error

    def _damaged(self, tower: str) -> ModelError:
        with (self.folder / tower).open("rb") as file:
            is_pointer = file.read(len(_LFS_POINTER)) == _LFS_POINTER
        if is_pointer:  # what `git clone` leaves where Git LFS is not there
            return PassingModelError(
                phrase(
                    "Engine: Models",
                    "The model {folder} cannot be used: of {tower} there is only what Git LFS "
                    "leaves in its place.",
                ).format(folder=self.folder.name, tower=tower),
                phrase("Engine: Models", "Run `git lfs pull` in its folder and try again."),
            )
        return ModelError(
            phrase(
                "Engine: Models",
                "The model {folder} cannot be used: {tower} is incomplete or damaged.",
            ).format(folder=self.folder.name, tower=tower),
            INSTALL_AGAIN,
        )

    def find_remaining_weights(self, towers: Towers) -> None:
        """Add the files that the graphs name as the place of weights, whatever they are called.

        Raises:
            ModelError: If one is missing or outside the folder.
        """
        for tower in dict.fromkeys((towers.vision, towers.text)):
            try:
                locations = weight_locations(self.folder / tower)
            except NotOnnxError:
                continue  # loading it will tell; a broken image tower does not keep words from it
            for location in sorted(locations):
                self._find_weights(tower, location)

    def digest(self) -> str:
        """One digest over the names and contents of all files found."""
        total = hashlib.sha256()
        for path in self._found:
            with path.open("rb") as file:
                content = hashlib.file_digest(file, "sha256")
            total.update(f"{path.name} {content.hexdigest()}\n".encode())
        return total.hexdigest()

    def _onnx_folder_content(self) -> list[Path]:
        folder = self.folder / "onnx"
        return list(folder.iterdir()) if folder.is_dir() else []

    def _find_tower(self, tower: str, names: list[str]) -> Path:
        path = self.find(tower)
        for weights in weights_beside(tower, names):
            self.find(weights)
        return path

    def _find_weights(self, tower: str, location: str) -> None:
        place = PurePosixPath(location)
        if place.is_absolute() or ".." in place.parts or "\\" in location or ":" in location:
            raise ModelError(
                phrase(
                    "Engine: Models",
                    "The model {folder} cannot be used: {tower} wants weights from outside "
                    "its folder.",
                ).format(folder=self.folder.name, tower=tower),
                phrase("Engine: Models", "Choose another model."),
            )
        self.find(f"onnx/{place}")
