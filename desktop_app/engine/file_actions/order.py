"""One file that is to be somewhere else."""

import os
from dataclasses import dataclass

from desktop_app.engine.records import MovedFile


@dataclass(frozen=True, slots=True)
class Order:
    """One file that is to be somewhere else.

    Attributes:
        picture_id: Its picture.
        source: Where it is; where it lay, if it is in the trash.
        folder: Where it is to be; empty for the trash.
        name: What it is to be called there, if that name is free.
        is_single: Whether the picture was added to the library by itself.
        has_left: Whether the picture is not in the library.
        sidecars: The files that went with it, where they are or, if they are in the trash, where
            they lay; None where they are to be looked for.
    """

    picture_id: int
    source: str
    folder: str
    name: str
    is_single: bool = False
    has_left: bool = False
    sidecars: tuple[str, ...] | None = None

    @classmethod
    def back(cls, done: MovedFile, path_now: str | None) -> "Order":
        """The way back.

        Args:
            done: What happened.
            path_now: Where the catalog has the picture; None where it has left.
        """
        folder, name = os.path.split(done.old)
        source = path_now or done.new or done.old
        with_it = tuple(after or before for before, after in done.sidecars)
        return cls(
            done.picture_id,
            source,
            folder,
            name,
            done.is_single,
            path_now is None,
            # Moved once more since then: what went with it first may belong to another one now.
            with_it if source in (done.new, done.old) else None,
        )

    @property
    def is_needed(self) -> bool:
        """Whether it is not there already."""
        return os.path.join(self.folder, self.name) != self.source
