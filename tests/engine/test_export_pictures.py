"""Copies of pictures: as they are, smaller, and for a contact sheet."""

import errno
import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import ExifTags, Image, ImageCms

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError, UserFacingError
from desktop_app.engine.file_actions import placing
from desktop_app.engine.library import Library
from desktop_app.engine.records import CopiesSummary, CopyForm, KeptDetails, SheetPicture
from tests.helpers.pictures import write_damaged

GO = CancelToken()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.fixture
def ids(library: Library, pictures: Path, index: Callable[..., object]) -> list[int]:
    index(library, pictures)
    return [int(each) for each in library.picture_ids()]


def last(reports: object) -> CopiesSummary:
    *_, summary = list(reports)  # type: ignore[call-overload]
    assert isinstance(summary, CopiesSummary)
    return summary


def photo(path: Path) -> None:
    """A photo that lies on its side, with a profile and a place."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "Maker"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.FNumber] = 4.0
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.new("RGB", (1200, 800), "teal").save(
        path, exif=exif, icc_profile=profile, comment=b"secret"
    )


def test_as_they_are(library: Library, ids: list[int], pictures: Path, out: Path) -> None:
    (pictures / "red.png.xmp").write_text("<red/>")
    (out / "red.png").write_bytes(b"mine")
    summary = last(library.picture_export.copy(ids, str(out), GO))
    assert (summary.done, summary.failed, summary.stopped) == (len(ids), (), "")
    assert (out / "red.png").read_bytes() == b"mine"
    assert (out / "red (2).png").read_bytes() == (pictures / "red.png").read_bytes()
    assert (out / "red (2).png.xmp").read_text() == "<red/>"
    assert (out / "blue.png").stat().st_mtime_ns == (pictures / "blue.png").stat().st_mtime_ns
    assert len(os.listdir(out)) == len(ids) + 2


@pytest.mark.parametrize("details", KeptDetails)
def test_smaller_ones_are_upright_and_say_what_they_may(
    library: Library,
    tmp_path: Path,
    out: Path,
    index: Callable[..., object],
    details: KeptDetails,
) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    photo(folder / "photo.jpg")
    index(library, folder)
    form = CopyForm(300, 80, details)
    assert (
        last(library.picture_export.resize(library.picture_ids().tolist(), str(out), form, GO)).done
        == 1
    )
    with Image.open(out / "photo.jpg") as image:
        assert image.size == (200, 300)
        assert "icc_profile" not in image.info  # it is in sRGB, as what says nothing is
        assert "comment" not in image.info
        exif = image.getexif()
        assert ExifTags.Base.Orientation not in exif
        has_details = details is not KeptDetails.NONE
        assert (exif.get(ExifTags.Base.Make) == "Maker") is has_details
        assert (exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.FNumber) == 4.0) is has_details
        assert bool(exif.get_ifd(ExifTags.IFD.GPSInfo)) is (details is KeptDetails.ALL)


def test_small_ones_are_not_enlarged_and_names_get_numbers(
    library: Library, ids: list[int], out: Path
) -> None:
    (out / "red.jpg").write_bytes(b"mine")
    last(library.picture_export.resize(ids, str(out), CopyForm(1000), GO))
    with Image.open(out / "red (2).jpg") as image:
        assert image.size == (64, 48)
    assert (out / "red.jpg").read_bytes() == b"mine"


def test_what_cannot_be_copied_is_listed_and_the_rest_is_done(
    library: Library, ids: list[int], pictures: Path, out: Path
) -> None:
    write_damaged(pictures / "red.png")
    (pictures / "blue.png").unlink()
    summary = last(library.picture_export.resize(ids, str(out), CopyForm(50), GO))
    assert {Path(one.path).name: one.reason for one in summary.failed} == {
        "red.png": "Its content is not a picture.",
        "blue.png": "This file is gone.",
    }
    assert summary.done == len(ids) - 2 == len(os.listdir(out))
    summary = last(library.picture_export.copy(ids, str(out), GO))
    assert [Path(one.path).name for one in summary.failed] == ["blue.png"]


@pytest.mark.parametrize("is_smaller", [True, False])
def test_a_full_disk_ends_it_and_is_said(
    library: Library, ids: list[int], out: Path, monkeypatch: pytest.MonkeyPatch, is_smaller: bool
) -> None:
    room = iter([True, True])
    rename = placing._rename

    def full(source: str, target: str) -> None:
        if not next(room, False):
            raise OSError(errno.ENOSPC, "No space left on device")
        rename(source, target)

    monkeypatch.setattr(placing, "_rename", full)
    export = library.picture_export
    reports = (
        export.resize(ids, str(out), CopyForm(50), GO)
        if is_smaller
        else export.copy(ids, str(out), GO)
    )
    summary = last(reports)
    assert (summary.done, summary.stopped, summary.failed) == (2, "The disk is full.", ())
    assert len(os.listdir(out)) == 2


@pytest.mark.parametrize("is_smaller", [True, False])
def test_it_can_be_stopped(library: Library, ids: list[int], out: Path, is_smaller: bool) -> None:
    token = CancelToken()
    export = library.picture_export
    reports = (
        export.resize(ids, str(out), CopyForm(50), token)
        if is_smaller
        else export.copy(ids, str(out), token)
    )
    next(reports)
    token.cancel()
    summary = last(reports)
    assert summary.cancelled
    assert summary.done == len(os.listdir(out)) == 1


def test_a_folder_that_is_not_there(library: Library, ids: list[int], out: Path) -> None:
    for reports in (
        library.picture_export.copy(ids, str(out / "no"), GO),
        library.picture_export.resize(ids, str(out / "no"), CopyForm(9), GO),
    ):
        with pytest.raises(UserFacingError, match="no folder"):
            list(reports)


def test_a_sheet_comes_in_order_with_what_cannot_be_shown(
    library: Library, ids: list[int], pictures: Path
) -> None:
    write_damaged(pictures / "red.png")
    (pictures / "blue.png").unlink()
    found = list(library.picture_export.sheet(ids, 32, GO))
    wanted = [library.pictures([each])[each].path for each in ids]
    assert [one.path for one in found] == wanted
    assert {Path(one.path).name for one in found if not one.data} == {"red.png", "blue.png"}
    assert all(one.reason for one in found if not one.data)
    shown = next(one for one in found if isinstance(one, SheetPicture) and one.data)
    assert max(Image.open(io.BytesIO(shown.data)).size) == 32


def test_a_sheet_can_be_stopped(library: Library, ids: list[int]) -> None:
    token = CancelToken()
    pictures = library.picture_export.sheet(ids, 32, token)
    next(pictures)
    token.cancel()
    with pytest.raises(CancelledError):
        list(pictures)


@pytest.mark.parametrize("is_smaller", [False, True])
def test_one_that_the_drive_does_not_take_stops_no_other(
    library: Library, ids: list[int], out: Path, monkeypatch: pytest.MonkeyPatch, is_smaller: bool
) -> None:
    rename = placing._rename

    def picky(source: str, target: str) -> None:
        if os.path.basename(target).startswith("red"):
            raise OSError(errno.EINVAL, "Invalid argument")
        rename(source, target)

    monkeypatch.setattr(placing, "_rename", picky)
    export = library.picture_export
    summary = last(
        export.resize(ids, str(out), CopyForm(50), GO)
        if is_smaller
        else export.copy(ids, str(out), GO)
    )
    assert (summary.done, summary.stopped) == (len(ids) - 1, "")
    assert [os.path.basename(one.path) for one in summary.failed] == ["red.png"]
