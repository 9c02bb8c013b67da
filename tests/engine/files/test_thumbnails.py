import logging
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files import thumbnails
from desktop_app.engine.files.cache_tags import TAG_NAME, is_cache
from desktop_app.engine.files.thumbnails import ThumbnailCache

MANY_BYTES = 10**9


def jpeg(size_bytes: int, fill: bytes = b"x") -> bytes:
    """Bytes that begin and end like a JPEG."""
    return b"\xff\xd8" + fill * (size_bytes - 4) + b"\xff\xd9"


def key_of(number: int) -> str:
    """Spread over the folders like real fingerprints."""
    return f"{number * 2654435761 % 2**32:08x}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "thumbnails"


@pytest.fixture
def cache(folder: Path) -> Iterator[ThumbnailCache]:
    cache = ThumbnailCache(folder, MANY_BYTES)
    yield cache
    cache.close()


def files_of(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.name != TAG_NAME]


def test_the_folder_says_that_it_is_a_cache(cache: ThumbnailCache, folder: Path) -> None:
    assert not is_cache(str(folder))
    cache.put(key_of(1), jpeg(100))
    assert is_cache(str(folder))
    shutil.rmtree(folder)
    cache.put(key_of(1), jpeg(100))
    assert is_cache(str(folder))


def await_sweep() -> None:
    """Wait for what a cache does in the background."""
    for thread in threading.enumerate():
        if thread.name == "thumbnail sweeper":
            thread.join()


def test_gives_back_what_was_put(cache: ThumbnailCache, folder: Path) -> None:
    assert cache.get("abcd") is None
    assert not folder.exists()
    cache.put("abcd", jpeg(100))
    cache.put("ef01", jpeg(200))
    assert cache.get("abcd") == jpeg(100)
    assert cache.get("ef01") == jpeg(200)
    cache.put("abcd", jpeg(50))
    assert cache.get("abcd") == jpeg(50)


def test_outlives_the_program(cache: ThumbnailCache, folder: Path) -> None:
    cache.put("abcd", jpeg(100))
    cache.close()
    again = ThumbnailCache(folder, MANY_BYTES)
    assert again.get("abcd") == jpeg(100)
    assert again.size_bytes == 100


@pytest.mark.parametrize("spoilt", [b"", b"\xff\xd8", jpeg(100)[:-1], b"\0" * 100])
def test_a_damaged_thumbnail_is_a_miss_and_can_be_replaced(
    cache: ThumbnailCache, folder: Path, spoilt: bytes
) -> None:
    cache.put("abcd", jpeg(100))
    (path,) = files_of(folder)
    path.write_bytes(spoilt)
    assert cache.get("abcd") is None
    cache.put("abcd", jpeg(100))
    assert cache.get("abcd") == jpeg(100)


def test_a_deleted_folder_is_made_again(cache: ThumbnailCache, folder: Path) -> None:
    cache.put("abcd", jpeg(100))
    shutil.rmtree(folder)
    assert cache.get("abcd") is None
    cache.put("abcd", jpeg(100))
    assert cache.get("abcd") == jpeg(100)


@pytest.mark.parametrize("key", ["", "abc", "../../etc", "ABCD", "abcd/ef"])
def test_only_fingerprints_are_keys(cache: ThumbnailCache, key: str) -> None:
    with pytest.raises(ValueError, match="not a fingerprint"):
        cache.get(key)
    with pytest.raises(ValueError, match="not a fingerprint"):
        cache.put(key, jpeg(10))


def test_those_used_longest_ago_are_evicted(folder: Path) -> None:
    cache = ThumbnailCache(folder, 1000)
    for number in range(10):
        cache.put(key_of(number), jpeg(100))
        path = folder / key_of(number)[:2] / f"{key_of(number)}.jpg"
        os.utime(path, (number, number))
        await_sweep()
    assert cache.size_bytes == 1000
    cache.close()

    cache = ThumbnailCache(folder, 1000)
    assert cache.size_bytes == 1000
    assert cache.get(key_of(0)) is not None  # used just now, so no longer the oldest
    cache.put(key_of(10), jpeg(100))
    await_sweep()
    kept = [number for number in range(11) if cache.get(key_of(number)) is not None]
    assert kept == [0, 3, 4, 5, 6, 7, 8, 9, 10]
    assert cache.size_bytes == 900


def test_a_cache_that_is_too_large_from_before_shrinks_at_the_first_put(folder: Path) -> None:
    large = ThumbnailCache(folder, MANY_BYTES)
    for number in range(20):
        large.put(key_of(number), jpeg(100))
    large.close()
    small = ThumbnailCache(folder, 500)
    small.put(key_of(99), jpeg(100))
    await_sweep()
    assert small.size_bytes <= 500
    assert small.get(key_of(99)) is not None
    small.close()


def test_a_disk_that_refuses_costs_a_log_line(
    cache: ThumbnailCache, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder.parent.mkdir(exist_ok=True)
    folder.write_bytes(b"a file where the folder should be")
    with caplog.at_level(logging.WARNING):
        cache.put("abcd", jpeg(100))
        cache.put("ef01", jpeg(100))
    assert cache.get("abcd") is None
    assert len(caplog.records) == 1
    folder.unlink()
    cache.put("abcd", jpeg(100))
    assert cache.get("abcd") == jpeg(100)


def test_a_full_disk_leaves_nothing_half_written(
    cache: ThumbnailCache, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = thumbnails._write

    def full(path: Path, data: bytes) -> int:
        write(path, data[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(thumbnails, "_write", full)
    cache.put("abcd", jpeg(200))
    assert cache.get("abcd") is None
    assert files_of(folder) == []
    monkeypatch.undo()
    cache.put("abcd", jpeg(200))
    assert cache.get("abcd") == jpeg(200)


def test_many_threads_at_once(folder: Path) -> None:
    cache = ThumbnailCache(folder, 4000)
    wrong: list[bytes] = []

    def work(seed: int) -> None:
        for turn in range(60):
            number = (seed + turn) % 12
            cache.put(key_of(number), jpeg(200, bytes([65 + number])))
            data = cache.get(key_of(number))
            if data not in (None, jpeg(200, bytes([65 + number]))):
                wrong.append(data or b"")

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cache.close()
    assert wrong == []
    assert all(path.suffix == ".jpg" for path in files_of(folder))


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(4, 300)), min_size=1, max_size=60))
@settings(max_examples=40, deadline=None)
def test_what_is_there_is_right_and_within_the_budget(
    tmp_path_factory: pytest.TempPathFactory, puts: list[tuple[int, int]]
) -> None:
    folder = tmp_path_factory.mktemp("cache")
    cache = ThumbnailCache(folder, 2000)
    latest: dict[int, int] = {}
    for number, size_bytes in puts:
        cache.put(key_of(number), jpeg(size_bytes))
        latest[number] = size_bytes
    cache.close()
    for number, size_bytes in latest.items():
        assert cache.get(key_of(number)) in (None, jpeg(size_bytes))
    fresh = ThumbnailCache(folder, 2000)
    fresh.put(key_of(99), jpeg(300))
    await_sweep()
    fresh.close()
    assert sum(path.stat().st_size for path in files_of(folder)) <= 2000


def test_less_room_counts_at_once(cache: ThumbnailCache) -> None:
    for number in range(10):
        cache.put(key_of(number), jpeg(100))
        await_sweep()  # which may count twice what is put meanwhile
    assert cache.size_bytes == 1000
    cache.resize(500)
    assert cache.budget_bytes == 500
    sweeper = cache._sweeper
    if sweeper is not None:
        sweeper.join()
    assert cache.size_bytes <= 500


def test_all_of_it_can_be_deleted(cache: ThumbnailCache) -> None:
    for number in range(10):
        cache.put(key_of(number), jpeg(100))
    assert cache.clear(CancelToken()) == 1000
    assert cache.size_bytes == 0
    assert cache.get(key_of(0)) is None
    cache.put(key_of(0), jpeg(100))
    assert cache.get(key_of(0)) is not None


def test_what_was_counted_before_all_was_deleted_counts_no_more(
    cache: ThumbnailCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.put(key_of(0), jpeg(100))
    await_sweep()
    evict = ThumbnailCache._evict
    is_at_work, may_go_on = threading.Event(), threading.Event()

    def slowly(swept: ThumbnailCache, entries: list[Any]) -> int:
        is_at_work.set()
        assert may_go_on.wait(60)
        return evict(swept, entries)

    monkeypatch.setattr(ThumbnailCache, "_evict", slowly)
    cache.resize(50)  # too little: it is swept
    assert is_at_work.wait(60)
    cache.resize(MANY_BYTES)
    assert cache.clear(CancelToken()) == 100
    may_go_on.set()
    await_sweep()
    assert cache.size_bytes == 0


def test_what_was_deleted_before_a_stop_is_gone(cache: ThumbnailCache) -> None:
    cache.put(key_of(0), jpeg(100))
    stopped = CancelToken()
    stopped.cancel()
    assert cache.clear(stopped) == 0
    assert cache.size_bytes == 100
