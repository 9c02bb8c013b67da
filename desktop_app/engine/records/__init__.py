"""The records that cross from one room of the engine to another, and to the window.

All are frozen: a record handed to another thread or process cannot change under it.
"""

from desktop_app.engine.records.files import (
    FileStamp,
    FoundFile,
    SkipKind,
    SkippedFile,
)
from desktop_app.engine.records.folders import (
    ChangedPlace,
    MovedRoot,
    Root,
    RootKind,
    WatchMode,
    WatchState,
)
from desktop_app.engine.records.models import (
    DeviceChoice,
    InstalledModel,
    LibraryModel,
    ModelInfo,
    ModelOffer,
    ModelProgress,
    ModelRole,
    ModelStep,
    QualityFigure,
)
from desktop_app.engine.records.order import (
    Arrangement,
    Counted,
    Group,
    GroupBy,
    SortBy,
    Vocabulary,
)
from desktop_app.engine.records.pictures import (
    DecodedPicture,
    NewPicture,
    Picture,
    PictureDetails,
)
from desktop_app.engine.records.runs import (
    EmbedProgress,
    EmbedSummary,
    ExportFormat,
    ExportProgress,
    ForgetProgress,
    HeldBack,
    IndexPreparation,
    IndexProgress,
    IndexSummary,
)
from desktop_app.engine.records.searching import (
    FoundBy,
    HeatMap,
    Hits,
    NameHits,
    PictureExample,
    Query,
    Reason,
)
from desktop_app.engine.records.status import (
    CatalogBackup,
    LibraryStatus,
)

__all__ = [
    "Arrangement",
    "CatalogBackup",
    "ChangedPlace",
    "Counted",
    "DecodedPicture",
    "DeviceChoice",
    "EmbedProgress",
    "EmbedSummary",
    "ExportFormat",
    "ExportProgress",
    "FileStamp",
    "ForgetProgress",
    "FoundBy",
    "FoundFile",
    "Group",
    "GroupBy",
    "HeatMap",
    "HeldBack",
    "Hits",
    "IndexPreparation",
    "IndexProgress",
    "IndexSummary",
    "InstalledModel",
    "LibraryModel",
    "LibraryStatus",
    "ModelInfo",
    "ModelOffer",
    "ModelProgress",
    "ModelRole",
    "ModelStep",
    "MovedRoot",
    "NameHits",
    "NewPicture",
    "Picture",
    "PictureDetails",
    "PictureExample",
    "QualityFigure",
    "Query",
    "Reason",
    "Root",
    "RootKind",
    "SkipKind",
    "SkippedFile",
    "SortBy",
    "Vocabulary",
    "WatchMode",
    "WatchState",
]
