"""The real program crashes in five ways: what the user sees, what is kept, what comes next."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from desktop_app.engine.paths import DataPaths
from desktop_app.engine.store.catalog import Catalog
from tests.conftest import PROJECT
from tests.helpers import crashing_program, resizers

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it has no such signals")

UNEXPECTED = "Something went wrong. Nothing that was indexed is lost."
TOO_LITTLE = "There is too little memory for that. Close other programs and try again."
LAST_TIME = "Image Seeker ended unexpectedly last time. Nothing that was indexed is lost."


@dataclass(frozen=True)
class Run:
    """What a run of the program came to.

    Attributes:
        code: Its exit code.
        steps: What the user saw, by step.
        crashes: Files of crashes that the next start would find.
    """

    code: int
    steps: dict[str, dict[str, Any]]
    crashes: Sequence[str]


@dataclass(frozen=True)
class Story:
    """One start of the program after the other."""

    data: Path
    home: Path
    faults: Run
    look: Run
    after_kill: Run
    rest: Run


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """A run with all faults and a crash, one that reads of it, and two that follow."""
    folder = tmp_path_factory.mktemp("crashes")
    pictures, home, data = folder / "My Holiday", folder / "annabel", folder / "data"
    for each in (pictures, home):
        each.mkdir()
    colours = {"good": (0, 200, 0), "bad": resizers.SEGFAULT, "big": resizers.NO_MEMORY}
    for name, colour in colours.items():
        Image.new("RGB", (64, 48), colour).save(pictures / f"{name}.png")
    runs = [start(data, what, pictures, home) for what in ("faults", "look", "rest", "rest")]
    return Story(data, home, *runs)


def start(data: Path, what: str, pictures: Path, home: Path) -> Run:
    """Run the program to its end."""
    module = crashing_program.__name__
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-m", module, str(data), what, str(pictures)],
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        timeout=120,
        check=False,
    )
    told = [json.loads(line) for line in done.stdout.splitlines()]
    # A decoder that goes because its parent has gone leaves an empty file, which tells nothing.
    files = (data / "logs" / "crashes").glob("*.txt")
    crashes = [each.name for each in files if "-window" in each.name or each.stat().st_size]
    return Run(done.returncode, {each["step"]: each for each in told}, crashes)


def test_an_exception_in_a_slot(story: Story) -> None:
    """It opens one window with a report, counts what comes again, and the program goes on."""
    seen = story.faults.steps["slot"]
    assert (seen["notice"], seen["action"]) == (UNEXPECTED, "Show report")
    assert seen["windows"] == 1
    assert "It happened 2 times." in seen["said"][0]
    assert "ValueError, 2 times" in seen["report"]
    assert "in broken_slot" in seen["report"]
    assert "command_book: Command test.break" in seen["report"]
    log = (story.data / "logs" / "image-seeker.log").read_text("utf-8")
    assert log.count("What went before it:") == 2  # this and the next one
    assert "no pictures in" in log


def test_an_exception_in_a_worker(story: Story) -> None:
    """It is a fault of its own: the window that was closed comes again."""
    seen = story.faults.steps["worker"]
    assert (seen["notice"], seen["windows"]) == (UNEXPECTED, 1)
    assert "KeyError, once" in seen["report"]
    assert "in broken_work" in seen["report"]


def test_a_crash_of_a_process(story: Story) -> None:
    """It costs one picture; what the process could still say is kept for a report."""
    seen = story.faults.steps["process"]
    assert seen["problems"]["bad.png"] == "The reader crashed on it."
    assert seen["pictures"] == 1
    assert "The process decoder" in story.faults.steps["slot"]["report"]
    assert "in fatal" in story.faults.steps["slot"]["report"]
    log = (story.data / "logs" / "image-seeker.log").read_text("utf-8")
    assert "The process decoder has crashed:" in log


def test_too_little_memory(story: Story) -> None:
    """It is said as what it is, wherever it happens, and no report opens for it."""
    assert story.faults.steps["process"]["problems"]["big.png"].startswith(
        "Reading it took more memory"
    )
    for place in ("memory", "memory in a worker"):
        seen = story.faults.steps[place]
        assert (seen["notice"], seen["windows"]) == (TOO_LITTLE, 0)


def test_a_segmentation_fault_is_told_at_the_next_start(story: Story) -> None:
    assert story.faults.code == -signal.SIGSEGV
    assert len([each for each in story.faults.crashes if each.endswith("-window.txt")]) == 1
    seen = story.look.steps["next start"]
    assert (seen["notice"], seen["action"]) == (LAST_TIME, "Show report")
    assert seen["windows"] == 0  # nothing opens before the user asks
    report = story.look.steps["report"]["report"]
    assert "Segmentation fault" in report
    assert 'crashing_program.py", line' in report
    assert "Pictures     1" in report
    assert story.look.steps["copied"]["text"] == report


def test_the_report_names_nothing_unless_asked_to(story: Story) -> None:
    reports = [story.faults.steps["slot"]["report"], story.look.steps["report"]["report"]]
    for secret in ("Holiday", "annabel", "beach", "birthday", "bad.png", str(story.data.parent)):
        assert not any(secret in report for report in reports), secret
    told = story.look.steps["all told"]["report"]
    assert "My Holiday/beach day.jpg" in told
    assert f"Searched for\n  {crashing_program.QUERY}" in told


def test_one_that_was_killed_left_no_trace_but_is_told(story: Story) -> None:
    """As by the system, where memory runs out."""
    assert story.look.code == -signal.SIGKILL
    assert story.after_kill.steps["rest"]["notice"] == LAST_TIME


def test_after_a_good_end_nothing_is_said(story: Story) -> None:
    assert story.after_kill.code == 0
    assert story.after_kill.crashes == []
    assert story.rest.steps["rest"]["notice"] == ""
    assert story.rest.code == 0
    kept = list((story.data / "logs" / "crashes" / "seen").iterdir())
    assert sorted(each.stem.rsplit("-", 1)[1] for each in kept) == ["decoder", "window", "window"]


def test_nothing_indexed_is_lost_and_no_log_of_sqlite_is_left(story: Story) -> None:
    paths = DataPaths.below(story.data)
    assert not paths.catalog.with_name(f"{paths.catalog.name}-wal").exists()
    catalog = Catalog.open(paths.catalog)
    assert not catalog.ended_uncleanly
    assert catalog.picture_count() == 1
    catalog.close()
