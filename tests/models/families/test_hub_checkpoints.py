"""Checkpoints fetched from a hub of our own, and what is said where none comes."""

import io
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="the models extra is not installed")
pytest.importorskip("transformers", reason="the models extra is not installed")

import huggingface_hub  # noqa: E402
from huggingface_hub import constants  # noqa: E402
from safetensors.torch import load_file  # noqa: E402

from models.checkpoint import CheckpointError  # noqa: E402
from models.export import main  # noqa: E402
from models.families import open_checkpoint  # noqa: E402
from models.families.checkpoint_files import find_checkpoint, wanted_files  # noqa: E402
from models.fine_tuning.start import open_start  # noqa: E402
from models.random_checkpoint import write_clip  # noqa: E402
from tests.helpers.hub_server import REVISION, Fault, HubServer, hub_server  # noqa: E402

PROJECT = Path(__file__).resolve().parents[3]
NAME = "owner/tiny"
WEIGHTS = "model.safetensors"


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hub") / "clip"
    folder.mkdir()
    write_clip(folder, ["a photo of a dog", "two men in red shirts"], tiny=True)
    return folder


@pytest.fixture
def hub(clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    files = {path.name: path.read_bytes() for path in clip.iterdir()}
    with hub_server(files, NAME) as server:
        _point_at(server.endpoint, tmp_path / "cache", monkeypatch)
        yield server
        huggingface_hub.close_session()  # the server waits for connections that are kept open


def _point_at(endpoint: str, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Do what the environment does when huggingface_hub is imported, which was long before."""
    template = f"{endpoint}/{{repo_id}}/resolve/{{revision}}/{{filename}}"
    monkeypatch.setattr(constants, "ENDPOINT", endpoint)
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(cache))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr("time.sleep", lambda _seconds: None)  # between two attempts


def _fetched(hub: HubServer) -> set[str]:
    """The files that were asked for."""
    return {asked.path.split("/", 5)[5] for asked in hub.asked if "/resolve/" in asked.path}


def _refusal(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str = NAME) -> str:
    """Export what cannot be had; returns what is said."""
    capsys.readouterr()
    assert main([name, "--out", str(tmp_path / "models" / "mine")]) == 1
    assert not (tmp_path / "models").exists()
    said = capsys.readouterr().err
    assert "Traceback" not in said
    sentence = said.splitlines()[-1]
    assert name in sentence
    assert sentence.endswith(".")
    return sentence


def test_a_checkpoint_is_fetched_and_opened(hub: HubServer, clip: Path) -> None:
    original = open_checkpoint(NAME)

    assert original.name == NAME
    assert original.facts.revision == REVISION
    assert original.facts.base_model == (NAME,)
    assert original.facts.licence == "mit"
    expected = load_file(clip / WEIGHTS)["text_projection.weight"]
    assert torch.equal(original.text_tower.projection.weight, expected)
    assert _fetched(hub) == set(hub.files)


def test_a_training_begins_with_one_of_the_hub_too(hub: HubServer, clip: Path) -> None:
    weights = open_start(NAME, "pictures").state_dict()

    expected = load_file(clip / WEIGHTS)["text_projection.weight"]
    assert torch.equal(weights["model.text_projection.weight"], expected)
    assert _fetched(hub) == set(hub.files)


def test_what_was_fetched_is_not_fetched_again(hub: HubServer) -> None:
    first = find_checkpoint(NAME)
    sent = hub.bytes_sent_for(WEIGHTS)

    assert find_checkpoint(NAME) == first
    assert hub.bytes_sent_for(WEIGHTS) == sent == [""]


def test_neither_pickles_nor_code_nor_other_forms_are_fetched(hub: HubServer) -> None:
    wanted = set(hub.files)
    for other in (
        "pytorch_model.bin", "open_clip_model.safetensors", "modeling_clip.py", "LICENSE.py",
        "training_args.bin", "optimizer.pt", "onnx/config.json", "flax_model.msgpack",
    ):  # fmt: skip
        hub.files[other] = b"never to be seen here"
    folder = find_checkpoint(NAME).path

    assert _fetched(hub) == wanted
    assert {path.name for path in folder.rglob("*") if path.is_file()} == wanted


def test_pickled_weights_are_fetched_where_there_are_no_others(hub: HubServer, clip: Path) -> None:
    weights = load_file(clip / WEIGHTS)
    pickled = io.BytesIO()
    torch.save(weights, pickled)
    del hub.files[WEIGHTS]
    hub.files["pytorch_model.bin"] = pickled.getvalue()

    projection = open_checkpoint(NAME).text_tower.projection

    assert torch.equal(projection.weight, weights["text_projection.weight"])


class _Malice:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.path),)


def test_a_pickle_that_would_run_code_is_refused(hub: HubServer, tmp_path: Path) -> None:
    pickled = io.BytesIO()
    torch.save({"weights": _Malice(tmp_path / "run")}, pickled)
    del hub.files[WEIGHTS]
    hub.files["pytorch_model.bin"] = pickled.getvalue()

    with pytest.raises(CheckpointError, match="cannot be loaded"):
        open_checkpoint(NAME)
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        (["a.safetensors", "pytorch_model.bin"], ["a.safetensors"]),
        (["open_clip_model.safetensors", "pytorch_model.bin"], ["pytorch_model.bin"]),
        (
            ["model.safetensors", "2_Dense/pytorch_model.bin", "onnx/pytorch_model.bin"],
            ["model.safetensors", "2_Dense/pytorch_model.bin"],
        ),
        (
            ["pytorch_model-00001-of-00002.bin", "rust_model.ot"],
            ["pytorch_model-00001-of-00002.bin"],
        ),
        (["LICENSE", "LICENSE.py", "spiece.model", "a/modeling.py"], ["LICENSE", "spiece.model"]),
        ([], []),
    ],
)
def test_each_folder_gives_its_safest_weights(files: list[str], wanted: list[str]) -> None:
    assert wanted_files(files) == wanted


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (Fault(404), "it answered 404"),
        (Fault(404, "RepoNotFound"), "There is no checkpoint owner/tiny"),
        (Fault(401), "log in with “hf auth login”"),
        (Fault(403), "log in with “hf auth login”"),
        (Fault(401, "GatedRepo"), "accepted its terms"),
        (Fault(403, "GatedRepo"), "accepted its terms"),
        (Fault(500), "it answered 500"),
        (Fault(503), "it answered 503"),
    ],
)
@pytest.mark.parametrize("at", ["info", "tree", "head", "content"])
def test_what_the_hub_refuses_is_said(
    hub: HubServer,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    fault: Fault,
    says: str,
    at: str,
) -> None:
    if at == "info":
        hub.info_fault = fault
    elif at == "tree":
        hub.tree_fault = fault
    else:
        hub.faults[WEIGHTS] = replace(fault, heads=at == "head")

    assert says in _refusal(tmp_path, capsys)


@pytest.mark.parametrize("at", ["info", "tree"])
def test_a_page_in_place_of_an_answer_is_said(
    hub: HubServer, tmp_path: Path, capsys: pytest.CaptureFixture[str], at: str
) -> None:
    """As from a network that wants a password first: it answers 200, whatever was asked."""
    setattr(hub, f"{at}_fault", Fault(200))

    assert "is no hub" in _refusal(tmp_path, capsys)


def test_another_name_is_not_there(
    hub: HubServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "There is no checkpoint owner/none" in _refusal(tmp_path, capsys, "owner/none")
    assert "nor a name of the hub" in _refusal(tmp_path, capsys, "owner/tiny..")


def test_a_fetch_that_broke_off_is_gone_on_with(
    hub: HubServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hub.faults[WEIGHTS] = Fault(broken=True, after_bytes=10_000)
    assert "cannot be reached" in _refusal(tmp_path, capsys)
    hub.faults.clear()
    hub.asked.clear()

    assert find_checkpoint(NAME).revision == REVISION
    assert len(hub.bytes_sent_for(WEIGHTS)) == 1
    assert (find_checkpoint(NAME).path / WEIGHTS).read_bytes() == hub.files[WEIGHTS]


def test_a_file_of_another_length_is_refused(
    hub: HubServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hub.faults[WEIGHTS] = Fault(extra_bytes=9)

    assert "did not arrive whole" in _refusal(tmp_path, capsys)


def test_a_hub_that_is_switched_off_is_said(
    hub: HubServer,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    huggingface_hub.close_session()  # a connection knows from its beginning

    assert "HF_HUB_OFFLINE" in _refusal(tmp_path, capsys)
    assert not hub.asked


def test_a_cache_that_cannot_be_written_is_said(
    hub: HubServer,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "file" / "cache"))

    assert "cannot be written to" in _refusal(tmp_path, capsys)


def test_the_command_asks_the_hub_that_the_environment_names(tmp_path: Path) -> None:
    """In a process of its own, where nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: refuses everybody
        environment = os.environ | {
            "HF_ENDPOINT": f"http://127.0.0.1:{taken.getsockname()[1]}",
            "HF_HOME": str(tmp_path / "hf"),
            "OMP_NUM_THREADS": "1",
        }
        done = subprocess.run(
            [sys.executable, "-m", "models.export", NAME, "--out", str(tmp_path / "out")],
            capture_output=True,
            text=True,
            check=False,
            cwd=PROJECT,
            env=environment,
            timeout=120,
        )

    assert done.returncode == 1
    assert done.stderr == (
        "owner/tiny is no folder here, and the hub cannot be reached to fetch it.\n"
    )
    assert not (tmp_path / "out").exists()
