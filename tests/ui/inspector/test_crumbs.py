import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.ui.inspector.crumbs import Crumbs, last_folders
from desktop_app.ui.kit.theme import Theme


@pytest.mark.parametrize(
    ("path", "folders"),
    [
        ("/a/b/c/d", ["/a/b", "/a/b/c", "/a/b/c/d"]),
        ("/a", ["/a"]),
        ("/", ["/"]),
        ("E:\\Photos\\2023", ["E:\\Photos", "E:\\Photos\\2023"]),
        ("E:\\", ["E:\\"]),
        ("", []),
    ],
)
def test_the_last_folders_of_a_path(path: str, folders: list[str]) -> None:
    assert last_folders(path) == folders


def test_paths_begin_where_the_library_does(qtbot: QtBot, theme: Theme) -> None:
    crumbs = Crumbs(theme)
    qtbot.addWidget(crumbs)
    crumbs.show_folder("/home/a/Pictures/Winter")
    crumbs.set_tops(["/home/a/Pictures", "/home"])
    assert [each.text() for each in crumbs.buttons] == ["Pictures", "Winter"]
    crumbs.set_tops([])
    assert [each.text() for each in crumbs.buttons] == ["a", "Pictures", "Winter"]


def test_each_name_asks_for_its_folder(qtbot: QtBot, theme: Theme) -> None:
    crumbs = Crumbs(theme)
    qtbot.addWidget(crumbs)
    crumbs.show_folder("/home/a/R&B/Winter")
    assert [each.text() for each in crumbs.buttons] == ["a", "R&&B", "Winter"]
    with qtbot.waitSignal(crumbs.asked) as asked:
        qtbot.mouseClick(crumbs.buttons[1], Qt.MouseButton.LeftButton)
    assert asked.args == ["/home/a/R&B"]
    crumbs.show_folder("/b")
    assert [each.text() for each in crumbs.buttons] == ["b"]
    crumbs.show_folder("")
    assert not crumbs.buttons
