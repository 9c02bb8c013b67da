import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.engine.records import LibraryModel, ModelRole
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.models.model_card import ModelCard
from tests.ui.fake_library import entry

LEFT = Qt.MouseButton.LeftButton
IN_USE, NEXT, KEPT, UNUSED = ModelRole


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def add(window: QWidget, theme: Theme, shown: LibraryModel) -> ModelCard:
    card = ModelCard(theme, shown)
    window.layout().addWidget(card)  # type: ignore[union-attr]
    card.show()
    return card


def labels(card: ModelCard) -> list[str]:
    return [each.text() for each in card.findChildren(QPushButton) if each.isVisibleTo(card)]


def button(card: ModelCard, text: str) -> QPushButton:
    return next(each for each in card.findChildren(QPushButton) if each.text() == text)


def words(card: ModelCard) -> str:
    return " ".join(each.text() for each in card.findChildren(QLabel) if each.isVisibleTo(card))


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (entry("clip"), []),
        (entry("clip", NEXT, vectors=3), ["Pause", "Cancel"]),
        (entry("clip", KEPT), ["Use", "Remove…"]),
        (entry("clip", UNUSED, vectors=0), ["Use", "Remove…"]),
        (entry("starter", KEPT, is_builtin=True), ["Use"]),
        (entry("clip", UNUSED, problem="config.json is missing."), ["Remove…"]),
        (entry("clip", NEXT, problem="config.json is missing."), ["Remove…"]),
    ],
)
def test_it_offers_what_makes_sense(
    window: QWidget, theme: Theme, shown: LibraryModel, expected: list[str]
) -> None:
    card = add(window, theme, shown)
    assert labels(card) == expected


def test_all_of_it_is_seen_and_read(window: QWidget, theme: Theme) -> None:
    card = add(window, theme, entry("clip", KEPT))
    for part in ("Clip", "Ready", "158 MB · MIT · English", "switching to it is instant"):
        assert part in words(card)
    assert card.accessibleName() == "Clip, Ready"
    assert "158 MB · MIT · English Prepared for 50" in card.accessibleDescription()
    assert button(card, "Use").accessibleName() == "Use: Clip"
    assert button(card, "Remove…").accessibleName() == "Remove: Clip"


def test_a_broken_one_tells_its_problem(window: QWidget, theme: Theme) -> None:
    card = add(window, theme, entry("clip", UNUSED, problem="config.json is missing."))
    assert "config.json is missing." in words(card)
    assert card.accessibleName() == "Clip, Cannot be used"
    assert "prepare" not in words(card)


def test_use_is_asked_for_once(qtbot: QtBot, window: QWidget, theme: Theme) -> None:
    card = add(window, theme, entry("clip", KEPT))
    with qtbot.waitSignal(card.use_asked) as asked:
        qtbot.mouseClick(button(card, "Use"), LEFT)
    assert asked.args == ["clip"]
    assert not button(card, "Use").isEnabled()
    card.show_error("The library cannot be written.")
    assert "The library cannot be written." in words(card)
    assert button(card, "Use").isEnabled()
    qtbot.mouseClick(button(card, "Use"), LEFT)
    assert "cannot be written" not in words(card)


def test_removing_is_asked_about_first(qtbot: QtBot, window: QWidget, theme: Theme) -> None:
    card = add(window, theme, entry("clip", KEPT))
    with qtbot.assertNotEmitted(card.removal_asked):
        qtbot.mouseClick(button(card, "Remove…"), LEFT)
    assert "This frees 158 MB, and 25 MB" in words(card)
    assert labels(card) == ["Remove", "Keep"]
    assert button(card, "Keep").hasFocus()
    card.show_model(entry("clip", KEPT, vectors=49), is_paused=False)
    assert labels(card) == ["Remove", "Keep"]  # news do not take the question away
    qtbot.keyClick(button(card, "Keep"), Qt.Key.Key_Escape)
    assert labels(card) == ["Use", "Remove…"]
    assert button(card, "Remove…").hasFocus()
    qtbot.mouseClick(button(card, "Remove…"), LEFT)
    with qtbot.waitSignal(card.removal_asked) as asked:
        qtbot.mouseClick(button(card, "Remove"), LEFT)
    assert asked.args == ["clip"]
    assert not button(card, "Remove…").isEnabled()


def test_preparing_can_be_paused_and_goes_on(qtbot: QtBot, window: QWidget, theme: Theme) -> None:
    card = add(window, theme, entry("clip", NEXT, vectors=3))
    with qtbot.waitSignal(card.paused):
        qtbot.mouseClick(button(card, "Pause"), LEFT)
    card.show_model(card.entry, is_paused=True)
    assert labels(card) == ["Continue", "Cancel"]
    with qtbot.waitSignal(card.continued):
        qtbot.mouseClick(button(card, "Continue"), LEFT)
    assert "kept" in button(card, "Cancel").toolTip()
    with qtbot.waitSignal(card.cancelled):
        qtbot.mouseClick(button(card, "Cancel"), LEFT)


def test_the_keyboard_stays_at_the_card_when_its_button_goes(
    qtbot: QtBot, window: QWidget, theme: Theme
) -> None:
    card = add(window, theme, entry("clip", NEXT, vectors=49))
    add(window, theme, entry("other", KEPT))
    button(card, "Pause").setFocus()
    card.show_model(entry("clip"), is_paused=False)
    assert card.hasFocus()


def test_the_role_in_use_has_the_accent(window: QWidget, theme: Theme) -> None:
    card = add(window, theme, entry("clip"))
    role = next(each for each in card.findChildren(QLabel) if each.text() == "In use")
    assert role.palette().windowText().color() == theme.accent_text


def test_long_names_do_not_widen_the_card(window: QWidget, theme: Theme) -> None:
    name = "a-model-with-a-very-long-name" * 10
    card = add(window, theme, entry(name, UNUSED, problem=f"/models/{name} is damaged."))
    assert card.minimumSizeHint().width() < 400
