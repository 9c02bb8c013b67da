from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from desktop_app.engine.errors import QueryError
from desktop_app.ui.search import query_picture
from desktop_app.ui.search.query_picture import (
    CHIP_SIDE_PX,
    LONGEST_SIDE_PX,
    from_image,
    local_paths,
    may_be_picture,
    read_file,
)
from tests.ui.fake_library import jpeg


def mime_of(*paths: Path, text: str = "", image: QImage | None = None) -> QMimeData:
    mime = QMimeData()
    if paths:
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    if text:
        mime.setText(text)
    if image is not None:
        mime.setImageData(image)
    return mime


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "naïve picture.jpg"
    path.write_bytes(jpeg())
    return path


def test_a_file_is_read_with_a_thumbnail_for_the_chip(file: Path) -> None:
    picture = read_file(str(file), scale=2.0)
    assert picture.name == file.name
    assert picture.image == file.read_bytes()
    assert picture.thumbnail is not None
    assert picture.thumbnail.width() == 2 * CHIP_SIDE_PX


def test_what_qt_cannot_read_is_left_to_the_engine(tmp_path: Path) -> None:
    path = tmp_path / "picture.avif"
    path.write_bytes(b"a format that only the engine knows")
    picture = read_file(str(path), scale=1.0)
    assert picture.image == path.read_bytes()
    assert picture.thumbnail is None


def test_a_file_that_cannot_be_read_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"gone\.jpg cannot be read"):
        read_file(str(tmp_path / "gone.jpg"), scale=1.0)
    with pytest.raises(QueryError, match="cannot be read"):
        read_file(str(tmp_path), scale=1.0)


def test_a_huge_file_is_not_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query_picture, "LARGEST_FILE_BYTES", 100)
    with pytest.raises(QueryError, match="too large"):
        read_file(str(file), scale=1.0)


def test_pasted_pixels_become_a_file(qapp: object) -> None:
    pixels = QImage(4000, 2000, QImage.Format.Format_RGB32)
    pixels.fill("orange")
    picture = from_image(pixels, scale=1.0)
    assert picture.image is not None
    read = QImage.fromData(picture.image)
    assert (read.width(), read.height()) == (LONGEST_SIDE_PX, LONGEST_SIDE_PX // 2)
    assert read.pixelColor(10, 10).name() == "#ffa500"
    assert picture.thumbnail is not None


def test_what_may_be_a_picture(file: Path, qapp: object) -> None:
    pixels = QImage(4, 4, QImage.Format.Format_RGB32)
    assert may_be_picture(mime_of(file, text=str(file)))
    assert may_be_picture(mime_of(image=pixels))
    assert may_be_picture(mime_of(file, file))
    assert not may_be_picture(mime_of(file, file.parent))
    assert not may_be_picture(mime_of(file.parent))
    assert not may_be_picture(mime_of(file.with_name("2023.05")))
    assert may_be_picture(mime_of(file.with_name("nobody has looked for it.J2K")))
    assert not may_be_picture(mime_of(text="two dogs", image=pixels))
    assert not may_be_picture(mime_of(text="two dogs"))


def test_only_local_files_are_paths(file: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/a.jpg"), QUrl.fromLocalFile(str(file))])
    assert local_paths(mime) == [str(file)]
