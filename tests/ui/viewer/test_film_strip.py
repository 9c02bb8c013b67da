import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.grid.picture_model import PictureModel
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.pictures.strip_images import StripImages
from desktop_app.ui.viewer.film_strip import HEIGHT_PX, FilmStrip
from desktop_app.ui.work.tasks import Lane
from tests.ui.fake_library import FakeLibrary

MILLION = 1_000_000


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary(60)


@pytest.fixture
def model(library: FakeLibrary) -> PictureModel:
    model = PictureModel()
    model.replace(library.ids)
    return model


@pytest.fixture
def strip(
    qtbot: QtBot, model: PictureModel, library: FakeLibrary, lane: Lane, theme: Theme
) -> FilmStrip:
    images = StripImages(lane)
    images.set_library(library)
    host = QWidget()
    strip = FilmStrip(model, images, theme, host)
    strip.images = images  # type: ignore[attr-defined]
    strip.host = host  # type: ignore[attr-defined]
    qtbot.addWidget(host)
    host.resize(700, HEIGHT_PX)
    strip.resize(700, HEIGHT_PX)
    return strip


def shown(qtbot: QtBot, strip: FilmStrip) -> FilmStrip:
    with qtbot.waitExposed(strip.host):  # type: ignore[attr-defined]
        strip.host.show()  # type: ignore[attr-defined]
    return strip


def middle_row(strip: FilmStrip) -> int | None:
    row = strip.row_at(320)
    return strip.row_at(326) if row is None else row


def turn(strip: FilmStrip, delta: int) -> None:
    at = QPointF(100, 20)
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(
        strip,
        QWheelEvent(at, at, QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton, none,
                    Qt.ScrollPhase.NoScrollPhase, False),
    )  # fmt: skip


def test_the_row_is_in_the_middle_and_the_ends_are_at_the_edges(
    qtbot: QtBot, strip: FilmStrip
) -> None:
    shown(qtbot, strip)
    strip.show_row(30)
    assert middle_row(strip) == 30
    assert strip.position == "31 / 60"
    assert strip.accessibleName() == "Film strip, 31 / 60"
    strip.show_row(0)
    assert strip.row_at(20) == 0
    strip.show_row(59)
    assert strip.rows_seen()[-1] == 59
    assert strip.row_at(699) is None


def test_few_pictures_are_in_the_middle(
    qtbot: QtBot, strip: FilmStrip, model: PictureModel
) -> None:
    model.replace(np.arange(3, 0, -1))
    strip.show_row(0)
    assert strip.row_at(20) is None
    assert list(strip.rows_seen()) == [0, 1, 2]


def test_a_click_leads_to_a_picture(qtbot: QtBot, strip: FilmStrip) -> None:
    shown(qtbot, strip).show_row(0)
    with qtbot.waitSignal(strip.chosen) as chosen:
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(16 + 58 * 2 + 5, 30))
    assert chosen.args == [2]


def test_the_wheel_looks_along_it(qtbot: QtBot, strip: FilmStrip) -> None:
    shown(qtbot, strip).show_row(0)
    turn(strip, -1200)
    assert strip.rows_seen()[0] > 5
    assert strip.position == "1 / 60"
    turn(strip, 99_999)
    assert strip.rows_seen()[0] == 0
    turn(strip, -99_999)
    assert strip.rows_seen()[-1] == 59
    strip.show_row(0)
    assert strip.rows_seen()[0] == 0


def test_it_loads_when_it_appears(qtbot: QtBot, strip: FilmStrip, library: FakeLibrary) -> None:
    strip.show_row(0)
    assert library.thumbnails_read == []
    shown(qtbot, strip)
    qtbot.waitUntil(lambda: len(library.thumbnails_read) == len(strip.rows_seen()))


def test_only_what_is_seen_is_loaded(
    qtbot: QtBot, strip: FilmStrip, model: PictureModel, library: FakeLibrary
) -> None:
    model.replace(np.arange(MILLION, 0, -1))
    strip.show_row(MILLION // 2)
    shown(qtbot, strip)
    images: StripImages = strip.images  # type: ignore[attr-defined]
    ids = [int(model.ids[row]) for row in strip.rows_seen()]
    qtbot.waitUntil(lambda: all(images.image(each) for each in ids))
    assert set(library.thumbnails_read) == set(ids)
    assert len(ids) < 15
    assert library.thumbnails_read[0] == MILLION // 2  # what is looked at comes first
    strip.grab()


def test_a_picture_without_a_thumbnail_is_asked_for_once(
    qtbot: QtBot, strip: FilmStrip, library: FakeLibrary
) -> None:
    library.gone = set(range(1, 61))
    shown(qtbot, strip).show_row(0)
    count = len(strip.rows_seen())
    qtbot.waitUntil(lambda: len(library.thumbnails_read) == count)
    strip.look_again()
    strip.grab()
    assert len(library.thumbnails_read) == count


def test_who_reads_from_the_right_sees_the_first_at_the_right(
    qtbot: QtBot, strip: FilmStrip
) -> None:
    strip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    shown(qtbot, strip).show_row(0)
    assert strip.row_at(680) == 0
    qtbot.waitUntil(lambda: strip.grab().toImage().pixelColor(670, 34).name() != "#f6f6f7")
