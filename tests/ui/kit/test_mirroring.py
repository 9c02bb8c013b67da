from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMargins, Qt
from PySide6.QtWidgets import QApplication

from desktop_app.ui.kit.mirroring import margins


@pytest.fixture
def from_the_right(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.usefixtures("qapp")
def test_lines_begin_at_the_left() -> None:
    assert margins(1, 2, 3, 4) == QMargins(1, 2, 3, 4)


@pytest.mark.usefixtures("from_the_right")
def test_lines_begin_at_the_right() -> None:
    assert margins(1, 2, 3, 4) == QMargins(3, 2, 1, 4)
