"""Finds a checkpoint's files: a folder of this machine, or a repository of the hub."""

import glob
import re
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

from huggingface_hub import HfApi, constants, snapshot_download
from huggingface_hub.errors import (
    GatedRepoError,
    HfHubHTTPError,
    HFValidationError,
    HTTPError,
    LocalEntryNotFoundError,
    OfflineModeIsEnabled,
    RepositoryNotFoundError,
)

from models.checkpoint import CheckpointError

_HUB_NAME = re.compile(r"[\w.-]+/[\w.-]+")
_WANTED = ("*.json", "*.safetensors", "*.txt", "*.model", "*.md", "LICENSE", "LICENCE")
_PICKLED = "pytorch_model*.bin"
"""Fetched only into folders with nothing safer; read by ``torch.load(weights_only=True)``."""
# Other forms of the same weights, and code: nothing of a checkpoint is ever run.
_UNWANTED = ("onnx/*", "openvino/*", "coreml/*", "*open_clip_*", "*.py")
_LOG_IN = "log in with “hf auth login”"


@dataclass(frozen=True)
class CheckpointFiles:
    """Where a checkpoint lies.

    Attributes:
        path: the file or folder.
        name: as it was given, for people: a hub name or the folder's name.
        revision: the hub's commit; empty for what was here already.
    """

    path: Path
    name: str
    revision: str = ""


def find_checkpoint(source: str) -> CheckpointFiles:
    """Find a checkpoint by its path or hub name; only a hub name opens a connection.

    Raises:
        CheckpointError: there is none, or the hub does not give it.
    """
    path = Path(source)
    if path.exists():
        return CheckpointFiles(path, path.resolve().name)
    # Of models/clip in a checkout with a folder models, a path was meant.
    if not _HUB_NAME.fullmatch(source) or path.parent.is_dir():
        raise CheckpointError(f"There is no checkpoint {source}.")
    return _fetch(source)


def refuse_finished(path: Path) -> None:
    """Refuse a folder that an export has written: its towers are ONNX, and nothing learns there.

    Raises:
        CheckpointError: it is one.
    """
    weights = (*path.glob("*.safetensors"), *path.glob(_PICKLED))
    if (path / "onnx").is_dir() and not weights:
        raise CheckpointError(
            f"{path} is a finished model in ONNX and no checkpoint; name what it was made from."
        )


def wanted_files(files: Sequence[str]) -> list[str]:
    """Choose what to fetch of a repository.

    Args:
        files: all its files, by their paths.

    Returns:
        Those that say what the checkpoint is, and its weights: a folder's pickled ones only where
        it has no safetensors, since a sentence-transformers repository may have each in another.
    """
    kept = [file for file in files if not _matches(file, _UNWANTED)]
    plain = [file for file in kept if _matches(file, _WANTED)]
    safe = {PurePosixPath(file).parent for file in plain if file.endswith(".safetensors")}
    pickled = [
        file
        for file in kept
        if fnmatch(PurePosixPath(file).name, _PICKLED) and PurePosixPath(file).parent not in safe
    ]
    return plain + pickled


def _matches(file: str, patterns: Sequence[str]) -> bool:
    return any(fnmatch(file, pattern) for pattern in patterns)


def _fetch(name: str) -> CheckpointFiles:
    try:
        info = HfApi().model_info(name)
        files = wanted_files([sibling.rfilename for sibling in info.siblings or ()])
        folder = snapshot_download(
            name, revision=info.sha, allow_patterns=[glob.escape(file) for file in files]
        )
    except HFValidationError as error:
        raise CheckpointError(f"{name} is neither a folder here nor a name of the hub.") from error
    # httpx2 raises no OSError, hf_xet sometimes RuntimeError; a proxy's own page is a ValueError.
    except (HTTPError, OSError, ValueError, KeyError, RuntimeError) as error:
        raise CheckpointError(_say_refusal(name, error)) from error
    return CheckpointFiles(Path(folder), name, info.sha or "")


def _say_refusal(name: str, error: Exception) -> str:
    """Say in a sentence why nothing was fetched."""
    # The library looks into its cache when the hub fails, and reports that nothing is there.
    while isinstance(error, LocalEntryNotFoundError) and isinstance(error.__cause__, Exception):
        error = error.__cause__
    if isinstance(error, OfflineModeIsEnabled):
        return f"{name} is no folder here, and HF_HUB_OFFLINE forbids to fetch it from the hub."
    if isinstance(error, HfHubHTTPError):
        return _say_answer(name, error)
    if isinstance(error, HTTPError | LocalEntryNotFoundError | ConnectionError):
        return f"{name} is no folder here, and the hub cannot be reached to fetch it."
    if isinstance(error, OSError) and error.strerror:  # of this machine: full, or not allowed
        return f"{name} cannot be written to {constants.HF_HUB_CACHE} ({error.strerror})."
    if isinstance(error, OSError | RuntimeError):
        reason = (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
        return f"{name} did not arrive whole from the hub ({reason})."
    return f"{name} cannot be fetched: what answers in the hub's place is no hub."


def _say_answer(name: str, error: HfHubHTTPError) -> str:
    status = error.response.status_code
    if isinstance(error, GatedRepoError):
        return (
            f"The hub gives {name} only to those who accepted its terms: do so on its page, then"
            f" {_LOG_IN}."
        )
    if status in (401, 403):  # 401 is also its answer to names that do not exist
        return (
            f"The hub does not give {name} to everybody, or has none of that name: check the name,"
            f" and if it is right, {_LOG_IN}."
        )
    if isinstance(error, RepositoryNotFoundError):
        return f"There is no checkpoint {name}: neither a folder here nor a repository of the hub."
    return f"The hub did not give {name}: it answered {status}."
