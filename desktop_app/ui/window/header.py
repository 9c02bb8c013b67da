"""The top of the window: search box and what it holds, order, size of the thumbnails."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.grid.grid_layout import MARGIN_PX
from desktop_app.ui.kit import icons
from desktop_app.ui.kit.mirroring import margins
from desktop_app.ui.kit.theme import SCROLL_BAR_PX, SMALL_PX, Theme, text_font
from desktop_app.ui.memory.cell_sides import LARGEST_PX, SMALLEST_PX, STEP_PX
from desktop_app.ui.memory.search_history import SearchHistory
from desktop_app.ui.search.certainty_slider import CertaintySlider
from desktop_app.ui.search.order_button import OrderButton
from desktop_app.ui.search.query_strip import QueryStrip
from desktop_app.ui.search.search_box import SHADOW_PX, SearchBox
from desktop_app.ui.welcome.example_strip import ExampleStrip
from desktop_app.ui.words import wording
from desktop_app.ui.words.language import tr

_WIDEST_BOX_PX = 760
_NARROW_PX = 640
_MEDIUM_PX = 760
_WIDE_PX = 960
_WIDEST_PX = 1080


class Header(QWidget):
    """Holds the search box and the few controls beside it.

    Attributes:
        search_box: Where one says what one is looking for.
        strip: What the search consists of.
        examples: Words to try, while it consists of nothing.
        order: In which order pictures are shown.
        certainty: How certain a hit must be to stand above the divider.
        below: Holds `strip` and `examples`. It belongs above the pictures, in the same window:
            there it moves nothing else when it comes and goes, least of all what was clicked in
            the sidebar.
    """

    add_clicked = Signal()
    cell_side_changed = Signal(int)
    sidebar_asked = Signal()
    inspector_asked = Signal()

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
        self._sidebar.setToolTip(tr("Header", "Folders, searches and tags (Ctrl+B)"))
        self._sidebar.setAccessibleName(tr("Sidebar", "Sidebar"))
        self._sidebar.clicked.connect(self.sidebar_asked)
        self._inspector = QToolButton()
        self._inspector.setProperty("quiet", True)
        self._inspector.setFixedSize(36, 36)
        self._inspector.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._inspector.setToolTip(tr("Header", "What is known of the pictures (Ctrl+I)"))
        self._inspector.setAccessibleName(tr("Header", "Inspector"))
        self._inspector.clicked.connect(self.inspector_asked)
        self._add = QPushButton()
        self._add.setToolTip(
            tr("Header", "Add a folder of pictures; dropping one on the window does the same")
        )
        self._add.setAccessibleName(tr("Header", "Add folder"))
        self._add.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._add.clicked.connect(self.add_clicked)
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(SMALLEST_PX, LARGEST_PX)
        self._slider.setSingleStep(STEP_PX)
        self._slider.setPageStep(STEP_PX)
        self._slider.setValue(cell_side_px)
        self._slider.setFixedWidth(104)
        self._slider.setToolTip(tr("Header", "Size of the pictures"))
        self._slider.setAccessibleName(tr("Header", "Size of the pictures"))
        self._slider.valueChanged.connect(self.cell_side_changed)
        self._small, self._large = QLabel(), QLabel()
        self._sizes = QWidget()
        sizes = QHBoxLayout(self._sizes)
        sizes.setContentsMargins(margins(8, 0, 0, 0))
        sizes.setSpacing(8)
        for widget in (self._small, self._slider, self._large):
            sizes.addWidget(widget)
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
        row.addWidget(self._inspector)
        self.examples = ExampleStrip(theme)
        self.below = QWidget()
        below = QVBoxLayout(self.below)
        below.setContentsMargins(MARGIN_PX, 2, MARGIN_PX, 0)
        below.setSpacing(0)
        below.addWidget(self.strip)
        below.addWidget(self.examples)
        column = QVBoxLayout(self)
        # The grid's scroll bar stands outside its margin; what is above ends with the pictures.
        column.setContentsMargins(margins(MARGIN_PX - SHADOW_PX, 4, MARGIN_PX + SCROLL_BAR_PX, 2))
        column.setSpacing(0)
        column.addLayout(row)
        theme.changed.connect(self._tint)
        self._tint()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Leave the space to the search box where there is little."""
        self._sizes.setVisible(self.width() >= _MEDIUM_PX)
        self.order.setVisible(self.width() >= _NARROW_PX)
        self._inspector.setVisible(self.width() >= _NARROW_PX)
        self.certainty.allow(self.width() >= _WIDE_PX, is_labelled=self.width() >= _WIDEST_PX)
        # A thin space between icon and words.
        words = "\u2009" + tr("Header", "Add folder")
        self._add.setText(words if self.width() >= _WIDE_PX else "")

    def order_tabs(self) -> None:
        """Let Tab lead from the search line to what it consists of; all are in a window now."""
        self.strip.follow(self.search_box.line)

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
        sides = ["panel-left", "panel-right"]
        if self.isRightToLeft():
            sides.reverse()
        self._sidebar.setIcon(icons.icon(sides[0], QColor(self._theme.tokens.text), 18))
        self._sidebar.setIconSize(QSize(18, 18))
        self._inspector.setIcon(icons.icon(sides[1], QColor(self._theme.tokens.text), 18))
        self._inspector.setIconSize(QSize(18, 18))
        palette = self.certainty.label.palette()
        palette.setColor(self.certainty.label.foregroundRole(), secondary)
        self.certainty.label.setPalette(palette)
        for label, name, side_px in ((self._small, "grid-2x2", 14), (self._large, "square", 16)):
            image = icons.icon(name, secondary, side_px).pixmap(QSize(side_px, side_px))
            label.setPixmap(image)
