from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from PyInstaller.archive.writers import CArchiveWriter, ZlibArchiveWriter

import check_app
from app_contents import (
    forbidden_files,
    forbidden_modules,
    missing_window_parts,
    packed_modules,
)
from app_room import Room
from app_use import SelfTest
from project_file import read_project

WINDOW_PARTS = ("libqxcb.so", "libqwayland.so", "libxcb-cursor.so.0")


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A folder that looks like a built program."""
    folder = tmp_path / "ImageSeeker"
    (folder / "_internal" / "onnxruntime" / "transformers").mkdir(parents=True)
    for name in WINDOW_PARTS:
        (folder / "_internal" / name).touch()
    return folder


def pack_modules(folder: Path, names: list[str]) -> Path:
    """Write modules into an executable as PyInstaller does."""
    pyz, program = folder / "PYZ.pyz", folder / "image-seeker"
    code = compile("", "empty", "exec")
    ZlibArchiveWriter(
        str(pyz), [(name, "-", "PYMODULE") for name in names], dict.fromkeys(names, code)
    )
    CArchiveWriter(str(program), [("PYZ.pyz", str(pyz), False, "z")], "libpython.so")
    return program


def test_a_clean_folder_has_nothing_to_complain_about(built: Path) -> None:
    assert check_app.check_contents(built) == []


@pytest.mark.parametrize(
    "name",
    [
        "_internal/torch/lib.so",
        "_internal/torch-2.13.0+cpu.dist-info/METADATA",
        "_internal/onnx/onnx_cpp2py_export.so",
        "_internal/transformers/x.txt",
        "_internal/hypothesis/x.so",
        "_internal/pytest/x",
        "_internal/tests/test_main.py",
        "_internal/desktop_app/resources/models/starter/picture.JPG",
        "train.parquet",
    ],
)
def test_what_must_not_be_inside_is_refused(built: Path, name: str) -> None:
    path = built / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()

    (complaint,) = check_app.check_contents(built)

    assert complaint.endswith("must not be in the program.")
    assert name.startswith(complaint.split()[0])


def test_only_top_level_names_count(built: Path) -> None:
    assert forbidden_files(built) == []
    assert forbidden_modules(["onnxruntime.transformers", "numpy.tests", "desktop_app"]) == []
    assert forbidden_modules(["torch.nn", "torch", "models.train"]) == ["models", "torch"]


def test_an_oversize_program_is_refused(built: Path) -> None:
    (built / "big").write_bytes(bytes(2_000_000))

    (complaint,) = check_app.check_contents(built, limit_mb=1)

    assert complaint == "The program takes 2 MB; the limit is 1 MB."


def test_a_program_that_could_open_no_window_is_refused(built: Path) -> None:
    (built / "_internal" / "libxcb-cursor.so.0").unlink()

    assert missing_window_parts(built, "linux") == ["libxcb-cursor.so.0"]
    assert missing_window_parts(built, "win32") == []


def test_modules_packed_into_the_executable_are_seen(tmp_path: Path) -> None:
    program = pack_modules(tmp_path, ["desktop_app", "torch.nn"])

    assert sorted(name for name, _ in packed_modules(program)) == ["desktop_app", "torch.nn"]


def test_what_pyinstaller_did_not_make_is_refused(tmp_path: Path) -> None:
    (tmp_path / "program").write_bytes(bytes(5000))

    with pytest.raises(ValueError, match="not made by PyInstaller"):
        list(packed_modules(tmp_path / "program"))


@pytest.mark.parametrize(
    "name", ["libde265.so.0", "libx265.so.199", "libheif-1.dll", "pi_heif.so", "libavcodec.so.58"]
)
def test_what_reads_hevc_is_refused(built: Path, name: str) -> None:
    (built / "_internal" / name).touch()

    assert forbidden_files(built) == [f"_internal/{name}"]


def test_without_a_built_program_it_says_how_to_make_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check_app.main([str(tmp_path / "none")]) == 1
    assert "run python build/make_app.py first" in capsys.readouterr().err


def test_missing_programs_and_notices_are_told(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check_app.main([str(built)]) == 1

    errors = capsys.readouterr().err
    assert "ImageSeeker is missing." in errors
    assert "image-seeker is missing." in errors
    assert "licences/THIRD_PARTY_NOTICES.txt is missing." in errors


def test_packed_modules_are_refused(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_app, "telling_paths", list)
    pack_modules(built, ["desktop_app", "torch.nn"])
    (built / "ImageSeeker").write_bytes(b"something else")

    first, second = check_app.check_packed(built)

    assert "was not made by PyInstaller" in first
    assert second == "image-seeker: the module torch must not be inside."


def test_what_a_program_says_of_itself_is_compared(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = SelfTest("0.0.1", False, ["the step window failed: no font"], ["torch", "desktop_app"])
    monkeypatch.setattr(check_app, "run_self_test", lambda room, program, watch: (told, 1.5))
    room = cast("Room", SimpleNamespace(is_closed=True))

    assert check_app.check_self_test(room, "image-seeker") == [
        "image-seeker: the step window failed: no font",
        "image-seeker: the module torch must not be loaded.",
        f"image-seeker says it is version 0.0.1; it should be {read_project().version}.",
        "image-seeker does not know that it is a built program.",
    ]
    assert "self-test took 1.5 s" in capsys.readouterr().out


def test_a_screen_that_is_missing_is_told_unless_nobody_needs_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    room = cast("Room", SimpleNamespace(is_closed=True))

    (told,) = check_app.check_window(room, "ImageSeeker", tmp_path, is_needed=True)
    assert told == "Install Xvfb, or say --without-screen."
    assert check_app.check_window(room, "ImageSeeker", tmp_path, is_needed=False) == []
