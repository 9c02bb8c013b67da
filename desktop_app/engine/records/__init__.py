"""The records that cross from one room of the engine to another, and to the window.

All are frozen: a record handed to another thread or process cannot change under it.
"""

from desktop_app.engine.records.exporting import (
    CopiesSummary,
    CopyForm,
    KeptDetails,
    PictureCopy,
    SheetPicture,
)
from desktop_app.engine.records.file_actions import (
    FailedFile,
    FileAction,
    FileProgress,
    FileSummary,
    MovedFile,
)
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
from desktop_app.engine.records.labels import (
    CommonLabels,
    LabelChange,
    LabelCounts,
    PictureIds,
    PictureLabels,
    SidecarFailure,
    SidecarProgress,
)
from desktop_app.engine.records.looking import AnimationFrame, CloseLook, Pixels, Unseen
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
from desktop_app.engine.records.photo_facts import PhotoFacts
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
from desktop_app.engine.records.tree import (
    FolderTreeState,
    PictureSums,
    TreeFolder,
)

__all__ = [
    "AnimationFrame",
    "Arrangement",
    "CatalogBackup",
    "ChangedPlace",
    "CloseLook",
    "CommonLabels",
    "CopiesSummary",
    "CopyForm",
    "Counted",
    "DecodedPicture",
    "DeviceChoice",
    "EmbedProgress",
    "EmbedSummary",
    "ExportFormat",
    "ExportProgress",
    "FailedFile",
    "FileAction",
    "FileProgress",
    "FileStamp",
    "FileSummary",
    "FolderTreeState",
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
    "KeptDetails",
    "LabelChange",
    "LabelCounts",
    "LibraryModel",
    "LibraryStatus",
    "ModelInfo",
    "ModelOffer",
    "ModelProgress",
    "ModelRole",
    "ModelStep",
    "MovedFile",
    "MovedRoot",
    "NameHits",
    "NewPicture",
    "PhotoFacts",
    "Picture",
    "PictureCopy",
    "PictureDetails",
    "PictureExample",
    "PictureIds",
    "PictureLabels",
    "PictureSums",
    "Pixels",
    "QualityFigure",
    "Query",
    "Reason",
    "Root",
    "RootKind",
    "SheetPicture",
    "SidecarFailure",
    "SidecarProgress",
    "SkipKind",
    "SkippedFile",
    "SortBy",
    "TreeFolder",
    "Unseen",
    "Vocabulary",
    "WatchMode",
    "WatchState",
]
