"""What the library knows, for other programs."""

import csv
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.engine import export_files
from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError, UserFacingError
from desktop_app.engine.export import Export
from desktop_app.engine.export_files import COLUMNS, CsvTable, ExportRow
from desktop_app.engine.library import Library
from desktop_app.engine.records import (
    ExportFormat,
    ExportProgress,
    FileStamp,
    IndexSummary,
    ModelInfo,
    NewPicture,
    RootKind,
)
from desktop_app.engine.store import export_rows
from desktop_app.engine.store.catalog import Catalog
from tests.helpers.fake_encoder import COLOURS, DIM
from tests.helpers.pictures import write_damaged

Index = Callable[..., IndexSummary]


@pytest.fixture
def pictures(pictures: Path) -> Path:
    write_damaged(pictures / "broken, really.jpg")
    (pictures / "notes.txt").write_text("not a picture")
    return pictures


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out" / "library.csv"


@pytest.fixture(autouse=True)
def _out_folder(out: Path) -> Iterator[None]:
    """Made before, and without half a file afterwards."""
    out.parent.mkdir()
    yield
    assert [path.name for path in out.parent.iterdir() if "partial" in path.name] == []


def export(library: Library, out: Path, **wishes: Any) -> ExportProgress:
    reports = list(library.export(out, CancelToken(), **wishes))
    assert [report.done for report in reports] == sorted(report.done for report in reports)
    assert reports[-1].done == reports[-1].total
    return reports[-1]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_a_table_of_pictures_and_failures(
    library: Library, pictures: Path, out: Path, index: Index
) -> None:
    index(library, pictures)
    assert export(library, out).done == len(COLOURS) + 1
    *found, failed = rows_of(out)
    assert [int(row["id"]) for row in found] == sorted(library.picture_ids().tolist())
    records = library.pictures([int(row["id"]) for row in found])
    for row in found:
        record = records[int(row["id"])]
        assert row["path"] == record.path
        assert (row["state"], row["reason"], row["root"]) == ("indexed", "", str(pictures))
        assert int(row["size_bytes"]) == record.stamp.size_bytes
        assert (row["width_px"], row["height_px"], row["format"]) == ("64", "48", "PNG")
        modified = datetime.fromisoformat(row["modified"]).timestamp()
        assert modified == record.stamp.mtime_ns // 10**9
        assert row["taken"] == ""
    assert failed["path"] == str(pictures / "broken, really.jpg")
    assert (failed["state"], failed["id"], failed["format"]) == ("failed", "", "")
    assert failed["reason"] == library.status().failures[0].reason
    assert int(failed["size_bytes"]) == len("not a picture")
    assert sorted(path.name for path in out.parent.iterdir()) == ["library.csv"]


def test_what_is_offline_says_so(library: Library, pictures: Path, out: Path, index: Index) -> None:
    index(library, pictures)
    pictures.rename(pictures.parent / "unplugged")
    export(library, out)
    assert [row["state"] for row in rows_of(out)] == ["offline"] * len(COLOURS) + ["failed"]


def test_vectors_lie_beside_in_the_order_of_the_table(
    library: Library, pictures: Path, out: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_rows, "_ROWS_AT_ONCE", 3)
    index(library, pictures)
    export(library, out, vectors=True)
    vectors = np.load(out.with_suffix(".npy"), mmap_mode="r")
    rows = rows_of(out)
    assert (vectors.shape, vectors.dtype) == ((len(rows), DIM), np.float16)
    assert np.isnan(vectors[-1]).all()
    names = [Path(row["path"]).stem for row in rows[:-1]]
    red = vectors[names.index("red")].astype(np.float32)
    similar = vectors[:-1].astype(np.float32) @ red
    assert names[int(np.argmax(similar))] == "red"
    assert similar.max() == pytest.approx(1, abs=2e-3)


def test_a_picture_without_a_vector_has_not_a_number(tmp_path: Path, out: Path) -> None:
    catalog = Catalog.open(tmp_path / "catalog.sqlite3")
    root = catalog.add_root("/photos", RootKind.FOLDER)
    model, other = (ModelInfo(key, key, 4, is_builtin=False) for key in ("a", "b"))
    for name, by in (("1", model), ("2", other), ("3", model)):
        catalog.write_pictures(root, by, [picture(f"/photos/{name}", vector=[1, 0, 0, 0])])
    for form, name in ((ExportFormat.CSV, "x.csv"), (ExportFormat.PARQUET, "x.parquet")):
        if form is ExportFormat.PARQUET:
            pytest.importorskip("pyarrow")
        run = Export(catalog, out.with_name(name), form, model)
        list(run.run(CancelToken(), overwrite=False))
    catalog.close()
    vectors = np.load(out.with_name("x.npy"))
    assert np.isnan(vectors).all(axis=1).tolist() == [False, True, False]
    column = parquet(out.with_name("x.parquet")).column("vector").to_pylist()
    assert column == [[1, 0, 0, 0], None, [1, 0, 0, 0]]


def picture(path: str, vector: list[float], taken_at_s: float | None = None) -> NewPicture:
    array = np.array(vector, dtype=np.float32)
    return NewPicture(path, FileStamp(1, 2), 3, 4, "PNG", taken_at_s, b"f" * 16, array)


def parquet(path: Path) -> Any:
    return pytest.importorskip("pyarrow.parquet").read_table(path)


def test_parquet_holds_the_same(
    library: Library, pictures: Path, out: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.setattr(export_rows, "_ROWS_AT_ONCE", 3)
    index(library, pictures)
    export(library, out, vectors=True)
    form = ExportFormat.PARQUET
    export(library, out.with_suffix(".parquet"), form=form, vectors=True)
    table = parquet(out.with_suffix(".parquet"))
    assert table.column_names == [*COLUMNS, "vector"]
    as_text = [
        {name: "" if value is None else str(value) for name, value in row.items()}
        for row in table.select(COLUMNS).to_pylist()
    ]
    assert as_text == rows_of(out)
    vectors = np.load(out.with_suffix(".npy"))
    assert table.column("vector").to_pylist()[-1] is None
    found = np.array(table.column("vector").to_pylist()[:-1], dtype=np.float16)
    assert (found == vectors[:-1]).all()
    export(library, out.with_name("plain.parquet"), form=form)
    assert parquet(out.with_name("plain.parquet")).column_names == list(COLUMNS)


def test_without_pyarrow_it_is_said_how_to_get_it(
    library: Library, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(UserFacingError, match=r"pip install \"image-seeker\[export\]\""):
        export(library, out, form=ExportFormat.PARQUET)


def test_an_empty_library(library: Library, out: Path) -> None:
    files = (str(out), str(out.with_suffix(".npy")))
    assert export(library, out, vectors=True) == ExportProgress(0, 0, files)
    assert rows_of(out) == []
    assert np.load(out.with_suffix(".npy")).shape == (0, DIM)


def test_what_is_there_is_kept_unless_told_otherwise(
    library: Library, pictures: Path, out: Path, index: Index
) -> None:
    index(library, pictures)
    out.with_suffix(".npy").write_text("mine")
    with pytest.raises(UserFacingError, match=r"library\.npy is there already"):
        export(library, out, vectors=True)
    assert not out.exists()
    export(library, out)
    with pytest.raises(UserFacingError, match=r"library\.csv is there already"):
        export(library, out)
    assert out.with_suffix(".npy").read_text() == "mine"
    export(library, out, vectors=True, overwrite=True)
    assert len(np.load(out.with_suffix(".npy"))) == len(rows_of(out))


def test_names_that_cannot_be(library: Library, out: Path) -> None:
    with pytest.raises(UserFacingError, match="is a folder"):
        export(library, out.parent, overwrite=True)
    with pytest.raises(UserFacingError, match="cannot be written"):
        export(library, out.parent / "nowhere" / "x.csv")
    with pytest.raises(UserFacingError, match="what the file of the vectors is called"):
        export(library, out.with_suffix(".npy"), vectors=True)


def test_cancelled_leaves_nothing(
    library: Library, pictures: Path, out: Path, index: Index
) -> None:
    index(library, pictures)
    cancel = CancelToken()
    reports = library.export(out, cancel, vectors=True)
    next(reports)
    assert len(list(out.parent.iterdir())) == 2
    cancel.cancel()
    with pytest.raises(CancelledError):
        list(reports)
    assert list(out.parent.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no file sizes")
@pytest.mark.parametrize("form", list(ExportFormat))
def test_a_full_disk_leaves_nothing_and_keeps_what_was_there(
    library: Library, pictures: Path, out: Path, index: Index, form: ExportFormat
) -> None:
    if form is ExportFormat.PARQUET:
        pytest.importorskip("pyarrow")
    import resource

    index(library, pictures)
    out.write_text("what was there")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300, limits[1]))
    try:
        with pytest.raises(UserFacingError, match="cannot be written"):
            export(library, out, form=form, vectors=True, overwrite=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert [path.name for path in out.parent.iterdir()] == ["library.csv"]
    assert out.read_text() == "what was there"


def test_one_state_is_written_whatever_is_indexed_meanwhile(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_rows, "_ROWS_AT_ONCE", 1)
    path = tmp_path / "catalog.sqlite3"
    writer = Catalog.open(path)
    root = writer.add_root("/photos", RootKind.FOLDER)
    model = ModelInfo("a", "a", 4, is_builtin=False)
    _, second = writer.write_pictures(
        root, model, [picture("/photos/1", [1, 0, 0, 0]), picture("/photos/2", [1, 0, 0, 0])]
    )
    reader = Catalog.open(path, writable=False)
    for report in Export(reader, out, ExportFormat.CSV, model).run(CancelToken(), overwrite=False):
        if report.done == 0:
            writer.remove_pictures([second])
            writer.write_pictures(root, model, [picture("/photos/3", [1, 0, 0, 0])])
    reader.close()
    writer.close()
    assert [row["path"] for row in rows_of(out)] == ["/photos/1", "/photos/2"]
    assert len(np.load(out.with_suffix(".npy"))) == 2


def test_dates_are_utc(tmp_path: Path, out: Path) -> None:
    catalog = Catalog.open(tmp_path / "catalog.sqlite3")
    root = catalog.add_root("/photos", RootKind.FOLDER)
    model = ModelInfo("a", "a", 1, is_builtin=False)
    times = [1_700_000_000.9, -86_400.0, 1e15]
    for number, taken_at_s in enumerate(times):
        catalog.write_pictures(root, model, [picture(f"/photos/{number}", [1], taken_at_s)])
    list(Export(catalog, out, ExportFormat.CSV, None).run(CancelToken(), overwrite=False))
    catalog.close()
    taken = [row["taken"] for row in rows_of(out)]
    assert taken == ["2023-11-14T22:13:20Z", "1969-12-31T00:00:00Z", ""]


_CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)


@settings(max_examples=50)
@given(st.lists(_CELLS, max_size=5))
def test_whatever_stands_in_a_cell_comes_back_and_is_no_formula(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    path = tmp_path_factory.mktemp("csv") / "x.csv"
    table = CsvTable(path, None, len(texts), 0)
    table.write([row(text) for text in texts], None)
    table.close()
    found = [one["reason"] for one in rows_of(path)]
    for text, cell in zip(texts, found, strict=True):
        assert cell in (text, "'" + text)
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert path.read_bytes().startswith("\ufeffpath,id,".encode())
    assert b"\r\n" in path.read_bytes()


def row(reason: str) -> ExportRow:
    nothing = (None,) * 8
    return ExportRow("/x", None, "failed", reason, "/", *nothing)


def test_files_get_their_names_together(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with export_files.written_whole([out]) as partial:
        partial(out).write_text("x")
        assert not out.exists()
    assert out.read_text() == "x"
