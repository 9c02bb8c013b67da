"""The panel in which copies of the chosen pictures are made."""

import enum
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QSlider,
    QSpinBox,
    QWidget,
)

from desktop_app.engine.records import CopyForm, FileProgress, KeptDetails
from desktop_app.ui.files import file_wording
from desktop_app.ui.kit.keyboard_mark import give_focus
from desktop_app.ui.kit.mirroring import margins
from desktop_app.ui.kit.side_panel import SidePanel, TopButton
from desktop_app.ui.kit.text_label import ElidedLabel, TextLabel, Tint
from desktop_app.ui.kit.theme import SMALL_PX, Theme
from desktop_app.ui.words import wording
from desktop_app.ui.words.language import tr

WIDTH_PX = 320
_FIELD_PX = 28
SMALLEST_SIDE_PX, USUAL_SIDE_PX, LARGEST_SIDE_PX = 64, 2048, 16_384
FEWEST_COLUMNS, USUAL_COLUMNS, MOST_COLUMNS = 2, 4, 10
WORST_QUALITY, USUAL_QUALITY, BEST_QUALITY = 50, 88, 95


class Kind(enum.Enum):
    """What is made of the pictures."""

    AS_THEY_ARE = enum.auto()
    SMALLER = enum.auto()
    SHEET = enum.auto()


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What was chosen.

    Attributes:
        kind: What is made.
        folder: Where to.
        form: How smaller copies are made.
        columns: Of a contact sheet.
    """

    kind: Kind
    folder: str
    form: CopyForm
    columns: int


class ExportPanel(SidePanel):
    """Asks how and where to, and says how far it is.

    Args:
        theme: For the colours.
    """

    export_asked = Signal(ExportChoice)
    folder_asked = Signal()
    stopped = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        title = tr("Export", "Export")
        super().__init__(theme, title, TopButton("", "", ""), parent)
        self.top_button.hide()
        self._folder = ""
        self._goes_on = False
        self._count = 0
        self._count_label = TextLabel(theme, self, SMALL_PX, Tint.SECONDARY)
        self.cards.addWidget(self._count_label)
        self._kinds = QButtonGroup(self)
        self._buttons: dict[Kind, QRadioButton] = {}
        for kind, text, meaning in (
            (Kind.AS_THEY_ARE, tr("Export", "As they are"),
             tr("Export", "The files themselves, with their XMP files")),
            (Kind.SMALLER, tr("Export", "Smaller"), tr("Export", "JPEGs, upright")),
            (Kind.SHEET, tr("Export", "Contact sheet"),
             tr("Export", "A PDF with all of them and their names")),
        ):  # fmt: skip
            button = QRadioButton(text)
            button.setToolTip(meaning)
            button.setAccessibleDescription(meaning)
            self._buttons[kind] = button
            self._kinds.addButton(button)
            self.cards.addWidget(button)
            if kind is Kind.SMALLER:
                self._smaller = self._smaller_form()
                self.cards.addWidget(self._smaller)
            elif kind is Kind.SHEET:
                self._sheet = self._sheet_form()
                self.cards.addWidget(self._sheet)
        self._kinds.buttonToggled.connect(lambda *_toggled: self._show_choice())
        self.cards.addStretch(1)
        self._arrange_foot(theme)
        self._buttons[Kind.AS_THEY_ARE].setChecked(True)
        self.show_count(0)

    def _smaller_form(self) -> QWidget:
        self.side = QSpinBox()
        self.side.setRange(SMALLEST_SIDE_PX, LARGEST_SIDE_PX)
        self.side.setSingleStep(128)
        self.side.setValue(USUAL_SIDE_PX)
        self.side.setSuffix(tr("Export", " px"))
        self.quality = QSlider(Qt.Orientation.Horizontal)
        self.quality.setRange(WORST_QUALITY, BEST_QUALITY)
        self.quality.setValue(USUAL_QUALITY)
        self.quality.setMinimumHeight(24)
        number = QLabel(str(USUAL_QUALITY))
        self.quality.valueChanged.connect(number.setNum)
        quality = QWidget()
        row = QHBoxLayout(quality)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.quality, 1)
        row.addWidget(number)
        self.details = QComboBox()
        for kept, text in (
            (KeptDetails.ALL, tr("Export", "Everything")),
            (KeptDetails.NO_PLACE, tr("Export", "All but the place")),
            (KeptDetails.NONE, tr("Export", "Nothing")),
        ):
            self.details.addItem(text, kept)
        return _form(
            (tr("Export", "Longest side"), self.side),
            (tr("Export", "Quality"), quality),
            (tr("Export", "Details"), self.details),
        )

    def _sheet_form(self) -> QWidget:
        self.columns = QSpinBox()
        self.columns.setRange(FEWEST_COLUMNS, MOST_COLUMNS)
        self.columns.setValue(USUAL_COLUMNS)
        return _form((tr("Export", "Columns"), self.columns))

    def _arrange_foot(self, theme: Theme) -> None:
        self._place = ElidedLabel(theme)
        self.choose = QPushButton(tr("Export", "Choose folder…"))
        self.choose.setProperty("compact", True)
        self.choose.clicked.connect(self._choose)
        self.button = QPushButton(tr("Export", "Export"))
        self.button.setProperty("primary", True)
        self.button.clicked.connect(self._export)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setAccessibleName(tr("Export", "How much is done"))
        self._said = TextLabel(theme, self, SMALL_PX, Tint.SECONDARY)
        self.stop = QPushButton(tr("Export", "Stop"))
        self.stop.setProperty("compact", True)
        self.stop.clicked.connect(self.stopped)
        for widget in (
            self._place, self.choose, self.button, self._bar, self._said, self.stop,
        ):  # fmt: skip
            self.footer.addWidget(widget)
        self.footer.setSpacing(8)
        self.set_folder("")
        self.show_idle()

    @property
    def choice(self) -> ExportChoice:
        """What is chosen now."""
        kind = next(kind for kind, button in self._buttons.items() if button.isChecked())
        form = CopyForm(
            self.side.value(), self.quality.value(), KeptDetails(self.details.currentData())
        )
        return ExportChoice(kind, self._folder, form, self.columns.value())

    def set_folder(self, folder: str) -> None:
        """Say where they go."""
        self._folder = folder
        name = tr("Export", "Into: {folder}").format(folder=folder)
        self._place.say(name if folder else tr("Export", "No folder is chosen yet."))
        self._place.setToolTip(wording.tooltip(folder))
        self._show_choice()
        if folder and self._goes_on:
            self._goes_on = False
            self.export_asked.emit(self.choice)

    def show_count(self, count: int) -> None:
        """Say how many pictures are chosen."""
        self._count = count
        self._count_label.say(
            wording.pictures(count) if count else tr("Export", "Select pictures first.")
        )
        self._show_choice()

    def show_progress(self, progress: FileProgress) -> None:
        """Say how far it is."""
        for widget in (self._bar, self._said, self.stop):
            widget.show()
        if self.button.hasFocus():  # else Qt gives it to whatever comes next in the window
            self.stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self.button.hide()
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)
        self._said.say(file_wording.counted(tr("Export", "{done} of {total}"), progress))

    def show_idle(self) -> None:
        """Be ready for the next."""
        self.button.show()
        if self.stop.hasFocus():
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)
        for widget in (self._bar, self._said, self.stop):
            widget.hide()

    def take_keyboard(self) -> None:
        """Go on with the keyboard at what is chosen."""
        give_focus(next(each for each in self._buttons.values() if each.isChecked()))

    def _show_choice(self) -> None:
        if not hasattr(self, "button"):  # still being put together
            return
        self._smaller.setVisible(self._buttons[Kind.SMALLER].isChecked())
        self._sheet.setVisible(self._buttons[Kind.SHEET].isChecked())
        self.button.setEnabled(bool(self._count))

    def _choose(self) -> None:
        self._goes_on = False
        self.folder_asked.emit()

    def _export(self) -> None:
        if self._folder:
            self.export_asked.emit(self.choice)
        else:
            self._goes_on = True  # once there is a folder; nothing, if none is chosen
            self.folder_asked.emit()


def _form(*rows: tuple[str, QWidget]) -> QWidget:
    """Fields with what they are beside them, indented below the choice they belong to."""
    widget = QWidget()
    layout = QFormLayout(widget)
    layout.setContentsMargins(margins(24, 0, 0, 8))
    layout.setSpacing(8)
    layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    for text, field in rows:
        label = QLabel(text)
        control = next(iter(field.findChildren(QSlider)), field)
        label.setBuddy(control)
        control.setAccessibleName(text)
        field.setMinimumSize(80, _FIELD_PX)
        layout.addRow(label, field)
    return widget
