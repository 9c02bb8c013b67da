from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.captions import Captions
from desktop_app.ui.main_menu import MainActions, MainMenu
from desktop_app.ui.theme import Theme


def test_every_entry_does_what_it_says(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    done: list[str] = []
    actions = MainActions(
        add_folder=lambda: done.append("add"),
        rescan=lambda: done.append("rescan"),
        open_folders=lambda: done.append("folders"),
        open_models=lambda: done.append("models"),
        set_gentle=lambda is_gentle: done.append(f"gentle {is_gentle}"),
        set_captions=lambda captions: done.append(f"{captions.names} {captions.dates}"),
    )
    menu = MainMenu(actions, theme, window)
    entries = [action for action in menu.actions() if not action.isSeparator()]
    assert [action.text().split("\t")[0] for action in entries] == [
        "Add folder…",
        "Look for changes",
        "Folders…",
        "Models…",
        "Show names",
        "Show dates",
        "Slow down while I work",
    ]
    *entries, names, dates, gentle = entries
    for action in entries:
        assert "\t" in action.text()  # its keys
        assert not action.icon().isNull()
        action.trigger()
    assert done == ["add", "rescan", "folders", "models"]
    gentle.trigger()
    assert gentle.isChecked()
    menu.set_gentle(False)
    assert done[4:] == ["gentle True", "gentle False"]
    names.trigger()
    dates.trigger()
    assert done[6:] == ["True False", "True True"]
    menu.set_captions(Captions(dates=True))
    assert not names.isChecked()
    assert menu.captions == Captions(dates=True)
