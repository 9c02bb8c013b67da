"""What a run leaves, from its start to its end."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.engine.diagnostics import faults, traces
from desktop_app.engine.diagnostics.crash_files import WINDOW
from desktop_app.engine.diagnostics.traces import Traces, start_logging, stop_logging


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Traces]:
    yield start_logging(tmp_path / "logs", WINDOW)
    stop_logging()


def log_text(started: Traces) -> str:
    assert started.log is not None
    return started.log.read_text("utf-8")


def test_the_log_has_what_matters_and_the_ring_all(started: Traces) -> None:
    assert traces.current() is started
    logger = logging.getLogger("desktop_app.test")
    logger.debug("a small thing")
    logger.info("a picture named %s", "caf\udce9.jpg")
    logging.getLogger("somebody.else").debug("chatter")
    assert "a picture named caf\\udce9.jpg" in log_text(started)
    assert "a small thing" not in log_text(started)
    said = "\n".join(started.ring.lines())
    assert "a small thing" in said
    assert "chatter" not in said


def test_a_fault_takes_what_went_before_it_into_the_log(started: Traces) -> None:
    logging.getLogger("desktop_app.test").debug("a small thing")
    for _ in range(2):
        logging.getLogger(faults.LOGGER).error("it failed", exc_info=ValueError("x"))
    assert log_text(started).count("What went before it:") == 1
    assert "test: a small thing" in log_text(started)
    assert started.faults.faults[0].count == 2


def test_the_same_fault_without_end_does_not_fill_the_log(started: Traces) -> None:
    for _ in range(100):
        logging.getLogger(faults.LOGGER).error("it failed", exc_info=ValueError("x"))
    assert log_text(started).count("ValueError: x") == 4 + len([8, 16, 32, 64])
    assert started.faults.faults[0].count == 100


def test_a_fatal_end_is_kept_with_its_reason(tmp_path: Path) -> None:
    started = start_logging(tmp_path)
    logging.getLogger("desktop_app.test").debug("a small thing")
    started.end(ValueError("a bad end"))
    stop_logging()
    (file,) = (tmp_path / "crashes").iterdir()
    text = file.read_text("utf-8")
    assert "Message: a bad end" in text
    assert "a small thing" in text


def test_a_good_end_leaves_the_log_alone(tmp_path: Path) -> None:
    start_logging(tmp_path)
    stop_logging()
    stop_logging()
    assert [each.name for each in tmp_path.rglob("*") if each.is_file()] == [traces.LOG_NAME]
    assert traces.current().log is None
    assert traces.current().crashes is None


def test_a_folder_that_cannot_be_written_costs_only_the_files(tmp_path: Path) -> None:
    (tmp_path / "logs").touch()
    started = start_logging(tmp_path / "logs")
    logging.getLogger("desktop_app.test").warning("only the ring hears this")
    stop_logging()
    assert (tmp_path / "logs").read_bytes() == b""
    assert started.logs is started.log is started.crashes is None
    assert "only the ring hears this" in started.ring.lines()[-1]
