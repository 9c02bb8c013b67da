"""Files are renamed, moved and thrown away, and all that is known of their pictures stays."""

import errno
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import UnwritableError, UserFacingError
from desktop_app.engine.file_actions import placing, trash
from desktop_app.engine.file_actions.actions import GONE
from desktop_app.engine.file_actions.run import FOLDER_GONE, reason_of
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import FileAction, IndexSummary, Query
from tests.engine.file_actions.conftest import ids_by_name, last, path_of, undo
from tests.helpers.one_model import OneModel

Index = Callable[..., IndexSummary]
GO = CancelToken()


def found_by(library: Library, words: str) -> int:
    """The best hit."""
    return int(library.search(Query.of_words(words)).ids[0])


def test_a_renamed_picture_stays_what_it_is(filled: Library, pictures: Path, index: Index) -> None:
    red = ids_by_name(filled)["red.png"]
    done = last(filled.files.rename(red, "Sunset", GO))
    assert [one.new for one in done.done] == [str(pictures / "Sunset.png")]
    assert path_of(filled, red) == pictures / "Sunset.png"
    assert not (pictures / "red.png").exists()
    assert found_by(filled, "red") == red
    again = index(filled)
    assert (again.added, again.moved, again.removed) == (0, 0, 0)
    assert not undo(filled, done).failed
    assert path_of(filled, red) == pictures / "red.png"


def test_nothing_is_overwritten(filled: Library, pictures: Path) -> None:
    ids = ids_by_name(filled)
    done = last(filled.files.rename(ids["red.png"], "blue", GO))
    assert path_of(filled, ids["red.png"]).name == "blue (2).png"
    assert path_of(filled, ids["blue.png"]).name == "blue.png"
    assert len(list(pictures.iterdir())) == len(ids)
    undo(filled, done)
    assert path_of(filled, ids["red.png"]).name == "red.png"


@pytest.mark.parametrize("name", ["", "a/b", "CON", "x" * 300, "a\x00b"])
def test_a_name_that_cannot_be_is_refused_and_nothing_happens(filled: Library, name: str) -> None:
    red = ids_by_name(filled)["red.png"]
    with pytest.raises(UserFacingError, match="name"):
        list(filled.files.rename(red, name, GO))
    assert path_of(filled, red).name == "red.png"


def test_only_capitals_may_change(filled: Library) -> None:
    red = ids_by_name(filled)["red.png"]
    last(filled.files.rename(red, "RED.png", GO))
    assert path_of(filled, red).name == "RED.png"


def test_several_move_within_the_library(filled: Library, pictures: Path, index: Index) -> None:
    ids = ids_by_name(filled)
    below = pictures / "below"
    below.mkdir()
    (below / "red.png").write_bytes(b"another")
    done = last(filled.files.move(list(ids.values()), str(below), GO))
    assert len(done.done) == len(ids)
    assert path_of(filled, ids["red.png"]) == below / "red (2).png"
    assert (below / "red.png").read_bytes() == b"another"
    assert ids_by_name(filled).keys() == ids.keys() - {"red.png"} | {"red (2).png"}
    (below / "red.png").unlink()
    again = index(filled)
    assert (again.added, again.moved, again.removed) == (0, 0, 0)
    undo(filled, done)
    assert ids_by_name(filled) == ids
    assert all(path_of(filled, each).parent == pictures for each in ids.values())


def test_xmp_files_of_one_name_do_not_part_from_their_pictures(
    filled: Library, pictures: Path, tmp_path: Path, index: Index
) -> None:
    first, second, away = tmp_path / "first", tmp_path / "second", tmp_path / "away"
    for folder in (first, second, away):
        folder.mkdir()
    shutil.copy(pictures / "red.png", first / "a.png")
    shutil.copy(pictures / "blue.png", second / "a.apng")
    for folder in (first, second):
        (folder / "a.xmp").write_text(folder.name)
    index(filled, first, second)
    ids = ids_by_name(filled)
    done = last(filled.files.move([ids["a.png"], ids["a.apng"]], str(away), GO))
    assert not done.failed
    assert sorted(os.listdir(away)) == ["a (2).apng", "a (2).xmp", "a.png", "a.xmp"]
    assert (away / "a.xmp").read_text() == "first"
    assert (away / "a (2).xmp").read_text() == "second"
    assert not undo(filled, done).failed
    assert (second / "a.xmp").read_text() == "second"


@pytest.mark.parametrize("refused", ["times", "rights"])
def test_a_drive_that_keeps_no_times_or_rights_still_takes_files(
    filled: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    def refuse(*_given: object, **_named: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    def leads_elsewhere(source: str, target: str) -> None:
        if not source.endswith(placing.PARTIAL):
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        rename(source, target)

    rename, away = placing._rename, tmp_path / "away"
    away.mkdir()
    monkeypatch.setattr(placing, "_rename", leads_elsewhere)
    monkeypatch.setattr(os, "utime" if refused == "times" else "chmod", refuse)
    red = ids_by_name(filled)["red.png"]
    assert not last(filled.files.move([red], str(away), GO)).failed
    assert (away / "red.png").exists()


def test_a_folder_in_the_place_of_a_picture_stays(filled: Library, pictures: Path) -> None:
    red = ids_by_name(filled)["red.png"]
    (pictures / "red.png").unlink()
    (pictures / "red.png").mkdir()
    (pictures / "red.png" / "other.txt").write_text("of somebody")
    assert [one.reason for one in last(filled.files.trash([red], GO)).failed] == [GONE]
    assert (pictures / "red.png" / "other.txt").exists()


def test_what_is_there_already_stays(filled: Library, pictures: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(pictures)
    ids = ids_by_name(filled)
    for folder in (pictures, tmp_path / "link"):
        assert last(filled.files.move(list(ids.values()), str(folder), GO)).done == ()
    assert ids_by_name(filled) == ids


def test_out_of_the_library_and_back(
    filled: Library, pictures: Path, tmp_path: Path, index: Index
) -> None:
    ids, away = ids_by_name(filled), tmp_path / "away"
    away.mkdir()
    red = ids["red.png"]
    before = filled.search(Query.of_words("red")).ids.tolist()
    done = last(filled.files.move([red], str(away), GO))
    assert (len(done.done), done.left) == (1, 1)
    assert (away / "red.png").exists()
    assert red not in filled.picture_ids()
    assert red not in filled.search(Query.of_words("red")).ids
    assert index(filled).removed == 0
    undo(filled, done)
    assert path_of(filled, red) == pictures / "red.png"
    assert filled.search(Query.of_words("red")).ids.tolist() == before
    assert filled.unprepared() == 0
    assert index(filled).added == 0


def test_a_target_that_is_hidden_or_passed_over_is_out_of_the_library(
    filled: Library, pictures: Path, index: Index
) -> None:
    hidden = pictures / ".hidden"
    hidden.mkdir()
    red = ids_by_name(filled)["red.png"]
    assert last(filled.files.move([red], str(hidden), GO)).left == 1
    assert index(filled).added == 0


@pytest.mark.skipif(not trash.CAN_RESTORE, reason="only the system empties its trash there")
def test_into_the_trash_and_back(
    filled: Library, pictures: Path, tmp_path: Path, index: Index
) -> None:
    ids = ids_by_name(filled)
    some = [ids["red.png"], ids["blue.png"]]
    content = (pictures / "red.png").read_bytes()
    done = last(filled.files.trash(some, GO))
    assert (done.action, len(done.done), done.left, done.failed) == (FileAction.TRASH, 2, 2, ())
    in_trash = tmp_path / "home" / "xdg_data_home" / "Trash"
    assert sorted(os.listdir(in_trash / "files")) == ["blue.png", "red.png"]
    assert not set(some) & set(filled.picture_ids().tolist())
    assert index(filled).removed == 0
    back = undo(filled, done)
    assert (len(back.done), back.failed) == (2, ())
    assert (pictures / "red.png").read_bytes() == content
    assert os.listdir(in_trash / "files") == os.listdir(in_trash / "info") == []
    assert ids_by_name(filled) == ids
    assert found_by(filled, "red") == ids["red.png"]
    again = index(filled)
    assert (again.added, again.updated, again.removed) == (0, 0, 0)


@pytest.mark.skipif(not trash.CAN_RESTORE, reason="only the system empties its trash there")
def test_what_has_come_to_its_place_meanwhile_is_kept(filled: Library, pictures: Path) -> None:
    red = ids_by_name(filled)["red.png"]
    (pictures / "red.png.xmp").write_text("<red/>")
    done = last(filled.files.trash([red], GO))
    assert not (pictures / "red.png.xmp").exists()
    (pictures / "red.png").write_bytes(b"newer")
    assert not undo(filled, done).failed
    assert (pictures / "red.png").read_bytes() == b"newer"
    assert path_of(filled, red).name == "red (2).png"
    assert (pictures / "red (2).png.xmp").read_text() == "<red/>"


def test_put_back_by_hand_it_is_the_picture_that_it_was(
    filled: Library, pictures: Path, tmp_path: Path, index: Index
) -> None:
    red = ids_by_name(filled)["red.png"]
    shutil.copy2(pictures / "red.png", tmp_path / "kept.png")
    last(filled.files.trash([red], GO))
    shutil.copy2(tmp_path / "kept.png", pictures / "red.png")
    assert index(filled).added == 1
    assert ids_by_name(filled)["red.png"] != red
    assert filled.files.welcome_back() == 1
    assert ids_by_name(filled)["red.png"] == red
    assert found_by(filled, "red") == red
    assert filled.files.welcome_back() == 0


@pytest.mark.skipif(not trash.CAN_RESTORE, reason="only the system empties its trash there")
def test_a_description_of_what_is_not_there_hides_nothing(
    filled: Library, pictures: Path, tmp_path: Path
) -> None:
    red = ids_by_name(filled)["red.png"]
    done = last(filled.files.trash([red], GO))
    info = tmp_path / "home" / "xdg_data_home" / "Trash" / "info"
    lines = f"[Trash Info]\nPath={pictures / 'red.png'}\nDeletionDate=2099-01-01T00:00:00\n"
    (info / "red 1.png.trashinfo").write_text(lines)
    (info / "broken.trashinfo").write_bytes(b"\xff\xfe=")
    assert undo(filled, done).failed == ()
    assert path_of(filled, red) == pictures / "red.png"


@pytest.mark.skipif(not trash.CAN_RESTORE, reason="only the system empties its trash there")
def test_an_emptied_trash_is_said(filled: Library, tmp_path: Path) -> None:
    done = last(filled.files.trash([ids_by_name(filled)["red.png"]], GO))
    shutil.rmtree(tmp_path / "home" / "xdg_data_home" / "Trash")
    back = undo(filled, done)
    assert [one.reason for one in back.failed] == [trash.NOT_IN_TRASH]


def test_where_only_the_system_can_restore_it_is_said(
    filled: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = last(filled.files.trash([ids_by_name(filled)["red.png"]], GO))
    monkeypatch.setattr(trash, "CAN_RESTORE", False)
    assert [one.reason for one in undo(filled, done).failed] == [trash.BY_HAND]


def test_what_lies_beside_a_picture_goes_with_it(filled: Library, pictures: Path) -> None:
    ids, below = ids_by_name(filled), pictures / "below"
    below.mkdir()
    for name in ("red.png.xmp", "blue.xmp", "green.xmp", "green.cr2"):
        (pictures / name).write_text(name)
    some = [ids["red.png"], ids["blue.png"], ids["green.png"]]
    done = last(filled.files.move(some, str(below), GO))
    assert sorted(os.listdir(below)) == [
        "blue.png", "blue.xmp", "green.png", "red.png", "red.png.xmp",
    ]  # fmt: skip
    undo(filled, done)
    assert os.listdir(below) == []
    assert (pictures / "blue.xmp").read_text() == "blue.xmp"
    last(filled.files.rename(ids["red.png"], "sun", GO))
    assert (pictures / "sun.png.xmp").read_text() == "red.png.xmp"


def test_to_another_volume(
    filled: Library, pictures: Path, monkeypatch: pytest.MonkeyPatch, index: Index
) -> None:
    other = pictures / "other"
    other.mkdir()
    replace = os.replace

    def across(source: str, target: str) -> None:
        if os.path.dirname(source) != os.path.dirname(target):
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        replace(source, target)

    monkeypatch.setattr(os, "replace", across)
    ids = ids_by_name(filled)
    before = (pictures / "red.png").stat().st_mtime_ns
    assert not last(filled.files.move(list(ids.values()), str(other), GO)).failed
    assert sorted(os.listdir(other)) == sorted(ids)
    assert [each.name for each in pictures.iterdir()] == ["other"]
    assert (other / "red.png").stat().st_mtime_ns == before
    again = index(filled)
    assert (again.added, again.moved, again.updated) == (0, 0, 0)


@pytest.mark.parametrize("fault", ["differs", "full", "stopped"])
def test_a_copy_that_fails_leaves_the_original_and_nothing_else(
    filled: Library, pictures: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    other = pictures / "other"
    other.mkdir()
    token = CancelToken()

    def across(_source: str, _target: str) -> None:
        if fault == "stopped":
            token.cancel()
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", across)
    if fault == "differs":
        hashes = iter(range(10))
        monkeypatch.setattr(placing, "content_hash", lambda _path: next(hashes))
    if fault == "full":
        monkeypatch.setattr(os, "fsync", full)
    red = ids_by_name(filled)["red.png"]
    summary = last(filled.files.move([red], str(other), token))
    assert os.listdir(other) == []
    assert path_of(filled, red) == pictures / "red.png"
    assert (pictures / "red.png").exists()
    said = {"differs": ["The copy is not the same as the original."], "full": ["The disk is full."]}
    assert [one.reason for one in summary.failed] == said.get(fault, [])
    assert summary.cancelled is (fault == "stopped")


def test_what_cannot_be_done_is_listed_and_the_rest_is_done(
    filled: Library, pictures: Path
) -> None:
    ids, below = ids_by_name(filled), pictures / "below"
    below.mkdir()
    (pictures / "red.png").unlink()
    done = last(filled.files.move(list(ids.values()), str(below), GO))
    assert [(Path(one.path).name, one.reason) for one in done.failed] == [
        ("red.png", "This file is gone.")
    ]
    assert len(done.done) == len(ids) - 1


def test_a_drive_that_is_not_connected_is_said(
    filled: Library, pictures: Path, tmp_path: Path
) -> None:
    red = ids_by_name(filled)["red.png"]
    pictures.rename(tmp_path / "pulled")
    done = last(filled.files.trash([red], GO))
    [failed] = done.failed
    assert "connected" in failed.reason
    assert red in filled.picture_ids()


def test_a_drive_that_is_pulled_out_in_the_middle_gets_nothing_more(
    filled: Library, pictures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids, away = ids_by_name(filled), tmp_path / "away"
    away.mkdir()
    stat, calls = os.stat, iter(range(1000))

    def other_disk(path: str, *arguments: Any, **more: Any) -> os.stat_result:
        found = stat(path, *arguments, **more)
        if path != str(away) or next(calls) < 5:
            return found
        values = list(found)
        values[2] += 1
        return os.stat_result(values)

    monkeypatch.setattr(os, "stat", other_disk)
    done = last(filled.files.move(list(ids.values()), str(away), GO))
    monkeypatch.undo()
    assert done.done
    assert done.failed
    assert {one.reason for one in done.failed} == {FOLDER_GONE}
    assert len(os.listdir(away)) == len(done.done)
    assert len(os.listdir(pictures)) == len(done.failed)


def test_nothing_is_put_back_where_a_drive_was(
    filled: Library, pictures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = tmp_path / "away"
    away.mkdir()
    done = last(filled.files.move([ids_by_name(filled)["red.png"]], str(away), GO))
    pictures.rename(tmp_path / "pulled")
    monkeypatch.setattr(filled.files, "_offline", lambda: {filled.roots()[0].id})
    [failed] = undo(filled, done).failed
    assert failed.reason == "Its drive or folder cannot be reached."
    assert not pictures.exists()
    assert os.listdir(away) == ["red.png"]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may do anything")
def test_no_permission_is_said(filled: Library, pictures: Path, tmp_path: Path) -> None:
    away = tmp_path / "away"
    away.mkdir()
    pictures.chmod(0o500)
    try:
        done = last(filled.files.move([ids_by_name(filled)["red.png"]], str(away), GO))
    finally:
        pictures.chmod(0o700)
    assert [one.reason for one in done.failed] == ["You may not change this file or its folder."]
    assert os.listdir(away) == []


@pytest.mark.parametrize("folder", ["nowhere", "red.png", "\udcff"])
def test_no_such_folder(filled: Library, pictures: Path, folder: str) -> None:
    with pytest.raises(UserFacingError, match="folder"):
        list(filled.files.move([1], str(pictures / folder), GO))


def test_it_can_be_stopped(filled: Library, pictures: Path) -> None:
    ids, below, token = ids_by_name(filled), pictures / "below", CancelToken()
    below.mkdir()
    reports = filled.files.move(list(ids.values()), str(below), token)
    next(reports)
    token.cancel()
    done = last(reports)
    assert (done.cancelled, len(done.done)) == (True, 1)
    assert len(os.listdir(below)) == 1
    assert sorted(ids_by_name(filled)) == sorted(ids)


def test_a_picture_that_was_added_by_itself(
    library: Library, pictures: Path, tmp_path: Path, index: Index
) -> None:
    index(library, pictures / "red.png")
    (red,) = library.picture_ids().tolist()
    away = tmp_path / "away"
    away.mkdir()
    done = last(library.files.move([red], str(away), GO))
    assert done.left == 0
    assert [root.path for root in library.roots()] == [str(away / "red.png")]
    assert index(library).removed == 0
    undo(library, done)
    assert [root.path for root in library.roots()] == [str(pictures / "red.png")]
    done = last(library.files.trash([red], GO))
    assert library.roots() == []
    if trash.CAN_RESTORE:
        undo(library, done)
        assert path_of(library, red) == pictures / "red.png"


def test_a_library_that_is_only_read_stays_as_it_is(
    filled: Library, paths: DataPaths, models: OneModel, pictures: Path
) -> None:
    red = ids_by_name(filled)["red.png"]
    filled.close()
    reader = Library.open(paths, models, writable=False)
    reader._use.unwritable = UnwritableError("It may only be read.")
    with pytest.raises(UnwritableError):
        list(reader.files.rename(red, "sun", GO))
    assert (pictures / "red.png").exists()
    reader.close()


def test_pictures_can_be_moved_while_others_are_indexed(
    filled: Library, pictures: Path, index: Index
) -> None:
    ids, below = ids_by_name(filled), pictures / "below"
    below.mkdir()
    run = filled.index([], CancelToken())
    next(run)
    assert not last(filled.files.move([ids["red.png"]], str(below), GO)).failed
    list(run)
    assert path_of(filled, ids["red.png"]) == below / "red.png"
    assert index(filled).added == 0


def test_a_scan_leaves_alone_what_is_just_being_thrown_away(
    filled: Library, pictures: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    red = ids_by_name(filled)["red.png"]
    throw_away = trash.throw_away

    def while_scanning(path: str) -> None:
        throw_away(path)
        filled._use._work = "Pictures are being indexed already."
        filled._use._working.release()
        assert index(filled, confirm_removals=True).removed == 0
        filled._use._working.acquire()

    monkeypatch.setattr(trash, "throw_away", while_scanning)
    done = last(filled.files.trash([red], GO))
    assert done.left == 1
    if trash.CAN_RESTORE:
        undo(filled, done)
        assert ids_by_name(filled)["red.png"] == red


def test_a_link_is_not_led_astray(filled: Library, pictures: Path, index: Index) -> None:
    below = pictures / "below"
    below.mkdir()
    target = pictures.parent / "elsewhere.png"
    shutil.copy(pictures / "red.png", target)
    (pictures / "link.png").symlink_to("../elsewhere.png")
    index(filled)
    link = ids_by_name(filled).get("link.png")
    if link is None:
        pytest.skip("links are not followed here")
    [failed] = last(filled.files.move([link], str(below), GO)).failed
    assert "link" in failed.reason


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "You may not change this file"),
        (OSError(errno.EROFS, "Read-only file system"), "This drive may only be read."),
        (OSError(errno.EIO, "Input/output error"), "The drive does not answer."),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), "no room left for you"),
        (OSError(errno.EBUSY, "Device or resource busy"), "(Device or resource busy)"),
        (OSError("A sentence of ours."), "A sentence of ours."),
    ],
)
def test_why_the_system_refuses_is_said_plainly(error: OSError, said: str) -> None:
    assert said in reason_of(error)


@pytest.mark.parametrize("error", [PermissionError(errno.EACCES, "no"), FileNotFoundError("~")])
def test_where_there_is_no_trash_nothing_is_deleted(
    filled: Library, pictures: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    import send2trash

    def refuse(_path: str) -> None:
        raise error

    monkeypatch.setattr(send2trash, "send2trash", refuse)
    red = ids_by_name(filled)["red.png"]
    done = last(filled.files.trash([red], GO))
    assert [one.reason for one in done.failed] == [trash.NO_TRASH]
    assert (pictures / "red.png").exists()
    assert red in filled.picture_ids()


def test_what_is_back_already_keeps_its_name(filled: Library, pictures: Path) -> None:
    red, below = ids_by_name(filled)["red.png"], pictures / "below"
    below.mkdir()
    done = last(filled.files.move([red], str(below), GO))
    last(filled.files.move([red], str(pictures), GO))
    assert undo(filled, done).done == ()
    assert path_of(filled, red) == pictures / "red.png"


@pytest.mark.skipif(not trash.CAN_RESTORE, reason="the system's trash gives nothing back")
@pytest.mark.parametrize("written", ["by another name", "from the mount point"])
def test_the_trash_of_a_drive_that_is_reached_by_a_link(
    library: Library, pictures: Path, tmp_path: Path, index: Index, written: str
) -> None:
    """Its descriptions name the folder itself, or lead from the drive's top over the link."""
    link = tmp_path / "link"
    link.symlink_to(pictures)
    index(library, link)
    red = ids_by_name(library)["red.png"]
    assert path_of(library, red).parent == link
    done = last(library.files.trash([red], GO))
    (info,) = (tmp_path / "home" / "xdg_data_home" / "Trash" / "info").iterdir()
    place = pictures / "red.png"
    if written == "from the mount point":
        place = Path(os.path.relpath(link / "red.png", tmp_path / "home" / "xdg_data_home"))
    text = info.read_text().splitlines()
    lines = [f"Path={place}" if line.startswith("Path=") else line for line in text]
    info.write_text("\n".join(lines))
    assert not undo(library, done).failed
    assert (pictures / "red.png").exists()
    assert path_of(library, red) == link / "red.png"


def test_a_folder_of_the_library_by_another_name_is_one_of_the_library(
    library: Library, pictures: Path, tmp_path: Path, index: Index
) -> None:
    link, below = tmp_path / "link", pictures / "below"
    below.mkdir()
    link.symlink_to(pictures)
    index(library, link)
    red = ids_by_name(library)["red.png"]
    done = last(library.files.move([red], str(below), GO))
    assert (len(done.done), done.left) == (1, 0)
    assert path_of(library, red) == link / "below" / "red.png"
    again = index(library)
    assert (again.added, again.moved, again.removed) == (0, 0, 0)
