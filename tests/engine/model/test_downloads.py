"""Downloads against a hub of our own, and everything that can go wrong with one."""

import os
import resource
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from multiprocessing.context import SpawnProcess
from pathlib import Path

import psutil
import pytest
from filelock import FileLock

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError, ModelError
from desktop_app.engine.model import downloads as downloads_module
from desktop_app.engine.model.downloads import Downloads
from desktop_app.engine.model.hub_source import HubSource, Patience
from desktop_app.engine.model.offers import CURATED
from desktop_app.engine.records import ModelProgress, ModelStep
from tests.helpers.hub_server import REVISION, Fault, HubServer, hub_server

VISION = "onnx/vision_model.onnx"
CONTENT = {
    "config.json": b'{"model_type": "clip"}',
    VISION: bytes(range(256)) * 2000,
    "onnx/text_model.onnx": os.urandom(30_000),
}
# It ends no wait for bytes that come, on however busy a machine.
QUICK = Patience(attempts=2, pause_s=0.01)
HASTY = replace(QUICK, read_s=0.4)


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    with hub_server(dict(CONTENT)) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.endpoint)
        yield server


@pytest.fixture
def downloads(hub: HubServer, tmp_path: Path) -> Downloads:
    return Downloads(tmp_path / "partial", [hub.model()], QUICK)


def fetch(downloads: Downloads, cancel: CancelToken | None = None) -> Path:
    last = list(downloads.fetch("tiny", cancel or CancelToken()))[-1]
    assert isinstance(last, Path)
    return last


def refusal(downloads: Downloads) -> str:
    with pytest.raises(ModelError) as refused:
        fetch(downloads)
    assert refused.value.hint
    return str(refused.value)


def download_processes(program: psutil.Process | None = None) -> list[psutil.Process]:
    """Those of this process or another; multiprocessing keeps one more that tracks resources."""
    children = (program or psutil.Process()).children(recursive=True)
    return [child for child in children if any("spawn_main" in part for part in child.cmdline())]


def until_it_is_at(path: str, reports: Iterator[ModelProgress | Path]) -> None:
    """Take reports until one is about this file."""
    for report in reports:
        if isinstance(report, ModelProgress) and report.file == path:
            return
    pytest.fail(f"nothing was reported of {path}")


def finished(folder: Path) -> dict[str, bytes]:
    """What lies there under a final name, the card apart."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".part" and path.name != "MODEL_CARD.md"
    }


def partial(tmp_path: Path) -> Path:
    return tmp_path / "partial" / "tiny" / REVISION


def test_the_files_arrive_with_progress_and_a_card(
    hub: HubServer, downloads: Downloads, tmp_path: Path
) -> None:
    hub.faults[VISION] = Fault(pause_s=0.003)
    reports = list(downloads.fetch("tiny", CancelToken()))
    folder = reports.pop()
    assert isinstance(folder, Path)
    assert folder.is_relative_to(tmp_path / "partial")
    assert finished(folder) == CONTENT
    assert not list(folder.rglob("*.part"))
    card = (folder / "MODEL_CARD.md").read_text()
    assert "license: mit" in card
    assert hub.endpoint in card
    assert REVISION in card
    progress = [report for report in reports if isinstance(report, ModelProgress)]
    assert len(progress) == len(reports) > 4
    assert {report.step for report in progress} == {ModelStep.DOWNLOADING}
    assert {report.total_bytes for report in progress} == {sum(map(len, CONTENT.values()))}
    assert all(a.done_bytes <= b.done_bytes for a, b in pairwise(progress))
    assert progress[0].done_bytes == 0
    assert progress[-1].done_bytes == progress[-1].total_bytes


def test_nobody_is_told_who_asks_and_only_listed_files_are_asked_for(
    hub: HubServer, downloads: Downloads, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    hub.files["pytorch_model.bin"] = b"pickle"
    hub.files["modeling.py"] = b"code"
    fetch(downloads)
    asked = {request.path for request in hub.asked if "/resolve/" in request.path}
    assert asked == {f"/owner/tiny/resolve/{REVISION}/{path}" for path in CONTENT}
    for request in hub.asked:
        assert "authorization" not in request.headers
        agent = request.headers["user-agent"]
        assert agent.startswith("image-seeker/")
        assert "torch" not in agent
        assert "agent/" not in agent.replace("user-agent", "")
    home = tmp_path / "home"
    assert not home.exists() or not list(home.rglob("*"))


def test_a_second_call_fetches_nothing_again(hub: HubServer, downloads: Downloads) -> None:
    fetch(downloads)
    asked = len(hub.asked)
    fetch(downloads)
    assert len(hub.asked) == asked


def test_a_finished_file_that_was_changed_meanwhile_is_fetched_again(
    hub: HubServer, downloads: Downloads
) -> None:
    folder = fetch(downloads)
    (folder / VISION).write_bytes(b"?" * len(CONTENT[VISION]))
    assert finished(fetch(downloads)) == CONTENT


def test_a_break_off_is_gone_on_with_at_once(hub: HubServer, downloads: Downloads) -> None:
    hub.faults[VISION] = Fault(broken=True, after_bytes=200_000, times=1)
    assert finished(fetch(downloads)) == CONTENT
    assert hub.bytes_sent_for(VISION) == ["", "bytes=200000-"]


def test_what_was_fetched_before_a_failure_is_used_by_the_next_call(
    hub: HubServer, downloads: Downloads, tmp_path: Path
) -> None:
    hub.faults[VISION] = Fault(broken=True, after_bytes=100_000)
    assert "broke off" in refusal(downloads)
    assert VISION not in finished(partial(tmp_path))
    hub.faults.clear()
    hub.asked.clear()
    assert finished(fetch(downloads)) == CONTENT
    assert hub.bytes_sent_for(VISION) == ["bytes=100000-"]


def test_a_download_that_goes_on_tells_at_once_what_is_there(
    hub: HubServer, downloads: Downloads
) -> None:
    hub.faults[VISION] = Fault(broken=True, after_bytes=100_000)
    refusal(downloads)
    hub.faults.clear()
    kept = len(CONTENT["config.json"]) + 100_000

    reports = list(downloads.fetch("tiny", CancelToken()))

    progress = [report for report in reports if isinstance(report, ModelProgress)]
    assert progress[0].done_bytes == progress[1].done_bytes == kept
    assert progress[1].file == "config.json"
    assert all(a.done_bytes <= b.done_bytes for a, b in pairwise(progress))
    assert progress[-1].done_bytes == progress[-1].total_bytes


def test_a_server_that_knows_no_ranges_starts_again(hub: HubServer, downloads: Downloads) -> None:
    hub.faults[VISION] = Fault(broken=True, after_bytes=100_000, ignores_range=True, times=1)
    downloads_are_right = finished(fetch(downloads)) == CONTENT
    hub.faults[VISION] = Fault(ignores_range=True)
    assert downloads_are_right
    assert finished(fetch(downloads)) == CONTENT


def test_a_kept_part_that_is_damaged_is_not_gone_on_with_for_ever(
    hub: HubServer, downloads: Downloads, tmp_path: Path
) -> None:
    part = partial(tmp_path) / f"{VISION}.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"rubbish" * 1000)
    assert finished(fetch(downloads)) == CONTENT
    assert hub.bytes_sent_for(VISION) == ["bytes=7000-", ""]


def test_a_kept_part_longer_than_the_file_is_no_trouble(
    downloads: Downloads, tmp_path: Path
) -> None:
    part = partial(tmp_path) / f"{VISION}.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"x" * (len(CONTENT[VISION]) + 5))
    assert finished(fetch(downloads)) == CONTENT


@pytest.mark.parametrize(
    "fault",
    [Fault(flipped=True, after_bytes=77), Fault(extra_bytes=9)],
    ids=["wrong bytes", "too long"],
)
@pytest.mark.parametrize("path", ["config.json", VISION])
def test_other_content_is_refused_and_deleted(
    hub: HubServer, downloads: Downloads, tmp_path: Path, fault: Fault, path: str
) -> None:
    fault.after_bytes = min(fault.after_bytes, len(CONTENT[path]) - 1)
    hub.faults[path] = fault
    sentence = refusal(downloads)
    assert path in sentence
    assert "deleted" in sentence
    assert path not in finished(partial(tmp_path))
    assert not list(partial(tmp_path).rglob("*.part"))


def test_answers_that_are_too_short_end_with_a_sentence(
    hub: HubServer, downloads: Downloads
) -> None:
    hub.faults["config.json"] = Fault(short=True, ignores_range=True)
    assert "too early" in refusal(downloads)


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (Fault(status=404, error_code="EntryNotFound"), "has no onnx/vision_model.onnx"),
        (Fault(status=404), "has no onnx/vision_model.onnx"),
        (Fault(status=401), "people who sign in"),
        (Fault(status=403), "people who sign in"),
        (Fault(status=403, error_code="GatedRepo"), "people who sign in"),
        (Fault(status=429), "asked too often"),
        (Fault(status=500), "a fault of its own (HTTP 500)"),
        (Fault(status=503), "a fault of its own (HTTP 503)"),
        (Fault(status=507), "a fault of its own (HTTP 507)"),
    ],
)
def test_what_a_server_may_say_is_one_sentence(
    hub: HubServer, downloads: Downloads, tmp_path: Path, fault: Fault, sentence: str
) -> None:
    hub.faults[VISION] = fault
    said = refusal(downloads)
    assert said.startswith("Tiny was not downloaded: 127.0.0.1:")
    assert sentence in said
    assert finished(partial(tmp_path)) == {"config.json": CONTENT["config.json"]}


def test_a_server_that_falls_silent_is_one_sentence(
    hub: HubServer, downloads: Downloads, tmp_path: Path
) -> None:
    hub.faults[VISION] = Fault(status=404)
    refusal(downloads)  # all before that file is here now
    hub.faults[VISION] = Fault(silent=True, after_bytes=5000)
    said = refusal(Downloads(tmp_path / "partial", [hub.model()], HASTY))
    assert said.startswith("Tiny was not downloaded: 127.0.0.1:")
    assert "does not answer" in said
    assert finished(partial(tmp_path)) == {"config.json": CONTENT["config.json"]}


@pytest.mark.parametrize("status", [500, 502, 503, 504, 408, 429])
def test_a_passing_fault_is_waited_out(hub: HubServer, downloads: Downloads, status: int) -> None:
    hub.faults[VISION] = Fault(status=status, times=1)
    assert finished(fetch(downloads)) == CONTENT


def test_a_repository_or_revision_that_is_gone_is_said(hub: HubServer, tmp_path: Path) -> None:
    hub.repository = "owner/renamed"
    model = hub.model()
    hub.repository = "owner/tiny"
    assert "has no config.json of owner/renamed" in refusal(
        Downloads(tmp_path / "partial", [model], QUICK)
    )


@pytest.mark.parametrize(
    ("endpoint", "sentence"),
    [
        ("http://nowhere.invalid", "The address nowhere.invalid cannot be found."),
        ("ftp://example.org", "cannot be used"),
        ("http://", "cannot be used"),
        ("nonsense", "cannot be used"),
    ],
)
def test_an_address_that_leads_nowhere(
    monkeypatch: pytest.MonkeyPatch,
    downloads: Downloads,
    endpoint: str,
    sentence: str,
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", endpoint)
    assert sentence in refusal(downloads)


def test_a_port_where_nobody_listens(monkeypatch: pytest.MonkeyPatch, downloads: Downloads) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{unused.getsockname()[1]}")
        assert "cannot be reached" in refusal(downloads)


def test_a_server_that_does_not_speak_tls(
    monkeypatch: pytest.MonkeyPatch, hub: HubServer, downloads: Downloads
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", hub.endpoint.replace("http:", "https:"))
    assert "cannot prove that it is itself" in refusal(downloads)


def test_offline_mode_is_respected(
    monkeypatch: pytest.MonkeyPatch, hub: HubServer, downloads: Downloads
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    assert "HF_HUB_OFFLINE" in refusal(downloads)
    assert hub.asked == []


def test_cancelling_does_not_wait_for_a_silent_server(hub: HubServer, tmp_path: Path) -> None:
    hub.faults[VISION] = Fault(silent=True, after_bytes=100_000)
    patient = Downloads(tmp_path / "partial", [hub.model()])
    cancel = CancelToken()
    reports = patient.fetch("tiny", cancel)
    until_it_is_at(VISION, reports)
    threading.Timer(0.05, cancel.cancel).start()
    with pytest.raises(CancelledError):
        list(reports)  # 30 seconds would pass before the server was given up
    assert not download_processes()
    hub.faults.clear()
    hub.asked.clear()
    assert finished(fetch(patient)) == CONTENT
    assert hub.bytes_sent_for(VISION)[0].startswith("bytes=")


def test_leaving_in_the_middle_ends_the_process(hub: HubServer, downloads: Downloads) -> None:
    hub.faults[VISION] = Fault(pause_s=0.02)
    reports = downloads.fetch("tiny", CancelToken())
    until_it_is_at(VISION, reports)
    reports.close()  # type: ignore[attr-defined]  # a generator, promised as an iterator
    assert not download_processes()
    hub.faults.clear()
    assert finished(fetch(downloads)) == CONTENT


def test_a_download_process_that_dies_is_one_sentence(hub: HubServer, downloads: Downloads) -> None:
    hub.faults[VISION] = Fault(silent=True, after_bytes=9000)
    reports = downloads.fetch("tiny", CancelToken())
    until_it_is_at(VISION, reports)
    for child in download_processes():
        child.send_signal(signal.SIGKILL)
    with pytest.raises(ModelError, match="ended unexpectedly"):
        list(reports)


def test_says_that_no_process_can_be_started(
    hub: HubServer, downloads: Downloads, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_process: SpawnProcess) -> None:
        raise OSError("too many processes")

    monkeypatch.setattr(SpawnProcess, "start", refuse)
    assert "no process for that can be started" in refusal(downloads)
    assert hub.asked == []


def test_a_killed_program_leaves_a_part_and_no_process(hub: HubServer, tmp_path: Path) -> None:
    hub.faults[VISION] = Fault(silent=True, after_bytes=100_000)
    command = [
        sys.executable,
        "-m",
        "tests.helpers.fetch_slowly",
        str(tmp_path / "partial"),
        VISION,
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(repr(hub.model()).encode())
        program.stdin.close()
        program.stdout.readline()
        children = download_processes(psutil.Process(program.pid))
        assert children
        program.kill()
    assert not psutil.wait_procs(children, timeout=10)[1]
    assert VISION not in finished(partial(tmp_path))
    kept = (partial(tmp_path) / f"{VISION}.part").stat().st_size
    assert kept > 0
    hub.faults.clear()
    hub.asked.clear()
    again = Downloads(tmp_path / "partial", [hub.model()], QUICK)
    assert finished(fetch(again)) == CONTENT
    assert hub.bytes_sent_for(VISION) == [f"bytes={kept}-"]


def test_two_downloads_of_one_model_do_not_mix(downloads: Downloads, tmp_path: Path) -> None:
    partial(tmp_path).mkdir(parents=True)
    with FileLock(partial(tmp_path).parent / "download.lock"):
        assert "being downloaded already" in refusal(downloads)
    assert finished(fetch(downloads)) == CONTENT


def test_no_room_is_said_before_anything_is_asked(
    hub: HubServer, downloads: Downloads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads_module, "SPARE_BYTES", 10**18)
    said = refusal(downloads)
    assert "There is no room for Tiny" in said
    assert "free in" in said
    assert hub.asked == []


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such limit")
def test_a_file_that_cannot_grow_is_one_sentence_and_gone_on_with(
    hub: HubServer, downloads: Downloads, tmp_path: Path
) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, hard))
    try:
        said = refusal(downloads)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "cannot be written" in said
    assert VISION not in finished(partial(tmp_path))
    hub.asked.clear()
    assert finished(fetch(downloads)) == CONTENT
    assert hub.bytes_sent_for(VISION) == ["bytes=150000-"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 200 kB; only root can make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(folder)]
    if sys.platform != "linux" or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_one_sentence(
    hub: HubServer, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads_module, "SPARE_BYTES", -(10**9))  # as if it filled up later
    downloads = Downloads(small_disk / "partial", [hub.model()], QUICK)
    said = refusal(downloads)
    assert "No space left on device" in said
    assert "Make room on that disk and try again: what was fetched is kept" in said
    assert VISION not in finished(small_disk)


def test_a_folder_that_cannot_be_made_is_one_sentence(hub: HubServer, tmp_path: Path) -> None:
    (tmp_path / "partial").write_text("a file")
    assert "cannot be written" in refusal(Downloads(tmp_path / "partial", [hub.model()], QUICK))


def test_what_was_begun_of_another_version_goes(hub: HubServer, tmp_path: Path) -> None:
    old = tmp_path / "partial" / "tiny" / ("f" * 40) / "onnx"
    old.mkdir(parents=True)
    (old / "vision_model.onnx.part").write_bytes(b"old")
    fetch(Downloads(tmp_path / "partial", [hub.model()], QUICK))
    assert not old.exists()


def test_a_name_that_is_not_offered(downloads: Downloads) -> None:
    with pytest.raises(ModelError, match="no model huge to download"):
        list(downloads.fetch("huge", CancelToken()))


def test_cancelled_before_it_began(hub: HubServer, downloads: Downloads) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError):
        fetch(downloads, cancel)
    assert hub.asked == []


@pytest.fixture
def no_connections(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[object]]:
    """Every connection this process tries is noted and refused."""
    tried: list[object] = []

    def refuse(_self: socket.socket, address: object) -> None:
        tried.append(address)
        raise OSError("no connections here")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    return lambda: tried


def test_offers_open_no_connection_and_make_no_folder(
    tmp_path: Path, no_connections: Callable[[], list[object]]
) -> None:
    offers = Downloads(tmp_path / "partial").offers()
    assert [offer.name for offer in offers] == [model.name for model in CURATED]
    assert not (tmp_path / "partial").exists()
    assert no_connections() == []


def test_importing_it_imports_no_hub() -> None:
    script = (
        "import sys, desktop_app.engine.model.downloads as d; from pathlib import Path; "
        "d.Downloads(Path('/nowhere')).offers(); "
        "print([m for m in sys.modules if m.split('.')[0] in "
        "('huggingface_hub', 'httpx2', 'httpcore2', 'hf_xet', 'yaml')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_offers_name_the_endpoint_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_ENDPOINT", raising=False)
    addresses = [offer.address for offer in Downloads(tmp_path).offers()]
    assert all(address.startswith("https://huggingface.co/") for address in addresses)
    monkeypatch.setenv("HF_ENDPOINT", "https://mirror.example/")
    mirrored = [offer.address for offer in Downloads(tmp_path).offers()]
    assert all(address.startswith("https://mirror.example/") for address in mirrored)


def test_a_login_in_the_address_is_shown_and_kept_nowhere(
    hub: HubServer,
    downloads: Downloads,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    monkeypatch.setenv("HF_ENDPOINT", hub.endpoint.replace("//", "//me:secret@"))
    (offer,) = downloads.offers()
    card = (fetch(downloads) / "MODEL_CARD.md").read_text()

    assert offer.address == f"{hub.endpoint}/owner/tiny"
    assert hub.endpoint in card
    assert hub.endpoint in caplog.text
    assert "secret" not in card + caplog.text
    assert HubSource("https://me:secret@mirror:1", "", "", QUICK).host == "mirror:1"
