"""Pictures that are drawn, not read: to try out a model, or a processor, on."""

import numpy as np
from PIL import Image

_SIDE_PX = 96


def draw_pictures() -> list[Image.Image]:
    """A few pictures that have nothing in common."""
    noise = np.random.default_rng(1).integers(0, 256, (_SIDE_PX, _SIDE_PX, 3), dtype=np.uint8)
    ramp = Image.linear_gradient("L").resize((_SIDE_PX, _SIDE_PX))
    return [
        Image.new("RGB", (_SIDE_PX, _SIDE_PX), (220, 20, 20)),
        Image.fromarray(noise),
        Image.merge("RGB", (ramp, ramp.rotate(90), ramp.rotate(180))),
        Image.new("RGB", (_SIDE_PX, _SIDE_PX // 2), (10, 40, 200)),
    ]
