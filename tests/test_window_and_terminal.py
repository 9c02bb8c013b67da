"""A window and commands on the same library, each a process of its own."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from tests.conftest import PROJECT
from tests.engine.test_killing import add_pictures
from tests.helpers.fake_encoder import FakeEncoder
from tests.helpers.one_model import OneModel

WINDOW = """
import sys
from pathlib import Path
from desktop_app.engine.paths import DataPaths
from desktop_app.ui.start import application
from tests.helpers.fake_encoder import FakeEncoder
from tests.helpers.index_slowly import TalkingLibrary
from tests.helpers.one_model import OneModel

paths = DataPaths.below(Path(sys.argv[1]))
sys.exit(application.run(lambda: TalkingLibrary.open(paths, OneModel(FakeEncoder())), paths))
"""
TERMINAL = """
import sys
from desktop_app import main
from tests.helpers.fake_encoder import FakeEncoder
from tests.helpers.one_model import OneModel

main.make_models = lambda _paths, _folder=None: OneModel(FakeEncoder())
sys.exit(main.main())
"""
PICTURES = 2500

IN_USE = (
    "image-seeker: Another Image Seeker, a window or a command, is working with this library. "
    "Use that one, or wait until it is done.\n"
)


def run(data: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", TERMINAL, "--data-dir", str(data), *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=PROJECT,
        timeout=120,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_a_terminal_reads_while_the_window_writes(tmp_path: Path) -> None:
    data, folder = tmp_path / "data", tmp_path / "many"
    folder.mkdir()
    add_pictures(folder, range(20))
    library = Library.open(DataPaths.below(data), OneModel(FakeEncoder()))
    list(library.index([folder], CancelToken()))
    library.close()
    add_pictures(folder, range(20, PICTURES))  # the window looks for them by itself
    with subprocess.Popen(
        [sys.executable, "-c", WINDOW, str(data)],
        cwd=PROJECT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    ) as window:
        try:
            assert window.stdout is not None
            assert any(line.startswith("[") for line in iter(window.stdout.readline, ""))

            found = run(data, "search", "green", "--limit", "5", "--json")
            assert found.returncode == 0, found.stderr
            assert len(json.loads(found.stdout)) == 5
            status = run(data, "status", "--json")
            assert status.returncode == 0, status.stderr
            assert json.loads(status.stdout)["pictures"] >= 20

            for command in (["index", str(folder)], ["forget", str(folder)], ["restore", "--yes"]):
                refused = run(data, *command)
                assert refused.returncode == 1
                assert refused.stderr == IN_USE

            assert any("saved" in line for line in iter(window.stdout.readline, ""))
            assert json.loads(run(data, "status", "--json").stdout)["pictures"] == PICTURES
            window.send_signal(signal.SIGTERM)
            assert window.wait(60) == 0
        finally:
            window.kill()
    assert run(data, "index").returncode == 0
