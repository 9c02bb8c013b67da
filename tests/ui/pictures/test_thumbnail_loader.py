import logging
import threading
import time
from collections.abc import Sequence

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.ui.pictures.thumbnail_loader import TAKEN_EVERY_MS, ThumbnailLoader
from tests.ui.fake_library import FakeLibrary, jpeg


class Reader:
    """Gives thumbnails when the test says so, and notes the order they were asked for in."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.gate = threading.Semaphore(0)

    def open(self) -> None:
        self.gate.release(10_000)

    def __call__(self, picture_id: int) -> bytes | None:
        self.asked.append(picture_id)
        assert self.gate.acquire(timeout=10)
        return jpeg()


def all_there(loader: ThumbnailLoader, ids: Sequence[int]) -> bool:
    return all(loader.image(each) is not None for each in ids)


def test_what_is_wanted_arrives_in_the_right_size(
    qtbot: QtBot, thumbnails: ThumbnailLoader
) -> None:
    thumbnails.start(FakeLibrary(10).thumbnail)
    arrived: list[int] = []
    thumbnails.arrived.connect(arrived.extend)
    thumbnails.want([3, 1, 2], 100, 1.5)
    qtbot.waitUntil(lambda: all_there(thumbnails, [1, 2, 3]))
    assert sorted(arrived) == [1, 2, 3]
    image = thumbnails.image(3)
    assert image is not None
    assert image.width() == 150
    assert image.deviceIndependentSize().width() == 100
    assert thumbnails.image(4) is None


def test_what_scrolled_away_is_dropped_and_what_is_visible_comes_first(
    qtbot: QtBot, thumbnails: ThumbnailLoader
) -> None:
    reader = Reader()
    thumbnails.start(reader)
    thumbnails.want(list(range(100, 200)), 100, 1.0)
    qtbot.waitUntil(lambda: len(reader.asked) == 2)  # one a thread
    thumbnails.want([7, 8, 9], 100, 1.0)
    reader.open()
    qtbot.waitUntil(lambda: all_there(thumbnails, [7, 8, 9]))
    assert sorted(reader.asked[:2]) == [100, 101]
    assert sorted(reader.asked[2:]) == [7, 8, 9]


def test_no_image_is_begun_while_something_is_painted(
    qtbot: QtBot, thumbnails: ThumbnailLoader
) -> None:
    reader = Reader()
    reader.open()
    thumbnails.start(reader)
    with thumbnails.resting():
        thumbnails.want([1, 2, 3], 100, 1.0)
        assert not thumbnails.wait(0.05)  # time for the threads
        assert reader.asked == []
    qtbot.waitUntil(lambda: all_there(thumbnails, [1, 2, 3]))


def test_images_that_come_together_are_shown_together(
    qtbot: QtBot, thumbnails: ThumbnailLoader
) -> None:
    arrived: list[list[int]] = []
    thumbnails.arrived.connect(arrived.append)
    thumbnails.start(FakeLibrary(200).thumbnail)
    began_s = time.monotonic()
    thumbnails.want(range(200), 100, 1.0)
    qtbot.waitUntil(lambda: all_there(thumbnails, range(200)))
    turns = 1000 * (time.monotonic() - began_s) / TAKEN_EVERY_MS
    assert sorted(each for together in arrived for each in together) == list(range(200))
    assert len(arrived) <= 1.1 * turns + 2  # however long it took; timers may be early


def test_what_is_loaded_but_not_yet_shown_is_not_loaded_again(
    qtbot: QtBot, thumbnails: ThumbnailLoader
) -> None:
    reader = Reader()
    reader.open()
    thumbnails.start(reader)
    thumbnails.want([1, 2, 3, 4], 100, 1.0)
    while len(reader.asked) < 4:
        thumbnails.wait(0.01)
    thumbnails.wait(0.05)  # this thread has had no time to take them
    thumbnails.want([1, 2, 3, 4, 5], 100, 1.0)
    qtbot.waitUntil(lambda: all_there(thumbnails, [1, 2, 3, 4, 5]))
    assert sorted(reader.asked) == [1, 2, 3, 4, 5]


def test_what_is_there_is_not_read_again(qtbot: QtBot, thumbnails: ThumbnailLoader) -> None:
    library = FakeLibrary(10)
    thumbnails.start(library.thumbnail)
    thumbnails.want([1, 2], 100, 1.0)
    qtbot.waitUntil(lambda: all_there(thumbnails, [1, 2]))
    thumbnails.want([1, 2, 3], 100, 1.0)
    qtbot.waitUntil(lambda: all_there(thumbnails, [3]))
    assert sorted(library.thumbnails_read) == [1, 2, 3]


def test_another_cell_size_shows_the_old_image_until_the_new_is_there(
    qtbot: QtBot, thumbnails: ThumbnailLoader
) -> None:
    thumbnails.start(FakeLibrary(10).thumbnail)
    thumbnails.want([1], 100, 1.0)
    qtbot.waitUntil(lambda: all_there(thumbnails, [1]))
    thumbnails.want([1], 200, 1.0)
    old = thumbnails.image(1)
    assert old is not None
    assert old.width() == 100
    with qtbot.waitSignal(thumbnails.arrived):
        pass
    new = thumbnails.image(1)
    assert new is not None
    assert new.width() == 200


def test_a_size_that_changes_while_loading_is_caught_up_with(
    qtbot: QtBot, thumbnails: ThumbnailLoader
) -> None:
    reader = Reader()
    thumbnails.start(reader)
    thumbnails.want([1], 100, 1.0)
    qtbot.waitUntil(lambda: reader.asked == [1])
    thumbnails.want([1], 160, 1.0)
    reader.open()

    def is_large() -> bool:
        image = thumbnails.image(1)
        return image is not None and image.width() == 160

    qtbot.waitUntil(is_large)


def test_refresh_reads_again(qtbot: QtBot, thumbnails: ThumbnailLoader) -> None:
    library = FakeLibrary(10)
    thumbnails.start(library.thumbnail)
    thumbnails.want([1], 100, 1.0)
    qtbot.waitUntil(lambda: all_there(thumbnails, [1]))
    thumbnails.refresh()
    thumbnails.want([1], 100, 1.0)
    assert thumbnails.image(1) is not None
    qtbot.waitUntil(lambda: library.thumbnails_read == [1, 1])


def test_the_oldest_leave_when_the_budget_is_spent(qtbot: QtBot) -> None:
    one_image = 50 * 50 * 4
    loader = ThumbnailLoader(cache_bytes=10 * one_image)
    loader.start(FakeLibrary(100).thumbnail)
    try:
        for first in (0, 5, 10):
            wanted = list(range(first, first + 5))
            loader.want(wanted, 50, 1.0)
            qtbot.waitUntil(lambda wanted=wanted: all_there(loader, wanted))  # type: ignore[misc]
            all_there(loader, [0])  # looked at all the time
        kept = [each for each in range(15) if loader.image(each) is not None]
        assert len(kept) == 10
        assert 0 in kept
        assert set(range(10, 15)) < set(kept)
    finally:
        loader.close()
        assert loader.wait(10)


def test_a_picture_without_thumbnail_is_known_to_have_none(
    qtbot: QtBot, thumbnails: ThumbnailLoader, caplog: pytest.LogCaptureFixture
) -> None:
    def read(picture_id: int) -> bytes | None:
        if picture_id == 1:
            raise OSError("the disk")
        return {2: None, 3: b"damaged", 4: jpeg()}[picture_id]

    assert not thumbnails.is_missing(1)
    thumbnails.start(read)
    with caplog.at_level(logging.ERROR):
        thumbnails.want([1, 2, 3, 4], 100, 1.0)
        qtbot.waitUntil(lambda: all_there(thumbnails, [4]))
        qtbot.waitUntil(lambda: all(thumbnails.is_missing(each) for each in (1, 2, 3)))
    assert not thumbnails.is_missing(4)
    assert "thumbnail of picture 1" in caplog.text


def test_what_is_wanted_before_the_start_is_loaded_then(
    qtbot: QtBot, thumbnails: ThumbnailLoader
) -> None:
    thumbnails.want([1], 100, 1.0)
    thumbnails.start(FakeLibrary(1).thumbnail)
    qtbot.waitUntil(lambda: all_there(thumbnails, [1]))


def test_closing_drops_what_waits(qtbot: QtBot) -> None:
    reader = Reader()
    loader = ThumbnailLoader()
    loader.start(reader)
    loader.want(list(range(100)), 100, 1.0)
    qtbot.waitUntil(lambda: len(reader.asked) == 2)
    loader.close()
    assert not loader.wait(0)
    reader.open()
    assert loader.wait(10)
    assert len(reader.asked) == 2


def test_memory_stays_within_the_budget(qtbot: QtBot) -> None:
    one = 4 * 100 * 100
    loader = ThumbnailLoader(cache_bytes=10 * one)
    loader.start(FakeLibrary(100).thumbnail)
    for start in range(0, 60, 5):
        ids = range(start, start + 5)
        loader.want(ids, 100, 1.0)
        qtbot.waitUntil(lambda ids=ids: all_there(loader, ids))  # type: ignore[misc]
        assert loader.used_bytes <= 10 * one
    assert loader.image(0) is None
    assert all_there(loader, range(50, 60))
    loader.close()
    assert loader.wait(10)


def test_more_than_there_is_room_for_is_not_loaded_again_and_again(qtbot: QtBot) -> None:
    library = FakeLibrary(100)
    loader = ThumbnailLoader(cache_bytes=4 * 4 * 100 * 100)
    loader.start(library.thumbnail)
    loader.want(range(20), 100, 1.0)
    qtbot.waitUntil(lambda: all_there(loader, range(4)))
    loader.want([50], 100, 1.0)
    qtbot.waitUntil(lambda: all_there(loader, [50]))
    assert sorted(library.thumbnails_read) == [0, 1, 2, 3, 50]
    loader.close()
    assert loader.wait(10)


def test_whole_pictures_take_no_more_than_they_need(qtbot: QtBot) -> None:
    loader = ThumbnailLoader()
    loader.start(lambda _picture_id: jpeg("red", 400, 100))
    loader.want([1], 100, 2.0, is_whole=True)
    qtbot.waitUntil(lambda: all_there(loader, [1]))
    image = loader.image(1)
    assert image is not None
    assert (image.width(), image.height(), image.devicePixelRatio()) == (200, 50, 2.0)
    assert loader.used_bytes == 4 * 200 * 50
    loader.want([1], 100, 2.0)
    qtbot.waitUntil(lambda: loader.used_bytes == 4 * 200 * 200)
    loader.close()
    assert loader.wait(10)
