"""What can go wrong that is not a bug of ours.

Only `UserFacingError` crosses the border of the engine on purpose. A single picture that cannot
be indexed is not an error at all but data: see `desktop_app.engine.records.SkippedFile`.
"""


class UserFacingError(Exception):
    """Something the user can mend, said so that they can.

    Attributes:
        text: One plain sentence: what happened.
        hint: One plain sentence: what to do about it; may be empty.
    """

    def __init__(self, text: str, hint: str = "") -> None:
        super().__init__(text, hint)
        self.text = text
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.text} {self.hint}".strip()


class ModelError(UserFacingError):
    """A model folder is missing, damaged or of a kind this program does not know."""


class PassingModelError(ModelError):
    """The model itself is not to blame: once what is in the way is gone, it may well be taken."""


class StoreError(UserFacingError):
    """The library on disk cannot be opened, read or written."""


class UnwritableError(StoreError):
    """The system or the disk does not let the library be written; it may still be read."""


class NoRoomError(StoreError):
    """The disk of the library is full: once it has room again, what failed may be done."""


class FullDiskError(NoRoomError, UnwritableError):
    """There is no room for what writing the library takes; it may still be read."""


class CatalogDamagedError(StoreError):
    """The catalog's file is damaged or gone; its newest backup can be put in its place."""


class LibraryInUseError(StoreError):
    """Another Image Seeker is writing the same library."""


class QueryError(UserFacingError):
    """A query that cannot be answered, such as a query picture that cannot be read."""


class CancelledError(Exception):
    """A job was asked to stop and did; nothing it had reported is lost."""
