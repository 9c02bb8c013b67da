"""SIGKILL while files are moved about: every picture is there, under its id, and searchable.

``pytest tests/engine/file_actions/test_killed.py --kills 800`` kills 114 times, not three.
"""

import os
import random
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.file_actions import recovery, trash
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import IndexSummary, Query
from desktop_app.engine.store.file_moves import FileMoves
from tests.engine.file_actions.conftest import ids_by_name, last
from tests.helpers.kills import lines_until_killed, start
from tests.helpers.one_model import OneModel

Index = Callable[..., IndexSummary]
PICTURES = 60

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    folders = [tmp_path / "pictures" / name for name in "ab"]
    for folder in folders:
        folder.mkdir(parents=True)
    for number in range(PICTURES):
        colour = (number * 4 % 256, number, 128)
        Image.new("RGB", (24, 24), colour).save(folders[0] / f"{number}.png")
        (folders[0] / f"{number}.png.xmp").write_text(str(number))
    return folders


def test_nothing_is_lost(
    folders: list[Path],
    tmp_path: Path,
    paths: DataPaths,
    models: OneModel,
    index: Index,
    request: pytest.FixtureRequest,
) -> None:
    away = tmp_path / "away"
    away.mkdir()
    library = Library.open(paths, models)
    index(library, folders[0].parent)
    ids = set(ids_by_name(library).values())
    library.close()
    ways = [folders[::-1], [away], [Path("trash")]]
    for number in range(max(len(ways), request.config.getoption("--kills") // 7)):
        targets = ways[number % len(ways)]
        process = start(["tests.helpers.move_files", paths.data, *targets])
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "ready"
        lines_until_killed(process, random.uniform(0.0, 0.25))
        library = Library.open(paths, models)
        if random.random() < 0.5 and targets is ways[0]:  # a scan may come before
            index(library)
        library.files.recover()
        assert library._catalog.file_moves.unfinished() == []
        found = library.pictures(library.picture_ids().tolist())
        gone = ids - found.keys()
        _check_files(library, folders, away, tmp_path / "home" / "xdg_data_home" / "Trash")
        if targets is ways[0]:
            assert not gone
        again = index(library)
        assert (again.added, again.removed, again.updated) == (0, 0, 0), again
        hits = library.search(Query.of_words("red")).ids.tolist()
        assert sorted(hits) == sorted(found)
        if gone:  # in the trash, or outside, where it was going: bring it back for the next round
            _bring_back(paths.catalog, away)
            index(library)
            library.files.welcome_back()
            assert set(ids_by_name(library).values()) == ids
        library.close()


def _check_files(library: Library, folders: list[Path], away: Path, trash: Path) -> None:
    """Every file is somewhere, once, with what belongs to it; and each picture at its place."""
    # Killed between the two, the trash has a description of what is not in it; the next file of
    # that name would get a number there.
    for info in (trash / "info").glob("*.trashinfo"):
        if not (trash / "files" / info.stem).exists():
            info.unlink()
    places = [*folders, away, trash / "files"]
    names = [name for place in places if place.is_dir() for name in os.listdir(place)]
    assert sorted(names) == sorted(
        [f"{n}.png" for n in range(PICTURES)] + [f"{n}.png.xmp" for n in range(PICTURES)]
    )
    for one in library.pictures(library.picture_ids().tolist()).values():
        assert Path(one.path).stat().st_size > 0


def _bring_back(catalog: Path, away: Path) -> None:
    """Put the files of departed pictures back by hand, and what belongs to them."""
    trash = away.parent / "home" / "xdg_data_home" / "Trash"
    with closing(sqlite3.connect(catalog)) as connection:
        rows = connection.execute("SELECT path FROM departed").fetchall()
    for path in (Path(row[0]) for row in rows):
        for name in (path.name, f"{path.name}.xmp"):
            for place in (away, trash / "files"):
                if (place / name).exists():
                    (place / name).rename(path.with_name(name))
                    (trash / "info" / f"{name}.trashinfo").unlink(missing_ok=True)


def test_a_rescan_finds_what_was_moved_and_not_written(
    library: Library, pictures: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if it was killed in between, and the journal were lost too."""
    index(library, pictures)
    ids, below = ids_by_name(library), pictures / "below"
    below.mkdir()

    def killed(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(FileMoves, "write", killed)
        with pytest.raises(KeyboardInterrupt):
            list(library.files.move(list(ids.values()), str(below), CancelToken()))
    assert sorted(os.listdir(below)) == sorted(ids)
    again = index(library)
    assert (again.moved, again.added, again.removed) == (len(ids), 0, 0)
    assert ids_by_name(library) == ids
    library.files.recover()
    assert ids_by_name(library) == ids


def test_a_name_that_was_only_taken_is_given_back(
    library: Library, pictures: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(library, pictures)
    below = pictures / "below"
    below.mkdir()
    red = ids_by_name(library)["red.png"]

    def killed(_source: str, _target: str) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr("desktop_app.engine.file_actions.placing.os.replace", killed)
        patch.setattr(
            "desktop_app.engine.file_actions.placing.remove_placeholder", lambda _target: None
        )
        patch.setattr(FileMoves, "write", lambda *_arguments: ([], []))
        with pytest.raises(SystemExit):
            list(library.files.move([red], str(below), CancelToken()))
    assert (below / "red.png").stat().st_size == 0
    library.files.recover()
    assert os.listdir(below) == []
    assert ids_by_name(library)["red.png"] == red
    assert last(library.files.move([red], str(below), CancelToken())).failed == ()


@pytest.mark.parametrize("is_drive_there", [True, False])
def test_where_nobody_may_look_into_the_trash_what_was_going_there_is_kept(
    library: Library,
    pictures: Path,
    index: Index,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    is_drive_there: bool,
) -> None:
    """As on Windows and macOS; it comes back with its labels where the user puts it back."""
    index(library, pictures)
    red, aside = ids_by_name(library)["red.png"], tmp_path / "aside"
    library.labels.rate([red], 5)

    def killed(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(trash, "CAN_RESTORE", False)
    monkeypatch.setattr(recovery, "CAN_RESTORE", False)
    with monkeypatch.context() as patch:
        patch.setattr(trash, "throw_away", lambda path: os.rename(path, aside))
        patch.setattr(FileMoves, "write", killed)
        with pytest.raises(KeyboardInterrupt):
            list(library.files.trash([red], CancelToken()))
    if not is_drive_there:
        pictures.rename(tmp_path / "unplugged")
    library.files.recover()
    if not is_drive_there:
        (tmp_path / "unplugged").rename(pictures)
    assert (red in library.picture_ids()) is not is_drive_there
    aside.rename(pictures / "red.png")
    index(library)
    library.files.welcome_back()
    assert ids_by_name(library)["red.png"] == red
    assert library.labels.of([red])[red].rating == 5
