"""Traces of a run."""

import logging
import subprocess
import sys
from pathlib import Path

from desktop_app.engine.diagnostics import start_logging, stop_logging


def test_records_go_to_a_file(tmp_path: Path) -> None:
    start_logging(tmp_path / "logs")
    try:
        logging.getLogger("desktop_app.test").info("a picture named %s", "caf\udce9.jpg")
    finally:
        stop_logging()
    text = (tmp_path / "logs" / "image-seeker.log").read_text(encoding="utf-8")
    assert "a picture named caf\\udce9.jpg" in text


def test_a_folder_that_cannot_be_written_costs_only_the_log(tmp_path: Path) -> None:
    (tmp_path / "logs").touch()
    start_logging(tmp_path / "logs")
    logging.getLogger("desktop_app.test").warning("nobody hears this")
    stop_logging()
    assert (tmp_path / "logs").read_bytes() == b""


def test_a_crash_of_the_interpreter_leaves_a_trace(tmp_path: Path) -> None:
    code = (
        "import faulthandler, sys\n"
        "from pathlib import Path\n"
        "from desktop_app.engine.diagnostics import start_logging\n"
        "start_logging(Path(sys.argv[1]))\n"
        "faulthandler._sigsegv()\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert done.returncode != 0
    assert "Segmentation fault" in (tmp_path / "crash.log").read_text()
