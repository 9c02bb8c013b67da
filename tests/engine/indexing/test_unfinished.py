import os
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError
from desktop_app.engine.indexing.unfinished import UnfinishedFiles
from desktop_app.engine.indexing.work import Work
from desktop_app.engine.records import FileStamp, FoundFile, SkipKind


def work(path: Path, content: bytes = b"some") -> Work:
    path.write_bytes(content)
    status = path.stat()
    return Work(FoundFile(str(path), FileStamp(status.st_size, status.st_mtime_ns)), root_id=1)


def test_a_file_as_it_was_found_is_finished(tmp_path: Path) -> None:
    item = work(tmp_path / "a.jpg")
    assert not UnfinishedFiles().is_unfinished(item, is_damaged=False)


def test_one_that_has_changed_since_is_not(tmp_path: Path) -> None:
    item = work(tmp_path / "a.jpg")
    work(tmp_path / "a.jpg", b"some more")
    assert UnfinishedFiles().is_unfinished(item, is_damaged=False)


def test_a_damaged_one_is_not_as_long_as_it_is_fresh(tmp_path: Path) -> None:
    fresh = work(tmp_path / "a.jpg")
    assert UnfinishedFiles(fresh_s=3600).is_unfinished(fresh, is_damaged=True)
    os.utime(fresh.file.path, (1, 1))
    old = replace(fresh, file=FoundFile(fresh.file.path, FileStamp(4, 1_000_000_000)))
    assert not UnfinishedFiles(fresh_s=3600).is_unfinished(old, is_damaged=True)


def test_one_that_is_gone_is_left_to_who_reads_it(tmp_path: Path) -> None:
    item = work(tmp_path / "a.jpg")
    (tmp_path / "a.jpg").unlink()
    assert not UnfinishedFiles().is_unfinished(item, is_damaged=True)


def test_a_quiet_file_comes_back_with_its_last_stamp(tmp_path: Path) -> None:
    files = UnfinishedFiles(quiet_s=0.0)
    item = work(tmp_path / "a.jpg")
    files.put(item)
    last = work(tmp_path / "a.jpg", b"the whole of it")
    assert list(files.finished(CancelToken())) == [last]
    assert files.left() == []


def test_a_deleted_file_is_no_longer_waited_for(tmp_path: Path) -> None:
    files = UnfinishedFiles(quiet_s=60)
    files.put(work(tmp_path / "a.jpg"))
    (tmp_path / "a.jpg").unlink()
    assert list(files.finished(CancelToken())) == []
    assert files.left() == []


def test_what_takes_too_long_is_listed(tmp_path: Path) -> None:
    files = UnfinishedFiles(quiet_s=60, patience_s=0.0)
    item = work(tmp_path / "a.jpg")
    files.put(item)
    assert list(files.finished(CancelToken())) == []
    [(left, skip)] = files.left()
    assert left == item
    assert (skip.path, skip.kind) == (item.file.path, SkipKind.BEING_WRITTEN)


def test_waiting_can_be_cancelled(tmp_path: Path) -> None:
    files = UnfinishedFiles(quiet_s=60, patience_s=60)
    files.put(work(tmp_path / "a.jpg"))
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError):
        list(files.finished(cancel))
