"""The command line: what scripts rely on."""

import argparse
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from desktop_app import __version__
from desktop_app.engine.pace import WorkPace
from desktop_app.main import COMMANDS, build_parser, main, split_paths
from tests.conftest import Run
from tests.helpers.fake_encoder import COLOURS
from tests.helpers.pictures import write_damaged


def test_index_prints_a_summary(run: Run, pictures: Path) -> None:
    write_damaged(pictures / "text.jpg")
    code, out, _ = run("index", pictures)
    assert code == 0
    assert f"{len(COLOURS)} added" in out
    assert "1 failed" in out
    assert str(pictures / "text.jpg") in out


def test_index_json_has_exactly_the_promised_fields(run: Run, pictures: Path) -> None:
    write_damaged(pictures / "text.jpg")
    code, out, _ = run("index", pictures, "--json")
    summary = json.loads(out)
    assert code == 0
    assert {"added", "updated", "moved", "removed", "unchanged", "failed", "seconds"} <= set(
        summary
    )
    assert summary["added"] == len(COLOURS)
    (failure,) = summary["failed"]
    assert set(failure) == {"path", "reason", "kind", "at"}
    assert failure["path"] == str(pictures / "text.jpg")
    assert failure["kind"] == "damaged"
    assert failure["reason"]
    again = json.loads(run("index", "--json")[1])
    assert (again["added"], again["unchanged"]) == (0, len(COLOURS))


@pytest.mark.parametrize("options", [[], ["--gentle"]])
def test_index_goes_gently_only_when_asked(
    run: Run, pictures: Path, monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(WorkPace, "set_gentle", lambda _pace, is_gentle: asked.append(is_gentle))
    assert run("index", pictures, *options)[0] == 0
    assert asked == [bool(options)]


def test_status(run: Run, pictures: Path) -> None:
    write_damaged(pictures / "text.jpg")
    run("index", pictures)
    status = json.loads(run("status", "--json")[1])
    assert status["pictures"] == len(COLOURS)
    assert status["folders"][0]["path"] == str(pictures)
    assert status["folders"][0]["connected"] is True
    assert [Path(failure["path"]).name for failure in status["failed"]] == ["text.jpg"]
    assert {"kind", "at"} < set(status["failed"][0])
    assert status["model"]["builtin"] is True
    assert status["device"]["provider"] == "CPUExecutionProvider"
    assert status["next_model"] is None
    assert status["notice"] is None
    code, out, _ = run("status")
    assert code == 0
    assert f"{len(COLOURS)} pictures" in out
    assert "model: the built-in model\n" in out
    assert "on disk: " in out
    sizes = status["bytes"]
    assert sizes["total"] == sizes["catalog"] + sizes["index"] + sizes["thumbnails"] > 0
    assert "computing: It needs nothing better." in out


def test_status_says_of_a_folder_that_is_away_only_that(
    run: Run, pictures: Path, tmp_path: Path
) -> None:
    run("index", pictures)
    for file in pictures.iterdir():
        file.unlink()
    run("index")
    gone = f" ({len(COLOURS)} are gone and stay until you confirm it)\n"
    assert run("status")[1].splitlines(keepends=True)[1].endswith(f" pictures{gone}")
    pictures.rename(tmp_path / "elsewhere")
    away = " pictures (offline: not connected, moved, or not to be read)\n"
    assert run("status")[1].splitlines(keepends=True)[1].endswith(away)


def test_status_says_whether_there_is_a_backup_where_none_can_be_made(
    run: Run, pictures: Path, tmp_path: Path
) -> None:
    blocker = tmp_path / "data" / "backups" / "unfinished.tmp"
    blocker.mkdir(parents=True)
    run("index", pictures)
    assert "\nno backup: A backup of the library could not be written" in run("status")[1]
    blocker.rmdir()
    run("index")
    assert "\nbackup: of " in run("status")[1]


def test_forget_takes_a_folder_out_and_leaves_the_files(run: Run, pictures: Path) -> None:
    run("index", pictures)
    code, out, _ = run("forget", pictures)
    assert code == 0
    assert f"{len(COLOURS)} pictures forgotten" in out
    assert json.loads(run("status", "--json")[1])["folders"] == []
    assert (pictures / "red.png").exists()
    code, _, err = run("forget", pictures)
    assert code == 1
    assert "The library has no folder" in err


def test_status_and_search_of_nothing_create_no_library(run: Run, tmp_path: Path) -> None:
    assert json.loads(run("status", "--json")[1])["pictures"] == 0
    assert json.loads(run("search", "red", "--json")[1]) == []
    assert not (tmp_path / "data").exists()


def test_data_dir_may_stand_before_or_after_the_command(
    run: Run, pictures: Path, tmp_path: Path
) -> None:
    run("index", pictures, "--data-dir", tmp_path / "other")
    assert json.loads(run("status", "--json")[1])["pictures"] == 0
    other = json.loads(run("status", "--json", "--data-dir", tmp_path / "other")[1])
    assert other["pictures"] == len(COLOURS)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["index", "/no/such/folder"], "There is no folder or picture at /no/such/folder."),
        (["search", "  "], "There is nothing to search for."),
        (["search", "--image", "/no/such.jpg"], "The picture /no/such.jpg cannot be read"),
    ],
)
def test_what_the_user_can_mend_is_one_sentence(
    run: Run, arguments: list[str], sentence: str
) -> None:
    code, out, err = run(*arguments)
    assert code == 1
    assert out == ""
    assert err.startswith(f"image-seeker: {sentence}")
    assert len(err.splitlines()) == 1


def test_one_missing_folder_of_two_is_said_and_the_other_indexed(
    run: Run, pictures: Path, tmp_path: Path
) -> None:
    code, out, err = run("index", pictures, tmp_path / "typo", "--json")
    assert code == 1
    assert json.loads(out)["added"] == len(COLOURS)
    assert "typo" in err


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["search"], ["search", "red", "--limit", "0"], ["index", "--frobnicate"]],
)
def test_wrong_usage_leaves_with_2(run: Run, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        run(*arguments)
    assert leaving.value.code == 2


@pytest.mark.parametrize(
    ("line", "rest", "paths"),
    [
        ("", "", ""),
        ("/a", "", "/a"),
        ("/a --data-dir /d ./search", "--data-dir /d", "/a ./search"),
        ("--data /d --model=/m /a", "--data /d --model=/m", "/a"),
        ("--data-dir /d search /a -b", "--data-dir /d search /a -b", ""),
        ("--data-dir search", "--data-dir search", ""),
        ("/a search", "", "/a search"),
        ("-- -a --model", "", "-a --model"),
        ("search -- -a", "search -- -a", ""),
        ("--version", "--version", ""),
    ],
)
def test_paths_are_told_from_commands_and_options(line: str, rest: str, paths: str) -> None:
    assert split_paths(line.split()) == (rest.split(), paths.split())


def test_every_command_is_known_when_paths_are_looked_for() -> None:
    for action in build_parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            assert set(action.choices) == set(COMMANDS)
            return
    pytest.fail("there are no commands")


@pytest.mark.parametrize("arguments", [["serach"], [""], ["--", ""], ["/tmp", ""]])
def test_what_is_neither_a_command_nor_there_is_wrong_usage(
    run: Run, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as leaving:
        run(*arguments)
    assert leaving.value.code == 2
    assert "neither a command nor a file" in (said := capsys.readouterr().err) or "empty" in said


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        main(["--version"])
    assert leaving.value.code == 0
    assert capsys.readouterr().out == f"image-seeker {__version__}\n"


def test_a_missing_or_damaged_model_is_one_sentence(tmp_path: Path, pictures: Path) -> None:
    empty = tmp_path / "model"
    empty.mkdir()
    for folder in (tmp_path / "none", empty):
        done = program("--data-dir", tmp_path / "data", "--model", folder, "index", pictures)
        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1
        assert done.stderr.startswith("image-seeker: ")
        assert "model" in done.stderr


def test_without_a_display_it_says_so_and_names_the_commands(tmp_path: Path) -> None:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {key: value for key, value in os.environ.items() if key not in hidden}
    done = program("--data-dir", tmp_path / "data", environment=environment)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "display" in done.stderr.lower()
    assert "image-seeker index" in done.stderr


@pytest.mark.parametrize("reader", ["head -c 1", "true"])
def test_output_that_nobody_reads_is_no_error(
    run: Run, pictures: Path, tmp_path: Path, reader: str
) -> None:
    run("index", pictures)
    status = f"{sys.executable} -m desktop_app --data-dir {tmp_path / 'data'} status | {reader}"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", status], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.returncode == 0


def test_interrupt_keeps_what_was_indexed(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(1000):
        Image.new("RGB", (40, 40), (number % 256, number // 256, 0)).save(folder / f"{number}.png")
    command = [
        sys.executable,
        "-m",
        "tests.helpers.index_slowly",
        str(tmp_path / "data"),
        str(folder),
    ]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        reported = 0
        for line in iter(process.stdout.readline, ""):
            if line.startswith("["):
                reported = len(json.loads(line))
                break
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Stopped. What was indexed so far is kept." in err
    summary = json.loads(out[out.index("{") :])
    assert reported <= summary["added"] < 1000


def test_help_names_every_command() -> None:
    text = build_parser().format_help()
    for command in (
        "index",
        "search",
        "status",
        "models",
        "--data-dir",
        "--version",
        "--self-test",
    ):
        assert command in text


def program(
    *arguments: str | Path, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the real program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "desktop_app", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=120,
    )


def test_a_fault_is_said_in_one_sentence_and_leaves_a_trace(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_anything: object) -> int:
        raise TypeError("a bug")

    monkeypatch.setattr("desktop_app.commands.run", fail)
    code, out, err = run("index", tmp_path)
    log = tmp_path / "data" / "logs" / "image-seeker.log"
    assert (code, out) == (3, "")
    assert err == (
        "image-seeker: Something went wrong in the program (TypeError). "
        f"The details are in {log}.\n"
    )
    assert "TypeError: a bug" in log.read_text("utf-8")
    (crash,) = (log.parent / "crashes").glob("*-command.txt")  # for the next start to tell
    assert "Message: a bug" in crash.read_text("utf-8")


def test_too_little_memory_can_be_mended(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_anything: object) -> int:
        raise MemoryError

    monkeypatch.setattr("desktop_app.commands.run", fail)
    code, _, err = run("index", "/nowhere")
    assert code == 1
    assert err.startswith("image-seeker: There is too little memory for that.")


def test_a_window_that_cannot_open_says_so_in_a_window(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has double-clicked has no terminal."""
    said: list[str] = []

    def fail(*_anything: object) -> int:
        raise ImportError("a library is missing")

    monkeypatch.setattr("desktop_app.ui.start.application.run", fail)
    monkeypatch.setattr(
        "desktop_app.ui.start.last_words.say_last_words",
        lambda error, log: said.append(f"{error} {log}"),
    )
    code, _, _ = run()
    assert code == 3
    assert said[0].startswith("a library is missing")
    assert said[0].endswith("image-seeker.log")


def test_json_may_stand_before_the_command_and_behind_it() -> None:
    parser = build_parser()
    for line in (["--json", "status"], ["status", "--json"], ["--self-test", "--json"]):
        assert parser.parse_args(line).json, line
    assert not parser.parse_args(["status"]).json
    assert not parser.parse_args(["--self-test"]).json
