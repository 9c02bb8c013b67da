import json
import sys
from pathlib import Path
from typing import Any

import pytest
from PyInstaller.archive.writers import CArchiveWriter, ZlibArchiveWriter

import check_app
from app_contents import (
    forbidden_files,
    forbidden_modules,
    missing_window_parts,
    modules_inside,
)
from project_file import read_project

REPORT = {
    "ok": True,
    "version": read_project().version,
    "frozen": True,
    "steps": [{"name": "model", "ok": True, "seconds": 0.1, "detail": "fine"}],
    "modules": ["desktop_app", "numpy"],
}
WINDOW_PARTS = ("libqxcb.so", "libqwayland.so", "libxcb-cursor.so.0")


def report(**changes: Any) -> str:
    return json.dumps({**REPORT, **changes})


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


def write_program(path: Path, output: str, code: int = 0) -> Path:
    path.write_text(f"#!{sys.executable}\nprint({output!r})\nraise SystemExit({code})\n")
    path.chmod(0o755)
    return path


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

    assert sorted(modules_inside(program)) == ["desktop_app", "torch.nn"]


def test_what_pyinstaller_did_not_make_is_refused(tmp_path: Path) -> None:
    (tmp_path / "program").write_bytes(bytes(5000))

    with pytest.raises(ValueError, match="not made by PyInstaller"):
        modules_inside(tmp_path / "program")


def test_a_good_report_is_read() -> None:
    result = check_app.parse_self_test(report(), "", 0, 1.5)

    assert result == check_app.SelfTest(
        1.5, read_project().version, True, [], ["desktop_app", "numpy"]
    )


def test_a_failed_step_is_told_with_its_detail() -> None:
    steps = [{"name": "window", "ok": False, "seconds": 1.0, "detail": "no font"}]

    result = check_app.parse_self_test(report(ok=False, steps=steps), "", 1, 1.0)

    assert result.failures == ["the step window failed: no font"]


def test_an_exit_code_without_a_failed_step_is_a_failure() -> None:
    assert check_app.parse_self_test(report(), "", 1, 1.0).failures
    assert check_app.parse_self_test(report(ok=False), "", 0, 1.0).failures


def test_a_step_without_a_verdict_is_a_failure() -> None:
    assert check_app.parse_self_test(report(steps=[{"name": "model"}]), "", 0, 1.0).failures


@pytest.mark.parametrize(
    "output",
    ["", "Segmentation fault", "[]", report(steps=[]), report(version=None), '{"ok": true}'],
)
def test_a_report_that_is_none_is_refused(output: str) -> None:
    with pytest.raises(ValueError, match=r"no report|not understood"):
        check_app.parse_self_test(output, "something broke", 139, 1.0)


def test_last_words_are_quoted() -> None:
    with pytest.raises(ValueError, match=r"exit code 1, last words: .*ImportError: libEGL"):
        check_app.parse_self_test("", "Traceback\nImportError: libEGL\n", 1, 1.0)


@pytest.mark.skipif(sys.platform == "win32", reason="a script cannot stand for a program there")
def test_the_self_test_runs_in_an_environment_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy")
    program = tmp_path / "program"
    program.write_text(
        f"#!{sys.executable}\nimport json, os\n"
        f"report = json.loads({report()!r})\n"
        "report['modules'] = sorted(os.environ)\nprint(json.dumps(report))\n"
    )
    program.chmod(0o755)

    result, network = check_app.run_self_test(program)

    assert "HOME" in result.modules
    assert not {"PYTHONPATH", "HTTPS_PROXY", "DISPLAY"} & set(result.modules)
    assert "network" in network


def test_a_connection_in_the_trace_is_seen(tmp_path: Path) -> None:
    reached = "17 connect(3, {sa_family=AF_INET, sin_port=htons(443)}, 16) = -1 ENETUNREACH"
    trace = tmp_path / "trace"
    trace.write_text(
        '12 connect(3, {sa_family=AF_UNIX, sun_path="/run/dbus"}, 110) = 0\n'
        f"{reached}\n"
        "+++ exited with 0 +++\n"
    )

    assert check_app.read_connections(trace) == [reached]


@pytest.mark.skipif(sys.platform == "win32", reason="a script cannot stand for a program there")
def test_a_program_that_opens_a_connection_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def watch(trace: Path) -> tuple[list[str], str]:
        trace.write_text("17 sendto(3, ..., {sa_family=AF_INET6, sin6_port=htons(53)}) = 29\n")
        return [], "watched"

    monkeypatch.setattr(check_app, "network_watch", watch)

    with pytest.raises(ValueError, match="opened a network connection: 17 sendto"):
        check_app.run_self_test(write_program(tmp_path / "program", report()))


@pytest.mark.skipif(sys.platform == "win32", reason="a script cannot stand for a program there")
def test_a_whole_program_is_checked(
    built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in check_app.PROGRAMS:
        write_program(built / name, report())
    monkeypatch.setattr(check_app, "modules_inside", lambda program: ["desktop_app"])

    assert check_app.main([str(built)]) == 0

    write_program(built / "image-seeker", report(version="0.0.1", frozen=False, modules=["torch"]))
    assert check_app.main([str(built)]) == 1
    errors = capsys.readouterr().err
    assert "says it is version 0.0.1" in errors
    assert "does not know that it is a built program" in errors
    assert "the module torch must not be loaded" in errors


def test_packed_modules_are_refused_before_anything_runs_well(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = pack_modules(built, ["desktop_app", "torch.nn"])
    good = check_app.parse_self_test(report(), "", 0, 1.0)
    monkeypatch.setattr(check_app, "run_self_test", lambda executable: (good, ""))

    assert check_app.check_program(program) == [
        "image-seeker: the module torch must not be inside."
    ]


def test_without_a_built_program_it_says_how_to_make_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check_app.main([str(tmp_path / "none")]) == 1
    assert "run python build/make_app.py first" in capsys.readouterr().err


def test_a_missing_executable_is_told(built: Path) -> None:
    assert check_app.check_program(built / "ImageSeeker") == ["ImageSeeker is missing."]
