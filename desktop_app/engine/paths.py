"""Where things lie on disk; the only module that knows.

Nothing here creates a folder until `DataPaths.create` is called.
"""

import errno
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from desktop_app.engine.errors import StoreError, UnwritableError
from desktop_app.engine.phrases import phrase

APP_NAME = "ImageSeeker"


@dataclass(frozen=True, slots=True)
class DataPaths:
    """The folders of one library.

    Attributes:
        data: Catalog, vector index and settings.
        cache: Thumbnails; may be deleted at any time.
        logs: Log and crash files.
        models: Model folders the user added.
    """

    data: Path
    cache: Path
    logs: Path
    models: Path

    @classmethod
    def default(cls) -> "DataPaths":
        """The places the platform gives to applications."""
        dirs = platformdirs.PlatformDirs(APP_NAME, appauthor=False)
        data = dirs.user_data_path
        return cls(data, dirs.user_cache_path, dirs.user_log_path, data / "models")

    @classmethod
    def below(cls, data_dir: Path) -> "DataPaths":
        """Everything below one folder, as ``--data-dir`` asks."""
        root = Path(os.path.abspath(os.path.expanduser(data_dir)))
        return cls(root, root / "cache", root / "logs", root / "models")

    @property
    def catalog(self) -> Path:
        """The SQLite database: the truth."""
        return self.data / "catalog.sqlite3"

    @property
    def vector_indexes(self) -> Path:
        """Folder of the vector indexes, one a model."""
        return self.data / "indexes"

    @property
    def thumbnails(self) -> Path:
        """Folder of the thumbnail cache."""
        return self.cache / "thumbnails"

    @property
    def lock(self) -> Path:
        """The file that a writing program holds locked."""
        return self.data / "library.lock"

    @property
    def settings(self) -> Path:
        """The user's settings."""
        return self.data / "settings.json"

    def create(self) -> None:
        """Make the folders.

        Raises:
            UnwritableError: If one may not be made.
            StoreError: If one cannot be made.
        """
        for folder in (self.data, self.cache, self.logs):
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise not_written(folder, error) from error


def not_written(folder: Path, error: OSError) -> StoreError:
    """What it means to the user that nothing can be made in a folder of a library."""
    is_forbidden = error.errno in (errno.EROFS, errno.EACCES, errno.EPERM)
    kind = UnwritableError if is_forbidden else StoreError
    return kind(
        phrase(
            "Engine: Library", "The library folder {folder} cannot be written ({reason})."
        ).format(folder=folder, reason=error.strerror),
        phrase("Engine: Library", "Choose another place with --data-dir."),
    )


def builtin_model_folder() -> Path:
    """The model that comes with the program.

    In an installed or built program it lies among the resources; in a checkout, where the
    resources hold no model, beside the package.
    """
    package = Path(__file__).resolve().parent.parent
    shipped = package / "resources" / "models" / "starter"
    if shipped.is_dir() or getattr(sys, "frozen", False):
        return shipped
    return package.parent / "models" / "starter"


def notices_file() -> Path | None:
    """What a built program says of everything it is made of; None where nothing was built."""
    file = Path(__file__).parents[2] / "licences" / "THIRD_PARTY_NOTICES.txt"
    return file if getattr(sys, "frozen", False) and file.is_file() else None


def is_below(path: str, folder: str) -> bool:
    """Whether a path is a folder itself or lies anywhere inside it; both are absolute."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
