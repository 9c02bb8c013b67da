import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop_app.ui.system.file_mime import GNOME, mime_of, pack

LETTERS = st.characters(exclude_characters="/\0", exclude_categories=["Cs"])


@pytest.mark.skipif(sys.platform == "win32", reason="paths are others there")
@given(
    st.lists(
        st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1),
        min_size=1,
    )
)
def test_every_name_comes_out_as_it_went_in(names: list[str]) -> None:
    paths = [f"/pictures/{name}" for name in names]
    mime = mime_of(pack(paths))
    assert [url.toLocalFile() for url in mime.urls()] == paths


def test_what_each_program_asks_for_is_there(qtbot: QtBot) -> None:
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    mime = mime_of(pack(["/a b.jpg", "/c.jpg"], left_out=3), image)
    assert mime.text() == "/a b.jpg\n/c.jpg"
    assert mime.data(GNOME).data() == b"copy\nfile:///a%20b.jpg\nfile:///c.jpg"
    assert mime.hasImage()
    assert not mime_of(pack(["/a.jpg"])).hasImage()
