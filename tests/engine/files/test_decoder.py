import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError, UserFacingError
from desktop_app.engine.files import decoder_process
from desktop_app.engine.files.decoder import Decoder
from desktop_app.engine.files.picture_reader import DecodeLimits
from desktop_app.engine.protocols import PictureResizer
from desktop_app.engine.records import (
    DecodedPicture,
    FileStamp,
    FoundFile,
    SkipKind,
    SkippedFile,
)
from tests.helpers import pictures, resizers

pytestmark = pytest.mark.usefixtures("spawned_processes")

LIMITS = DecodeLimits()
GOOD_COLOUR = (10, 120, 30)


def picture_file(path: Path, colour: tuple[int, int, int] = GOOD_COLOUR) -> FoundFile:
    data = pictures.encode(pictures.plain(colour), "PNG")
    pictures.write(path, data)
    return FoundFile(str(path), FileStamp(len(data), path.stat().st_mtime_ns))


def good_files(folder: Path, count: int) -> list[FoundFile]:
    return [picture_file(folder / f"good {number}.png") for number in range(count)]


def decode(
    files: Iterable[FoundFile],
    resizer: PictureResizer = resizers.small,
    limits: DecodeLimits = LIMITS,
    processes: int = 2,
) -> dict[str, DecodedPicture | SkippedFile]:
    """Decode all; every file exactly once."""
    results: dict[str, DecodedPicture | SkippedFile] = {}
    with Decoder(resizer, resizers.SIDE_PX, limits, processes) as decoder:
        for file, result in decoder.decode(files, CancelToken()):
            assert file.path not in results
            results[file.path] = result
    assert multiprocessing.active_children() == []
    return results


def test_decodes_in_other_processes(tmp_path: Path) -> None:
    files = good_files(tmp_path, 30)
    results = decode(files)
    assert set(results) == {file.path for file in files}
    for result in results.values():
        assert isinstance(result, DecodedPicture)
        assert (result.pixels == np.array(GOOD_COLOUR)).all()


def test_undecodable_files_come_with_reason_and_stamp(tmp_path: Path) -> None:
    broken = picture_file(tmp_path / "broken.jpg")
    Path(broken.path).write_bytes(b"")
    missing = FoundFile(str(tmp_path / "missing.jpg"), FileStamp(5, 5))
    results = decode([broken, missing, *good_files(tmp_path, 3)])
    assert results[broken.path] == SkippedFile(
        broken.path, "The file is empty.", SkipKind.DAMAGED, broken.stamp
    )
    assert results[missing.path] == SkippedFile(
        missing.path, "The file is no longer there.", SkipKind.UNREADABLE, missing.stamp
    )
    assert sum(isinstance(result, DecodedPicture) for result in results.values()) == 3


@pytest.mark.parametrize(
    ("colour", "limits", "processes", "reason"),
    [
        (resizers.CRASH, LIMITS, 1, "The reader crashed on it."),
        (resizers.CRASH, LIMITS, 2, "The reader crashed on it."),
        (resizers.FAIL, LIMITS, 2, "The reader crashed on it."),
        (resizers.HANG, DecodeLimits(timeout_s=4), 2, "Reading it took longer than 4 seconds."),
        (
            resizers.HOARD,
            DecodeLimits(memory_bytes=resizers.HOARD_BYTES),
            2,
            "Reading it took more memory than allowed.",
        ),
    ],
)
def test_only_the_guilty_file_is_blamed(
    tmp_path: Path,
    colour: tuple[int, int, int],
    limits: DecodeLimits,
    processes: int,
    reason: str,
) -> None:
    bad = [picture_file(tmp_path / f"bad {number}.png", colour) for number in range(2)]
    good = good_files(tmp_path, 12)
    files = [*good[:3], bad[0], *good[3:6], bad[1], *good[6:]]
    results = decode(files, resizers.harmful, limits, processes)
    for file in bad:
        assert results[file.path] == SkippedFile(
            file.path, reason, SkipKind.DECODER_FAILED, file.stamp
        )
    for file in good:
        assert isinstance(results[file.path], DecodedPicture)


def test_a_process_killed_from_outside_is_replaced(tmp_path: Path) -> None:
    files = good_files(tmp_path, 20)
    with Decoder(resizers.process_facts, 1, LIMITS, 1) as decoder:
        results = decoder.decode(files, CancelToken())
        _, first = next(results)
        assert isinstance(first, DecodedPicture)
        os.kill(int.from_bytes(first.pixels.tobytes()[:4], "little"), signal.SIGTERM)
        rest = [result for _, result in results]
    assert len(rest) == 19
    failed = [result for result in rest if isinstance(result, SkippedFile)]
    assert len(failed) <= 1


def test_asks_for_files_only_as_there_is_room(tmp_path: Path) -> None:
    files = good_files(tmp_path, 50)
    asked: list[FoundFile] = []

    def ask() -> Iterator[FoundFile]:
        for file in files:
            asked.append(file)
            yield file

    with Decoder(resizers.small, 1, LIMITS, 1) as decoder:
        results = decoder.decode(ask(), CancelToken())
        next(results)
        assert len(asked) <= 12
        assert len(list(results)) == 49


def test_can_be_used_again(tmp_path: Path) -> None:
    files = good_files(tmp_path, 5)
    with Decoder(resizers.process_facts, 1, LIMITS, 1) as decoder:
        pids = set()
        for _ in range(2):
            for _, result in decoder.decode(files, CancelToken()):
                assert isinstance(result, DecodedPicture)
                pids.add(result.pixels.tobytes()[:4])
        assert len(pids) == 1
        given_up = decoder.decode(files, CancelToken())
        next(given_up)
        given_up.close()
        assert multiprocessing.active_children() == []
        assert len(list(decoder.decode(files, CancelToken()))) == 5


def test_nothing_starts_without_files() -> None:
    with Decoder(resizers.small, 1, LIMITS, 2) as decoder:
        assert list(decoder.decode([], CancelToken())) == []
        assert multiprocessing.active_children() == []


@pytest.mark.parametrize("colour", [GOOD_COLOUR, resizers.HANG])
def test_cancel_leaves_no_process(tmp_path: Path, colour: tuple[int, int, int]) -> None:
    first = picture_file(tmp_path / "first.png")
    files = [first] + [picture_file(tmp_path / f"{number}.png", colour) for number in range(20)]
    cancel = CancelToken()
    with Decoder(resizers.harmful, 1, LIMITS, 2) as decoder:
        results = decoder.decode(files, cancel)
        next(results)
        cancel.cancel()
        with pytest.raises(CancelledError):
            next(results)
        assert multiprocessing.active_children() == []


def test_an_error_of_the_caller_gets_through(tmp_path: Path) -> None:
    def failing() -> Iterator[FoundFile]:
        yield from good_files(tmp_path, 2)
        raise OSError("the catalog is gone")

    with (
        Decoder(resizers.small, 1, LIMITS, 1) as decoder,
        pytest.raises(OSError, match="the catalog is gone"),
    ):
        list(decoder.decode(failing(), CancelToken()))


def test_a_resizer_that_cannot_be_sent_is_an_error(tmp_path: Path) -> None:
    with (
        Decoder(lambda image: resizers.small(image), 1, LIMITS, 1) as decoder,
        pytest.raises((pickle.PicklingError, AttributeError)),
    ):
        list(decoder.decode(good_files(tmp_path, 1), CancelToken()))


def test_processes_import_nothing_heavy_and_step_back(tmp_path: Path) -> None:
    (result,) = decode(good_files(tmp_path, 1), resizers.imported_modules).values()
    assert isinstance(result, DecodedPicture)
    modules = set(result.pixels.tobytes().decode().split())
    assert "desktop_app.engine.files.picture_reader" in modules
    if "coverage" in modules:
        modules.discard("sqlite3")  # where it keeps what was run
    assert modules.isdisjoint({"PySide6", "onnxruntime", "usearch", "tokenizers", "sqlite3"})
    (result,) = decode(good_files(tmp_path, 1), resizers.process_facts).values()
    assert isinstance(result, DecodedPicture)
    if sys.platform != "win32":
        assert result.pixels.tobytes()[4] >= 10


PARENT = """
import sys
from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.decoder import Decoder
from desktop_app.engine.files.picture_reader import DecodeLimits
from desktop_app.engine.records import FileStamp, FoundFile
from tests.helpers import resizers

if __name__ == "__main__":
    files = [FoundFile(path, FileStamp(1, 1)) for path in sys.argv[1:]]
    with Decoder(resizers.harmful, 1, DecodeLimits(), 2) as decoder:
        for _ in decoder.decode(files, CancelToken()):
            print("one", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_processes_end_with_their_parent(tmp_path: Path) -> None:
    """Even while they hang in a file, and after a kill that lets the parent do nothing."""
    good = picture_file(tmp_path / "good.png")
    hanging = [picture_file(tmp_path / f"{n}.png", resizers.HANG) for n in range(4)]
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    project = Path(__file__).resolve().parents[3]
    with subprocess.Popen(
        [sys.executable, str(script), good.path, *(file.path for file in hanging)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(project)},
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"one\n"
        children = psutil.Process(parent.pid).children(recursive=True)
        assert len(children) >= 2
        parent.kill()
        parent.wait()
        _, left = psutil.wait_procs(children, timeout=20)
        # Where nobody reaps orphans, as in some containers, dead ones stay as zombies.
        assert [p for p in left if p.is_running() and p.status() != psutil.STATUS_ZOMBIE] == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_control_c_in_a_terminal_is_left_to_the_parent(tmp_path: Path) -> None:
    files = good_files(tmp_path, 10)
    with Decoder(resizers.process_facts, 1, LIMITS, 1) as decoder:
        results = decoder.decode(files, CancelToken())
        _, first = next(results)
        assert isinstance(first, DecodedPicture)
        os.kill(int.from_bytes(first.pixels.tobytes()[:4], "little"), signal.SIGINT)
        assert all(isinstance(result, DecodedPicture) for _, result in results)


def test_a_process_that_does_not_come_up_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoder_process, "run", sys.exit)
    with (
        Decoder(resizers.small, 1, LIMITS, 2) as decoder,
        pytest.raises(UserFacingError, match="does not start"),
    ):
        list(decoder.decode(good_files(tmp_path, 1), CancelToken()))
    assert multiprocessing.active_children() == []


@pytest.mark.data
def test_a_thousand_real_pictures(shared_data: Path) -> None:
    folder = shared_data / "imagenet-sample" / "images"
    files = [
        FoundFile(entry.path, FileStamp(entry.stat().st_size, entry.stat().st_mtime_ns))
        for entry in os.scandir(folder)
    ]
    assert len(files) == 1000
    results = decode(files)
    assert len(results) == 1000
    assert [result for result in results.values() if isinstance(result, SkippedFile)] == []
