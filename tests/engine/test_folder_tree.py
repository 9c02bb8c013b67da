"""The tree of folders, against a plain count of paths."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.folder_tree import FolderTree, build
from desktop_app.engine.records import ModelInfo, RootKind, SkipKind, SkippedFile, TreeFolder
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.folder_counts import CountedFolder
from desktop_app.engine.store.roots import StoredRoot
from tests.engine.store.conftest import DIM, picture

MODEL = ModelInfo("m", "M", DIM, is_builtin=False)


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    opened = Catalog.open(tmp_path / "catalog.sqlite3")
    yield opened
    opened.close()


def add(catalog: Catalog, root_id: int, *paths: str) -> None:
    catalog.write_pictures(root_id, MODEL, [replace(picture("x"), path=path) for path in paths])


def shown(state: dict[str, TreeFolder], path: str) -> tuple[int, int, list[str]]:
    folder = state[path]
    return folder.own, folder.total, [state[each].name for each in folder.children]


def test_folders_have_counts_and_natural_order(catalog: Catalog) -> None:
    root = catalog.add_root("/home/a/Photos", RootKind.FOLDER)
    add(catalog, root, "/home/a/Photos/one.jpg")
    for name in ("day 10", "day 9", "Ägypten"):
        add(catalog, root, f"/home/a/Photos/trips/{name}/a.jpg")
    add(catalog, root, "/home/a/Photos/trips/day 9/b.jpg")
    tree = FolderTree(catalog, dict)
    state = tree.state()
    assert state.tops == ("/home/a/Photos",)
    assert state.pictures == 5
    assert shown(dict(state.folders), "/home/a/Photos") == (1, 5, ["trips"])
    assert shown(dict(state.folders), "/home/a/Photos/trips") == (
        0,
        4,
        ["Ägypten", "day 9", "day 10"],
    )
    assert shown(dict(state.folders), "/home/a/Photos/trips/day 9") == (2, 2, [])
    assert tree.state() is state  # nothing has changed since
    add(catalog, root, "/home/a/Photos/two.jpg")
    assert tree.state().pictures == 6


def test_a_folder_without_pictures_is_there_too(catalog: Catalog) -> None:
    catalog.add_root("/empty", RootKind.FOLDER)
    state = FolderTree(catalog, dict).state()
    assert shown(dict(state.folders), "/empty") == (0, 0, [])
    assert state.folders["/empty"].is_top


def test_single_pictures_stand_last_by_their_folders(catalog: Catalog) -> None:
    for path in ("/b/x.jpg", "/b/y.jpg", "/z/in/w.jpg"):
        add(catalog, catalog.add_root(path, RootKind.FILE), path)
    add(catalog, catalog.add_root("/z", RootKind.FOLDER), "/z/v.jpg")
    state = FolderTree(catalog, dict).state()
    assert state.tops == ("/z", "/b")
    assert [state.folders[each].is_single for each in state.tops] == [False, True]
    assert shown(dict(state.folders), "/b") == (2, 2, [])
    assert shown(dict(state.folders), "/z") == (1, 2, ["in"])


def test_folders_of_windows(catalog: Catalog) -> None:
    add(catalog, catalog.add_root("E:\\", RootKind.FOLDER), "E:\\Photos\\2023\\a.jpg", "E:\\b.jpg")
    state = FolderTree(catalog, dict).state()
    assert shown(dict(state.folders), "E:\\") == (1, 2, ["Photos"])
    assert shown(dict(state.folders), "E:\\Photos") == (0, 1, ["2023"])
    assert state.folders["E:\\"].name == "E:\\"


def test_failures_count_where_they_are_or_in_the_next_folder_above(catalog: Catalog) -> None:
    root = catalog.add_root("/photos", RootKind.FOLDER)
    add(catalog, root, "/photos/a/x.jpg")
    kinds = {
        "/photos/a/broken.jpg": SkipKind.DAMAGED,
        "/photos/b/c/broken.jpg": SkipKind.DAMAGED,
        "/photos/a/note.txt": SkipKind.NOT_A_PICTURE,
        "/photos/usb": SkipKind.OFFLINE,
    }
    catalog.write_skipped(root, [SkippedFile(path, "No.", kind) for path, kind in kinds.items()])
    folders = FolderTree(catalog, dict).state().folders
    assert (folders["/photos"].failed, folders["/photos"].all_failed) == (1, 2)
    assert (folders["/photos/a"].failed, folders["/photos/a"].all_failed) == (1, 1)


def test_what_cannot_be_reached_says_so(catalog: Catalog) -> None:
    root = catalog.add_root("/photos", RootKind.FOLDER)
    other = catalog.add_root("/usb", RootKind.FOLDER)
    add(catalog, root, "/photos/drive/x.jpg")
    offline: dict[int | str, str] = {}
    tree = FolderTree(catalog, lambda: offline)
    assert not any(each.is_offline for each in tree.state().folders.values())
    offline = {other: "You may not read it.", "/photos/drive": "It does not answer."}
    folders = tree.state().folders
    assert [path for path, each in folders.items() if each.is_offline] == [
        "/photos/drive",
        "/usb",
    ]
    assert [folders[path].why_offline for path in ("/photos", "/photos/drive", "/usb")] == [
        "",
        "It does not answer.",
        "You may not read it.",
    ]


_names = st.lists(st.sampled_from("abc"), max_size=4)


@given(st.lists(_names, max_size=15), st.lists(_names, max_size=5))
def test_every_picture_counts_in_all_folders_above_it(
    pictures: list[list[str]], failed: list[list[str]]
) -> None:
    own = Counter("/".join(["/r", *folder]) for folder in pictures)
    state = build(
        [StoredRoot(1, "/r", RootKind.FOLDER, None, len(pictures))],
        [CountedFolder(path, 1, number) for path, number in own.items()],
        Counter("/".join(["/r", *folder]) for folder in failed),
        {},
    )
    above = {f"{path}/"[:end] for path in [*own, "/r"] for end in _ends(path)}
    assert set(state.folders) == above
    for path, folder in state.folders.items():
        below = [each for each in own if f"{each}/".startswith(f"{path}/")]
        assert folder.own == own[path]
        assert folder.total == sum(own[each] for each in below)
        assert all(child.rpartition("/")[0] == path for child in folder.children)
    assert state.folders["/r"].all_failed == len(failed)
    reached = {"/r", *(child for one in state.folders.values() for child in one.children)}
    assert reached == set(state.folders)


def _ends(path: str) -> list[int]:
    """Where the folders from the root on end in a path."""
    return [at for at, one in enumerate(f"{path}/") if one == "/" and at > 1]
