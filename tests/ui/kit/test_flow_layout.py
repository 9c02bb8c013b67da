from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.kit.flow_layout import FlowLayout

SIZES = [(50, 20), (60, 20), (40, 10), (90, 20)]


@pytest.fixture
def flow(qtbot: QtBot) -> Iterator[FlowLayout]:
    host = QWidget()
    qtbot.addWidget(host)
    flow = FlowLayout(10, host)
    for width, height in SIZES:
        widget = QWidget()
        widget.setFixedSize(width, height)
        flow.addWidget(widget)
    host.show()
    yield flow
    host.hide()


def places(flow: FlowLayout) -> list[tuple[int, int]]:
    items = [flow.itemAt(at) for at in range(flow.count())]
    return [(item.geometry().x(), item.geometry().y()) for item in items if item is not None]


def test_what_does_not_fit_goes_into_the_next_row(flow: FlowLayout) -> None:
    flow.setGeometry(QRect(0, 0, 170, 100))
    # The lower one stands in the middle of its row.
    assert places(flow) == [(0, 0), (60, 0), (130, 5), (0, 30)]
    assert flow.heightForWidth(170) == 50
    assert flow.heightForWidth(1000) == 20
    assert flow.heightForWidth(90) == 100
    assert flow.minimumSize().width() == 90
    assert flow.sizeHint().width() == 50 + 60 + 40 + 90 + 3 * 10


def test_from_right_to_left(flow: FlowLayout) -> None:
    host = flow.parentWidget()
    assert host is not None
    host.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    flow.setGeometry(QRect(0, 0, 170, 100))
    assert places(flow) == [(120, 0), (50, 0), (0, 5), (80, 30)]


def test_what_is_hidden_or_taken_out_takes_no_room(flow: FlowLayout) -> None:
    first, second = (flow.itemAt(at) for at in range(2))
    for item in (first, second):
        assert item is not None
        widget = item.widget()
        assert widget is not None
        widget.hide()
    assert flow.takeAt(1) is second
    flow.setGeometry(QRect(0, 0, 170, 100))
    assert flow.heightForWidth(170) == 20
    assert flow.takeAt(9) is None
    assert flow.itemAt(9) is None


def test_without_anything_it_has_no_height(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    assert FlowLayout(10, host).heightForWidth(100) == 0
