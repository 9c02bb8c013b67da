from dataclasses import replace

from desktop_app.engine.records import Root, RootKind, SkipKind, SkippedFile
from desktop_app.ui.folders.folder_lines import SINGLE_PICTURES, folder_lines
from tests.ui.fake_library import folder


def single(root_id: int, *, pictures: int = 1, is_connected: bool = True) -> Root:
    path = f"/desk/{root_id}.jpg"
    return Root(root_id, path, RootKind.FILE, 5.0 * root_id, pictures, is_connected)


def failure(path: str) -> SkippedFile:
    return SkippedFile(path, "It is cut short.", SkipKind.DAMAGED)


def test_every_folder_has_a_line_and_single_pictures_share_the_last() -> None:
    lines = folder_lines([single(7), folder("Photos", 1), single(9), folder("Work", 3)], [])
    assert [(line.key, line.roots) for line in lines] == [
        (1, (1,)),
        (3, (3,)),
        (SINGLE_PICTURES, (7, 9)),
    ]
    assert [line.is_folder for line in lines] == [True, True, False]
    assert (lines[2].pictures, lines[2].scanned_at_s, lines[2].path) == (2, 45.0, "")


def test_single_pictures_are_offline_when_none_can_be_reached() -> None:
    gone, here = single(1, is_connected=False), single(2)
    assert folder_lines([gone, here], [])[0].is_connected
    assert not folder_lines([gone, replace(here, is_connected=False)], [])[0].is_connected


def test_a_reason_is_told_where_there_is_one() -> None:
    away = replace(folder("USB", 3), is_connected=False, why_offline="You may not read it.")
    one, other = (
        replace(single(number, is_connected=False), why_offline="It is gone.") for number in (4, 5)
    )
    lines = folder_lines([away, one, other], [])
    assert [line.why_offline for line in lines] == ["You may not read it.", "It is gone."]
    other = replace(other, why_offline="It does not answer.")
    assert folder_lines([one, other], [])[0].why_offline == ""


def test_a_failure_counts_in_the_innermost_folder() -> None:
    outer, inner = folder("Photos", 1), folder("Photos/.hidden", 2)
    failures = [
        failure("/pictures/Photos/a.jpg"),
        failure("/pictures/Photos/deep/down/b.jpg"),
        failure("/pictures/Photos/.hidden/c.jpg"),
        failure("/pictures/Photos2/d.jpg"),
    ]
    assert [line.failed for line in folder_lines([outer, inner], failures)] == [2, 1]


def test_a_folder_that_is_not_there_is_no_file_that_failed() -> None:
    assert folder_lines([folder("Photos", 1)], [failure("/pictures/Photos")])[0].failed == 0
    assert folder_lines([single(4, pictures=0)], [failure("/desk/4.jpg")])[0].failed == 1
