"""A decoder without processes, for tests that decode a few pictures hundreds of times."""

from collections.abc import Callable, Generator, Iterable
from types import TracebackType
from typing import Self

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.picture_reader import DecodeLimits, UndecodableError, read_picture
from desktop_app.engine.pace import PaceChange, WorkPace
from desktop_app.engine.protocols import PictureResizer
from desktop_app.engine.records import DecodedPicture, FoundFile, SkippedFile


class InlineDecoder:
    """Stands in for `desktop_app.engine.files.decoder.Decoder`."""

    def __init__(
        self,
        resizer: PictureResizer,
        min_side_px: int,
        limits: DecodeLimits,
        processes: int,
        pace: WorkPace,
        is_silent: Callable[[str], bool] = lambda _path: False,
    ) -> None:
        self._resizer = resizer
        self._min_side_px = min_side_px
        self._limits = limits

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pass

    def decode_at_pace(
        self, files: Iterable[FoundFile], cancel: CancelToken
    ) -> Generator[tuple[FoundFile, DecodedPicture | SkippedFile] | PaceChange]:
        for file in files:
            cancel.raise_if_cancelled()
            yield file, self.read(file)

    def read(self, file: FoundFile) -> DecodedPicture | SkippedFile:
        """What a decoder process does with a file."""
        try:
            return read_picture(file.path, self._resizer, self._min_side_px, self._limits)
        except UndecodableError as error:
            return SkippedFile(file.path, error.reason, error.kind, file.stamp)
