"""How far long work is, and what came of it."""

from dataclasses import dataclass
from enum import StrEnum

from desktop_app.engine.records.files import SkippedFile


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
        files: What is written: the table, and after it the file of the vectors, if there is one.
    """

    done: int
    total: int
    files: tuple[str, ...] = ()


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
        since_s: When the last of them was found gone, seconds since the epoch.
    """

    root_id: int
    path: str
    missing: int
    of: int
    since_s: float = 0.0


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
        labels_back: Pictures that have again what the user attached before their files were gone.
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
    labels_back: int = 0


@dataclass(frozen=True, slots=True)
class EmbedProgress:
    """How far the vectors of the next model are.

    Attributes:
        title: The next model's title.
        done: Pictures that have its vector.
        total: Pictures in the library.
        per_second: Pictures of the last seconds; 0 at first.
        note: Why nothing is done now, for the user; empty where work goes on.
        is_answering: Whether that model answers already, without the pictures that it lacks.
    """

    title: str
    done: int
    total: int
    per_second: float = 0.0
    note: str = ""
    is_answering: bool = False


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
        silent: Places that did not answer: what is kept of their pictures was embedded.
        seconds: Wall time.
        switched: Whether the model answers now, and did not before.
        cancelled: Whether the run was stopped before its end; what was made stays.
    """

    title: str
    made: int = 0
    failed: tuple[SkippedFile, ...] = ()
    silent: tuple[str, ...] = ()
    seconds: float = 0.0
    switched: bool = False
    cancelled: bool = False
