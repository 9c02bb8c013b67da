"""The program as a process: how it starts, and how it ends."""

import ast
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.store.catalog import Catalog
from desktop_app.ui.memory.window_memory import FILE_NAME
from tests.conftest import PROJECT

PROGRAM = """
import sys
from pathlib import Path
from desktop_app.engine.errors import UserFacingError
from desktop_app.engine.paths import DataPaths
from desktop_app.ui.start import application
from tests.ui.fake_library import FakeLibrary

def open_library():
    print("opening", flush=True)
    return FakeLibrary(3)

try:
    sys.exit(application.run(open_library, DataPaths.below(Path(sys.argv[1]))))
except UserFacingError as error:
    print(error, flush=True)
    sys.exit(1)
"""


def start(
    data: Path, program: str = PROGRAM, *wanted: str, **environment: str
) -> "subprocess.Popen[str]":
    kept = {name: value for name, value in os.environ.items() if "DISPLAY" not in name}
    return subprocess.Popen(
        [sys.executable, "-c", program, str(data), *wanted],
        cwd=PROJECT,
        env={**kept, **environment},
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signals_close_the_window_as_its_button_does(tmp_path: Path, number: int) -> None:
    with start(tmp_path, QT_QPA_PLATFORM="offscreen") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "opening\n"
        process.send_signal(number)
        assert process.wait(60) == 0
    assert (tmp_path / FILE_NAME).is_file()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a display")
def test_without_a_display_it_says_so_instead_of_aborting(tmp_path: Path) -> None:
    with start(tmp_path, QT_QPA_PLATFORM="") as process:
        output, _ = process.communicate(timeout=60)
        assert process.returncode == 1
    assert output.startswith("No display was found, so the window cannot open.")
    assert list(tmp_path.iterdir()) == []


def test_a_second_start_brings_the_first_window_forward(tmp_path: Path) -> None:
    """It opens nothing, and ends with success; after a kill, the next start opens again."""
    with start(tmp_path, QT_QPA_PLATFORM="offscreen") as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "opening\n"
        for _ in range(2):
            with start(tmp_path, QT_QPA_PLATFORM="offscreen") as second:
                assert second.communicate(timeout=60)[0] == ""
                assert second.returncode == 0
        first.kill()
        first.wait(60)
    with start(tmp_path, QT_QPA_PLATFORM="offscreen") as third:
        assert third.stdout is not None
        assert third.stdout.readline() == "opening\n"
        third.send_signal(signal.SIGTERM)
        assert third.wait(60) == 0


OPENING = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QFileOpenEvent
from desktop_app.engine.paths import DataPaths
from desktop_app.ui.start import application
from tests.ui.fake_library import FakeLibrary

def open_library():
    library = FakeLibrary(3)
    index = library.index

    def told(paths, *arguments, **named):
        if paths:
            print(repr(paths), flush=True)
            if paths[0].endswith("first"):
                event = QFileOpenEvent(paths[0][:-5] + "icon")
            elif paths[0].endswith("icon"):
                return index(paths, *arguments, **named)
            else:
                event = QEvent(QEvent.Type.Quit)
            QCoreApplication.postEvent(QCoreApplication.instance(), event)
        return index(paths, *arguments, **named)

    library.index = told
    return library

sys.exit(application.run(open_library, DataPaths.below(Path(sys.argv[1])), sys.argv[2:]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no file has such a name there")
def test_folders_are_opened_by_name_by_later_starts_and_from_the_icon(tmp_path: Path) -> None:
    names = [str(tmp_path / name) for name in ("first", "icon", "second\n\udce9")]
    for name in names:
        Path(name).mkdir()
    data = tmp_path / "data"
    with start(data, OPENING, names[0], QT_QPA_PLATFORM="offscreen") as running:
        assert running.stdout is not None
        limit = threading.Timer(300, running.kill)  # rather than to wait for ever
        limit.start()
        for name in names[:2]:
            assert ast.literal_eval(running.stdout.readline()) == (name,)
        with start(data, OPENING, names[2], QT_QPA_PLATFORM="offscreen") as later:
            assert later.communicate(timeout=60)[0] == ""
            assert later.returncode == 0
        assert ast.literal_eval(running.stdout.readline()) == (names[2],)
        assert running.wait(60) == 0  # the system has ended it
        limit.cancel()
        limit.join()


RESTORING = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from desktop_app.engine.errors import CatalogDamagedError
from desktop_app.engine.paths import DataPaths
from desktop_app.ui.start import application
from tests.ui.fake_library import FakeLibrary

opened = 0

def open_library():
    global opened
    opened += 1
    library = FakeLibrary(3)
    if opened == 1:
        library.check_error = CatalogDamagedError("The library's file is damaged.")
    else:
        print("opened again", flush=True)
    return library

def press():
    for window in QApplication.topLevelWidgets():
        for button in window.findChildren(QPushButton):
            if button.isVisible() and button.text().startswith("Restore the backup of"):
                button.click()
                return

make = application.create_application

def create():
    app = make()
    timer = QTimer(app, interval=20)
    timer.timeout.connect(press)
    timer.start()
    return app

application.create_application = create
sys.exit(application.run(open_library, DataPaths.below(Path(sys.argv[1]))))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_a_library_restored_while_it_is_open_comes_in_another_window(tmp_path: Path) -> None:
    paths = DataPaths.below(tmp_path)
    paths.create()
    catalog = Catalog.open(paths.catalog)
    catalog.back_up(CancelToken())
    catalog.close()
    paths.catalog.write_bytes(b"damaged" * 1000)
    with start(tmp_path, RESTORING, QT_QPA_PLATFORM="offscreen") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "opened again\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    assert len(list(tmp_path.glob("catalog.damaged-*"))) == 1
    Catalog.open(paths.catalog).close()


def test_the_window_is_there_before_the_engine_is_imported() -> None:
    program = (
        "import sys; import desktop_app.ui.start.application;"
        "print([name for name in sys.modules if name.startswith('desktop_app.engine')"
        " or name in ('onnxruntime', 'usearch', 'sqlite3', 'PIL', 'tokenizers')])"
    )
    # Coverage would import SQLite, where it keeps what was run.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("COVERAGE_PROCESS")}
    output = subprocess.run(
        [sys.executable, "-c", program],
        cwd=PROJECT, env=environment, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    names = {"", ".cancellation", ".changed_places", ".errors", ".paths", ".phrases", ".records"}
    names |= {".saved_search", ".file_names", ".path_style"}
    floor = {f"desktop_app.engine{name}" for name in names}
    # Packages of the floor, which import nothing large.
    inner = tuple(
        f"desktop_app.engine.{each}" for each in ("query_language", "records.", "diagnostics")
    )
    imported = {each for each in ast.literal_eval(output) if not each.startswith(inner)}
    assert imported == floor


REFUSING = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QEvent
from desktop_app.engine.paths import DataPaths
from desktop_app.ui.start import application
from tests.ui.fake_library import FakeLibrary

opened = 0

def open_library():
    global opened
    opened += 1
    library = FakeLibrary(3)
    if opened == 1:
        library.why_unwritable, library.is_awaiting_room = "The disk was full.", True
    index = library.index

    def told(paths, *arguments, **named):
        if paths:
            print(opened, paths, flush=True)
            event = QEvent(QEvent.Type.Quit)
            QCoreApplication.postEvent(QCoreApplication.instance(), event)
        return index(paths, *arguments, **named)

    library.index = told
    return library

sys.exit(application.run(open_library, DataPaths.below(Path(sys.argv[1])), sys.argv[2:]))
"""


def test_what_a_full_disk_refused_is_added_once_the_library_is_opened_anew(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    with start(tmp_path / "data", REFUSING, str(folder), QT_QPA_PLATFORM="offscreen") as running:
        assert running.stdout is not None
        limit = threading.Timer(300, running.kill)  # rather than to wait for ever
        limit.start()
        assert running.stdout.readline() == f"2 {(str(folder),)!r}\n"
        assert running.wait(60) == 0
        limit.cancel()
        limit.join()
