"""Files that are only said to be moved."""

import threading
from collections.abc import Callable, Iterator, Sequence

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.file_actions import FileActions
from desktop_app.engine.records import (
    FailedFile,
    FileAction,
    FileProgress,
    FileSummary,
    MovedFile,
    PictureIds,
)

Reports = Iterator[FileProgress | FileSummary]


class FakeFiles(FileActions):
    """Does nothing and says that it was done.

    Attributes:
        asked: What was asked for, in order.
        failed: What the next run says could not be done.
        error: Raised by the next runs while it is set.
        gate: Runs wait for it after their first report while it is not set.
    """

    def __init__(
        self,
        take_out: Callable[[Sequence[int]], object],
        bring_back: Callable[[Sequence[int]], object],
    ) -> None:
        self._take_out = take_out
        self._bring_back = bring_back
        self.asked: list[tuple[object, ...]] = []
        self.failed: tuple[FailedFile, ...] = ()
        self.error: Exception | None = None
        self.gate = threading.Event()
        self.gate.set()

    def recover(self) -> None:
        self.asked.append(("recover",))

    def welcome_back(self) -> int:
        self.asked.append(("welcome back",))
        return 0

    def rename(self, picture_id: int, name: str, cancel: CancelToken) -> Reports:
        self.asked.append(("rename", picture_id, name))
        return self._run(FileAction.RENAME, [picture_id], f"/pictures/{name}", cancel)

    def move(self, ids: PictureIds, folder: str, cancel: CancelToken) -> Reports:
        self.asked.append(("move", list(ids), folder))
        return self._run(FileAction.MOVE, ids, f"{folder}/picture.jpg", cancel)

    def trash(self, ids: PictureIds, cancel: CancelToken) -> Reports:
        self.asked.append(("trash", list(ids)))
        return self._run(FileAction.TRASH, ids, "", cancel)

    def undo(self, done: FileSummary, cancel: CancelToken) -> Reports:
        ids = [one.picture_id for one in done.done]
        self.asked.append(("undo", done.action, ids))
        if self.error is not None:
            raise self.error
        part = done.done if self.gate.is_set() else done.done[:1]
        self._bring_back([one.picture_id for one in part])
        yield FileSummary(done.action, part, (), 0, len(part) < len(done.done), is_undo=True)

    def _run(self, action: FileAction, ids: PictureIds, new: str, cancel: CancelToken) -> Reports:
        if self.error is not None:
            raise self.error
        done = []
        for picture_id in ids:
            done.append(MovedFile(picture_id, f"/pictures/picture {picture_id}.jpg", new))
            yield FileProgress(len(done), len(ids))
            self.gate.wait(10)
            if cancel.is_cancelled:
                break
        left = len(done) if action is FileAction.TRASH else 0
        if left:
            self._take_out([int(each) for each in ids])
        yield FileSummary(action, tuple(done), self.failed, left, cancel.is_cancelled)
