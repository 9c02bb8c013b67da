"""Chooses what computes the vectors of pictures: the CPU, or a faster processor that agrees.

Every other processor is tried before it is trusted: drivers differ, and one that gives other
vectors than the CPU would spoil a library without a word.
"""

import logging
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.errors import PassingModelError
from desktop_app.engine.model.tower import CPU
from desktop_app.engine.phrases import phrase
from desktop_app.engine.records import DeviceChoice

logger = logging.getLogger(__name__)

MIN_COSINE = 0.999
_TITLES = {
    "CUDAExecutionProvider": "CUDA",
    "DmlExecutionProvider": "DirectML",
    "CoreMLExecutionProvider": "CoreML",
    "OpenVINOExecutionProvider": "OpenVINO",
}
ON_CPU = phrase("Engine: Models", "the processor (CPU)")
"""What a reason calls the CPU, before the colon."""
_TIMED_RUNS = 3

Pixels = NDArray[np.float32]
Encode = Callable[[Pixels], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a self-test found.

    Attributes:
        device: What is to compute batches of pictures.
        takes_single: Whether it is faster with a single picture too.
        may_change: Whether a test may end otherwise another time: a processor lacked memory.
    """

    device: DeviceChoice
    takes_single: bool = False
    may_change: bool = False


class Memory(Protocol):
    """Keeps verdicts from one start of the program to the next."""

    def get(self, label: str) -> Verdict | None:
        """What was found; None where nothing is known."""
        ...

    def put(self, label: str, verdict: Verdict) -> None:
        """Keep a verdict; failing to is no error."""
        ...

    def begin(self, label: str) -> None:
        """Note that a test begins, in case it ends the program."""
        ...

    def forget(self, label: str) -> None:
        """Know nothing any more, so that the test is made again; failing to is no error."""
        ...


@dataclass(frozen=True, slots=True)
class _Trial:
    """How one provider did: seconds for the batch and for one picture, or why it is out."""

    provider: str
    batch_s: float = 0.0
    single_s: float = 0.0
    refusal: str = ""
    lacked_memory: bool = False


def candidates(providers: Sequence[str]) -> list[str]:
    """Those of onnxruntime's providers that may be faster than the CPU."""
    return [provider for provider in _TITLES if provider in providers]


def only_cpu() -> Verdict:
    """The verdict where there is nothing to choose from."""
    return Verdict(
        DeviceChoice(
            CPU,
            phrase("Engine: Models", "{on_cpu}: there is no graphics card it could use.").format(
                on_cpu=ON_CPU
            ),
        )
    )


def gave_up(provider: str) -> Verdict:
    """The verdict after a processor failed at work."""
    return Verdict(
        DeviceChoice(
            CPU,
            phrase("Engine: Models", "{on_cpu}: {titles} failed at its work.").format(
                on_cpu=ON_CPU, titles=_TITLES[provider]
            ),
        )
    )


def choose_device(
    providers: Sequence[str],
    open_encode: Callable[[str], Encode],
    pixels: Pixels,
) -> Verdict:
    """Time every provider against the CPU on a batch, and take the fastest that agrees with it.

    Args:
        providers: What `candidates` returned.
        open_encode: Loads the image tower on a provider; it and what it returns may raise
            anything, `PassingModelError` where there is too little memory. On the CPU it should
            use all cores.
        pixels: A batch for the test, shape ``(n, 3, height, width)``.

    Raises:
        ModelError: If the CPU cannot run the tower.
    """
    encode = open_encode(CPU)
    expected = encode(pixels)
    cpu = _Trial(CPU, *_time(encode, pixels))
    # Freed before the next is loaded: a large tower should not be in memory twice.
    del encode
    trials = [_try(provider, open_encode, pixels, expected) for provider in providers]
    may_change = any(trial.lacked_memory for trial in trials)
    agreeing = [trial for trial in trials if not trial.refusal]
    best = min(agreeing, key=lambda trial: trial.batch_s, default=cpu)
    if best.batch_s >= cpu.batch_s:
        reasons = [
            trial.refusal
            or phrase("Engine: Models", "{titles} is no faster").format(
                titles=_TITLES[trial.provider]
            )
            for trial in trials
        ]
        device = DeviceChoice(CPU, f"{ON_CPU}: {', '.join(reasons)}.")
        return Verdict(device, may_change=may_change)
    ratio = _times(cpu.batch_s / max(best.batch_s, 1e-9))
    reason = phrase("Engine: Models", "{titles}: {ratio} times as fast as the CPU.").format(
        titles=_TITLES[best.provider], ratio=ratio
    )
    device = DeviceChoice(best.provider, reason)
    return Verdict(device, best.single_s < cpu.single_s, may_change)


def _try(
    provider: str,
    open_encode: Callable[[str], Encode],
    pixels: Pixels,
    expected: NDArray[np.float32],
) -> _Trial:
    title = _TITLES[provider]
    try:
        encode = open_encode(provider)
        cosine = float((encode(pixels) * expected).sum(axis=1).min())
        if cosine < MIN_COSINE:
            # Cut, not rounded: 0.9989 must not read as 0.999.
            shown = math.floor(cosine * 1000) / 1000
            return _Trial(
                provider,
                refusal=phrase(
                    "Engine: Models", "{title} gave other results (cosine {shown})"
                ).format(title=title, shown=shown),
            )
        return _Trial(provider, *_time(encode, pixels))
    except PassingModelError:
        logger.warning("%s has too little memory for the model.", title, exc_info=True)
        refusal = phrase("Engine: Models", "{title} has too little memory").format(title=title)
        return _Trial(provider, refusal=refusal, lacked_memory=True)
    except Exception:
        # Drivers fail in ways of their own, and the CPU is always there.
        logger.warning("%s cannot run the model.", title, exc_info=True)
        return _Trial(
            provider,
            refusal=phrase("Engine: Models", "{title} could not run the model").format(title=title),
        )


def _time(encode: Encode, pixels: Pixels) -> tuple[float, float]:
    """Seconds for the batch and for a single picture, each the best of some runs."""
    encode(pixels[:1])  # some compile the graph anew for another batch size
    return _best_of(lambda: encode(pixels)), _best_of(lambda: encode(pixels[:1]))


def _best_of(work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(_TIMED_RUNS):
        started = perf_counter()
        work()
        seconds.append(perf_counter() - started)
    return min(seconds)


def _times(ratio: float) -> str:
    return f"{ratio:.0f}" if ratio >= 3 else f"{ratio:.1f}"
