from desktop_app.engine.files.signatures import PILLOW_FORMATS
from picture_types import FOLDER_MIME, PICTURE_TYPES, mime_types, uniform_types


def test_all_formats_that_the_engine_reads_are_told_to_desktops() -> None:
    assert tuple(PICTURE_TYPES) == PILLOW_FORMATS
    assert all(each.mime and each.uniform for each in PICTURE_TYPES.values())


def test_folders_come_first_and_nothing_twice() -> None:
    assert mime_types()[0] == FOLDER_MIME
    assert len(set(mime_types())) == len(mime_types())
    assert len(set(uniform_types())) == len(uniform_types())
