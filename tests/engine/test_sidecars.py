"""Labels beside the pictures of a real library."""

import json
from collections.abc import Callable, Generator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from desktop_app.engine import sidecars
from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError
from desktop_app.engine.files.xmp import Xmp
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import IndexSummary, PictureLabels, SidecarProgress
from tests.helpers.one_model import OneModel
from tests.helpers.pictures import three_pictures

Index = Callable[..., IndexSummary]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    three_pictures(tmp_path / "pictures")
    return tmp_path / "pictures"


@pytest.fixture
def ids(library: Library, index: Index, folder: Path) -> list[int]:
    index(library, folder)
    return sorted(library.picture_ids().tolist())


def write(library: Library) -> list[SidecarProgress]:
    return list(library.sidecars.write(CancelToken()))


def beside(library: Library, picture_id: int) -> Path:
    return Path(library.pictures([picture_id])[picture_id].path + ".xmp")


def others(folder: Path) -> dict[Path, bytes]:
    return {each: each.read_bytes() for each in folder.rglob("*.*") if each.suffix != ".xmp"}


def test_nothing_is_written_before_it_is_switched_on(
    library: Library, ids: list[int], folder: Path
) -> None:
    library.labels.rate(ids, 4)
    assert not library.sidecars.is_on
    assert write(library) == []
    assert list(folder.rglob("*.xmp")) == []


def test_labels_of_before_and_of_afterwards_are_written(
    library: Library, ids: list[int], folder: Path, paths: DataPaths, models: OneModel
) -> None:
    before = others(folder)
    library.labels.rate(ids[:1], 4)
    library.labels.tag(ids[1:2], add=["Snow"])
    library.sidecars.switch(True)
    assert write(library)[-1] == SidecarProgress(2, 2)
    assert Xmp(beside(library, ids[0]).read_bytes()).rating == 4
    assert Xmp(beside(library, ids[1]).read_bytes()).keywords == ("Snow",)
    change = library.labels.rename_tag("snow", "Ice")
    library.labels.rate(ids[:1], 0)
    library.close()
    again = Library.open(paths, models)  # the program ended before it was written
    assert again.sidecars.is_on
    assert write(again) == [SidecarProgress(2, 2)]
    assert Xmp(beside(again, ids[0]).read_bytes()).rating is None
    assert Xmp(beside(again, ids[1]).read_bytes()).keywords == ("Ice",)
    again.labels.restore(change)
    write(again)
    assert Xmp(beside(again, ids[1]).read_bytes()).keywords == ("Snow",)
    assert write(again) == []
    again.sidecars.switch(False)
    again.labels.rate(ids, 1)
    assert write(again) == []
    assert others(folder) == before
    again.close()


def test_what_others_wrote_there_stays(library: Library, ids: list[int]) -> None:
    theirs = Xmp()
    theirs.set_rating(5)
    theirs.set_keywords(["theirs", "shared"])
    beside(library, ids[0]).write_bytes(theirs.to_bytes())
    library.sidecars.switch(True)
    library.labels.tag(ids[:1], add=["Shared", "mine", "wrong"])
    library.labels.tag(ids[:1], remove=["wrong"])
    write(library)
    found = Xmp(beside(library, ids[0]).read_bytes())
    assert (found.rating, found.keywords) == (5, ("theirs", "shared", "mine"))
    library.labels.tag(ids[:1], remove=["SHARED"])
    library.labels.rate(ids[:1], 2)
    write(library)
    found = Xmp(beside(library, ids[0]).read_bytes())
    assert (found.rating, found.keywords) == (2, ("theirs", "mine"))


def test_what_fails_is_listed_and_tried_again(
    library: Library, ids: list[int], folder: Path
) -> None:
    library.sidecars.switch(True)
    beside(library, ids[0]).write_bytes(b"my notes")
    library.labels.rate(ids, 3)
    [progress] = write(library)
    [failed] = progress.failures
    assert failed.picture_id == ids[0]
    assert "cannot be understood" in failed.reason
    assert library.sidecars.failures() == [failed]
    assert beside(library, ids[0]).read_bytes() == b"my notes"
    assert Xmp(beside(library, ids[1]).read_bytes()).rating == 3
    assert write(library) == []
    beside(library, ids[0]).unlink()
    library.sidecars.retry()
    assert write(library) == [SidecarProgress(1, 1)]
    assert library.sidecars.failures() == []


def test_it_goes_on_where_it_was_stopped(
    library: Library, ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sidecars, "_AT_ONCE", 1)
    library.sidecars.switch(True)
    library.labels.rate(ids, 3)
    cancel = CancelToken()
    reports = library.sidecars.write(cancel)
    next(reports)
    cancel.cancel()
    with pytest.raises(CancelledError):
        next(reports)
    assert write(library)[0].total == len(ids) - 1
    assert all(beside(library, each).exists() for each in ids)


def test_a_drive_that_is_away_is_waited_for(library: Library, ids: list[int], folder: Path) -> None:
    library.sidecars.switch(True)
    library.labels.rate(ids, 3)
    folder.rename(folder.with_name("away"))
    library.roots()  # looks at once, not after two seconds
    write(library)
    assert library.sidecars.failures() == []
    folder.with_name("away").rename(folder)
    library.roots()
    write(library)
    assert all(beside(library, each).exists() for each in ids)


def test_those_of_others_are_read_while_indexing(
    library: Library, index: Index, folder: Path
) -> None:
    library.sidecars.switch(True)
    theirs = Xmp()
    theirs.set_rating(5)
    theirs.set_keywords(["Snow", "x" * 200])
    first, second, *_ = sorted(each for each in folder.rglob("*.*") if each.is_file())
    first.with_name(first.name + ".xmp").write_bytes(theirs.to_bytes())
    second.with_name(second.name + ".xmp").write_bytes(b"my notes")
    index(library, folder)
    said = library.labels.of(library.picture_ids().tolist())
    assert sorted((each.rating, each.tags) for each in said.values())[-2:] == [
        (0, ()),
        (5, ("Snow",)),
    ]
    assert library.labels.counts().ratings[5] == 1
    assert write(library) == []
    assert PictureLabels(5, ("Snow",)) in said.values()


def test_the_switch_is_kept_beside_other_settings(library: Library, paths: DataPaths) -> None:
    paths.settings.write_text(json.dumps({"batch_size": 3, "unknown": [1]}))
    library.sidecars.switch(True)
    stored = json.loads(paths.settings.read_text())
    assert stored == {"batch_size": 3, "unknown": [1], "write_sidecars": True}


def test_what_was_taken_away_and_not_written_yet_does_not_come_back(
    library: Library, ids: list[int], folder: Path, index: Index
) -> None:
    library.sidecars.switch(True)
    one = ids[0]
    library.labels.rate([one], 4)
    library.labels.tag([one], add=["Snow", "Ice"])
    write(library)
    library.labels.rate([one], 0)
    library.labels.tag([one], remove=["snow"])
    picture = Path(library.pictures([one])[one].path)
    Image.new("RGB", (30, 20), "orange").save(picture)  # edited, and so looked at again
    assert index(library).updated == 1
    assert library.labels.of([one])[one] == PictureLabels(0, ("Ice",))


def test_pictures_that_are_being_moved_are_left_for_afterwards(
    library: Library, ids: list[int], folder: Path, tmp_path: Path
) -> None:
    library.sidecars.switch(True)
    library.labels.rate(ids, 4)
    moving = library.files.move(ids[:1], str(tmp_path), CancelToken())
    assert isinstance(moving, Generator)
    with closing(moving):
        next(moving)  # its file is there now, and the catalog does not say so yet
        write(library)
    assert library.sidecars.failures() == []
    assert len(list(folder.glob("*.xmp"))) == len(ids) - 1
    assert list(tmp_path.glob("*.xmp")) == []


def test_one_that_was_moved_in_the_middle_is_no_failure(
    library: Library, ids: list[int], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = folder / "below"
    below.mkdir()
    library.sidecars.switch(True)
    library.labels.rate(ids[:1], 4)
    write_one = sidecars._write

    def moved_before(*due: Any) -> None:
        list(library.files.move(ids[:1], str(below), CancelToken()))
        write_one(*due)

    with monkeypatch.context() as patch:
        patch.setattr(sidecars, "_write", moved_before)
        write(library)
    assert library.sidecars.failures() == []
    write(library)
    assert Xmp(beside(library, ids[0]).read_bytes()).rating == 4
    assert beside(library, ids[0]).parent == below
