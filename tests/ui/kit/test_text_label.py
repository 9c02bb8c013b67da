import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.kit.text_label import ElidedLabel, TextLabel, Tint
from desktop_app.ui.kit.theme import Theme

LONG = "https://huggingface.co/" + "a_very_long_name_without_an_end" * 8


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


@pytest.fixture
def elided(qtbot: QtBot, theme: Theme) -> ElidedLabel:
    label = ElidedLabel(theme)
    qtbot.addWidget(label)
    return label


def inked_px(label: QWidget) -> int:
    """The width that is painted on."""
    image = label.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    background = image.pixel(0, 0)
    columns = [
        x
        for x in range(image.width())
        if any(image.pixel(x, y) != background for y in range(image.height()))
    ]
    return max(columns, default=-1) + 1


def test_without_text_there_is_no_label(parent: QWidget, theme: Theme) -> None:
    label = TextLabel(theme, parent)
    assert label.isHidden()
    label.say("Words.")
    assert not label.isHidden()
    label.say("")
    assert label.isHidden()


def test_long_words_break_and_are_still_read_whole(parent: QWidget, theme: Theme) -> None:
    label = TextLabel(theme, parent)
    QVBoxLayout(parent).addWidget(label)
    label.say(LONG)
    assert label.minimumSizeHint().width() < 300
    assert label.heightForWidth(300) > 3 * label.fontMetrics().height()
    assert label.said == LONG
    assert label.accessibleName() == LONG


def test_it_is_plain_text(parent: QWidget, theme: Theme) -> None:
    label = TextLabel(theme, parent)
    label.say("<b>no</b> <img src='x'>")
    assert "<b>" in label.text()
    assert label.textFormat().name == "PlainText"


def test_its_colour_is_the_themes(parent: QWidget, theme: Theme) -> None:
    label = TextLabel(theme, parent, tint=Tint.SECONDARY)
    assert label.palette().windowText().color() == QColor(theme.tokens.secondary)
    label.say("Trouble.", Tint.DANGER)
    assert label.palette().windowText().color() == QColor(theme.tokens.danger)


def test_what_does_not_fit_is_cut_or_said_in_short(elided: ElidedLabel) -> None:
    elided.say("Preparing a model with a long name: 3 of 12.")
    elided.resize(elided.sizeHint())
    whole = inked_px(elided)
    assert whole > 100
    elided.resize(100, elided.height())
    assert 60 < inked_px(elided) <= 100
    elided.say(elided.text, "Preparing: 3 of 12.", "25%")
    assert inked_px(elided) < 60
    assert elided.minimumSizeHint().width() < 60
    assert elided.toolTip() == elided.accessibleName() == elided.text


def test_it_asks_for_no_more_than_the_wording_that_fits(elided: ElidedLabel) -> None:
    elided.say("Preparing a model with a long name: 3 of 12.", "Preparing: 3 of 12.", "25%")
    whole_px = elided.sizeHint().width()
    elided.limit(whole_px - 1)
    assert 60 < elided.sizeHint().width() < whole_px - 60
    elided.resize(elided.sizeHint())
    assert elided.shown == "Preparing: 3 of 12."
    elided.limit(0)
    assert elided.sizeHint().width() == elided.minimumSizeHint().width() < 60


def test_its_tooltip_is_plain_text(qtbot: QtBot, elided: ElidedLabel) -> None:
    elided.say("Preparing <img src='//server/share'><b>clip</b>: 3 of 12.")
    as_a_tooltip_shows_it, plain = QLabel(elided.toolTip()), QLabel(elided.toolTip())
    for label in (as_a_tooltip_shows_it, plain):
        qtbot.addWidget(label)
    plain.setTextFormat(Qt.TextFormat.PlainText)
    assert as_a_tooltip_shows_it.sizeHint() == plain.sizeHint()
    assert elided.text == elided.toolTip().replace("\u200b", "")


def test_a_name_stands_where_one_begins_to_read_the_window(theme: Theme, parent: QWidget) -> None:
    label = TextLabel(theme, parent)
    label.say("Photos")
    assert label.alignment() & Qt.AlignmentFlag.AlignLeft
    parent.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert label.alignment() & Qt.AlignmentFlag.AlignRight
    assert label.alignment() & Qt.AlignmentFlag.AlignAbsolute
