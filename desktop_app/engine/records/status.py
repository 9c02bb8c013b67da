"""The library at a glance, and its backups."""

from dataclasses import dataclass

from desktop_app.engine.records.files import SkippedFile
from desktop_app.engine.records.folders import Root
from desktop_app.engine.records.models import ModelInfo
from desktop_app.engine.records.runs import EmbedProgress


@dataclass(frozen=True, slots=True)
class CatalogBackup:
    """A copy of the catalog.

    Attributes:
        path: Its file.
        made_at_s: When it was made, seconds since the epoch.
        pictures: How many pictures it holds.
    """

    path: str
    made_at_s: float
    pictures: int


@dataclass(frozen=True, slots=True)
class LibraryStatus:
    """The library at a glance.

    Attributes:
        roots: What the user added.
        pictures: Number of pictures.
        failures: Files that should be there and are not, with reasons.
        skipped: Number of files that are no pictures.
        model: The model in use; None where none could be loaded.
        next_model: The model whose vectors are being made; None where there is none.
        catalog_bytes: Size of the catalog on disk.
        index_bytes: Size of the vector index on disk.
        thumbnail_bytes: Size of the thumbnail cache on disk.
        data_dir: Where the catalog lies.
        notice: Why another model answers than the chosen one, one plain sentence; None where
            the chosen one does.
        backup: The newest copy of the catalog; None where there is none.
        backup_problem: Why the last copy could not be made, one sentence; None where it could.
    """

    roots: tuple[Root, ...]
    pictures: int
    failures: tuple[SkippedFile, ...]
    skipped: int
    model: ModelInfo | None
    catalog_bytes: int
    index_bytes: int
    thumbnail_bytes: int
    data_dir: str
    next_model: EmbedProgress | None = None
    notice: str | None = None
    backup: CatalogBackup | None = None
    backup_problem: str | None = None

    @property
    def total_bytes(self) -> int:
        """Size of all of it on disk."""
        return self.catalog_bytes + self.index_bytes + self.thumbnail_bytes
