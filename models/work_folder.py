"""The work folder of a training: it belongs to one training, and only that one goes on in it."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from models.training_data import TrainingDataError

_CLAIM = "job.txt"


def claim_work_folder(work: Path, facts: Sequence[object]) -> None:
    """Make a work folder, or make sure that it belongs to this very training.

    Another one's checkpoints would be gone on with as if they were this one's.

    Args:
        work: the folder.
        facts: what decides the training, as JSON can hold it.

    Raises:
        TrainingDataError: it belongs to another training, or is no folder.
        OSError: it cannot be written.
    """
    if work.exists() and not work.is_dir():
        raise TrainingDataError(f"{work} is a file; name a folder with --work-dir.")
    work.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(json.dumps(facts).encode()).hexdigest()
    path = work / _CLAIM
    if path.is_file() and path.read_text(encoding="utf-8") != digest:
        raise TrainingDataError(
            f"{work} holds a training of other pictures, another start or other settings;"
            " give another --work-dir, or delete it."
        )
    path.write_text(digest, encoding="utf-8")
