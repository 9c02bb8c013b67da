"""Runs the steps of the self-test and prints what was found."""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from desktop_app import __version__
from desktop_app.engine.diagnostics.redaction import Redaction, places_of_this_computer
from desktop_app.engine.diagnostics.report import program_facts
from desktop_app.engine.errors import UserFacingError
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.protocols import Models
from desktop_app.self_test import main_job, surroundings


@dataclass(frozen=True, slots=True)
class Step:
    """What was found in one step.

    Attributes:
        name: What was looked at.
        ok: Whether it is as it should be.
        seconds: How long it took.
        detail: What was found, or what is wrong.
    """

    name: str
    ok: bool
    seconds: float
    detail: str


def run_self_test(models: Models, paths: DataPaths, *, as_json: bool = False) -> int:
    """Check that this program can do its main job here, and print what was found.

    Args:
        models: The built-in model.
        paths: The user's library, which is looked at and not changed.
        as_json: Whether to print JSON, with the loaded modules, instead of a table.

    Returns:
        Exit code: 0 if every step worked.
    """
    redaction = Redaction(places_of_this_computer(str(paths.data), str(paths.logs)))
    # Asked before the platform of the test is chosen, told where it belongs.
    display = _run("display", surroundings.display, redaction)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="image-seeker-") as name:
        folder = Path(name)
        job: list[tuple[str, Callable[[], str]]] = [
            ("model", lambda: main_job.check_model(models)),
            ("indexing", lambda: main_job.check_indexing(folder, models)),
            ("window", lambda: main_job.check_window(folder, models)),
        ]
        ground: list[tuple[str, Callable[[], str]]] = [
            ("onnxruntime", surroundings.onnxruntime),
            ("USearch", surroundings.usearch),
            ("SQLite", lambda: surroundings.sqlite(folder)),
            ("disk", lambda: surroundings.disk(paths)),
            ("library", lambda: surroundings.library(paths, models)),
        ]
        steps = [_run(name, action, redaction) for name, action in job]
        steps.append(display)
        steps += [_run(name, action, redaction) for name, action in ground]
    text = _as_json(steps) if as_json else _as_table(steps)
    sys.stdout.write(text + "\n")
    return 0 if all(step.ok for step in steps) else 1


def _run(name: str, action: Callable[[], str], redaction: Redaction) -> Step:
    """Run one step; whatever goes wrong in it is the finding that is reported."""
    started = time.perf_counter()
    try:
        detail, ok = action(), True
    except UserFacingError as error:
        detail, ok = str(error), False
    except Exception as error:  # noqa: BLE001 - any failure at all is what a self-test is for
        detail, ok = f"{type(error).__name__}: {error}", False
    seconds = round(time.perf_counter() - started, 3)
    return Step(name, ok, seconds, redaction.text(detail))


def _as_table(steps: Sequence[Step]) -> str:
    """What somebody who helps reads in ten seconds."""
    facts = program_facts()
    wide_name = max(len(name) for name, _ in facts)
    lines = [f"{name.ljust(wide_name)}  {value}" for name, value in facts]
    wide = max(len(step.name) for step in steps)
    lines.append("")
    for step in steps:
        verdict = "ok" if step.ok else "FAILED"
        lines.append(f"{verdict:6}  {step.name.ljust(wide)}  {step.seconds:5.2f} s  {step.detail}")
    failed = [step.name for step in steps if not step.ok]
    lines.append("")
    lines.append(f"Failed: {', '.join(failed)}." if failed else "Everything works.")
    return "\n".join(lines)


def _as_json(steps: Sequence[Step]) -> str:
    result = {
        "ok": all(step.ok for step in steps),
        "version": __version__,
        "frozen": bool(getattr(sys, "frozen", False)),
        "system": dict(program_facts()),
        "steps": [asdict(step) for step in steps],
        "modules": sorted({module.partition(".")[0] for module in sys.modules}),
    }
    return json.dumps(result, indent=1)
