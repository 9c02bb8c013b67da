"""The façade: what a user does with a library, from the first folder to the next start."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.engine import root_presence
from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import (
    LibraryInUseError,
    ModelError,
    QueryError,
    StoreError,
    UserFacingError,
)
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import (
    ChangedPlace,
    Counted,
    Group,
    GroupBy,
    IndexProgress,
    IndexSummary,
    Query,
    RootKind,
    SkipKind,
    SortBy,
)
from tests.helpers.fake_encoder import COLOURS, FakeEncoder
from tests.helpers.one_model import OneModel
from tests.helpers.pictures import write_damaged

Index = Callable[..., IndexSummary]


def names(library: Library, query: Query, limit: int | None = None) -> list[str]:
    hits = library.search(query, limit)
    found = library.pictures(hits.ids.tolist())
    return [Path(found[id_].path).stem for id_ in hits.ids.tolist()]


def names_in_library(library: Library) -> set[str]:
    found = library.pictures(library.picture_ids().tolist())
    return {Path(picture.path).name for picture in found.values()}


def test_index_then_search_by_words(library: Library, pictures: Path, index: Index) -> None:
    summary = index(library, pictures)
    assert (summary.added, summary.failed, summary.cancelled) == (len(COLOURS), (), False)
    for colour in COLOURS:
        assert names(library, Query.of_words(colour))[0] == colour
    assert len(names(library, Query.of_words("red"))) == len(COLOURS)
    assert len(names(library, Query.of_words("red"), limit=3)) == 3


def test_search_by_a_picture_from_outside(library: Library, pictures: Path, index: Index) -> None:
    index(library, pictures)
    data = (pictures / "yellow.png").read_bytes()
    assert names(library, Query.of_picture(data))[0] == "yellow"


def test_find_similar_puts_the_picture_itself_first(
    library: Library, pictures: Path, index: Index
) -> None:
    index(library, pictures)
    by_name = {
        Path(p.path).stem: p.id for p in library.pictures(library.picture_ids().tolist()).values()
    }
    hits = library.search(Query.of_picture(picture_id=by_name["green"]))
    assert hits.ids[0] == by_name["green"]
    assert hits.scores[0] == pytest.approx(1, abs=2e-3)


def test_a_damaged_query_picture_is_refused_in_plain_words(
    library: Library, pictures: Path, index: Index
) -> None:
    index(library, pictures)
    with pytest.raises(QueryError, match="cannot be used"):
        library.search(Query.of_picture(b"no picture at all"))


def test_second_run_changes_nothing(
    paths: DataPaths, library: Library, pictures: Path, index: Index
) -> None:
    index(library, pictures)
    summary = index(library, pictures)
    assert (summary.added, summary.updated, summary.unchanged) == (0, 0, len(COLOURS))


def test_same_hits_after_a_restart(paths: DataPaths, pictures: Path, index: Index) -> None:
    first = Library.open(paths, OneModel(FakeEncoder()))
    index(first, pictures)
    before = first.search(Query.of_words("orange"))
    first.close()
    again = Library.open(paths, OneModel(FakeEncoder()))
    after = again.search(Query.of_words("orange"))
    again.close()
    assert before.ids.tolist() == after.ids.tolist()
    assert before.scores.tolist() == after.scores.tolist()


def test_newest_picture_comes_first(library: Library, pictures: Path, index: Index) -> None:
    for age, name in enumerate(["blue", "red", "green"]):
        os.utime(pictures / f"{name}.png", (2_000_000_000 - age, 2_000_000_000 - age))
    index(library, pictures)
    ids = library.picture_ids().tolist()[:3]
    found = library.pictures(ids)
    assert [Path(found[id_].path).stem for id_ in ids] == ["blue", "red", "green"]


def test_a_changed_picture_keeps_its_id(library: Library, pictures: Path, index: Index) -> None:
    index(library, pictures)
    before = set(library.picture_ids().tolist())
    Image.new("RGB", (32, 32), COLOURS["white"]).save(pictures / "red.png")
    os.utime(pictures / "red.png", (1, 1))
    summary = index(library, pictures)
    assert (summary.updated, summary.added, summary.removed) == (1, 0, 0)
    assert set(library.picture_ids().tolist()) == before
    assert set(names(library, Query.of_words("white"), limit=2)) == {"white", "red"}


def test_a_moved_picture_keeps_its_id(library: Library, pictures: Path, index: Index) -> None:
    index(library, pictures)
    before = set(library.picture_ids().tolist())
    (pictures / "sub").mkdir()
    (pictures / "red.png").rename(pictures / "sub" / "crimson.png")
    summary = index(library, pictures)
    assert (summary.moved, summary.added, summary.removed) == (1, 0, 0)
    assert set(library.picture_ids().tolist()) == before
    assert names(library, Query.of_words("red"))[0] == "crimson"


def test_moved_between_two_added_folders(library: Library, tmp_path: Path, index: Index) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        Image.new("RGB", (30, 30), COLOURS["blue"]).save(tmp_path / folder / f"{folder}.png")
    Image.new("RGB", (30, 30), COLOURS["red"]).save(tmp_path / "a" / "red.png")
    index(library, tmp_path / "a", tmp_path / "b")
    before = set(library.picture_ids().tolist())
    (tmp_path / "a" / "red.png").rename(tmp_path / "b" / "red.png")
    summary = index(library)
    assert (summary.moved, summary.removed, summary.added) == (1, 0, 0)
    assert set(library.picture_ids().tolist()) == before


def test_a_deleted_picture_is_no_longer_found(
    library: Library, pictures: Path, index: Index
) -> None:
    index(library, pictures)
    (pictures / "red.png").unlink()
    assert index(library).removed == 1
    assert "red" not in names(library, Query.of_words("red"))


def test_an_unplugged_folder_keeps_its_pictures(
    library: Library, pictures: Path, index: Index
) -> None:
    index(library, pictures)
    pictures.rename(pictures.with_name("elsewhere"))
    summary = index(library)
    assert summary.removed == 0
    assert [skip.path for skip in summary.failed] == [str(pictures)]
    assert len(library.picture_ids()) == len(COLOURS)
    [root] = library.roots()
    assert not root.is_connected
    assert root.why_offline == summary.failed[0].reason
    assert root.why_offline.startswith("It is not there")
    pictures.with_name("elsewhere").rename(pictures)
    [root] = library.roots()
    assert (root.is_connected, root.why_offline) == (True, "")


def test_an_emptied_folder_keeps_its_pictures_until_the_user_says_so(
    library: Library, pictures: Path, index: Index
) -> None:
    index(library, pictures)
    for file in pictures.iterdir():
        file.unlink()
    summary = index(library)
    assert summary.removed == 0
    [held] = summary.held_back
    assert (held.path, held.missing, held.of) == (str(pictures), len(COLOURS), len(COLOURS))
    assert len(library.picture_ids()) == len(COLOURS)


def test_single_pictures_can_be_added_and_go_when_deleted(
    library: Library, pictures: Path, index: Index
) -> None:
    summary = index(library, pictures / "red.png", pictures / "blue.png")
    assert summary.added == 2
    assert {root.kind for root in library.roots()} == {RootKind.FILE}
    (pictures / "red.png").unlink()
    assert index(library).removed == 1
    assert names_in_library(library) == {"blue.png"}


def test_a_folder_inside_an_added_one_is_not_indexed_twice(
    library: Library, pictures: Path, index: Index
) -> None:
    (pictures / "sub").mkdir()
    Image.new("RGB", (9, 9), COLOURS["red"]).save(pictures / "sub" / "small.png")
    index(library, pictures)
    assert index(library, pictures / "sub").unchanged == 1
    assert len(library.roots()) == 1


def test_a_parent_takes_over_the_folders_inside(
    library: Library, pictures: Path, index: Index
) -> None:
    index(library, pictures)
    ids = set(library.picture_ids().tolist())
    summary = index(library, pictures.parent)
    assert summary.unchanged == len(COLOURS)
    assert set(library.picture_ids().tolist()) >= ids
    assert [root.path for root in library.roots()] == [str(pictures.parent)]


def test_bad_files_are_listed_and_the_rest_is_indexed(
    library: Library, pictures: Path, index: Index
) -> None:
    (pictures / "empty.jpg").touch()
    (pictures / "text.jpg").write_text("not a picture")
    whole = (pictures / "red.png").read_bytes()
    (pictures / "cut.png").write_bytes(whole[: len(whole) // 2])
    (pictures / "notes.txt").write_text("groceries")
    (pictures / "loop").symlink_to(pictures)
    os.mkfifo(pictures / "pipe.jpg")
    summary = index(library, pictures)
    assert summary.added == len(COLOURS)
    failed = {Path(skip.path).name for skip in summary.failed}
    assert failed == {"empty.jpg", "text.jpg", "cut.png", "loop", "pipe.jpg"}
    assert [Path(skip.path).name for skip in summary.skipped] == ["notes.txt"]
    assert all(skip.reason.endswith(".") for skip in (*summary.failed, *summary.skipped))


def test_failures_are_listed_again_without_being_tried_again(
    library: Library, pictures: Path, index: Index
) -> None:
    write_damaged(pictures / "text.jpg")
    first, second = index(library, pictures), index(library, pictures)
    assert [skip.path for skip in first.failed] == [skip.path for skip in second.failed]
    assert library.skipped()[0].path == str(pictures / "text.jpg")


def test_a_mended_file_is_indexed_and_no_longer_listed(
    library: Library, pictures: Path, index: Index
) -> None:
    write_damaged(pictures / "text.jpg")
    index(library, pictures)
    Image.new("RGB", (20, 20), COLOURS["red"]).save(pictures / "text.jpg")
    summary = index(library, pictures)
    assert (summary.added, summary.failed) == (1, ())
    assert library.skipped() == []


def test_a_listed_file_that_is_deleted_is_no_longer_listed(
    library: Library, pictures: Path, index: Index
) -> None:
    write_damaged(pictures / "text.jpg")
    index(library, pictures)
    (pictures / "text.jpg").unlink()
    assert index(library).failed == ()
    assert library.skipped() == []


def test_a_picture_that_got_damaged_leaves_and_is_listed(
    library: Library, pictures: Path, index: Index
) -> None:
    index(library, pictures)
    (pictures / "red.png").write_bytes(b"\x89PNG\r\n\x1a\n damaged")
    summary = index(library)
    assert summary.removed == 1
    assert [Path(skip.path).name for skip in summary.failed] == ["red.png"]
    assert "red.png" not in names_in_library(library)
    assert index(library).removed == 0


def test_an_empty_folder_is_listed(library: Library, tmp_path: Path, index: Index) -> None:
    (tmp_path / "nothing").mkdir()
    summary = index(library, tmp_path / "nothing")
    assert summary.failed == ()
    assert [skip.kind for skip in summary.skipped] == [SkipKind.EMPTY_FOLDER]


@pytest.mark.parametrize("order", [("", "sub"), ("sub", ""), ("sub", "sub/inner.png", "")])
def test_a_folder_and_something_in_it_at_once(
    library: Library, pictures: Path, index: Index, order: tuple[str, ...]
) -> None:
    (pictures / "sub").mkdir()
    Image.new("RGB", (9, 9), COLOURS["red"]).save(pictures / "sub" / "inner.png")
    for added, unchanged in ((len(COLOURS) + 1, 0), (0, len(COLOURS) + 1)):
        summary = index(library, *(pictures / part for part in order))
        assert (summary.added, summary.unchanged) == (added, unchanged)
        assert (summary.failed, summary.skipped) == ((), ())
    assert [root.path for root in library.roots()] == [str(pictures)]


def test_the_program_does_not_index_its_own_thumbnails(tmp_path: Path, index: Index) -> None:
    Image.new("RGB", (9, 9), COLOURS["red"]).save(tmp_path / "red.png")
    library = Library.open(DataPaths.below(tmp_path / "data"), OneModel(FakeEncoder()))
    assert index(library, tmp_path).added == 1
    summary = index(library, tmp_path)
    assert (summary.added, summary.unchanged, summary.skipped) == (0, 1, ())
    library.close()


def test_a_hidden_folder_that_was_asked_for_stays(
    library: Library, pictures: Path, index: Index
) -> None:
    (pictures / ".stash").mkdir()
    Image.new("RGB", (9, 9), COLOURS["red"]).save(pictures / ".stash" / "secret.png")
    assert index(library, pictures).added == len(COLOURS)
    assert index(library, pictures / ".stash").added == 1
    for _ in range(2):
        assert index(library).unchanged == len(COLOURS) + 1
    assert index(library, pictures.parent).removed == 0
    assert "secret.png" in names_in_library(library)


def test_the_thumbnails_of_another_library_are_no_pictures(
    tmp_path: Path, pictures: Path, index: Index
) -> None:
    other = Library.open(DataPaths.below(pictures / "other"), OneModel(FakeEncoder()))
    index(other, pictures)
    other.close()
    assert list((pictures / "other").rglob("*.jpg"))
    library = Library.open(DataPaths.below(tmp_path / "data"), OneModel(FakeEncoder()))
    assert index(library, pictures).added == len(COLOURS)
    library.close()


def test_a_cache_that_was_asked_for_stays(library: Library, pictures: Path, index: Index) -> None:
    cache = pictures / "cache"
    (cache / "deep").mkdir(parents=True)
    Image.new("RGB", (9, 9), COLOURS["red"]).save(cache / "deep" / "kept.png")
    (cache / "CACHEDIR.TAG").write_text("Signature: 8a477f597d28d172789f06886806bc55\n")
    assert index(library, pictures).added == len(COLOURS)
    assert index(library, cache).added == 1
    for _ in range(2):
        assert index(library).unchanged == len(COLOURS) + 1
    assert index(library, pictures.parent).removed == 0
    assert "kept.png" in names_in_library(library)


def test_what_has_become_a_cache_leaves_without_a_question(
    library: Library, pictures: Path, index: Index
) -> None:
    cache = pictures / "cache"
    cache.mkdir()
    for name in ("red", "green", "blue"):
        (pictures / f"{name}.png").rename(cache / f"{name}.png")
    assert index(library, pictures).added == len(COLOURS)
    (cache / "CACHEDIR.TAG").write_text("Signature: 8a477f597d28d172789f06886806bc55\n")
    place = ChangedPlace(str(cache / "red.png"))
    assert list(library.look_again([place], CancelToken())) == [IndexSummary()]
    summary = index(library)
    assert (summary.removed, summary.held_back) == (3, ())
    assert index(library, cache).added == 3


def test_the_same_folder_by_a_link_is_not_indexed_twice(
    library: Library, pictures: Path, index: Index, tmp_path: Path
) -> None:
    index(library, pictures)
    (tmp_path / "link").symlink_to(pictures)
    assert index(library, tmp_path / "link").unchanged == len(COLOURS)
    assert len(library.roots()) == 1


def test_a_mount_point_with_only_a_note_left_keeps_its_pictures(
    library: Library, pictures: Path, index: Index
) -> None:
    index(library, pictures)
    for file in pictures.iterdir():
        file.unlink()
    (pictures / "readme.txt").write_text("the drive goes here")
    summary = index(library)
    assert summary.removed == 0
    assert len(library.picture_ids()) == len(COLOURS)
    assert [held.missing for held in summary.held_back] == [len(COLOURS)]


def test_a_single_picture_on_an_empty_mount_point_is_kept(
    library: Library, tmp_path: Path, index: Index
) -> None:
    (tmp_path / "usb").mkdir()
    Image.new("RGB", (9, 9), COLOURS["red"]).save(tmp_path / "usb" / "red.png")
    index(library, tmp_path / "usb" / "red.png")
    (tmp_path / "usb" / "red.png").unlink()
    assert index(library).removed == 0
    assert len(library.picture_ids()) == 1


def test_uncompressed_pictures_with_equal_margins_keep_their_own_thumbnails(
    library: Library, tmp_path: Path, index: Index
) -> None:
    for name, colour in (("one", "red"), ("two", "blue")):
        page = Image.new("RGB", (400, 600), "white")
        page.paste(COLOURS[colour], (100, 250, 300, 350))
        page.save(tmp_path / f"{name}.bmp")
    index(library, tmp_path / "one.bmp", tmp_path / "two.bmp")
    first, second = (library.thumbnail(id_) for id_ in library.picture_ids().tolist())
    assert first != second


def test_a_name_that_is_not_text_makes_no_root(
    library: Library, pictures: Path, index: Index, tmp_path: Path
) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/odd\xff"))
    odd.mkdir()
    summary = index(library, pictures, odd)
    assert [skip.kind for skip in summary.failed] == [SkipKind.BAD_NAME]
    assert [root.path for root in library.roots()] == [str(pictures)]


def test_nothing_given_exists(library: Library, tmp_path: Path, index: Index) -> None:
    with pytest.raises(UserFacingError, match="no folder or picture"):
        index(library, tmp_path / "typo")
    assert library.roots() == []


def test_cancel_keeps_what_was_reported(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(120):
        Image.new("RGB", (16, 16), (number, 0, 0)).save(folder / f"{number}.png")
    cancel = CancelToken()
    reported: set[int] = set()
    for report in library.index([folder], cancel):
        if isinstance(report, IndexProgress):
            reported.update(report.added_ids)
            if reported:
                cancel.cancel()
        else:
            assert report.cancelled
            assert report.added >= len(reported)
    assert 0 < len(reported) < 120
    assert reported <= set(library.picture_ids().tolist())


def test_searching_works_while_indexing(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(60):
        Image.new("RGB", (16, 16), COLOURS["red"]).save(folder / f"{number}.png")
    found = [
        len(library.search(Query.of_words("red")).ids)
        for report in library.index([folder], CancelToken())
        if isinstance(report, IndexProgress) and report.added_ids
    ]
    assert found[0] > 0
    assert found == sorted(found)
    assert found[-1] == 60


def test_searching_is_prepared_anew_when_what_was_saved_is_lost(
    paths: DataPaths, models: OneModel, pictures: Path, index: Index
) -> None:
    library = Library.open(paths, models)
    index(library, pictures)
    library.close()
    next(paths.vector_indexes.glob("*.rows")).unlink()
    library = Library.open(paths, models)
    given_up = library.prepare_search(CancelToken())
    next(given_up)
    given_up.close()  # type: ignore[attr-defined]
    steps = list(library.prepare_search(CancelToken()))
    assert steps[-1].done == steps[-1].total == len(COLOURS)
    assert names(library, Query.of_words("red"))[0] == "red"
    assert list(library.prepare_search(CancelToken())) == []
    library.close()


def test_only_one_indexing_run_at_a_time(library: Library, pictures: Path) -> None:
    running = library.index([pictures], CancelToken())
    next(running)
    with pytest.raises(UserFacingError, match="being indexed already"):
        next(library.index([pictures], CancelToken()))
    list(running)


def test_a_second_writer_is_refused_and_a_reader_is_not(paths: DataPaths, library: Library) -> None:
    with pytest.raises(LibraryInUseError, match="a window or a command, is working"):
        Library.open(paths, OneModel(FakeEncoder()))
    reader = Library.open(paths, OneModel(FakeEncoder()), writable=False)
    assert len(reader.picture_ids()) == 0
    reader.close()


def test_closing_lets_the_next_one_in(paths: DataPaths) -> None:
    Library.open(paths, OneModel(FakeEncoder())).close()
    Library.open(paths, OneModel(FakeEncoder())).close()


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be written"):
        Library.open(DataPaths.below(tmp_path / "file"), OneModel(FakeEncoder()))


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="permissions do not bind this user"
)
def test_a_data_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data").chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(StoreError, match="cannot be written"):
        Library.open(DataPaths.below(tmp_path / "data"), OneModel(FakeEncoder()))


def test_a_missing_model_leaves_browsing_working(
    paths: DataPaths, pictures: Path, index: Index
) -> None:
    whole = Library.open(paths, OneModel(FakeEncoder()))
    index(whole, pictures)
    whole.close()

    library = Library.open(paths, OneModel())
    assert len(library.picture_ids()) == len(COLOURS)
    assert library.status().model is None
    with pytest.raises(ModelError, match="missing"):
        library.search(Query.of_words("red"))
    with pytest.raises(ModelError, match="missing"):
        index(library, pictures)
    library.close()


def test_another_model_makes_its_own_vectors_and_keeps_the_old(
    paths: DataPaths, pictures: Path, index: Index
) -> None:
    old = Library.open(paths, OneModel(FakeEncoder("old")))
    index(old, pictures)
    old.close()
    new = Library.open(paths, OneModel(FakeEncoder("new")))
    assert len(new.search(Query.of_words("red")).ids) == 0
    assert index(new).updated == len(COLOURS)
    assert len(new.search(Query.of_words("red")).ids) == len(COLOURS)
    new.close()
    old = Library.open(paths, OneModel(FakeEncoder("old")))
    assert index(old).unchanged == len(COLOURS)
    old.close()


def test_thumbnails_survive_the_loss_of_their_cache(
    paths: DataPaths, library: Library, pictures: Path, index: Index
) -> None:
    index(library, pictures)
    id_ = int(library.picture_ids()[0])
    first = library.thumbnail(id_)
    shutil.rmtree(paths.thumbnails)
    again = library.thumbnail(id_)
    assert first is not None
    assert first == again
    assert first.startswith(b"\xff\xd8")
    assert library.thumbnail(10_000) is None


def test_preview_is_bounded_and_absent_when_the_file_is(
    library: Library, tmp_path: Path, index: Index
) -> None:
    Image.new("RGB", (900, 600), COLOURS["red"]).save(tmp_path / "large.png")
    index(library, tmp_path / "large.png")
    id_ = int(library.picture_ids()[0])
    data = library.preview(id_, 300)
    assert data is not None
    (tmp_path / "preview.jpg").write_bytes(data)
    with Image.open(tmp_path / "preview.jpg") as image:
        assert image.size == (300, 200)
    (tmp_path / "large.png").unlink()
    assert library.preview(id_, 300) is None


def test_status_tells_what_is_there(library: Library, pictures: Path, index: Index) -> None:
    write_damaged(pictures / "text.jpg")
    (pictures / "notes.txt").write_text("groceries")
    index(library, pictures)
    status = library.status()
    assert status.pictures == len(COLOURS)
    assert [Path(skip.path).name for skip in status.failures] == ["text.jpg"]
    assert status.skipped == 1
    assert status.model is not None
    assert status.model.is_builtin
    assert status.roots[0].picture_count == len(COLOURS)
    assert min(status.catalog_bytes, status.index_bytes, status.thumbnail_bytes) > 0


def test_a_folder_cannot_be_removed_while_it_is_indexed(library: Library, pictures: Path) -> None:
    running = library.index([pictures], CancelToken())
    next(running)
    with pytest.raises(UserFacingError, match="being indexed"):
        list(library.forget_root(library.roots()[0].id, CancelToken()))
    list(running)


def test_removing_a_folder_takes_its_pictures_and_leaves_the_files(
    library: Library, pictures: Path, index: Index
) -> None:
    index(library, pictures)
    list(library.forget_root(library.roots()[0].id, CancelToken()))
    assert len(library.picture_ids()) == 0
    assert len(library.search(Query.of_words("red")).ids) == 0
    assert (pictures / "red.png").exists()


def test_nothing_is_written_into_the_picture_folder(
    library: Library, pictures: Path, index: Index
) -> None:
    before = {file: file.stat() for file in pictures.rglob("*")}
    index(library, pictures)
    library.search(Query.of_words("red"))
    after = {file: file.stat() for file in pictures.rglob("*")}
    assert before.keys() == after.keys()
    assert all(before[f].st_mtime_ns == after[f].st_mtime_ns for f in before)


def test_the_engine_works_where_qt_is_absent() -> None:
    code = (
        "import sys; sys.modules['PySide6'] = None\n"
        "import desktop_app.engine.library, desktop_app.commands, desktop_app.main\n"
        "assert not any(name.startswith('PySide6.') for name in sys.modules)\n"
        "late = {'onnxruntime', 'usearch', 'tokenizers'} & set(sys.modules)\n"
        "assert not late, late\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("first", ["usearch.index", "onnxruntime"])
def test_index_and_model_can_be_loaded_in_any_order(first: str, tmp_path: Path) -> None:
    """USearch's wheel and onnxruntime crash together unless care is taken."""
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "import numpy as np\n"
        "from desktop_app.engine.store import hnsw\n"
        "def index(): hnsw.scores(np.ones((2, 4), np.float16), np.ones(4, np.float16))\n"
        "def model(): import onnxruntime\n"
        "steps = [index, model]\n"
        "for step in steps if sys.argv[1] == 'usearch.index' else steps[::-1]: step()\n"
    )
    done = subprocess.run([sys.executable, "-c", code, first], check=False)
    assert done.returncode == 0


def test_pictures_of_a_drive_that_is_not_connected_stay_and_say_so(
    library: Library, pictures: Path, tmp_path: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(root_presence, "FRESH_S", 0.0)
    index(library, pictures)
    ids = library.picture_ids().tolist()
    assert not any(picture.is_offline for picture in library.pictures(ids).values())
    pictures.rename(tmp_path / "elsewhere")
    assert all(picture.is_offline for picture in library.pictures(ids).values())
    (root,) = library.roots()
    assert library.offline_places() == {root.id}
    assert not root.is_connected
    assert library.preview(ids[0], 256) is None
    assert library.thumbnail(ids[0]) is not None
    (tmp_path / "elsewhere").rename(pictures)
    assert not any(picture.is_offline for picture in library.pictures(ids).values())
    assert library.offline_places() == frozenset()
    assert library.preview(ids[0], 256) is not None


def test_pictures_of_a_drive_below_a_folder_say_so_too(
    library: Library, pictures: Path, tmp_path: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(root_presence, "FRESH_S", 0.0)
    drive = pictures / "usb"
    drive.mkdir()
    (pictures / "red.png").rename(drive / "red.png")
    mounted, ismount = {str(drive)}, os.path.ismount
    monkeypatch.setattr(os.path, "ismount", lambda path: path in mounted or ismount(path))
    index(library, pictures)
    library._catalog.set_mounts(library.roots()[0].id, [str(drive)])  # as a scan of a drive does

    def offline() -> set[str]:
        found = library.pictures(library.picture_ids().tolist()).values()
        return {Path(picture.path).name for picture in found if picture.is_offline}

    assert offline() == set()
    mounted.clear()
    (drive / "red.png").rename(tmp_path / "red.png")
    assert offline() == {"red.png"}
    assert library.offline_places() == {str(drive)}
    (root,) = library.roots()
    assert root.is_connected
    index(library)
    assert offline() == {"red.png"}
    mounted.add(str(drive))
    (tmp_path / "red.png").rename(drive / "red.png")
    assert offline() == set()


def test_pictures_are_arranged_and_what_they_have_is_listed(
    library: Library, pictures: Path, index: Index
) -> None:
    index(library, pictures)
    arranged = library.arrange(None, SortBy.NAME, group_by=GroupBy.FOLDER)
    records = library.pictures(arranged.ids.tolist())
    shown = [Path(records[one].path).name for one in arranged.ids.tolist()]
    assert shown == sorted(path.name for path in pictures.iterdir())
    assert arranged.groups == (Group(0, str(pictures)),)
    words = library.vocabulary()
    assert words.folders == (Counted(pictures.name, len(shown)),)
    assert words.formats == (Counted("PNG", len(shown)),)
    assert words.cameras == ()
