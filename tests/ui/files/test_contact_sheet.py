import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QFile
from PySide6.QtWidgets import QApplication

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError, UserFacingError
from desktop_app.engine.records import CopiesSummary, SheetPicture
from desktop_app.ui.files.contact_sheet import picture_side_px, rows_a_page, write_sheet
from tests.ui.fake_library import jpeg


def pictures(count: int) -> Iterator[SheetPicture]:
    data = jpeg("teal")
    for number in range(count):
        if number % 10 == 9:
            yield SheetPicture(f"/p/{number}.jpg", reason="It is damaged.")
        else:
            yield SheetPicture(f"/p/写真 {number}.jpg", data)


def test_pages_are_filled_one_after_another(qapp: QApplication, tmp_path: Path) -> None:
    count = 2 * 4 * rows_a_page(4) + 1
    *_, summary = write_sheet(str(tmp_path), pictures(count), count, 4, CancelToken())
    assert isinstance(summary, CopiesSummary)
    assert summary.done + len(summary.failed) == count
    [sheet] = tmp_path.iterdir()
    assert sheet.name == "Contact sheet.pdf"
    data = sheet.read_bytes()
    assert data.startswith(b"%PDF-")
    assert data.count(b"/Type /Page\n") == 3


def test_nothing_is_overwritten(qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "Contact sheet.pdf").write_text("mine")
    list(write_sheet(str(tmp_path), pictures(1), 1, 2, CancelToken()))
    assert sorted(os.listdir(tmp_path)) == ["Contact sheet (2).pdf", "Contact sheet.pdf"]
    assert (tmp_path / "Contact sheet.pdf").read_text() == "mine"


def test_stopped_nothing_is_left(qapp: QApplication, tmp_path: Path) -> None:
    token = CancelToken()
    reports = write_sheet(str(tmp_path), pictures(50), 50, 4, token)
    next(reports)
    token.cancel()
    with pytest.raises(CancelledError):
        list(reports)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_said_and_nothing_is_left(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFile, "error", lambda _file: QFile.FileError.WriteError)
    with pytest.raises(UserFacingError, match="disk is full"):
        list(write_sheet(str(tmp_path), pictures(3), 3, 4, CancelToken()))
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_can_be_written_it_is_said(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(UserFacingError, match="no folder"):
        list(write_sheet(str(tmp_path / "no"), pictures(1), 1, 4, CancelToken()))


@pytest.mark.parametrize("columns", range(2, 11))
def test_more_columns_make_smaller_pictures(columns: int) -> None:
    assert picture_side_px(columns) > picture_side_px(columns + 1)
    assert rows_a_page(columns) <= rows_a_page(columns + 1)
