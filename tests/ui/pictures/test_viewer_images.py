import threading
from collections.abc import Callable

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from desktop_app.engine.records import CloseLook, Unseen
from desktop_app.ui.pictures.viewer_images import ScreenImage, ViewerImages, large_image
from desktop_app.ui.pictures.whole_picture import WholePicture
from desktop_app.ui.work.tasks import Lane
from tests.ui.fake_library import HEIGHT_PX, WIDTH_PX, FakeLibrary, jpeg

BOX = (800, 600)
ONE_BYTES = 2 * WIDTH_PX * HEIGHT_PX * 4  # a picture of the fake library and its thumbnail


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary(20)


@pytest.fixture
def images(lane: Lane, library: FakeLibrary) -> ViewerImages:
    images = ViewerImages(lane, budget_bytes=5 * ONE_BYTES)
    images.set_library(library)
    return images


def is_large(images: ViewerImages, picture_id: int) -> Callable[[], bool]:
    def check() -> bool:
        kept = images.image(picture_id)
        return kept is not None and bool(kept.levels)

    return check


def test_pixels_are_looked_at_without_a_copy() -> None:
    pixels = np.zeros((3, 5, 4), dtype=np.uint8)
    pixels[1, 2] = (10, 20, 30, 255)
    image = ScreenImage(pixels)
    assert (image.width(), image.height()) == (5, 3)
    assert image.pixelColor(2, 1).getRgb() == (30, 20, 10, 255)
    look = large_image(CloseLook((pixels,), 5, 3), BOX)
    assert look.is_whole
    assert look.size_bytes == 60
    assert np.shares_memory(np.asarray(look.levels[0].constBits()), pixels)


def test_the_most_urgent_comes_first_and_each_in_two_steps(
    qtbot: QtBot, images: ViewerImages
) -> None:
    steps: list[tuple[int, bool]] = []

    def note(picture_id: int) -> None:
        kept = images.image(picture_id)
        assert kept is not None
        steps.append((picture_id, bool(kept.levels)))

    images.arrived.connect(note)
    images.want([3, 5], BOX)
    qtbot.waitUntil(lambda: len(steps) == 4)
    assert steps == [(3, False), (3, True), (5, False), (5, True)]


def test_what_is_not_wanted_any_more_is_not_loaded(
    qtbot: QtBot, images: ViewerImages, library: FakeLibrary
) -> None:
    images.want([1, 2, 3, 4], BOX)
    images.want([9], BOX)
    qtbot.waitUntil(is_large(images, 9))
    assert images.image(3) is None


def test_memory_is_bounded_and_what_is_wanted_stays(qtbot: QtBot, images: ViewerImages) -> None:
    for picture_id in range(1, 15):
        images.want([picture_id, picture_id + 1], BOX)
        qtbot.waitUntil(is_large(images, picture_id + 1))
        assert images.size_bytes <= 6 * ONE_BYTES
    assert is_large(images, 14)()
    assert images.image(1) is None


def test_at_rest_next_to_nothing_is_kept(
    qtbot: QtBot, images: ViewerImages, monkeypatch: pytest.MonkeyPatch
) -> None:
    images.want([1, 2], BOX)
    qtbot.waitUntil(is_large(images, 2))
    monkeypatch.setattr("desktop_app.ui.pictures.viewer_images.IDLE_BYTES", ONE_BYTES)
    images.rest()
    assert 0 < images.size_bytes <= ONE_BYTES


def test_a_picture_that_fits_already_is_not_decoded_for_a_larger_window(
    qtbot: QtBot, images: ViewerImages, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    images.want([1], BOX)
    qtbot.waitUntil(is_large(images, 1))
    asked: list[int] = []

    def note(picture_id: int, _side_px: int) -> bytes:
        asked.append(picture_id)
        return jpeg()

    monkeypatch.setattr(library, "preview", note)
    images.want([1, 2], (1600, 1200))
    qtbot.waitUntil(is_large(images, 2))
    assert asked == [2]


def test_what_was_loaded_before_files_changed_is_not_taken(
    qtbot: QtBot, images: ViewerImages, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, asked = threading.Event(), threading.Event()
    real = library.preview

    def wait(picture_id: int, side_px: int) -> bytes | None:
        asked.set()
        assert gate.wait(10)
        return real(picture_id, side_px)

    monkeypatch.setattr(library, "preview", wait)
    images.want([1], BOX)
    qtbot.waitUntil(asked.is_set)
    images.forget()
    with qtbot.assertNotEmitted(images.arrived):
        images.want([], BOX)
        gate.set()
        qtbot.waitUntil(lambda: not images._is_loading)
    assert not is_large(images, 1)()


def test_the_old_picture_stays_until_the_new_one_is_there(
    qtbot: QtBot, images: ViewerImages, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    images.want([1], BOX)
    qtbot.waitUntil(is_large(images, 1))
    monkeypatch.setattr(library, "preview", lambda _id, _side: jpeg("navy", 100, 60))
    images.forget()
    assert is_large(images, 1)()
    with qtbot.waitSignal(images.arrived):
        images.want([1], BOX)
    kept = images.image(1)
    assert kept is not None
    assert kept.levels[0].width() == 100


def test_a_reason_comes_with_the_thumbnail(
    qtbot: QtBot, images: ViewerImages, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library.looking, "fitted", lambda *_args: Unseen("It is damaged."))
    images.want([1], BOX)

    def reason() -> str:
        kept = images.image(1)
        return "" if kept is None else kept.reason

    qtbot.waitUntil(lambda: reason() == "It is damaged.")
    kept = images.image(1)
    assert kept is not None
    assert kept.thumbnail is not None
    assert kept.image is kept.thumbnail


def test_all_pixels_belong_to_one_picture(qtbot: QtBot, lane: Lane, library: FakeLibrary) -> None:
    whole = WholePicture(lane)
    whole.want(1)  # before there is a library
    whole.set_library(library)
    with qtbot.waitSignal(whole.arrived):
        whole.want(1)
    whole.want(1)
    assert library.wholes == [1]
    image = whole.image(1)
    assert image is not None
    assert image.is_whole
    assert whole.image(2) is None
    with qtbot.waitSignal(whole.arrived):
        whole.want(2)
    assert whole.image(1) is None
    assert whole.image(2) is not None
    whole.forget()
    assert whole.image(2) is None


def test_pixels_that_cannot_be_had_are_asked_for_once(
    qtbot: QtBot, lane: Lane, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = WholePicture(lane)
    whole.set_library(library)
    library.gone = {1}
    with qtbot.waitSignal(whole.arrived):
        whole.want(1)
    whole.want(1)
    assert whole.image(1) is None
    assert library.wholes == [1]

    def fail(_id: int) -> None:
        raise OSError("the disk")

    monkeypatch.setattr(library.looking, "whole", fail)
    whole.want(2)
    ended: list[int] = []
    lane.call(lambda: 1, ended.append, lambda _error: None)
    qtbot.waitUntil(lambda: bool(ended))
    assert whole.image(2) is None
