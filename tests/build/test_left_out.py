import re

import pytest

from left_out import FILES, MODULES, excluded_modules, is_left_out
from project_file import ROOT


@pytest.mark.parametrize(
    "target",
    [
        "numpy/_core/_multiarray_umath.so",
        "PySide6/QtGui.abi3.so",
        "PySide6/Qt/lib/libQt6Core.so.6",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/plugins/imageformats/qjpeg.dll",
        "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "PySide6/Qt/translations/qtbase_fr.qm",
        "PySide6/translations/qtbase_fr.qm",
        "other/translations/qtbase_de.qm",
        "image_seeker-0.1.0.dist-info/METADATA",
        "image_seeker-0.1.0.dist-info/licenses/LICENSE",
    ],
)
def test_stays(target: str) -> None:
    assert not is_left_out(target)


@pytest.mark.parametrize(
    "target",
    [
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/plugins/platforms/libqvnc.so",
        "PySide6/plugins/tls/qopensslbackend.dll",
        "PySide6/Qt/plugins/imageformats/libqpdf.so",
        "PySide6/Qt/plugins/xcbglintegrations/libqxcb-glx-integration.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/translations/qt_help_fr.qm",
        "PySide6/Qt/qml/QtQuick/qmldir",
        "libmvec.so.1",
        "image_seeker-0.1.0.dist-info/direct_url.json",
    ],
)
def test_is_left_out(target: str) -> None:
    assert is_left_out(target)


def test_every_language_of_the_program_keeps_what_qt_says_in_it() -> None:
    ours = [file.stem for file in (ROOT / "desktop_app" / "resources" / "languages").glob("*.ts")]

    assert ours
    assert not any(is_left_out(f"PySide6/Qt/translations/qtbase_{code}.qm") for code in ours)


def test_nothing_that_the_program_imports_is_excluded() -> None:
    excluded = excluded_modules()
    assert len(set(excluded)) == len(excluded)
    imported = set()
    for file in (ROOT / "desktop_app").rglob("*.py"):
        imported |= set(re.findall(r"^\s*(?:import|from) ([\w.]+)", file.read_text("utf-8"), re.M))
    # The one format of `export` that the built program goes without, and says so.
    wanted = {name for name in imported if any(f"{name}.".startswith(f"{x}.") for x in excluded)}
    assert {name.split(".")[0] for name in wanted} <= {"pyarrow"}


def test_each_has_a_reason_of_its_own() -> None:
    reasons = [each.reason for each in (*MODULES, *FILES)]

    assert all(reasons)
    assert len(set(reasons)) == len(reasons)
