"""Remembers on disk which processor suited which model, so that the test is made only once."""

import contextlib
import json
import threading
from pathlib import Path

from desktop_app.engine.model.devices import Verdict
from desktop_app.engine.model.replaced_file import replace_file
from desktop_app.engine.model.tower import CPU
from desktop_app.engine.records import DeviceChoice

_MAX_FILE_BYTES = 1024 * 1024
_MAX_TEXT = 500


class DeviceMemory:
    """Satisfies `desktop_app.engine.model.devices.Memory`, in one JSON file.

    A test that never ended, because a driver took the whole program with it, counts as failed at
    the next start. Any thread may call it.
    """

    def __init__(self, file: Path) -> None:
        """Keep verdicts in this file; its folder need not be there yet."""
        self._file = file
        self._lock = threading.Lock()

    def get(self, label: str) -> Verdict | None:
        """What was found; None where nothing is known, or nothing readable."""
        match self._read().get(label):
            case {"provider": str(provider), "reason": str(reason), "single": bool(single)}:
                if max(len(provider), len(reason)) <= _MAX_TEXT:
                    return Verdict(DeviceChoice(provider, reason), single)
        return None

    def put(self, label: str, verdict: Verdict) -> None:
        """Keep a verdict; where it cannot be written the test is made again."""
        with self._lock:
            entries = self._read()
            entries[label] = {
                "provider": verdict.device.provider,
                "reason": verdict.device.reason,
                "single": verdict.takes_single,
            }
            with contextlib.suppress(OSError):
                replace_file(self._file, json.dumps(entries))

    def begin(self, label: str) -> None:
        """Note that a test begins: stands until `put` replaces it."""
        reason = "CPU: the test of another processor ended the program."
        self.put(label, Verdict(DeviceChoice(CPU, reason)))

    def _read(self) -> dict[str, object]:
        with contextlib.suppress(OSError, ValueError, RecursionError):
            if self._file.stat().st_size <= _MAX_FILE_BYTES:
                content = json.loads(self._file.read_bytes())
                if isinstance(content, dict):
                    return content
        return {}
