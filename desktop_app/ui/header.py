"""The top of the window: search box and what it holds, order, size of the thumbnails, menu."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QCursor, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui import icons, wording
from desktop_app.ui.certainty_slider import CertaintySlider
from desktop_app.ui.computed_grid import LARGEST_PX, SMALLEST_PX
from desktop_app.ui.grid_layout import MARGIN_PX
from desktop_app.ui.order_button import OrderButton
from desktop_app.ui.query_strip import QueryStrip
from desktop_app.ui.search_box import SHADOW_PX, SearchBox
from desktop_app.ui.search_history import SearchHistory
from desktop_app.ui.theme import SCROLL_BAR_PX, SMALL_PX, Theme, text_font

_WIDEST_BOX_PX = 760
_NARROW_PX = 640
_MEDIUM_PX = 760
_WIDE_PX = 960
_WIDEST_PX = 1080
_ADD = "\u2009Add folder"  # a thin space between icon and words
_STEP_PX = 16


class Header(QWidget):
    """Holds the search box and the few controls beside it.

    Attributes:
        search_box: Where one says what one is looking for.
        strip: What the search consists of.
        order: In which order pictures are shown.
        certainty: How certain a hit must be to stand above the divider.
        menu: The button of the menu with all that has no button of its own.
    """

    add_clicked = Signal()
    cell_side_changed = Signal(int)
    sidebar_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        cell_side_px: int,
        history: SearchHistory | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.search_box = SearchBox(theme, history)
        self.search_box.setMaximumWidth(_WIDEST_BOX_PX)
        self.search_box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.strip = QueryStrip(self.search_box.draft, theme)
        self.strip.went_up.connect(self.search_box.setFocus)
        self.strip.went_down.connect(self.search_box.entered)
        self.search_box.entered.connect(self.strip.complain)
        self.order = OrderButton(theme)
        self.certainty = CertaintySlider(self)
        label = self.certainty.label
        label.setFont(text_font(label.font(), SMALL_PX))
        self._sidebar = QToolButton()
        self._sidebar.setProperty("quiet", True)
        self._sidebar.setFixedSize(36, 36)
        self._sidebar.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._sidebar.setToolTip("Saved searches (Ctrl+B)")
        self._sidebar.setAccessibleName("Sidebar")
        self._sidebar.clicked.connect(self.sidebar_asked)
        self._add = QPushButton(_ADD)
        self._add.setToolTip("Add a folder of pictures; dropping one on the window does the same")
        self._add.setAccessibleName("Add folder")
        self._add.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._add.clicked.connect(self.add_clicked)
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(SMALLEST_PX, LARGEST_PX)
        self._slider.setSingleStep(_STEP_PX)
        self._slider.setPageStep(_STEP_PX)
        self._slider.setValue(cell_side_px)
        self._slider.setFixedWidth(104)
        self._slider.setToolTip("Size of the pictures")
        self._slider.setAccessibleName("Size of the pictures")
        self._slider.valueChanged.connect(self.cell_side_changed)
        self._small, self._large = QLabel(), QLabel()
        self._sizes = QWidget()
        sizes = QHBoxLayout(self._sizes)
        sizes.setContentsMargins(8, 0, 0, 0)
        sizes.setSpacing(8)
        for widget in (self._small, self._slider, self._large):
            sizes.addWidget(widget)
        self.menu = QToolButton()
        self.menu.setProperty("quiet", True)
        self.menu.setFixedSize(36, 36)
        self.menu.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu.setToolTip("Menu (F10)")
        self.menu.setAccessibleName("Menu")
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._sidebar)
        row.addWidget(self.search_box, 1)
        row.addStretch(0)
        row.addWidget(self.certainty.label)
        row.addWidget(self.certainty)
        row.addWidget(self.order)
        row.addWidget(self._add)
        row.addWidget(self._sizes)
        row.addWidget(self.menu)
        below = QHBoxLayout()
        below.setContentsMargins(36 + 8 + SHADOW_PX, 0, 0, 0)  # begins where the search box does
        below.addWidget(self.strip)
        column = QVBoxLayout(self)
        # The grid's scroll bar stands outside its margin; what is above ends with the pictures.
        column.setContentsMargins(MARGIN_PX - SHADOW_PX, 4, MARGIN_PX + SCROLL_BAR_PX, 2)
        column.setSpacing(0)
        column.addLayout(row)
        column.addLayout(below)
        self.strip.follow(self.search_box.line)
        theme.changed.connect(self._tint)
        self._tint()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Leave the space to the search box where there is little."""
        self._sizes.setVisible(self.width() >= _MEDIUM_PX)
        self.order.setVisible(self.width() >= _NARROW_PX)
        self.certainty.allow(self.width() >= _WIDE_PX, is_labelled=self.width() >= _WIDEST_PX)
        self._add.setText(_ADD if self.width() >= _WIDE_PX else "")

    def set_menu(self, menu: QMenu) -> None:
        """Let the button at the end open a menu."""
        self.menu.setMenu(menu)
        # Qt does not tell the button that the pointer left it while the menu had the mouse.
        menu.aboutToHide.connect(lambda: QTimer.singleShot(0, self, self._forget_pointer))

    def _forget_pointer(self) -> None:
        if not self.menu.rect().contains(self.menu.mapFromGlobal(QCursor.pos())):
            self.menu.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
            self.menu.update()

    def forbid_changes(self, why: str) -> None:
        """Offer no adding of folders and no saving of searches; a tooltip says why."""
        self.search_box.forbid_saving()
        self.strip.forbid_saving(why)
        self._add.setEnabled(False)
        self._add.setToolTip(wording.tooltip(why))

    @property
    def cell_side_px(self) -> int:
        """The size chosen."""
        return self._slider.value()

    def set_cell_side(self, side_px: int) -> None:
        """Choose a size, as if by the slider."""
        self._slider.setValue(side_px)

    def _tint(self) -> None:
        secondary = QColor(self._theme.tokens.secondary)
        self._add.setIcon(icons.icon("folder-plus", QColor(self._theme.tokens.text)))
        self._sidebar.setIcon(icons.icon("panel-left", QColor(self._theme.tokens.text), 18))
        self._sidebar.setIconSize(QSize(18, 18))
        self.menu.setIcon(icons.icon("menu", QColor(self._theme.tokens.text), 18))
        self.menu.setIconSize(QSize(18, 18))
        palette = self.certainty.label.palette()
        palette.setColor(self.certainty.label.foregroundRole(), secondary)
        self.certainty.label.setPalette(palette)
        for label, name, side_px in ((self._small, "grid-2x2", 14), (self._large, "square", 16)):
            image = icons.icon(name, secondary, side_px).pixmap(QSize(side_px, side_px))
            label.setPixmap(image)
