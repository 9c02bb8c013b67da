"""The hub of our own is asked by huggingface_hub itself, in a process with nothing of ours."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.helpers.hub_server import REVISION, hub_server

FILES = {"config.json": b'{"model_type": "clip"}', "onnx/model.onnx": os.urandom(40_000)}
ASK = """
import json, sys
from huggingface_hub import HfApi, hf_hub_download
from huggingface_hub.errors import EntryNotFoundError, RepositoryNotFoundError

folder = sys.argv[1]
info = HfApi().model_info("owner/tiny", revision="main")
paths = [
    hf_hub_download("owner/tiny", file.rfilename, revision=info.sha, local_dir=folder)
    for file in info.siblings
]
refused = []
for repository, path in (("owner/tiny", "none.json"), ("owner/none", "config.json")):
    try:
        hf_hub_download(repository, path, revision=info.sha, local_dir=folder + "-not")
    except (EntryNotFoundError, RepositoryNotFoundError) as error:
        refused.append(type(error).__name__)
print(json.dumps({"sha": info.sha, "paths": paths, "refused": refused}))
"""


def test_huggingface_hub_takes_it_for_a_hub(tmp_path: Path) -> None:
    with hub_server(dict(FILES)) as hub:
        environment = os.environ | {
            "HF_ENDPOINT": hub.endpoint,
            "HF_HOME": str(tmp_path / "hf"),
            "HF_HUB_DISABLE_XET": "1",
            "HF_HUB_DISABLE_TELEMETRY": "1",
        }
        done = subprocess.run(
            [sys.executable, "-c", ASK, str(tmp_path / "got")],
            capture_output=True,
            text=True,
            check=False,
            env=environment,
            timeout=60,
        )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["sha"] == REVISION
    assert {Path(path).name: Path(path).read_bytes() for path in told["paths"]} == {
        Path(path).name: content for path, content in FILES.items()
    }
    assert told["refused"] == ["RemoteEntryNotFoundError", "RepositoryNotFoundError"]


def test_bytes_sent_for_tells_the_ranges_asked_for(tmp_path: Path) -> None:
    with hub_server(dict(FILES)) as hub:
        assert hub.bytes_sent_for("config.json") == []
        model = hub.model()
    assert model.size_bytes == sum(map(len, FILES.values()))
    assert {file.path for file in model.files} == set(FILES)
