"""The records that cross from one room of the engine to another, and to the window.

All are frozen: a record handed to another thread or process cannot change under it.
"""

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class FileStamp:
    """What tells, without reading a file, that it is still the same.

    Attributes:
        size_bytes: Its length.
        mtime_ns: Its modification time, nanoseconds since the epoch.
    """

    size_bytes: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that a scan came across and that may be a picture.

    Attributes:
        path: Absolute path.
        stamp: Its size and modification time.
    """

    path: str
    stamp: FileStamp


class SkipKind(StrEnum):
    """Why a file or folder is not in the library; decides whether a rescan tries it again."""

    NOT_A_PICTURE = "not_a_picture"
    """Neither its name nor its content says picture. Kept apart from failures."""
    DAMAGED = "damaged"
    """Truncated, empty, or not what its name says."""
    TOO_LARGE = "too_large"
    """More pixels than the limit."""
    UNSUPPORTED = "unsupported"
    """A picture of a kind that cannot be read yet, such as HEIC or a camera's raw file."""
    UNREADABLE = "unreadable"
    """The system refuses it now (permission, drive error); tried again at every scan."""
    DECODER_FAILED = "decoder_failed"
    """The process that decoded it crashed, hung or took too much memory."""
    BAD_NAME = "bad_name"
    """Its name is not valid text."""
    SPECIAL_FILE = "special_file"
    """A pipe, a socket or a device."""
    LINK = "link"
    """A link that leads nowhere or round in a circle."""
    EMPTY_FOLDER = "empty_folder"
    """A folder given by the user that holds no picture."""
    OFFLINE = "offline"
    """A folder whose drive is not connected, or that may not be read now; its pictures stay."""
    CLOUD_ONLY = "cloud_only"
    """A placeholder whose content would have to be fetched; never opened, looked at every scan."""
    BEING_WRITTEN = "being_written"
    """Another program was still writing it; tried again at every scan."""

    @property
    def is_failure(self) -> bool:
        """Whether a user would expect a picture there and wonder why it is missing."""
        return self not in (SkipKind.NOT_A_PICTURE, SkipKind.EMPTY_FOLDER)


@dataclass(frozen=True, slots=True)
class SkippedFile:
    r"""A file or folder that is not in the library, and why.

    Attributes:
        path: Absolute path, printable: bytes that are not UTF-8 are written as ``\xff``.
        reason: One plain sentence for the user.
        kind: The class of reason.
        stamp: Size and time when it was tried; None where they could not be read.
        strikes: How often reading it has cost the decoder its process.
        at_s: When it was last tried, seconds since the epoch; None where nobody noted it.
    """

    path: str
    reason: str
    kind: SkipKind
    stamp: FileStamp | None = None
    strikes: int = 0
    at_s: float | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class DecodedPicture:
    """What one decoding of a file yields.

    Attributes:
        width_px: Width of the upright picture in the file, before any reduction.
        height_px: Height of the upright picture.
        format: Pillow's name of the format, such as ``JPEG``.
        taken_at_s: When it was taken by its own EXIF data, seconds since the epoch; None if unsaid.
        thumbnail: An encoded JPEG for the grid.
        pixels: The model's input before normalisation, uint8, shape ``(height, width, 3)``.
        fingerprint: A digest of parts of the file, to know it again after a move.
        content_hash: A digest of the whole file, to know exact copies.
    """

    width_px: int
    height_px: int
    format: str
    taken_at_s: float | None
    thumbnail: bytes
    pixels: NDArray[np.uint8]
    fingerprint: bytes
    content_hash: bytes


@dataclass(frozen=True, slots=True)
class NewPicture:
    """A picture ready to be written into the catalog, with its vector.

    Attributes:
        path: Absolute path.
        stamp: Size and time of the file the vector was made from.
        width_px: Width of the upright picture.
        height_px: Height of the upright picture.
        format: Pillow's name of the format.
        taken_at_s: Seconds since the epoch, None if unsaid.
        fingerprint: Digest of parts of the file.
        vector: Unit vector, float32, shape ``(dim,)``.
        content_hash: Digest of the whole file; None where nobody has made one.
    """

    path: str
    stamp: FileStamp
    width_px: int
    height_px: int
    format: str
    taken_at_s: float | None
    fingerprint: bytes
    vector: NDArray[np.float32]
    content_hash: bytes | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of the library, as shown to the user.

    Attributes:
        id: The catalog's id; stays the same when the file moves.
        path: Absolute path.
        stamp: Size and modification time.
        width_px: Width of the upright picture.
        height_px: Height of the upright picture.
        format: Pillow's name of the format.
        date_s: When it was taken, else when it was modified; seconds since the epoch.
        fingerprint: Digest of its content; thumbnails are kept under it.
        root_id: The root it belongs to.
        missing_since_s: Since when its file is gone while the user has not said that it may go
            from the library too; None where it is not known to be gone.
        is_offline: Whether its root, or the drive below it, cannot be reached now.
    """

    id: int
    path: str
    stamp: FileStamp
    width_px: int
    height_px: int
    format: str
    date_s: float
    fingerprint: bytes
    root_id: int = 0
    missing_since_s: float | None = None
    is_offline: bool = False


class RootKind(StrEnum):
    """What the user added."""

    FOLDER = "folder"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Root:
    """A folder, or a single picture, that the user added.

    Attributes:
        id: The catalog's id.
        path: Absolute path.
        kind: Folder or single file.
        scanned_at_s: When its last complete scan ended, None if never.
        picture_count: Pictures of it in the library.
        is_connected: Whether it can be reached now.
        missing_count: Pictures among them whose file is gone and whose removal waits for a yes.
    """

    id: int
    path: str
    kind: RootKind
    scanned_at_s: float | None
    picture_count: int
    is_connected: bool
    missing_count: int = 0


class ExportFormat(StrEnum):
    """What an export writes."""

    CSV = "csv"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class ExportProgress:
    """How far an export is.

    Attributes:
        done: Rows written.
        total: Rows to write.
    """

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class ForgetProgress:
    """How far a folder is forgotten.

    Attributes:
        done: Pictures that are no longer in the library.
        total: Pictures the folder had when this began; the space on disk is given back last.
    """

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class MovedRoot:
    """A folder of the library that was found at another place.

    Attributes:
        root_id: The catalog's id.
        old: Where it was.
        new: Where it is.
    """

    root_id: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ChangedPlace:
    """A file or folder to look at again, because something happened there.

    Attributes:
        path: Absolute path; need not be there any more.
        saw_removal: Whether something was seen being removed here: what is missing now is gone,
            and not on a drive that was unplugged.
    """

    path: str
    saw_removal: bool = False


class WatchMode(StrEnum):
    """How changes in a root come to be known."""

    STARTING = "starting"
    """It is being prepared; changes are not seen yet."""
    LIVE = "live"
    """The system tells of every change."""
    PERIODIC = "periodic"
    """It is looked through every few minutes."""
    OFFLINE = "offline"
    """It is not there, or does not answer."""


@dataclass(frozen=True, slots=True)
class WatchState:
    """How a root is followed now.

    Attributes:
        root_id: Which root.
        mode: How changes come to be known.
        reason: Why it is not simply live, one plain sentence; empty where it is.
    """

    root_id: int
    mode: WatchMode
    reason: str = ""


@dataclass(frozen=True, slots=True)
class IndexProgress:
    """How far an indexing run is.

    Attributes:
        done: Files of this run that are through, failed ones included.
        total: Files this run has to decode; 0 while it is still looking for them.
        found: Files seen so far by the scan.
        added_ids: Pictures that became searchable since the last report.
        per_second: Pictures a second lately; 0.0 while unknown.
        seconds_left: Estimate; None while unknown.
        current: Path of a file in work, empty while scanning has not found one.
        note: Why nothing is done now, for the user; empty where work goes on.
    """

    done: int
    total: int
    found: int
    added_ids: tuple[int, ...] = ()
    per_second: float = 0.0
    seconds_left: float | None = None
    current: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A folder of which so much is gone that nothing is removed before the user says so.

    Attributes:
        root_id: The root.
        path: Its path.
        missing: Pictures whose file is gone.
        of: Pictures of the root in the library, those included.
    """

    root_id: int
    path: str
    missing: int
    of: int


@dataclass(frozen=True, slots=True)
class IndexSummary:
    """What an indexing run did.

    Attributes:
        added: New pictures.
        updated: Pictures whose file had changed.
        moved: Pictures found again under another path.
        removed: Pictures whose file is gone.
        unchanged: Pictures left as they were.
        failed: Files and folders that should be there and are not, with reasons.
        skipped: Files that are no pictures, with reasons.
        seconds: Wall time.
        cancelled: Whether the run was stopped before its end.
        held_back: Folders from which so much is gone that the user is to be asked first.
    """

    added: int = 0
    updated: int = 0
    moved: int = 0
    removed: int = 0
    unchanged: int = 0
    failed: tuple[SkippedFile, ...] = ()
    skipped: tuple[SkippedFile, ...] = ()
    seconds: float = 0.0
    cancelled: bool = False
    held_back: tuple[HeldBack, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """What the user is looking for. At least one of words, image, picture_id is set.

    Attributes:
        words: What the picture shows, in words.
        minus: What it must not show.
        image: An encoded picture (file content) to find similar ones to.
        picture_id: A picture of the library to find similar ones to.
    """

    words: str = ""
    minus: str = ""
    image: bytes | None = None
    picture_id: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to search for."""
        return not (self.words.strip() or self.minus.strip() or self.image or self.picture_id)


def _no_ids() -> NDArray[np.int64]:
    return np.empty(0, dtype=np.int64)


def _no_scores() -> NDArray[np.float32]:
    return np.empty(0, dtype=np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """The answer to a query, best first.

    Attributes:
        ids: Picture ids, int64, shape ``(n,)``.
        scores: Cosine similarity to the query in [-1, 1], float32, shape ``(n,)``, falling.
        relevance: How many standard deviations a score stands above the library's ordinary
            ones for this query, float32, shape ``(n,)``.
        seconds: Time from query to ranked ids.
    """

    ids: NDArray[np.int64] = field(default_factory=_no_ids)
    scores: NDArray[np.float32] = field(default_factory=_no_scores)
    relevance: NDArray[np.float32] = field(default_factory=_no_scores)
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What the user may know about the model in use.

    Attributes:
        key: Digest of the model's files; vectors are kept under it.
        name: For people.
        dim: Length of its vectors.
        is_builtin: Whether it is the small model that comes with the program.
    """

    key: str
    name: str
    dim: int
    is_builtin: bool


@dataclass(frozen=True, slots=True)
class DeviceChoice:
    """What computes the vectors, and why this.

    Attributes:
        provider: onnxruntime's name of it, such as ``CPUExecutionProvider``.
        reason: One plain sentence for the user.
    """

    provider: str
    reason: str


@dataclass(frozen=True, slots=True)
class QualityFigure:
    """A result that a model's card tells.

    Attributes:
        dataset: What was measured on.
        metric: What was measured.
        value: The figure, 0 to 1.
    """

    dataset: str
    metric: str
    value: float


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model folder that the program knows of.

    Attributes:
        name: What commands and settings call it: the name of its folder, ``starter`` for the
            model that comes with the program.
        title: For people.
        key: Digest of the files that decide its vectors; empty where it cannot be used.
        dim: Length of its vectors; 0 where it cannot be used.
        size_bytes: The whole folder on disk.
        licence: As its card says, such as ``mit``; empty where it says nothing.
        languages: ISO 639 codes of the languages it understands; empty where it says nothing.
        quality: What its card tells of its quality.
        is_builtin: Whether it comes with the program.
        problem: Why it cannot be used, one plain sentence; None where it can.
        is_missing: Whether its folder is gone, and only what it prepared is left.
    """

    name: str
    title: str
    key: str
    dim: int
    size_bytes: int
    licence: str = ""
    languages: tuple[str, ...] = ()
    quality: tuple[QualityFigure, ...] = ()
    is_builtin: bool = False
    problem: str | None = None
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class ModelOffer:
    """A model that can be downloaded.

    Attributes:
        name: What commands call it, and its folder once it is installed.
        title: For people.
        address: Where it comes from; shown before anything is fetched.
        revision: The one version of it that is taken, as the address knows it.
        size_bytes: What is fetched in all.
        licence: Such as ``mit``.
        languages: ISO 639 codes; ``multilingual`` where there are too many to name.
        description: One plain sentence about what it is good for.
        is_installed: Whether it is there already.
    """

    name: str
    title: str
    address: str
    revision: str
    size_bytes: int
    licence: str
    languages: tuple[str, ...]
    description: str
    is_installed: bool = False


class ModelStep(StrEnum):
    """What is being done to install a model."""

    DOWNLOADING = "downloading"
    COPYING = "copying"
    CHECKING = "checking"


@dataclass(frozen=True, slots=True)
class ModelProgress:
    """How far the installation of a model is.

    Attributes:
        step: What is being done.
        done_bytes: Of `total_bytes`.
        total_bytes: 0 where it is not known or bytes mean nothing, as while checking.
        file: The file at work, relative to the model's folder; may be empty.
    """

    step: ModelStep
    done_bytes: int = 0
    total_bytes: int = 0
    file: str = ""


class ModelRole(StrEnum):
    """What a model is to one library."""

    IN_USE = "in_use"
    """Answers the queries."""
    NEXT = "next"
    """Chosen; answers as soon as every picture has its vector."""
    KEPT = "kept"
    """Neither, but vectors of it are kept, so that switching back is instant."""
    UNUSED = "unused"
    """Has no vectors here."""


@dataclass(frozen=True, slots=True)
class LibraryModel:
    """An installed model as one library sees it.

    Attributes:
        model: The model.
        role: What it is to the library.
        vectors: How many of the library's pictures have a vector of it.
        pictures: How many pictures the library has.
        disk_bytes: What its vectors and its index take on disk for this library.
    """

    model: InstalledModel
    role: ModelRole
    vectors: int
    pictures: int
    disk_bytes: int


@dataclass(frozen=True, slots=True)
class EmbedProgress:
    """How far the vectors of the next model are.

    Attributes:
        title: The next model's title.
        done: Pictures that have its vector.
        total: Pictures in the library.
        per_second: Pictures of the last seconds; 0 at first.
        note: Why nothing is done now, for the user; empty where work goes on.
    """

    title: str
    done: int
    total: int
    per_second: float = 0.0
    note: str = ""


@dataclass(frozen=True, slots=True)
class IndexPreparation:
    """How far the preparation of quick searching is; it has up to three steps, one by one.

    Attributes:
        done: Pictures that are through with this step.
        total: Pictures that need it.
    """

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class EmbedSummary:
    """How a run that made the next model's vectors ended.

    Attributes:
        title: The model's title.
        made: Vectors made in this run.
        failed: Pictures that could not be embedded, with reasons.
        seconds: Wall time.
        switched: Whether the model answers now.
        cancelled: Whether the run was stopped before its end; what was made stays.
    """

    title: str
    made: int = 0
    failed: tuple[SkippedFile, ...] = ()
    seconds: float = 0.0
    switched: bool = False
    cancelled: bool = False


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
