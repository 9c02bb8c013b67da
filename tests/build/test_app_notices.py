"""Notices and bill of materials of a program made of three things."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from app_accounts import account_complaints
from app_notices import FILES, FOLDER, NOTICES, SBOM, notices_parts, write_notices
from component import Component, LicenceText
from licence_terms import LicenceError
from notices_text import notices_text
from project_file import read_project
from sbom import SbomError, files_in, sbom_text

PROGRAM = Component(
    "Image Seeker", "1.2.3", "MIT", "its LICENSE", "this project",
    texts=(LicenceText("LICENSE", "Copyright us\n"),),
    files=("ImageSeeker", "image-seeker", *(f"{FOLDER}/{name}" for name in FILES)),
)  # fmt: skip
QT = Component(
    "PySide6_Essentials", "6.11.3", "LGPL-3.0-only OR GPL-2.0-only", "its metadata",
    "PyPI: PySide6_Essentials 6.11.3", "https://pyside.org", "pkg:pypi/pyside6-essentials@6.11.3",
    files=("PySide6/Qt/lib/libQt6Core.so.6",), modules=1,
    parts=(
        Component("PCRE2", "", "BSD-3-Clause", "its own statement", "compiled into Qt",
                  copyright="Copyright (c) University of Cambridge"),
    ),
)  # fmt: skip
GLIB = Component(
    "GLib", "2.74", "LGPL-2.1-or-later", "the package's copyright file",
    "the system's package libglib2.0-0 2.74", purl="pkg:deb/debian/libglib2.0-0@2.74",
    texts=(LicenceText("copyright", "Copyright us\n"),), files=("libglib-2.0.so.0",),
)  # fmt: skip
ALL = [PROGRAM, QT, GLIB]


def test_the_notices_name_everything_with_its_terms() -> None:
    text = notices_text(ALL)

    assert "What Image Seeker 1.2.3 is made of" in text
    assert "3 components, with 1 more compiled" in text.replace("\n", " ")
    assert "PySide6_Essentials 6.11.3                  LGPL-3.0-only" in text
    assert "  PCRE2                                    BSD-3-Clause" in text
    assert "Copyright (c) University of Cambridge" in text
    assert "version 6.11.3, under the GNU Lesser" in text.replace("\n", " ")
    assert "GLib (the system's package libglib2.0-0 2.74)" in text.replace("\n", " ")
    for title in ("BSD-3-Clause", "GPL-3.0", "LGPL-2.1", "LGPL-3.0", "MIT"):
        assert f"{'-' * 98}\n{title}\n{'-' * 98}" in text
    assert max(map(len, text.splitlines()[:60])) <= 100


def test_a_text_is_told_once() -> None:
    text = notices_text(ALL)

    assert text.count("Copyright us\n") == 1
    assert "copyright: the same as LICENSE of Image Seeker 1.2.3, above." in text


def test_notices_of_what_may_not_be_inside_are_not_written() -> None:
    with pytest.raises(LicenceError):
        notices_text([PROGRAM, replace(QT, licence="GPL-2.0-only")])


def test_the_bill_names_components_files_and_where_they_are_from() -> None:
    bill = json.loads(sbom_text(ALL, 1_700_000_000))

    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert bill["metadata"]["component"]["name"] == "Image Seeker"
    assert bill["metadata"]["timestamp"].startswith("2023-11-14T22:13:20")
    glib, qt = sorted(bill["components"], key=lambda each: each["name"])
    assert qt["purl"] == "pkg:pypi/pyside6-essentials@6.11.3"
    assert qt["licenses"] == [{"expression": QT.licence}]
    assert qt["components"][0]["name"] == "PCRE2"
    assert glib["licenses"] == [{"license": {"id": "LGPL-2.1-or-later"}}]
    assert glib["evidence"]["occurrences"] == [{"location": "libglib-2.0.so.0"}]


def test_the_same_program_has_the_same_bill() -> None:
    assert sbom_text(ALL, 5) == sbom_text(ALL, 5)
    other = json.loads(sbom_text([PROGRAM, QT], 5))["serialNumber"]
    assert json.loads(sbom_text(ALL, 5))["serialNumber"] != other


def test_what_is_no_bill_is_refused() -> None:
    for text in ("", "[]", "{}", '{"metadata": {"component": {}}}', '{"metadata": 3}'):
        with pytest.raises(SbomError):
            files_in(text)


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A folder that has what its bill says."""
    folder = tmp_path / "ImageSeeker"
    libraries = folder / "_internal"
    for path in (*QT.files, *GLIB.files):
        (libraries / path).parent.mkdir(parents=True, exist_ok=True)
        (libraries / path).touch()
    for name in ("ImageSeeker", "image-seeker"):
        (folder / name).touch()
    write_notices(ALL, libraries / FOLDER)
    return folder


def test_a_program_that_is_what_it_says_has_no_complaint(built: Path) -> None:
    assert account_complaints(built) == []


def test_a_file_that_nobody_named_is_told_and_one_that_went_too(built: Path) -> None:
    (built / "_internal" / "libstrange.so").touch()
    (built / "_internal" / "libglib-2.0.so.0").unlink()

    assert account_complaints(built) == [
        f"libstrange.so is in no component of {SBOM}.",
        f"{SBOM} names libglib-2.0.so.0, which is not there.",
    ]


def test_missing_notices_are_told(built: Path) -> None:
    (built / "_internal" / FOLDER / NOTICES).unlink()

    assert account_complaints(built) == [f"{FOLDER}/{NOTICES} is missing."]


def test_notices_without_the_words_of_the_lgpl_are_told(built: Path) -> None:
    (built / "_internal" / FOLDER / NOTICES).write_text("All is ours.\n")
    (built / "_internal" / FOLDER / SBOM).write_text("{}")

    (complaint,) = account_complaints(built)
    assert complaint.startswith(f"{FOLDER}/{SBOM}: It is no bill")
    write_notices(ALL, built / "_internal" / FOLDER)
    (built / "_internal" / FOLDER / NOTICES).write_text("All is ours.\n")
    assert len(account_complaints(built)) == 3


def test_the_build_ends_where_something_is_unknown(tmp_path: Path) -> None:
    (tmp_path / "libstrange.so").touch()

    with pytest.raises(SystemExit, match=r"cannot be handed on as it is:\nlibstrange\.so"):
        notices_parts(
            read_project(), [("libstrange.so", str(tmp_path / "libstrange.so"), "BINARY")], [],
            tmp_path / "out",
        )  # fmt: skip
    assert not (tmp_path / "out").exists()
