import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.viewer.heat_layer import HeatLayer, heat_image, stretched

COLD, WARM = (8, 10, 30, 205), (255, 196, 70, 40)


def test_values_are_coloured_from_cold_to_warm() -> None:
    image = heat_image(np.array([[0, 1, 0.5], [-3, 7, np.nan]], dtype=np.float32))
    assert (image.width(), image.height()) == (3, 2)
    colors = [[image.pixelColor(x, y).getRgb() for x in range(3)] for y in range(2)]
    assert colors[0][:2] == [COLD, WARM]
    assert colors[1] == [COLD, WARM, COLD]
    middle = np.array(colors[0][2])
    assert middle == pytest.approx((np.array(COLD) + np.array(WARM)) / 2, abs=1)


def test_a_map_that_is_bright_everywhere_gets_contrast_and_chance_does_not() -> None:
    bright = np.array([[0.5, 0.7, 0.9]], dtype=np.float32)
    assert stretched(bright)[0].tolist() == pytest.approx([0, 0.5 * 0.9**0.5, 0.9**0.5])
    even = np.array([[0.5, 0.55]], dtype=np.float32)
    assert stretched(even) is even


def test_it_lies_over_its_picture_and_can_be_forgotten(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(300, 200)
    host.setStyleSheet("background: white")
    layer = HeatLayer(host)
    host.show()
    assert not layer.has_values
    values = np.zeros((4, 4), dtype=np.float32)
    values[:, 2:] = 1
    layer.show_values(values, QRect(100, 50, 100, 100))

    def darkness(x: int, y: int) -> int:
        return 255 - QColor(host.grab().toImage().pixel(x, y)).lightness()

    assert darkness(50, 100) == 0
    assert darkness(105, 100) > darkness(195, 100) > 0
    layer.forget()
    assert not layer.has_values
    assert darkness(105, 100) == 0
