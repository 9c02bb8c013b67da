"""The first steps, in the middle of the window: a folder, a model, and how to search."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.engine.records import ModelOffer
from desktop_app.ui.kit import icons
from desktop_app.ui.kit.keyboard_mark import give_focus
from desktop_app.ui.kit.mirroring import margins
from desktop_app.ui.kit.text_label import TextLabel, Tint
from desktop_app.ui.kit.theme import BODY_PX, SMALL_PX, TITLE_PX, Theme, scaled_px, text_font
from desktop_app.ui.models import model_wording
from desktop_app.ui.words import wording
from desktop_app.ui.words.language import tr

_WIDTH_PX = 440
_INDENT_PX = 32
"""What is said of a model begins where its name does."""
_DRAWING = QSize(120, 96)
_MIDDLE = Qt.AlignmentFlag.AlignHCenter
BUILTIN = ""


class _Step(QWidget):
    """One step: a title, a sentence, what is chosen, and the button that goes on."""

    skipped = Signal()

    def __init__(self, theme: Theme, number: int, title: str, hint: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.addStretch(2)
        self.content = QVBoxLayout()
        self.content.setSpacing(12)
        holder = QWidget()
        holder.setMaximumWidth(scaled_px(_WIDTH_PX))
        holder.setLayout(self.content)
        middle = QHBoxLayout()  # not aligned: text that wraps would get too little height
        middle.addStretch(1)
        middle.addWidget(holder, 1000)
        middle.addStretch(1)
        column.addLayout(middle)
        count = self.label(SMALL_PX, tr("FirstRun", "Step {n} of 3").format(n=number))
        count.setAlignment(_MIDDLE)
        heading = self.label(TITLE_PX, title, Tint.TEXT, bold=True)
        heading.setAlignment(_MIDDLE)
        below = self.label(BODY_PX, hint)
        below.setAlignment(_MIDDLE)
        column.addStretch(3)

    def minimumSizeHint(self) -> QSize:
        """Any height: the scroll area gives what `heightForWidth` says."""
        return QSize(super().minimumSizeHint().width(), 0)

    def label(
        self, size_px: int, text: str, tint: Tint = Tint.SECONDARY, *, bold: bool = False
    ) -> TextLabel:
        """Add words."""
        label = TextLabel(self._theme, self, size_px, tint, bold=bold)
        label.say(text)
        self.content.addWidget(label)
        return label

    def button(self, text: str, *, is_primary: bool = False) -> QPushButton:
        """Add a button."""
        button = QPushButton(text)
        if is_primary:
            self.primary = button
            self.content.addSpacing(8)
            button.setProperty("primary", True)
            button.setFont(text_font(button.font(), BODY_PX, bold=True))  # or it is cut
        self.content.addWidget(button, 0, _MIDDLE)
        return button

    def add_skip(self) -> QPushButton:
        """Add the way past this step."""
        skip = QPushButton(tr("FirstRun", "Skip"))
        skip.setProperty("link", True)
        skip.setCursor(Qt.CursorShape.PointingHandCursor)
        skip.clicked.connect(self.skipped)
        self.content.addWidget(skip, 0, _MIDDLE)
        return skip


class FirstRun(QWidget):
    """Goes through the steps, and says what was chosen; Esc leaves all of them.

    Args:
        theme: For the colours.
        pictures: Where the system says that the user's pictures are; empty where it does not.
        parent: Where it belongs.
    """

    folder_chosen = Signal(str)
    other_asked = Signal()
    """The user wants to pick another folder; `go_on` once that is done."""
    model_chosen = Signal(str)
    """Name of a model that is to be downloaded."""
    ended = Signal()
    """All steps are done or skipped."""

    def __init__(self, theme: Theme, pictures: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(tr("FirstRun", "First steps"))
        self._pictures = pictures
        self._steps = QStackedWidget()
        self._folder = self._folder_step()
        self._model = self._model_step()
        self._tips = self._tips_step()
        self._all = (self._folder, self._model, self._tips)
        for step in self._all:
            step.skipped.connect(self.go_on)
            scroll = QScrollArea()
            scroll.setWidget(step)
            scroll.setWidgetResizable(True)
            scroll.setFrameShape(QScrollArea.Shape.NoFrame)
            scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            scroll.viewport().setAutoFillBackground(False)
            step.setAutoFillBackground(False)
            self._steps.addWidget(scroll)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._steps)
        theme.changed.connect(self._tint)
        self._tint()

    @property
    def step(self) -> int:
        """Which step is shown, from 0."""
        return self._steps.currentIndex()

    def begin(self) -> None:
        """Show the first step."""
        self._steps.setCurrentIndex(0)
        self._take_keyboard()

    def go_on_from(self, step: int) -> None:
        """Show what comes after a step, unless another one is shown already."""
        if self.step == step:
            self.go_on()

    def go_on(self) -> None:
        """Show the next step; after the last one they are over."""
        if self.step == self._steps.count() - 1:
            self.ended.emit()
            return
        self._steps.setCurrentIndex(self.step + 1)
        self._take_keyboard()

    def show_offers(self, offers: Sequence[ModelOffer]) -> None:
        """List the models that can be downloaded, beside the one that is there."""
        for offer in offers:
            if not offer.is_installed and offer.name not in self._names:
                self._add_model(offer.name, offer.title, model_wording.offer_facts(offer))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves all steps; Enter does what the step's main button says."""
        if event.key() == Qt.Key.Key_Escape:
            self.ended.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._all[self.step].primary.click()
        else:
            super().keyPressEvent(event)

    def _take_keyboard(self) -> None:
        first = (self._first_folder, self._builtin, self._start)[self.step]
        give_focus(first)

    def _folder_step(self) -> _Step:
        step = _Step(
            self._theme,
            1,
            tr("FirstRun", "Where are your pictures?"),
            tr(
                "FirstRun",
                "They stay where they are, and nothing leaves this computer. You can also drop a "
                "folder here.",
            ),
        )
        self._drawing = QLabel()
        self._drawing.setAlignment(_MIDDLE)
        step.content.insertWidget(0, self._drawing)
        another = tr("FirstRun", "Another folder…")
        if self._pictures:
            name = Path(self._pictures).name or self._pictures
            use = tr("FirstRun", "Use {folder}").format(folder=name)
            self._first_folder = step.button(use, is_primary=True)
            self._first_folder.setToolTip(wording.tooltip(self._pictures))
            self._first_folder.clicked.connect(self._choose_pictures)
            step.button(another).clicked.connect(self.other_asked)
        else:
            choose = tr("FirstRun", "Choose a folder…")
            self._first_folder = step.button(choose, is_primary=True)
            self._first_folder.clicked.connect(self.other_asked)
        step.add_skip()
        return step

    def _choose_pictures(self) -> None:
        self.folder_chosen.emit(self._pictures)
        self.go_on_from(0)

    def _model_step(self) -> _Step:
        step = _Step(
            self._theme,
            2,
            tr("FirstRun", "Who should look at them?"),
            tr(
                "FirstRun",
                "The built-in model is ready. Others know more languages, and are downloaded when "
                "you choose one.",
            ),
        )
        self._choices = QButtonGroup(self)
        self._names: list[str] = []
        self._models = QVBoxLayout()
        self._models.setSpacing(0)
        step.content.addLayout(self._models)
        self._builtin = self._add_model(
            BUILTIN,
            tr("FirstRun", "Built-in model"),
            tr("FirstRun", "Small and quick, and there already · English"),
        )
        self._builtin.setChecked(True)
        step.button(tr("FirstRun", "Continue"), is_primary=True).clicked.connect(self._choose_model)
        step.add_skip()
        return step

    def _add_model(self, name: str, title: str, facts: str) -> QRadioButton:
        button = QRadioButton(title)
        button.setAccessibleDescription(facts)
        below = TextLabel(self._theme, self, SMALL_PX, Tint.SECONDARY)
        below.setContentsMargins(margins(_INDENT_PX, 2, 0, 4))
        below.say(facts)
        self._names.append(name)
        self._choices.addButton(button, len(self._names) - 1)
        self._models.addWidget(button)
        self._models.addWidget(below)
        return button

    def _choose_model(self) -> None:
        name = self._names[self._choices.checkedId()]
        if name != BUILTIN:
            self.model_chosen.emit(name)
        self.go_on()

    def _tips_step(self) -> _Step:
        step = _Step(self._theme, 3, tr("FirstRun", "Find them by what they show"), "")
        for tip in (
            tr("FirstRun", "Type what a picture shows: two dogs in the snow"),
            tr("FirstRun", "Drop a picture on the search line to find similar ones"),
            tr("FirstRun", "Put a minus before what it must not show: beach -people"),
        ):
            step.label(BODY_PX, f"•  {tip}", Tint.TEXT)
        self._start = step.button(tr("FirstRun", "Start searching"), is_primary=True)
        self._start.clicked.connect(self.go_on)
        return step

    def _tint(self) -> None:
        color = QColor(self._theme.tokens.secondary)
        image = icons.drawing("drop-folder", color, _DRAWING, self.devicePixelRatioF())
        self._drawing.setPixmap(QPixmap.fromImage(image))
