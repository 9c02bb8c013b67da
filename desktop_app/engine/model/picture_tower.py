"""The image tower on whatever computes it best."""

import logging
import os
import threading

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.errors import ModelError
from desktop_app.engine.model.devices import (
    Encode,
    Memory,
    Verdict,
    candidates,
    choose_device,
    gave_up,
    only_cpu,
)
from desktop_app.engine.model.model_folder import ModelFolder
from desktop_app.engine.model.preprocess import normalise, resize
from desktop_app.engine.model.sample_pictures import draw_pictures
from desktop_app.engine.model.tower import CPU, LazySession, Runtime, Tower
from desktop_app.engine.records import DeviceChoice

logger = logging.getLogger(__name__)


class PictureTower:
    """The image tower of a model. Any thread may call it; nothing is loaded before it is needed.

    The first batch finds out which processor suits batches. A single picture, a query, does not
    wait for that: it stays on the CPU unless another processor is known to be faster with it.

    Attributes:
        cpu_session: The tower on the CPU, which a text tower in the same graph shares.
    """

    def __init__(
        self, folder: ModelFolder, threads: int, runtime: Runtime, memory: Memory | None
    ) -> None:
        """Prepare it.

        Args:
            folder: The model.
            threads: Cores one call may use.
            runtime: What opens the tower.
            memory: Keeps what was found out about other processors.
        """
        self._folder = folder
        self._threads = threads
        self._runtime = runtime
        self._memory = memory
        self.cpu_session = self._session(CPU, threads)
        self._cpu_tower = Tower(folder, self.cpu_session, "image_embeds")
        self._lock = threading.Lock()  # of whoever changes what follows; held while it is tested
        self._choice: tuple[Verdict, Tower | None] | None = None

    @property
    def device(self) -> DeviceChoice:
        """What computes batches, and why this; makes the test where it was not made.

        Raises:
            ModelError: If the tower is damaged.
        """
        return self._choose()[0].device

    def prepare(self) -> None:
        """Load what batches are encoded with.

        Raises:
            ModelError: If the tower is damaged.
        """
        (self._choose()[1] or self._cpu_tower).load()

    def encode(self, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        """Encode normalised pictures, shape ``(n, 3, height, width)``.

        Returns:
            Unit vectors, shape ``(n, dim)``.

        Raises:
            ModelError: If the tower is damaged.
        """
        device_tower = self._tower_for(len(pixels))
        if device_tower is not None:
            try:
                return device_tower.encode({"pixel_values": pixels})
            except ModelError:  # the CPU tells whether it is the model's fault
                logger.warning("The CPU takes over.", exc_info=True)
                self._give_up_device()
        return self._cpu_tower.encode({"pixel_values": pixels})

    def _session(self, provider: str, threads: int) -> LazySession:
        path = self._folder.vision_model
        return LazySession(path, lambda: self._runtime.open(path, threads, provider))

    def _tower_for(self, count: int) -> Tower | None:
        """The tower on another processor that is to encode so many pictures; None for the CPU."""
        if count > 1:
            return self._choose()[1]
        choice = self._choice  # without the lock: a query does not wait for a test
        return choice[1] if choice is not None and choice[0].takes_single else None

    def _choose(self) -> tuple[Verdict, Tower | None]:
        with self._lock:
            if self._choice is None:
                verdict = self._find_verdict()
                self._choice = verdict, self._make_tower(verdict.device.provider)
            return self._choice

    def _make_tower(self, provider: str) -> Tower | None:
        if provider == CPU:
            return None
        return Tower(self._folder, self._session(provider, self._threads), "image_embeds")

    def _find_verdict(self) -> Verdict:
        providers = candidates(self._runtime.providers)
        if not providers:
            return only_cpu()
        label = f"{self._folder.key} {' '.join(providers)} {self._runtime.version}"
        known = self._memory.get(label) if self._memory else None
        if known is not None and known.device.provider in (CPU, *providers):
            return known
        if self._memory:
            self._memory.begin(label)
        try:
            verdict = choose_device(providers, self._open_vision, self._trial_pixels())
        except Exception:  # of any kind: the program is there to tell of it
            if self._memory:
                self._memory.forget(label)
            raise
        if self._memory:
            if verdict.may_change:
                self._memory.forget(label)
            else:
                self._memory.put(label, verdict)
        return verdict

    def _open_vision(self, provider: str) -> Encode:
        """The image tower on a provider; the CPU with all its cores, as indexing uses it."""
        cores = os.cpu_count() or 1 if provider == CPU else self._threads
        tower = Tower(self._folder, self._session(provider, cores), "image_embeds")
        return lambda pixels: tower.encode({"pixel_values": pixels})

    def _trial_pixels(self) -> NDArray[np.float32]:
        drawn = draw_pictures()
        drawn += [picture.rotate(180) for picture in drawn]
        pixels = np.stack([resize(picture, self._folder.preprocessing) for picture in drawn])
        return normalise(pixels, self._folder.preprocessing)

    def _give_up_device(self) -> None:
        with self._lock:
            if self._choice is not None and self._choice[1] is not None:
                self._choice = gave_up(self._choice[0].device.provider), None
