"""What the user adjusts while a library is open, and what counts at once of it."""

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.exclusions import Exclusions
from desktop_app.engine.files.thumbnails import ThumbnailCache
from desktop_app.engine.settings import Settings, SettingValue, change_settings

_MIB = 1024 * 1024


class Preferences:
    """The settings of a library, which may change while it is open. Any thread may call it.

    The room for thumbnails counts at once, what is passed over from the next look at folders on,
    and how much of the machine is taken from the next run on.

    Args:
        file: Where they are kept.
        settings: What the file says.
        thumbnails: The thumbnails of the library.
        own_folders: Where the program keeps its own files, which are nobody's pictures.
    """

    def __init__(
        self,
        file: Path,
        settings: Settings,
        thumbnails: ThumbnailCache,
        own_folders: Sequence[str] = (),
    ) -> None:
        self._file = file
        self._changing = threading.Lock()
        self._thumbnails = thumbnails
        self._own_folders = tuple(own_folders)
        self._settings = settings
        self._exclusions = Exclusions(self._own_folders, settings.exclude)

    @property
    def settings(self) -> Settings:
        """What counts now."""
        return self._settings

    @property
    def file(self) -> Path:
        """Where they are kept."""
        return self._file

    @property
    def exclusions(self) -> Exclusions:
        """What a look at folders that begins now passes over."""
        return self._exclusions

    def change(self, changes: Mapping[str, SettingValue]) -> Settings:
        """Change some settings, in the file too; see `change_settings`.

        Returns:
            What counts now.

        Raises:
            ValueError: If there is no such setting, or a value makes no sense.
            StoreError: If the file cannot be written; nothing is changed then.
        """
        with self._changing:
            settings = change_settings(self._file, changes)
            self._settings = settings
            self._exclusions = Exclusions(self._own_folders, settings.exclude)
            budget_bytes = settings.thumbnail_cache_mib * _MIB
            if budget_bytes != self._thumbnails.budget_bytes:
                self._thumbnails.resize(budget_bytes)
        return settings

    def thumbnail_bytes(self) -> int:
        """How much the thumbnails take; the first call may walk through them."""
        return self._thumbnails.size_bytes

    def empty_thumbnails(self, cancel: CancelToken) -> int:
        """Delete all thumbnails; they are made again when they are looked at.

        Those of pictures whose drive is not connected cannot be made before it is.

        Returns:
            How many bytes are free now.
        """
        return self._thumbnails.clear(cancel)
