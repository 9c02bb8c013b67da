"""Where the parts of the window are: the stage with header and sides, and the lines below it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.memory.window_memory import WindowMemory
from desktop_app.ui.sidebar import sidebar
from desktop_app.ui.sidebar.side_split import SideSplit
from desktop_app.ui.window.stage import Stage

if TYPE_CHECKING:
    from desktop_app.ui.window.main_window import MainWindow

FIRST_SIZE_PX = (1180, 780)
SMALLEST_SIZE_PX = (480, 360)


def make_stage(window: "MainWindow") -> tuple[Stage, QVBoxLayout]:
    """Make what holds the parts of a window, before these are made.

    Where a widget goes into another one, the style is looked up again for all that is in it: a
    window that is put together from its smallest parts upwards takes half as long again.

    Returns:
        The stage, and the column that it is in.
    """
    root = QWidget(window)
    window.setCentralWidget(root)
    stage, column = Stage(root), _column(root)
    column.addWidget(stage, 1)
    return stage, column


def lay_out(
    window: "MainWindow", stage: Stage, column: QVBoxLayout, theme: Theme, memory: WindowMemory
) -> SideSplit:
    """Put the parts of a window where they belong, and give it the size it had.

    Args:
        window: Whose parts are all there.
        stage: Takes header, sides and middle, and below the viewer.
        column: Takes the lines below the stage.
        theme: For the border between the sides.
        memory: Knows the sizes.

    Returns:
        The sidebar with the rest beside it.
    """
    window.setMinimumSize(*SMALLEST_SIZE_PX)
    upper = _column(stage)
    upper.addWidget(window.header)
    split = SideSplit(
        window.sidebar,
        window.panels.body,
        theme,
        memory.sidebar_px or sidebar.WIDTH_PX,
        sidebar.NARROWEST_PX,
        sidebar.WIDEST_PX,
        stage,
    )
    upper.addWidget(split, 1)
    stage.add_cover(window.viewer)
    window.viewer.full_screen.set_others((window.menuBar(), window.status))
    for strip in (window.tag_strip, *window.files.strips, window.notices, window.status):
        column.addWidget(strip)
    window.header.order_tabs()
    if not memory.restore_window(window):
        window.resize(QSize(*FIRST_SIZE_PX).boundedTo(window.screen().availableSize()))
    return split


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column
