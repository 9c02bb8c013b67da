"""What indexing is compared with: a plain loop of Pillow, transformers and torch.

As most scripts do it: open each picture, convert it to RGB, let transformers prepare it, and run a
CLIP ViT-B/32 on batches of 16. Its weights are random; that changes nothing of the speed.
"""

import time
from collections.abc import Sequence
from pathlib import Path

BATCH = 16


def pictures_per_second(files: Sequence[Path]) -> float | None:
    """Run the loop over some pictures; None where torch and transformers are not installed."""
    try:
        import torch
        from transformers import CLIPImageProcessor, CLIPVisionConfig, CLIPVisionModelWithProjection
    except ImportError:
        return None
    from PIL import Image

    model = CLIPVisionModelWithProjection(CLIPVisionConfig()).eval()
    processor = CLIPImageProcessor()
    done = 0
    started = time.perf_counter()
    with torch.no_grad():
        for first in range(0, len(files), BATCH):
            images = []
            for file in files[first : first + BATCH]:
                with Image.open(file) as image:
                    images.append(image.convert("RGB"))
            model(**processor(images, return_tensors="pt"))
            done += len(images)
    return done / (time.perf_counter() - started)
