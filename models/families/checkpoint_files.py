"""Finds a checkpoint's files: a folder of this machine, or a repository of the hub."""

import re
from dataclasses import dataclass
from pathlib import Path

from huggingface_hub import HfApi, snapshot_download
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
_WANTED = ("*.json", "*.safetensors", "*.txt", "*.model", "*.md", "LICENSE*", "LICENCE*")
_PICKLED = "*pytorch_model*.bin"
"""Fetched only where there is nothing safer; read by ``torch.load(weights_only=True)``."""
_UNWANTED = ("onnx/*", "openvino/*", "coreml/*")


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


def _fetch(name: str) -> CheckpointFiles:
    try:
        info = HfApi().model_info(name)
        files = [sibling.rfilename for sibling in info.siblings or ()]
        is_safe = any(file.endswith(".safetensors") for file in files)
        folder = snapshot_download(
            name,
            revision=info.sha,
            allow_patterns=[*_WANTED, *([] if is_safe else [_PICKLED])],
            ignore_patterns=list(_UNWANTED),
        )
    except GatedRepoError as error:
        raise CheckpointError(
            f"The hub gives {name} only to those who accepted its terms: do so on its page, then"
            " log in with “hf auth login”."
        ) from error
    except RepositoryNotFoundError as error:
        raise CheckpointError(
            f"There is no checkpoint {name}: neither a folder here nor a repository of the hub."
        ) from error
    except OfflineModeIsEnabled as error:
        raise CheckpointError(f"{name} is not here, and the hub is switched off.") from error
    except HfHubHTTPError as error:
        status = error.response.status_code
        raise CheckpointError(f"The hub did not give {name}: it answered {status}.") from error
    except (HTTPError, LocalEntryNotFoundError, ConnectionError) as error:
        raise CheckpointError(
            f"There is no folder {name} here, and the hub cannot be reached to fetch it."
        ) from error
    except HFValidationError as error:
        raise CheckpointError(f"{name} is neither a folder here nor a name of the hub.") from error
    return CheckpointFiles(Path(folder), name, info.sha or "")
