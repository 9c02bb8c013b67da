"""Keeps every test away from the user's own files, and catches threads left behind."""

import os
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from functools import partialmethod
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from PIL import Image
from pytestqt.qtbot import QtBot

from desktop_app.main import main
from tests.helpers.fake_encoder import COLOURS, FakeEncoder
from tests.helpers.one_model import OneModel
from tests.helpers.quick_processes import quick_processes, spawn_processes

# Before Qt is imported anywhere: no test needs a screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# onnxruntime reports its use by default; the program turns that off, and so do the tests.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

# No test depends on time; on a busy machine any example may take longer than another.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

PROJECT = Path(__file__).resolve().parent.parent
SHARED_DATA = PROJECT.parent / "shared" / "data"
PATIENCE_S = 60
"""How long a test waits for what must come: as long as a busy machine may take for it."""
# A library of the workshop leaves it running for the life of the process.
KEPT_BY_LIBRARIES = frozenset(["tqdm_monitor"])


Run = Callable[..., tuple[int, str, str]]
"""Runs a command; returns exit code, output and what it says on the side."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--kills",
        type=int,
        default=20,
        help="how often the indexer is killed at a random instant (default 20)",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Spread whole folders of tests over the processors there are, unless ``-n`` was given.

    A worker takes a second to begin, and neither asks nor shows what a test prints: files and tests
    named one by one run here, and so does what is looked at with ``--pdb`` or ``-s``.
    """
    plugins = config.pluginmanager
    if "PYTEST_XDIST_WORKER" in os.environ or not plugins.has_plugin("xdist"):
        return
    if plugins.has_plugin("_cov"):  # pytest-cov has decided before; it takes "-n auto --cov"
        return
    option = config.option
    watched = option.usepdb or option.trace or option.collectonly or option.capture == "no"
    if option.numprocesses is None and not option.tx and not watched and _whole_folders(config):
        option.numprocesses = _processors()
        option.dist = "worksteal"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """What ``-n auto`` means: all processors, not only whole cores."""
    return max(1, _processors())


def _whole_folders(config: pytest.Config) -> bool:
    """Whether all tests of some folder are asked for."""
    return any(Path(argument).is_dir() for argument in config.args)


def _processors() -> int:
    """How many processors this process may use; 0, which spreads nothing, where it is one."""
    counted = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return counted if counted > 1 else 0


def pytest_sessionfinish() -> None:
    """Take what a test copied off the clipboard.

    Qt's offscreen platform would delete it after Python has ended, and end the process with it.
    """
    gui = sys.modules.get("PySide6.QtGui")
    if gui is not None and gui.QGuiApplication.instance() is not None:
        gui.QGuiApplication.clipboard().clear()


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable() -> Generator[None, Any, Any]:
    """Let workers report what was logged, which may hold names of files that are no text.

    pytest-xdist sends UTF-8, which has no lone surrogates.
    """
    return _as_text((yield))


def _as_text(value: Any) -> Any:
    """A report in which every string can be written as UTF-8."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, dict):
        return {_as_text(key): _as_text(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(_as_text, value))
    return value


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Point every place the platform gives to applications into the test's folder."""
    home = tmp_path / "home"
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))


@pytest.fixture(autouse=True)
def _no_dangling_threads() -> Iterator[None]:
    """Fail a test that leaves a thread running."""
    before = set(threading.enumerate())
    yield
    started = [thread for thread in threading.enumerate() if thread not in before]
    left = [thread for thread in started if thread.name not in KEPT_BY_LIBRARIES]
    for thread in left:
        thread.join(timeout=PATIENCE_S)
    left = [thread for thread in left if thread.is_alive()]
    if left:
        pytest.fail(f"threads left running: {[thread.name for thread in left]}")


@pytest.fixture(scope="session", autouse=True)
def _patient_waits() -> Iterator[None]:
    """Let `qtbot` wait for longer than its 5 s, where a test does not say how long."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("waitUntil", "waitSignal", "waitSignals", "waitActive", "waitExposed"):
            patient = partialmethod(getattr(QtBot, name), timeout=1000 * PATIENCE_S)
            patch.setattr(QtBot, name, patient)
        yield


@pytest.fixture(scope="session", autouse=True)
def _quick_processes() -> Iterator[None]:
    """Most tests are not about how the program's processes begin."""
    with quick_processes():
        yield


@pytest.fixture
def spawned_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests that are about how they begin, what they inherit and how they end."""
    spawn_processes(monkeypatch)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The evaluation pictures beside the project; skips where they are absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"the evaluation pictures are not at {SHARED_DATA}")
    return SHARED_DATA


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A folder with one picture of each colour, named after it."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    for name, rgb in COLOURS.items():
        Image.new("RGB", (64, 48), rgb).save(folder / f"{name}.png")
    return folder


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on a library of its own, with an encoder that knows colours."""
    models = OneModel(FakeEncoder())
    monkeypatch.setattr("desktop_app.main.make_models", lambda _paths, _folder=None: models)

    def run_command(*arguments: str | Path) -> tuple[int, str, str]:
        code = main(["--data-dir", str(tmp_path / "data"), *map(str, arguments)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run_command
