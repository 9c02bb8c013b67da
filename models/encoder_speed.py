"""How long a model takes for one picture and for one query."""

import time
from collections.abc import Callable
from functools import partial

import numpy as np
from PIL import Image

from desktop_app.engine.model.encoder import OnnxEncoder
from desktop_app.engine.model.model_folder import ModelFolder
from desktop_app.engine.model.preprocess import preprocess

TIMED_RUNS = 50
_QUERIES = (
    "dog", "a photo of rock climbing", "two children playing on the beach",
    "a man in a blue shirt riding a bicycle down the street",
)  # fmt: skip


def _milliseconds(run: Callable[[], object]) -> float:
    """Return the median CPU time of a call, in milliseconds.

    CPU time, not wall time: with one thread the two are the same on an idle machine, and on a busy
    one the first still tells what the model costs.
    """
    times = []
    for _ in range(TIMED_RUNS):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return float(np.median(times) * 1000)


def measure_speed(folder: ModelFolder) -> dict[str, float]:
    """Measure a model on one thread: a picture at a time, a query at a time.

    Returns:
        ``ms_per_image`` (decoding not counted), ``images_per_second`` and ``ms_per_query``
        (splitting into tokens included).

    Raises:
        ModelError: the model is damaged.
    """
    encoder = OnnxEncoder(folder, threads=1)
    picture = preprocess(Image.new("RGB", (256, 256), "gray"), folder.preprocessing)[np.newaxis]
    encoder.encode_images(picture)
    encoder.encode_texts(_QUERIES[:1])
    per_query = [_milliseconds(partial(encoder.encode_texts, [text])) for text in _QUERIES]
    per_image = _milliseconds(partial(encoder.encode_images, picture))
    return {
        "ms_per_image": per_image,
        "images_per_second": 1000 / max(per_image, 1e-6),
        "ms_per_query": float(np.mean(per_query)),
    }
