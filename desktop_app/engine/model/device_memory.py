"""Remembers on disk which processor suited which model, so that the test is made only once."""

import contextlib
import json
import threading
from pathlib import Path

from desktop_app.engine.model.devices import ON_CPU, Verdict
from desktop_app.engine.model.replaced_file import replace_file
from desktop_app.engine.model.tower import CPU
from desktop_app.engine.phrases import phrase
from desktop_app.engine.records import DeviceChoice

_MAX_FILE_BYTES = 1024 * 1024
_MAX_TEXT = 500


class DeviceMemory:
    """Satisfies `desktop_app.engine.model.devices.Memory`, in one JSON file.

    A test that did not end twice, because a driver took the whole program with it, counts as
    failed from then on; once may be a program that was closed meanwhile. Any thread may call it.
    """

    def __init__(self, file: Path) -> None:
        """Keep verdicts in this file; its folder need not be there yet."""
        self._file = file
        self._lock = threading.Lock()

    def get(self, label: str) -> Verdict | None:
        """What was found; None where nothing is known, or nothing readable."""
        match self._read().get(label):
            case {"begun": 1}:
                return None
            case {"provider": str(provider), "reason": str(reason), "single": bool(single)}:
                if max(len(provider), len(reason)) <= _MAX_TEXT:
                    return Verdict(DeviceChoice(provider, reason), single)
        return None

    def put(self, label: str, verdict: Verdict) -> None:
        """Keep a verdict; where it cannot be written the test is made again."""
        with self._lock:
            self._write(self._read() | {label: _as_entry(verdict)})

    def begin(self, label: str) -> None:
        """Note that a test begins: stands until `put` replaces it."""
        reason = phrase(
            "Engine: Models", "{on_cpu}: the test of another processor ended the program."
        ).format(on_cpu=ON_CPU)
        with self._lock:
            entries = self._read()
            match entries.get(label):
                case {"begun": int()}:
                    begun = 2
                case _:
                    begun = 1
            entry = _as_entry(Verdict(DeviceChoice(CPU, reason))) | {"begun": begun}
            self._write(entries | {label: entry})

    def forget(self, label: str) -> None:
        """Know nothing any more, so that the test is made again."""
        with self._lock:
            entries = self._read()
            entries.pop(label, None)
            self._write(entries)

    def _write(self, entries: dict[str, object]) -> None:
        with contextlib.suppress(OSError):
            replace_file(self._file, json.dumps(entries))

    def _read(self) -> dict[str, object]:
        with contextlib.suppress(OSError, ValueError, RecursionError):
            if self._file.stat().st_size <= _MAX_FILE_BYTES:
                content = json.loads(self._file.read_bytes())
                if isinstance(content, dict):
                    return content
        return {}


def _as_entry(verdict: Verdict) -> dict[str, object]:
    return {
        "provider": verdict.device.provider,
        "reason": verdict.device.reason,
        "single": verdict.takes_single,
    }
