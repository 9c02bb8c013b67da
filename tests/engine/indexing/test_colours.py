from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError
from desktop_app.engine.files.thumbnails import ThumbnailCache
from desktop_app.engine.indexing import colours
from desktop_app.engine.indexing.colours import ColourCompleter
from desktop_app.engine.library import Library
from desktop_app.engine.pace import WorkPace
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import IndexSummary
from desktop_app.engine.store.catalog import Catalog
from tests.helpers.one_model import OneModel

Index = Callable[..., IndexSummary]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for name, colour in {"a.png": "#ff0000", "b.png": "#0000ff", "copy.png": "#ff0000"}.items():
        Image.new("RGB", (40, 30), colour).save(folder / name)
    return folder


def test_every_picture_gets_its_colour_with_its_vector(
    library: Library, index: Index, folder: Path
) -> None:
    index(library, folder)
    ids = library.picture_ids().tolist()
    names = {one.id: Path(one.path).name for one in library.pictures(ids).values()}
    found = {names[id_]: colour for id_, colour in library.average_colours([*ids, 999]).items()}
    assert found == {"a.png": 0xFF0000, "b.png": 0x0000FF, "copy.png": 0xFF0000}


def test_those_of_older_libraries_come_from_the_thumbnails(
    library: Library, index: Index, folder: Path, paths: DataPaths, models: OneModel
) -> None:
    index(library, folder)
    with closing(Catalog.open(paths.catalog)) as catalog, catalog._connections.writing() as sql:
        sql.execute("UPDATE pictures SET average_colour = NULL")
    ids = library.picture_ids().tolist()
    assert library.average_colours(ids) == {}
    [blue] = [one for one in library.pictures(ids).values() if one.path.endswith("b.png")]
    ThumbnailCache(paths.thumbnails, 1_000_000).remove(blue.fingerprint.hex())
    index(library)
    found = library.average_colours(ids)
    assert set(found) == set(ids) - {blue.id}
    assert all(colour >> 16 > 0xF0 for colour in found.values())
    library.close()
    # What has no thumbnail is looked for once more after the next start, and not for ever.
    again = Library.open(paths, models)
    again.thumbnail(blue.id)
    index(again)
    assert set(again.average_colours(ids)) == set(ids)
    again.close()


def test_it_goes_on_where_it_was_stopped(
    library: Library,
    index: Index,
    folder: Path,
    paths: DataPaths,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    index(library, folder)
    library.close()
    monkeypatch.setattr(colours, "_AT_ONCE", 1)
    monkeypatch.setattr(colours, "_MOST_A_RUN", 2)
    with closing(Catalog.open(paths.catalog)) as catalog:
        with catalog._connections.writing() as sql:
            sql.execute("UPDATE pictures SET average_colour = NULL")
        ids = sorted(catalog.picture_ids_newest_first().tolist())
        cache = ThumbnailCache(paths.thumbnails, 1_000_000)
        completer = ColourCompleter(catalog, cache, WorkPace(battery=lambda: None))
        cancel = CancelToken()
        reports = completer.run(cancel)
        next(reports)
        cancel.cancel()
        with pytest.raises(CancelledError):
            next(reports)
        assert list(catalog.average_colours(ids)) == ids[:1]
        assert len(list(completer.run(CancelToken()))) == 2
        assert list(catalog.average_colours(ids)) == ids
        assert list(completer.run(CancelToken())) == []
