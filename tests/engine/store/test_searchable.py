"""What is kept for searching stays in step with the paths, whatever happens to them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.engine.query_language.parts import After, Day, InFolder, Name
from desktop_app.engine.records import (
    FileStamp,
    FoundFile,
    ModelInfo,
    NewPicture,
    PictureDetails,
    RootKind,
)
from desktop_app.engine.store import searchable
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.connection import Connections
from desktop_app.engine.store.pictures import Copy

MakePicture = Callable[..., NewPicture]

NEWER = FileStamp(1000, 1_800_000_000_000_000_000)


def check(path: Path) -> None:
    """Compare all of it with what would be made of the paths anew."""
    connections = Connections(path, writable=True)
    with connections.reading() as connection:
        kept = {
            row[0]: row[1:]
            for row in connection.execute(
                """
                SELECT pictures.path, name, pictures.words, sort_name, wall_s - date_s,
                       utc_offset_s, folders.root_id = pictures.root_id,
                       folders.path, place, inner, folders.words
                FROM pictures LEFT JOIN folders ON folders.id = folder_id
                """
            )
        }
        found = dict(
            connection.execute("SELECT rowid, 1 FROM names WHERE names MATCH 'jpg'").fetchall()
        )
        assert set(found) == {row[0] for row in connection.execute("SELECT id FROM pictures")}
    with connections.writing() as connection:
        connection.execute("UPDATE pictures SET folder_id = NULL, name = NULL")
        connection.execute("DELETE FROM folders")
        searchable.fill(connection)
        for row in connection.execute(
            """
            SELECT pictures.path, name, pictures.words, sort_name,
                   folders.path, place, inner, folders.words
            FROM pictures JOIN folders ON folders.id = folder_id
            """
        ):
            expected = kept.pop(row[0])
            assert expected[:3] == row[1:4]
            assert expected[3] == pytest.approx(expected[4])
            assert expected[5] == 1
            assert expected[6:] == row[4:]
        assert kept == {}
    connections.close()


def test_pictures_that_come_move_and_go(
    catalog: Catalog,
    catalog_path: Path,
    root_id: int,
    model: ModelInfo,
    make_picture: MakePicture,
) -> None:
    other_id = catalog.add_root("/more/Über", RootKind.FOLDER)
    file_id = catalog.add_root("/one.jpg", RootKind.FILE)
    batch = [make_picture(f"{n}/Sommer{n}.jpg", n, taken_at_s=n or None) for n in range(4)]
    ids = catalog.write_pictures(root_id, model, [replace(one, content_hash=b"h") for one in batch])
    catalog.write_pictures(root_id, model, [replace(batch[0], utc_offset_s=7200)])
    catalog.write_pictures(file_id, model, [replace(batch[0], path="/one.jpg")])
    check(catalog_path)
    catalog.move_pictures(
        [
            (ids[0], batch[1].path, root_id, NEWER),
            (ids[1], batch[0].path, root_id, NEWER),
            (ids[2], "/more/Über/x y.jpg", other_id, NEWER),
        ]
    )
    copy = Copy(other_id, "/more/Über/ß/copy.jpg", NEWER, ids[3], b"h")
    assert catalog.write_copies([copy, replace(copy, path=batch[1].path, root_id=root_id)])
    check(catalog_path)
    catalog.remove_pictures(ids[:1])
    catalog.remove_root(file_id)
    catalog.mark_scanned(root_id, 1.0)
    check(catalog_path)


def test_roots_that_merge_and_move(
    catalog: Catalog, catalog_path: Path, model: ModelInfo, make_picture: MakePicture
) -> None:
    inner, file, outer = (
        catalog.add_root(path, kind)
        for path, kind in (
            ("/a/b", RootKind.FOLDER),
            ("/a/f.jpg", RootKind.FILE),
            ("/a", RootKind.FOLDER),
        )
    )
    for root, path in ((inner, "/a/b/c/1.jpg"), (file, "/a/f.jpg"), (outer, "/a/2.jpg")):
        catalog.write_pictures(root, model, [replace(make_picture("x"), path=path)])
    catalog.merge_roots(outer, [inner, file])
    check(catalog_path)
    assert catalog.ids_matching([Name("a/b/c")]).tolist() == [1]
    catalog.relocate_root(outer, "/a/b", ("/", "/"), [])
    check(catalog_path)
    assert catalog.ids_matching([InFolder("/a/b/b")]).tolist() == [1]
    catalog.relocate_root(outer, "E:\\", ("/", "\\"), [])
    check(catalog_path)
    assert catalog.ids_matching([InFolder("e:/b/c")]).tolist() == [1]
    catalog.relocate_root(outer, "/", ("\\", "/"), [])
    check(catalog_path)
    alone = catalog.add_root("/x/one.jpg", RootKind.FILE)
    catalog.write_pictures(alone, model, [replace(make_picture("x"), path="/x/one.jpg")])
    catalog.relocate_root(alone, "/y/z/two.jpg", ("/", "/"), [])
    check(catalog_path)


def test_details_that_come_later(
    catalog: Catalog,
    catalog_path: Path,
    root_id: int,
    model: ModelInfo,
    make_picture: MakePicture,
) -> None:
    batch = [make_picture(f"{n}.jpg", n) for n in range(4)]
    ids = catalog.write_pictures(root_id, model, batch)
    assert catalog.count_without_details(root_id, "/photos") == 0
    connections = Connections(catalog_path, writable=True)
    with connections.writing() as connection:
        connection.execute("UPDATE pictures SET has_details = 0")
    connections.close()
    assert catalog.count_without_details(root_id, "/photos") == 4
    assert catalog.count_without_details(root_id, "/photos/1.jpg") == 1
    assert catalog.count_without_details(root_id + 1, "/photos") == 0
    files = list(catalog.files_without_details(root_id, "/photos"))
    assert files == [FoundFile(one.path, one.stamp) for one in batch]
    details = PictureDetails(86_400.0 * 365, -3600, "Canon EOS R5")
    changed = FoundFile(batch[2].path, NEWER)
    nothing = PictureDetails(None, None, None)
    catalog.write_details([(files[0], details), (files[1], None), (changed, details)])
    catalog.write_details([(files[3], nothing)])
    first, second, third, fourth = catalog.pictures(ids)
    assert (first.camera, first.date_s, first.utc_offset_s) == ("Canon EOS R5", 31_536_000, -3600)
    assert not first.is_date_from_file
    for one, file in ((second, files[1]), (third, files[2]), (fourth, files[3])):
        assert (one.camera, one.is_date_from_file) == (None, True)
        assert one.date_s == file.stamp.mtime_ns / 1e9
    assert list(catalog.files_without_details(root_id, "/photos")) == [files[2]]
    assert catalog.ids_matching([After(Day(1971), is_excluded=True)]).tolist() == ids[:1]
    check(catalog_path)
