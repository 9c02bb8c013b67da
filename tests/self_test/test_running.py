"""What the self-test prints."""

import json
import sys
from pathlib import Path

import pytest

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.library import Library
from desktop_app.engine.model import shelf
from desktop_app.engine.paths import DataPaths, builtin_model_folder
from desktop_app.self_test import main_job, run_self_test, surroundings
from desktop_app.ui.start import display as start_display
from tests.helpers.fake_encoder import FakeEncoder
from tests.helpers.one_model import OneModel


@pytest.fixture(autouse=True)
def _no_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """pytest-qt has the application object; the window is checked by the built program."""
    monkeypatch.setattr(main_job, "check_window", lambda _folder, _models: "shown")


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    return DataPaths.below(tmp_path / "annabel")


def files(paths: DataPaths) -> dict[Path, int]:
    """All that is there; without what a reader of SQLite's log leaves, which is empty."""
    found = {each: each.stat().st_size for each in paths.data.rglob("*")}
    return {each: size for each, size in found.items() if not each.name.endswith(("-shm", "-wal"))}


@pytest.mark.model
def test_where_all_works_it_says_so(
    paths: DataPaths, pictures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with_pictures = Library.open(paths, OneModel(FakeEncoder()))
    list(with_pictures.index([pictures], CancelToken()))
    with_pictures.close()
    before = files(paths)
    code = run_self_test(shelf.SingleModel(builtin_model_folder()), paths)
    lines = capsys.readouterr().out.splitlines()
    assert code == 0, lines
    assert lines[-1] == "Everything works."
    verdicts = [line.split()[:2] for line in lines if line.startswith(("ok", "FAILED"))]
    assert [name for _, name in verdicts] == [
        "model", "indexing", "window", "display", "onnxruntime", "USearch", "SQLite", "disk",
        "library",
    ]  # fmt: skip
    assert any("8 pictures in 1 folders, 0 not indexed" in line for line in lines)
    assert "annabel" not in "\n".join(lines)
    assert files(paths) == before


def test_what_fails_is_named_with_its_reason(
    paths: DataPaths, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(main_job, "check_indexing", lambda _folder, _models: "indexed")
    paths.create()
    paths.catalog.write_bytes(b"no catalog " * 1000)
    code = run_self_test(OneModel(FakeEncoder()), paths, as_json=True)
    told = json.loads(capsys.readouterr().out)
    steps = {step["name"]: step for step in told["steps"]}
    assert (code, told["ok"]) == (1, False)
    assert not steps["library"]["ok"]
    assert "damaged" in steps["library"]["detail"]
    assert "annabel" not in json.dumps(told)
    assert steps["SQLite"]["ok"]
    assert "desktop_app" in told["modules"]
    assert told["system"]["Image Seeker"].startswith(told["version"])


def test_a_disk_that_is_full_or_forbidden(
    paths: DataPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert surroundings.library(paths, OneModel(FakeEncoder())) == "none yet"
    assert surroundings.disk(paths).endswith("GB free, no library yet")
    monkeypatch.setattr(surroundings, "_LEAST_FREE_BYTES", 1 << 60)
    assert surroundings.disk(paths).endswith("GB free (too little), no library yet")
    paths.create()
    with pytest.raises(main_job.SelfTestError, match="free where the library lies"):
        surroundings.disk(paths)


def test_no_display_is_said_and_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    assert surroundings.display() == "offscreen"
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    assert surroundings.display().startswith(("none: ", "there"))


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="they always have a display")
def test_a_screen_without_what_the_window_needs_is_a_failure(
    paths: DataPaths, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("check_model", "check_indexing"):
        monkeypatch.setattr(main_job, name, lambda *_: "done")
    monkeypatch.setattr(start_display, "_answers", lambda *_: True)
    monkeypatch.setattr(start_display, "_plugin_fault", lambda _name: "libxcb-cursor.so.0")
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    code = run_self_test(OneModel(FakeEncoder()), paths)
    lines = capsys.readouterr().out.splitlines()
    assert (code, lines[-1]) == (1, "Failed: display.")
    [told] = [line for line in lines if line.startswith("FAILED")]
    assert "a system library is missing (libxcb-cursor.so.0)" in told
