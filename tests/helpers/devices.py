"""Processors that are not there: real CPU sessions made slower, faster, wrong or failing.

Time is counted, not measured: each run moves a clock by what the processor is said to take.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from desktop_app.engine.model.encoder import OnnxRuntime
from desktop_app.engine.model.tower import CPU, Array, Feeds, Port, Session


@dataclass
class Device:
    """How one provider behaves.

    Attributes:
        seconds: What a run of many pictures takes.
        single_s: What a run of one picture takes.
        shift: Added to every number that it gives.
        fails_to_open: Whether loading raises.
        fails_after: How many runs work; None for all.
        lacks_memory: Whether it fails for want of memory.
    """

    seconds: float = 1.0
    single_s: float = 1.0
    shift: float = 0.0
    fails_to_open: bool = False
    fails_after: int | None = None
    lacks_memory: bool = False


@dataclass
class Devices:
    """Satisfies `desktop_app.engine.model.tower.Runtime`.

    Attributes:
        devices: By provider, the CPU among them.
        version: What it says of itself.
        now: Seconds on its clock.
        opened: Provider and file of every session, in order.
        runs: Provider and number of pictures or texts of every run.
    """

    devices: Mapping[str, Device]
    version: str = "1.0"
    now: float = 0.0
    opened: list[tuple[str, str]] = field(default_factory=list)
    runs: list[tuple[str, int]] = field(default_factory=list)

    @property
    def providers(self) -> Sequence[str]:
        return [*self.devices]

    def clock(self) -> float:
        return self.now

    def open(self, path: Path, threads: int, provider: str) -> Session:
        self.opened.append((provider, path.name))
        if self.devices[provider].fails_to_open:
            raise RuntimeError("no driver")
        if self.devices[provider].lacks_memory:
            raise RuntimeError("failed:std::bad_alloc")
        return _Session(self, provider, OnnxRuntime().open(path, 1, CPU))


class _Session:
    def __init__(self, devices: Devices, provider: str, session: Session) -> None:
        self.inputs: Sequence[Port] = session.inputs
        self.outputs: Sequence[Port] = session.outputs
        self._devices, self._provider, self._session = devices, provider, session
        self._runs = 0
        self._lock = threading.Lock()

    def run(self, output: str, feeds: Feeds) -> Array:
        device = self._devices.devices[self._provider]
        count = len(next(iter(feeds.values())))
        with self._lock:
            self._runs += 1
            self._devices.runs.append((self._provider, count))
            self._devices.now += device.single_s if count == 1 else device.seconds
            if device.fails_after is not None and self._runs > device.fails_after:
                raise RuntimeError("device lost")
        vectors: Array = np.add(self._session.run(output, feeds), device.shift)
        return vectors
