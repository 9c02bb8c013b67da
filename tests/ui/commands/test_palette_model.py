"""What the palette lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from desktop_app.ui.commands.palette_model import Choice, ChoiceRole, PaletteModel, ranked

TRASH = Choice("trash", "Move to trash", "Picture", "Del")
FOLDER = Choice("move", "Move to folder…", "Picture", "Ctrl+M")
FOLDERS = Choice("folders", "Folders…", "File")
MODELS = Choice("models", "Models…", "File", why_not="The library is being opened.")
ALL = [FOLDERS, MODELS, TRASH, FOLDER]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("move tr", [TRASH]),
        ("tr move", [TRASH]),  # in any order
        ("mo", [TRASH, FOLDER, MODELS]),  # what cannot be done stands last
        ("fol", [FOLDERS, FOLDER]),  # what begins with it goes first
        ("picture fol", [FOLDER]),  # the menu counts too
        ("FÓLDER", [FOLDERS, FOLDER]),  # case and accents do not
        ("ove", []),  # only beginnings do
        ("…", [FOLDERS, TRASH, FOLDER, MODELS]),  # no word at all
    ],
)
def test_words_in_any_order_and_beginnings_suffice(typed: str, found: list[Choice]) -> None:
    assert ranked(ALL, typed, []) == found


def test_what_was_used_last_goes_first() -> None:
    assert ranked(ALL, "", ["move", "trash"]) == [FOLDER, TRASH, FOLDERS, MODELS]
    assert ranked(ALL, "mo", ["models", "move"]) == [FOLDER, TRASH, MODELS]


@given(st.text(), st.lists(st.text(), max_size=5))
def test_whatever_is_typed_lists_some_of_what_there_is_once(typed: str, used: list[str]) -> None:
    found = ranked(ALL, typed, used)
    assert len({each.name for each in found}) == len(found)
    assert set(found) <= set(ALL)


def test_rows_for_lists_and_screen_readers(qtmodeltester: ModelTester) -> None:
    model = PaletteModel()
    model.show(ALL)
    qtmodeltester.check(model)
    index = model.index(1, 0)
    assert index.data() == "Models…"
    assert index.data(ChoiceRole) is MODELS
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Models…, File, The library is being opened."
