from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.kit import icons
from desktop_app.ui.kit.contrast import contrast
from desktop_app.ui.kit.theme import (
    BODY_PX,
    DARK,
    LIGHT,
    SMALL_PX,
    TITLE_PX,
    Scheme,
    Theme,
    Tokens,
    scaled_px,
    text_font,
)

Role = QPalette.ColorRole


@pytest.fixture
def dressed(qapp: QApplication, theme: Theme, monkeypatch: pytest.MonkeyPatch) -> Iterator[Theme]:
    """A theme whose system can be turned dark by ``system_is_dark``."""
    yield theme
    monkeypatch.undo()
    theme.refresh()


class _Nested(QWidget):
    """Counts how often it is dressed anew."""

    count = 0

    def changeEvent(self, event: QEvent) -> None:
        self.count += event.type() == QEvent.Type.StyleChange


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_text_can_be_read(tokens: Tokens) -> None:
    def contrast_of(one: str, other: str) -> float:
        return contrast(QColor(one), QColor(other))

    for surface in (tokens.surface, tokens.raised, tokens.field, tokens.fill):
        assert contrast_of(tokens.text, surface) >= 7
        assert contrast_of(tokens.secondary, surface) >= 4.5
        assert contrast_of(tokens.danger, surface) >= 4.5
    assert contrast_of(tokens.text, tokens.hover) >= 7
    assert contrast_of(tokens.chosen, tokens.hover) >= 4.5
    assert contrast_of(tokens.danger, tokens.hover) >= 4.5


def test_what_is_selected_and_what_is_in_use_can_be_read(
    qapp: QApplication, dressed: Theme
) -> None:
    for scheme in (Scheme.LIGHT, Scheme.DARK):
        dressed.set_scheme(scheme)
        palette, raised = qapp.palette(), QColor(dressed.tokens.raised)
        selected = palette.color(Role.Highlight), palette.color(Role.HighlightedText)
        assert contrast(*selected) >= 4.5
        assert f"background: {selected[0].name()}; font-weight" in qapp.styleSheet()
        assert contrast(dressed.accent_text, raised) >= 4.5
        assert palette.color(Role.Link) == dressed.accent_text
    dressed.set_scheme(Scheme.SYSTEM)


def test_it_follows_the_system(
    qtbot: QtBot, qapp: QApplication, dressed: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    for is_dark, tokens in ((True, DARK), (False, LIGHT)):
        monkeypatch.setattr(dressed, "_system_is_dark", lambda is_dark=is_dark: is_dark)
        with qtbot.waitSignal(dressed.changed):
            dressed.refresh()
        assert dressed.tokens == tokens
        assert qapp.palette().color(Role.Window) == QColor(tokens.surface)
        assert qapp.palette().color(Role.Text) == QColor(tokens.text)
        assert tokens.raised in qapp.styleSheet()


def test_the_accent_is_the_systems(qapp: QApplication, dressed: Theme) -> None:
    assert dressed.accent.isValid()
    assert qapp.palette().color(Role.Accent) == dressed.accent


def test_fonts_come_in_the_systems_family(qapp: QApplication) -> None:
    font = text_font(qapp.font(), TITLE_PX, bold=True, figures=True)
    assert font.family() == qapp.font().family()
    assert font.pixelSize() == TITLE_PX
    assert font.weight() == QFont.Weight.DemiBold
    assert text_font(font, TITLE_PX).weight() == QFont.Weight.Normal


def test_icons_take_the_colour_and_are_sharp(qapp: QApplication) -> None:
    for scale in (1.0, 2.0):
        image = icons.drawing("square", QColor("#ff0000"), QSize(24, 24), scale)
        assert image.size() == QSize(24, 24) * scale
        colors = {
            image.pixelColor(x, y).name()
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() == 255
        }
        assert colors == {"#ff0000"}
    sizes = {size.width() for size in icons.icon("x", QColor("red"), 16).availableSizes()}
    assert sizes == {16, 32, 48}


def test_there_is_a_program_icon(qapp: QApplication) -> None:
    icon = icons.application_icon()
    image = icon.pixmap(64, 64).toImage()
    assert image.pixelColor(32, 8).alpha() == 255
    assert image.pixelColor(32, 8).name() != "#000000"


def test_it_is_light_or_dark_as_was_chosen(qtbot: QtBot, dressed: Theme) -> None:
    with qtbot.waitSignal(dressed.changed):
        dressed.set_scheme(Scheme.DARK)
    assert dressed.tokens is DARK
    dressed.set_scheme(Scheme.LIGHT)
    assert dressed.tokens is LIGHT
    dressed.set_scheme(Scheme.SYSTEM)
    assert dressed.scheme is Scheme.SYSTEM


def test_text_grows_with_what_was_chosen(qapp: QApplication, dressed: Theme) -> None:
    usual_px = qapp.font().pixelSize()
    dressed.set_text_percent(150)
    assert qapp.font().pixelSize() == scaled_px(BODY_PX) == round(1.5 * usual_px)
    assert text_font(qapp.font(), SMALL_PX).pixelSize() == scaled_px(SMALL_PX) > SMALL_PX
    dressed.set_text_percent(7)  # somebody spoiled the file
    assert dressed.text_percent == 100
    assert qapp.font().pixelSize() == usual_px


def field(kind: str) -> QWidget:
    """A place to write in, or what is offered there."""
    if kind == "lines":
        return QPlainTextEdit()
    if kind == "suggestions":
        view = QListView()
        view.setObjectName(kind)
        return view
    line = QLineEdit()
    line.setProperty(kind, True)
    return line


@pytest.mark.parametrize("kind", ["boxed", "quiet", "tag", "lines", "suggestions"])
@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_what_stands_in_an_empty_field_can_be_read(
    qtbot: QtBot, dressed: Theme, kind: str, scheme: Scheme
) -> None:
    """Left to itself, Qt takes half of the text's colour."""
    dressed.set_scheme(scheme)
    widget = field(kind)
    qtbot.addWidget(widget)
    widget.ensurePolished()
    color = widget.palette().color(Role.PlaceholderText)
    assert color.alpha() == 255
    assert contrast(color, QColor(dressed.tokens.field)) >= 4.5
    dressed.set_scheme(Scheme.SYSTEM)


def test_what_lies_deep_is_dressed_anew_no_more_often_than_what_lies_around_it(
    qtbot: QtBot, theme: Theme
) -> None:
    widgets = [_Nested()]
    qtbot.addWidget(widgets[0])
    for _ in range(8):
        widgets.append(_Nested(widgets[-1]))
    with qtbot.waitExposed(widgets[0]):
        widgets[0].show()
    before = [each.count for each in widgets]
    theme.set_scheme(Scheme.DARK)
    counts = [each.count - was for each, was in zip(widgets, before, strict=True)]
    theme.set_scheme(Scheme.SYSTEM)
    assert counts == [counts[0]] * 9
    assert counts[0] > 0
