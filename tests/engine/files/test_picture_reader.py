import io
import math
import struct
import tracemalloc
import warnings
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from desktop_app.engine.files import picture_reader
from desktop_app.engine.files.fingerprint import fingerprint
from desktop_app.engine.files.picture_reader import (
    DecodeLimits,
    UndecodableError,
    make_preview,
    make_thumbnail,
    open_picture,
    read_picture,
)
from desktop_app.engine.files.signatures import PILLOW_FORMATS
from desktop_app.engine.records import DecodedPicture, SkipKind
from tests.helpers import pictures

SIDE_PX = 24
LIMITS = DecodeLimits()
QUARTERS = (pictures.RED, pictures.GREEN, pictures.BLUE, pictures.YELLOW)


def squeeze(image: Image.Image) -> NDArray[np.uint8]:
    assert image.mode == "RGB"
    return np.asarray(image.resize((SIDE_PX, SIDE_PX), Image.Resampling.BOX))


def read(path: Path, limits: DecodeLimits = LIMITS) -> DecodedPicture:
    return read_picture(str(path), squeeze, SIDE_PX, limits)


def refusal(path: Path, limits: DecodeLimits = LIMITS) -> tuple[SkipKind, str]:
    with pytest.raises(UndecodableError) as caught:
        read(path, limits)
    return caught.value.kind, caught.value.reason


def shows_quadrants(pixels: NDArray[np.uint8], tolerance: int = 20) -> bool:
    """Whether it shows `pictures.quadrants`, upright."""
    height, width, _ = pixels.shape
    middles = [
        pixels[row, column].astype(int)
        for row in (height // 4, 3 * height // 4)
        for column in (width // 4, 3 * width // 4)
    ]
    return all(
        np.abs(middle - colour).max() <= tolerance
        for middle, colour in zip(middles, QUARTERS, strict=True)
    )


def opened(jpeg: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(jpeg))
    assert image.format == "JPEG"
    return image


@pytest.mark.parametrize("file_format", PILLOW_FORMATS)
def test_reads_every_format_whatever_its_name(tmp_path: Path, file_format: str) -> None:
    data = pictures.encode(pictures.quadrants(), file_format, lossless=True)
    for name in ("picture" + pictures.EXTENSIONS[file_format], "WRONG.JPG", "wrong.png", "none"):
        path = pictures.write(tmp_path / name, data)
        picture = read(path)
        assert (picture.width_px, picture.height_px) == (64, 48)
        assert picture.format == file_format
        assert picture.taken_at_s is None
        assert picture.fingerprint == fingerprint(str(path))
        assert picture.pixels.dtype == np.uint8
        assert picture.pixels.shape == (SIDE_PX, SIDE_PX, 3)
        assert shows_quadrants(picture.pixels)
        assert shows_quadrants(np.asarray(opened(picture.thumbnail)))


@pytest.mark.parametrize("name", pictures.MODES)
def test_reads_every_mode(tmp_path: Path, name: str) -> None:
    picture = read(pictures.write(tmp_path / "a", pictures.MODES[name]()))
    assert (picture.width_px, picture.height_px) == (64, 48)
    assert len(np.unique(picture.pixels)) > 1


def test_the_first_picture_of_several_is_read(tmp_path: Path) -> None:
    gif = read(pictures.write(tmp_path / "a.gif", pictures.animated_gif()))
    several = read(pictures.write(tmp_path / "a.jpg", pictures.multi_picture_jpeg()))
    assert several.format == "MPO"
    for picture in (gif, several):
        assert np.abs(picture.pixels.astype(int) - pictures.RED).max() < 12


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "TIFF", "WEBP", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_comes_out_upright(
    tmp_path: Path, orientation: int, file_format: str
) -> None:
    stored = pictures.stored_as(pictures.quadrants(), orientation)
    data = pictures.encode(stored, file_format, orientation=orientation)
    path = pictures.write(tmp_path / "a", data)
    picture = read(path)
    assert (picture.width_px, picture.height_px) == (64, 48)
    assert shows_quadrants(picture.pixels)
    assert shows_quadrants(np.asarray(opened(picture.thumbnail)))
    assert shows_quadrants(np.asarray(opened(make_preview(str(path), 64, LIMITS))))
    assert shows_quadrants(np.asarray(open_picture(data, 8, LIMITS)))


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_large_jpeg_is_decoded_reduced(
    tmp_path: Path, orientation: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = pictures.stored_as(pictures.quadrants(1600, 1200), orientation)
    data = pictures.encode(stored, "JPEG", orientation=orientation)
    path = pictures.write(tmp_path / "a.jpg", data)
    seen: list[tuple[int, int]] = []
    monkeypatch.setattr(Image.Image, "reduce", None)  # libjpeg alone has to do it

    def note(image: Image.Image) -> NDArray[np.uint8]:
        seen.append(image.size)
        return squeeze(image)

    monkeypatch.setattr(picture_reader, "_thumbnail_size", lambda image: image)
    picture = read_picture(str(path), note, 200, LIMITS)
    assert (picture.width_px, picture.height_px) == (1600, 1200)
    assert seen == [(800, 600)]
    assert shows_quadrants(picture.pixels)


def test_a_large_picture_of_another_format_is_reduced_after_decoding(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []

    def note(image: Image.Image) -> NDArray[np.uint8]:
        seen.append(image.size)
        return squeeze(image)

    path = pictures.write(tmp_path / "a.png", pictures.MODES["RGBA, opaque"]())
    data = pictures.encode(pictures.quadrants(1600, 1200).convert("RGBA"), "PNG")
    picture = read_picture(str(pictures.write(path, data)), note, SIDE_PX, LIMITS)
    assert (picture.width_px, picture.height_px) == (1600, 1200)
    assert seen == [(534, 400)]
    assert shows_quadrants(picture.pixels)


def test_reduced_decoding_shows_the_model_the_same(tmp_path: Path) -> None:
    path = pictures.write(tmp_path / "a.jpg", pictures.encode(pictures.photo(2000, 1500), "JPEG"))
    whole = np.asarray(Image.open(path).resize((224, 224), Image.Resampling.BICUBIC))
    picture = read_picture(
        str(path),
        lambda image: np.asarray(image.resize((224, 224), Image.Resampling.BICUBIC)),
        224,
        LIMITS,
    )
    error = float(np.mean((picture.pixels.astype(float) - whole) ** 2))
    assert 10 * math.log10(255**2 / error) > 40


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((1600, 1200), (427, 320)),
        ((1200, 1600), (320, 427)),
        ((1000, 1000), (320, 320)),
        ((4000, 400), (1600, 160)),
        ((300, 200), (300, 200)),
        ((5000, 1), (2560, 1)),
        ((1, 1), (1, 1)),
    ],
)
@pytest.mark.parametrize("file_format", ["JPEG", "PNG"])
def test_thumbnail_sizes(
    tmp_path: Path, size: tuple[int, int], expected: tuple[int, int], file_format: str
) -> None:
    path = pictures.write(
        tmp_path / "a", pictures.encode(pictures.plain(pictures.RED, *size), file_format)
    )
    thumbnail = read(path).thumbnail
    assert opened(thumbnail).size == expected
    assert opened(make_thumbnail(str(path), LIMITS)).size == expected


def test_preview_sizes(tmp_path: Path) -> None:
    data = pictures.encode(pictures.quadrants(3000, 1000), "JPEG")
    path = str(pictures.write(tmp_path / "a.jpg", data))
    assert opened(make_preview(path, 1200, LIMITS)).size == (1200, 400)
    assert opened(make_preview(path, 5000, LIMITS)).size == (3000, 1000)


def test_when_it_was_taken(tmp_path: Path) -> None:
    for file_format in ("JPEG", "PNG", "TIFF", "WEBP", "AVIF"):
        data = pictures.encode(
            pictures.quadrants(), file_format, taken="2023:02:12 10:30:00", offset="+02:00"
        )
        picture = read(pictures.write(tmp_path / file_format, data))
        assert picture.taken_at_s == datetime(2023, 2, 12, 8, 30, tzinfo=UTC).timestamp()


def test_spoilt_exif_data_do_not_spoil_the_picture(tmp_path: Path) -> None:
    good = pictures.encode(pictures.quadrants(), "JPEG", orientation=1, taken="2023:02:12 10:30:00")
    start = good.index(b"Exif\0\0") + 6
    for at in range(start, start + 60):
        spoilt = good[:at] + b"\xff\xff\xff" + good[at + 3 :]
        picture = read(pictures.write(tmp_path / "a.jpg", spoilt))
        assert picture.width_px * picture.height_px == 64 * 48


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "TIFF", "WEBP", "GIF", "AVIF", "JPEG2000"])
def test_a_file_cut_short_is_damaged(tmp_path: Path, file_format: str) -> None:
    data = (
        pictures.encode(pictures.photo(200, 150), file_format)
        if file_format != "GIF"
        else (pictures.encode(pictures.photo(200, 150).quantize(), "GIF"))
    )
    path = pictures.write(tmp_path / "a", data[: len(data) // 2])
    assert refusal(path) == (SkipKind.DAMAGED, "The file is cut short or damaged.")
    with pytest.raises(UndecodableError):
        make_thumbnail(str(path), LIMITS)


def test_files_that_are_no_pictures(tmp_path: Path) -> None:
    assert refusal(pictures.write(tmp_path / "a.jpg", b"")) == (
        SkipKind.DAMAGED,
        "The file is empty.",
    )
    for content in (b"milk and bread", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"):
        assert refusal(pictures.write(tmp_path / "b.jpg", content)) == (
            SkipKind.DAMAGED,
            "Its content is not a picture.",
        )


def test_files_that_the_system_refuses(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone.jpg") == (
        SkipKind.UNREADABLE,
        "The file is no longer there.",
    )
    assert refusal(tmp_path)[0] is SkipKind.UNREADABLE


def test_more_pixels_than_the_limit_are_refused_before_memory_is_taken(tmp_path: Path) -> None:
    path = pictures.write(tmp_path / "a.png", pictures.png_header(50_000, 50_000))
    tracemalloc.start()
    try:
        assert refusal(path) == (
            SkipKind.TOO_LARGE,
            "50000 × 50000 pixels is more than the limit of 200 megapixels.",
        )
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def test_a_real_picture_beyond_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("1", (20_000, 20_000)).save(path)
    assert refusal(path)[0] is SkipKind.TOO_LARGE


def test_the_limit_is_that_of_the_settings(tmp_path: Path) -> None:
    path = pictures.write(tmp_path / "a.png", pictures.encode(pictures.quadrants(), "PNG"))
    assert read(path, DecodeLimits(pixels=64 * 48)).width_px == 64
    assert refusal(path, DecodeLimits(pixels=64 * 48 - 1))[0] is SkipKind.TOO_LARGE


def test_a_jpeg_counts_by_the_size_it_is_decoded_at(tmp_path: Path) -> None:
    image = pictures.quadrants(3200, 2400)
    limits = DecodeLimits(pixels=1_000_000)
    path = pictures.write(tmp_path / "a.jpg", pictures.encode(image, "JPEG"))
    assert read(path, limits).width_px == 3200
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", progressive=True)
    path = pictures.write(tmp_path / "b.jpg", buffer.getvalue())
    assert refusal(path, limits) == (
        SkipKind.TOO_LARGE,
        "3200 × 2400 pixels is more than the limit of 1 megapixels.",
    )


def test_an_icon_cannot_hide_a_huge_picture(tmp_path: Path) -> None:
    path = pictures.write(tmp_path / "a.ico", pictures.icon_of(pictures.png_header(50_000, 50_000)))
    assert refusal(path)[0] is SkipKind.TOO_LARGE


def test_a_fault_of_the_resizer_is_not_blamed_on_the_file(tmp_path: Path) -> None:
    path = pictures.write(tmp_path / "a.png", pictures.encode(pictures.quadrants(), "PNG"))

    def faulty(_image: Image.Image) -> NDArray[np.uint8]:
        raise ValueError("a fault")

    with pytest.raises(ValueError, match="a fault"):
        read_picture(str(path), faulty, SIDE_PX, LIMITS)


def test_warnings_stay_inside_even_with_threads(tmp_path: Path) -> None:
    """Pillow warns of an icon that is larger than it says; warnings are errors in these tests."""
    icon = pictures.icon_of(pictures.encode(pictures.quadrants(), "PNG"))
    path = pictures.write(tmp_path / "a.ico", icon)
    filters = list(warnings.filters)
    with ThreadPoolExecutor(4) as threads:
        widths = list(threads.map(lambda _: read(path).width_px, range(40)))
    assert widths == [64] * 40
    assert warnings.filters == filters


SAMPLES = [
    pictures.encode(pictures.quadrants(), file_format, orientation=orientation)
    if file_format in ("JPEG", "PNG", "TIFF", "WEBP")
    else pictures.encode(pictures.quadrants(), file_format)
    for file_format in PILLOW_FORMATS
    for orientation in (6,)
]


def opens_or_is_refused(data: bytes) -> None:
    """Any other exception than `UndecodableError` gets through and fails the test."""
    with suppress(UndecodableError):
        assert open_picture(data, SIDE_PX, DecodeLimits(pixels=1_000_000)).mode == "RGB"


@given(st.binary(max_size=200), st.sampled_from(SAMPLES), st.integers(0, 60))
@settings(max_examples=200, deadline=None)
def test_random_bytes_fail_in_one_way_only(noise: bytes, sample: bytes, kept: int) -> None:
    opens_or_is_refused(sample[:kept] + noise)


@given(
    st.sampled_from(SAMPLES),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=12),
)
@settings(max_examples=300, deadline=None)
def test_spoilt_pictures_fail_in_one_way_only(
    sample: bytes, changes: list[tuple[float, int]]
) -> None:
    data = bytearray(sample)
    for where, value in changes:
        data[int(where * len(data))] = value
    opens_or_is_refused(bytes(data))


def test_a_spoilt_icon_directory_is_damaged(tmp_path: Path) -> None:
    icon = pictures.icon_of(pictures.png_header(16, 16))
    for spoilt in (icon[:20], icon[:4] + struct.pack("<H", 60000) + icon[6:]):
        path = pictures.write(tmp_path / "a.ico", spoilt)
        assert refusal(path)[0] is SkipKind.DAMAGED


def test_a_placeholder_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pictures.write(tmp_path / "a.jpg", pictures.encode(pictures.quadrants(), "JPEG"))
    monkeypatch.setattr(
        "desktop_app.engine.files.picture_reader.is_placeholder", lambda _status: True
    )

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("opened")

    monkeypatch.setattr("builtins.open", refuse)
    for read in (make_thumbnail, partial(make_preview, max_side_px=100)):
        with pytest.raises(UndecodableError) as refused:
            read(str(path), limits=DecodeLimits())
        assert refused.value.kind is SkipKind.CLOUD_ONLY
