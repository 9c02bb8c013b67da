"""Facts are read from real files, and nonsense in them is none."""

import io
import struct
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageCms
from PIL.TiffImagePlugin import IFDRational

from desktop_app.engine.files import photo_facts
from desktop_app.engine.files.icc import profile_name
from desktop_app.engine.files.picture_reader import DecodeLimits, UndecodableError, read_facts
from desktop_app.engine.files.xmp import Xmp
from desktop_app.engine.records import PhotoFacts

TAG, GPS = ExifTags.Base, ExifTags.GPS
Details = dict[int, object]


def exif_of(details: Details, gps: Details) -> Image.Exif:
    exif = Image.Exif()
    for place, tags in ((ExifTags.IFD.Exif, details), (ExifTags.IFD.GPSInfo, gps)):
        exif.get_ifd(place).update(tags)
        exif[place] = tags  # one is what TIFF is written from, and one all others
    return exif


def xmp_of(*keywords: str) -> bytes:
    xmp = Xmp()
    xmp.set_keywords(keywords)
    return xmp.to_bytes()


def iptc_of(*keywords: bytes) -> bytes:
    """Photoshop's segment of a JPEG with some keywords: IIM 4.2, 1.5."""
    data = b"".join(struct.pack(">BBBH", 0x1C, 2, 25, len(each)) + each for each in keywords)
    block = b"8BIM" + struct.pack(">HHI", 0x0404, 0, len(data)) + data + b"\0" * (len(data) % 2)
    body = b"Photoshop 3.0\0" + block
    return b"\xff\xed" + struct.pack(">H", len(body) + 2) + body


FULL = exif_of(
    {
        TAG.ExposureTime: IFDRational(1, 250),
        TAG.FNumber: IFDRational(28, 10),
        TAG.ISOSpeedRatings: 400,
        TAG.FocalLength: IFDRational(35, 1),
        TAG.LensModel: "RF 35mm F1.8",
    },
    {
        GPS.GPSLatitudeRef: "N",
        GPS.GPSLatitude: (IFDRational(47), IFDRational(3), IFDRational(0)),
        GPS.GPSLongitudeRef: "W",
        GPS.GPSLongitude: (IFDRational(8), IFDRational(18), IFDRational(36)),
        GPS.GPSAltitudeRef: b"\x01",
        GPS.GPSAltitude: IFDRational(12, 10),
    },
)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_photo_says_how_and_where_it_was_taken(tmp_path: Path, form: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    path = tmp_path / "photo"
    image = Image.new("RGB", (8, 6))
    image.save(path, form, exif=FULL, icc_profile=profile)
    facts = read_facts(str(path), DecodeLimits())
    assert facts.longitude_deg == pytest.approx(-8.31)
    assert facts.colour_profile == "sRGB built-in"
    assert (facts.exposure_s, facts.f_number, facts.iso) == (0.004, 2.8, 400)
    assert (facts.focal_length_mm, facts.lens) == (35, "RF 35mm F1.8")
    assert (facts.latitude_deg, facts.altitude_m) == (47.05, -1.2)


def test_keywords_come_from_xmp_and_from_iptc(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    buffer = io.BytesIO()
    Image.new("RGB", (8, 6)).save(buffer, "JPEG", xmp=xmp_of("snow", "old  house"))
    data = buffer.getvalue()
    path.write_bytes(data[:2] + iptc_of(b"snow", "K\u00f6ln".encode(), b"Z\xfcrich") + data[2:])
    facts = read_facts(str(path), DecodeLimits())
    assert facts.keywords == ("snow", "old house", "Köln", "Zürich")


def test_a_picture_that_says_nothing_has_no_facts(tmp_path: Path) -> None:
    Image.new("RGB", (8, 6)).save(tmp_path / "a.png")
    assert read_facts(str(tmp_path / "a.png"), DecodeLimits()) == PhotoFacts()
    (tmp_path / "b.jpg").write_text("no picture")
    with pytest.raises(UndecodableError):
        read_facts(str(tmp_path / "b.jpg"), DecodeLimits())


rationals = st.builds(IFDRational, st.integers(-5, 2**32 - 1), st.integers(0, 2**32 - 1))
values = st.one_of(
    rationals,
    st.tuples(rationals),
    st.tuples(rationals, rationals, rationals),
    st.lists(rationals, max_size=5).map(tuple),
    st.integers(-1, 2**33),
    st.floats(),
    st.text(max_size=4),
    st.binary(max_size=4),
    st.none(),
    st.sampled_from(["N", "S", "E", "W", "n\0", b"\x01", "1"]),
)


@given(
    st.dictionaries(st.sampled_from([int(each) for each in (TAG.ExposureTime, TAG.FNumber,
        TAG.ISOSpeedRatings, TAG.FocalLength, TAG.LensModel)]), values),
    st.dictionaries(st.sampled_from([int(each) for each in GPS if each <= 6]), values),
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_nonsense_is_none(details: Details, gps: Details) -> None:
    facts = photo_facts.facts_of(Image.new("RGB", (2, 2)), exif_of(details, gps))
    for positive in (facts.exposure_s, facts.f_number, facts.focal_length_mm):
        assert positive is None or 0 < positive <= 1e9
    assert facts.iso is None or 0 < facts.iso <= 1e9
    assert (facts.latitude_deg is None) is (facts.longitude_deg is None)
    assert abs(facts.latitude_deg or 0) <= 90
    assert abs(facts.longitude_deg or 0) <= 180
    assert abs(facts.altitude_m or 0) <= 1e9


@given(st.integers(0, 400), st.binary(max_size=12))
@settings(max_examples=100, deadline=None)
def test_spoilt_headers_do_no_harm(at: int, junk: bytes) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 6)).save(buffer, "JPEG", exif=FULL, xmp=xmp_of("snow"))
    data = buffer.getvalue()
    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(data[:at] + junk + data[at + len(junk) :])
    try:
        assert isinstance(read_facts(file.name, DecodeLimits()), PhotoFacts)
    except UndecodableError:
        pass
    finally:
        Path(file.name).unlink()


def profile(tag: bytes, signature: bytes = b"desc") -> bytes:
    head = b"\0" * 36 + b"acsp" + b"\0" * 88
    return head + struct.pack(">I4sII", 1, signature, 144, len(tag)) + tag


NAME = "Display P3 ä".encode("utf-16-be")
MLUC = b"mluc\0\0\0\0" + struct.pack(">II4sII", 1, 12, b"enUS", len(NAME), 28) + NAME


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (profile(b"desc\0\0\0\0" + struct.pack(">I", 6) + b"Adobe\0junk"), "Adobe"),
        (profile(MLUC), "Display P3 ä"),
        (profile(b"text\0\0\0\0 A  B\0"), "A B"),
        (profile(b"desc\0\0\0\0" + struct.pack(">I", 2**32 - 1) + b"Long"), "Long"),
        (profile(MLUC[:24]), None),
        (profile(MLUC, b"cprt"), None),
        (b"", None),
        (b"junk" * 50, None),
    ],
)
def test_profiles_have_names(data: bytes, name: str | None) -> None:
    assert profile_name(data) == name


@given(st.binary(max_size=80))
def test_any_profile_is_read_or_not(tag: bytes) -> None:
    name = profile_name(profile(tag))
    assert name is None or (name.isprintable() and len(name) <= 100)
