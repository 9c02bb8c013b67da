"""Settings that change while a library is open."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import StoreError
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import IndexSummary
from desktop_app.engine.settings import Settings

Index = Callable[..., IndexSummary]


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for name in ("keep.png", "draft.png"):
        Image.new("RGB", (40, 40), "red" if name == "keep.png" else "blue").save(folder / name)
    return folder


def test_what_is_passed_over_counts_from_the_next_look(
    library: Library, pictures: Path, index: Index
) -> None:
    assert index(library, pictures).added == 2
    library.preferences.change({"exclude": ["draft.*"]})
    assert index(library, pictures).removed == 1
    library.preferences.change({"exclude": None})
    assert index(library, pictures).added == 1


def test_the_file_says_what_counts(library: Library, paths: DataPaths) -> None:
    changed = library.preferences.change({"decoder_processes": 1, "thumbnail_cache_mib": 7})
    assert library.preferences.settings is changed
    assert Settings.load(paths.settings) == changed
    assert library.preferences.file == paths.settings
    assert library._runs._pipeline_size().decoder_processes == 1
    assert library._thumbnails.budget_bytes == 7 * 1024 * 1024


def test_a_change_that_cannot_be_written_does_not_count(library: Library, paths: DataPaths) -> None:
    paths.settings.mkdir()
    with pytest.raises(StoreError):
        library.preferences.change({"decoder_processes": 1})
    assert library.preferences.settings == Settings()


def test_thumbnails_are_made_again_after_they_were_deleted(
    library: Library, pictures: Path, index: Index
) -> None:
    index(library, pictures)
    # Not `thumbnail_bytes`: that may miss what is put while it counts for the first time.
    used_bytes = sum(entry.size_bytes for entry in library._thumbnails._entries())
    assert used_bytes > 0
    assert library.preferences.thumbnail_bytes() > 0
    assert library.preferences.empty_thumbnails(CancelToken()) == used_bytes
    assert library.preferences.thumbnail_bytes() == 0
    assert library.thumbnail(int(library.picture_ids()[0])) is not None
    assert library.preferences.thumbnail_bytes() > 0
