"""What a user can copy for whoever helps them: plain text, the newest things last."""

import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from desktop_app import __version__
from desktop_app.engine.diagnostics.crash_files import Crash
from desktop_app.engine.diagnostics.faults import Fault
from desktop_app.engine.diagnostics.redaction import Redaction

LINES = 150
"""Of what went before; more would not be read."""
_LIBRARIES = {
    "onnxruntime": "onnxruntime",
    "usearch": "usearch",
    "numpy": "numpy",
    "Pillow": "PIL",
    "tokenizers": "tokenizers",
    "PySide6": "PySide6",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a report says besides what happened.

    Attributes:
        program: Versions and the system, as names and values.
        library: Model and counts.
        searches: What was searched for last; only told where the user wants it.
    """

    program: Sequence[tuple[str, str]] = ()
    library: Sequence[tuple[str, str]] = ()
    searches: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Happened:
    """What a report is about.

    Attributes:
        faults: Faults of this run.
        crashes: Processes that ended unexpectedly.
        lines: The last things that happened, in this run or before the crash, already redacted.
    """

    faults: Sequence[Fault] = ()
    crashes: Sequence[Crash] = ()
    lines: Sequence[str] = field(default=())


def report_text(happened: Happened, facts: Facts, redaction: Redaction) -> str:
    """Write a report, in English wherever it is copied: it is for those who mend the program.

    Args:
        happened: What it is about.
        facts: What may help.
        redaction: Takes out what the user keeps to themselves.
    """
    parts = ["Image Seeker report"]
    parts += [_fault(each, redaction) for each in happened.faults]
    parts += [_crash(each, redaction) for each in happened.crashes]
    parts.append(_table("Program", facts.program))
    if facts.library:
        parts.append(_table("Library", facts.library))
    if facts.searches and redaction.keeps_queries:
        parts.append("\n".join(["Searched for", *(f"  {each}" for each in facts.searches)]))
    if happened.lines:
        parts.append("\n".join(["What went before", *happened.lines[-LINES:]]))
    return "\n\n".join(parts) + "\n"


def program_facts() -> list[tuple[str, str]]:
    """The versions of the program and what it stands on, and the system. May ask the disk."""
    frozen = "packed program" if getattr(sys, "frozen", False) else "run by Python"
    versions = [
        f"{name} {version}"
        for name, module in _LIBRARIES.items()
        if (version := _version(name, module))
    ]
    return [
        ("Image Seeker", f"{__version__}, {frozen}"),
        ("Python", platform.python_version()),
        ("System", system_name()),
        ("Processor", f"{platform.machine()}, {os.cpu_count() or 1} cores"),
        ("Memory", _memory()),
        ("Libraries", ", ".join(versions)),
    ]


def system_name() -> str:
    """What the system calls itself."""
    try:
        named = platform.freedesktop_os_release().get("PRETTY_NAME", "")
    except OSError:  # no Linux, or one that does not say
        return platform.platform()
    return f"{named} ({platform.system()} {platform.release()})".strip()


def _memory() -> str:
    import psutil  # a report is seldom wanted

    try:
        memory, own = psutil.virtual_memory(), psutil.Process().memory_info()
    except psutil.Error:
        return "not known"
    return (
        f"{memory.total / 1e9:.1f} GB, {memory.available / 1e9:.1f} GB free; "
        f"the program has {own.rss / 1e6:.0f} MB"
    )


def _version(name: str, module: str) -> str:
    """The version of a library: as loaded, or else as installed."""
    from importlib import metadata  # takes 15 ms, and a report is seldom wanted

    loaded = getattr(sys.modules.get(module), "__version__", "")
    if loaded:
        return str(loaded)
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:  # a packed program has no such notes
        return ""


def _table(title: str, rows: Sequence[tuple[str, str]]) -> str:
    width = max((len(name) for name, _ in rows), default=0)
    return "\n".join([title, *(f"  {name.ljust(width)}  {value}" for name, value in rows)])


def _fault(fault: Fault, redaction: Redaction) -> str:
    often = "once" if fault.count == 1 else f"{fault.count} times"
    return "\n".join(
        [
            f"{fault.kind}, {often}, last at {_when(fault.last_s)} in the thread {fault.thread}",
            redaction.text(fault.stack),
            f"Message: {redaction.text(fault.message)}",
        ]
    )


def _crash(crash: Crash, redaction: Redaction) -> str:
    title = f"The process {crash.kind}, begun at {_when(crash.began_s)}, ended unexpectedly"
    if not crash.trace:
        return (
            f"{title} and left no trace: it was killed, ran out of memory, or the computer "
            "was switched off."
        )
    return f"{title}:\n{redaction.text(crash.trace)}"


def _when(at_s: float) -> str:
    return datetime.fromtimestamp(at_s, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
