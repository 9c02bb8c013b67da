"""The commands about models, on real model folders and a hub of our own."""

import io
import json
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from desktop_app import model_progress
from desktop_app.engine.model.downloads import Downloads
from desktop_app.engine.model.hub_source import Patience
from desktop_app.engine.model.offers import CURATED
from desktop_app.engine.model.shelf import ModelShelf, SingleModel
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.protocols import Models
from desktop_app.engine.records import EmbedProgress, EmbedSummary, InstalledModel
from desktop_app.main import main, make_models
from tests.helpers.fake_encoder import COLOURS, FakeEncoder
from tests.helpers.hub_server import REVISION, Fault, HubServer, hub_server
from tests.helpers.one_model import OneModel
from tests.helpers.tiny_model import write_tiny_model

Run = Callable[..., tuple[int, str, str]]


class InterruptedEncoder(FakeEncoder):
    """Ctrl-C arrives while it looks at pictures, if it is armed."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.is_armed = True

    def encode_pictures(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        if self.is_armed:
            signal.raise_signal(signal.SIGINT)
        return super().encode_pictures(pixels)


@pytest.fixture
def runner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[Models], Run]:
    """Runs commands in this process, on a library of its own, with the models given."""

    def make(models: Models) -> Run:
        monkeypatch.setattr("desktop_app.main.make_models", lambda _paths, _folder=None: models)

        def run(*arguments: str | Path) -> tuple[int, str, str]:
            code = main(["--data-dir", str(tmp_path / "data"), *map(str, arguments)])
            captured = capsys.readouterr()
            return code, captured.out, captured.err

        return run

    return make


@pytest.fixture
def two(runner: Callable[[Models], Run], pictures: Path) -> Run:
    """A library of a few pictures with two models: ``first`` is used, ``second`` is not."""
    run = runner(OneModel(FakeEncoder("first"), FakeEncoder("second")))
    assert run("index", pictures)[0] == 0
    return run


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    """A hub with a tiny model."""
    folder = write_tiny_model(tmp_path / "published", name="Tiny from the hub")
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    with hub_server(files) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.endpoint)
        yield server


@pytest.fixture
def shelf(runner: Callable[[Models], Run], hub: HubServer, tmp_path: Path) -> Run:
    """Commands on a real shelf whose built-in model is tiny, and which offers the hub's."""
    builtin = write_tiny_model(tmp_path / "builtin", dim=6, name="Tiny built in")
    models = tmp_path / "data" / "models"
    downloads = Downloads(models / ".downloads", [hub.model()], Patience(2, 1, 2, 0.01))
    return runner(ModelShelf(models, builtin, downloads))


def answer(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Let somebody at a terminal type this."""

    class Typed:
        def isatty(self) -> bool:
            return True

        def readline(self) -> str:
            return text + "\n"

    monkeypatch.setattr(sys, "stdin", Typed())


def test_list_shows_roles_and_what_can_be_downloaded(shelf: Run, tmp_path: Path) -> None:
    code, out, err = shelf("models", "list")
    assert (code, err) == (0, "")
    installed, offered = out.split("To download with")
    assert "starter" in installed
    assert "in use" in installed
    assert "tiny" in offered
    assert not (tmp_path / "data").exists()


def test_list_json_has_what_scripts_want(two: Run) -> None:
    first, second = json.loads(two("models", "list", "--json")[1])["installed"]
    assert (first["name"], first["role"], first["vectors"]) == ("first", "in_use", len(COLOURS))
    assert (second["role"], second["vectors"], second["pictures"]) == ("unused", 0, len(COLOURS))
    assert first["library_bytes"] > 0
    assert {"title", "key", "dim", "bytes", "licence", "languages", "quality", "problem"} <= set(
        second
    )


def test_list_says_why_a_model_cannot_be_used(
    runner: Callable[[Models], Run], pictures: Path
) -> None:
    models = OneModel(FakeEncoder("first"), FakeEncoder("second"))
    models.problems["second"] = "Its text tower is missing."
    _, out, _ = runner(models)("models", "list")
    assert "second cannot be used: Its text tower is missing." in out


def test_use_prepares_the_pictures_and_switching_back_is_instant(two: Run) -> None:
    code, out, _ = two("models", "use", "second")
    assert code == 0
    assert "second answers now." in out
    assert f"{len(COLOURS)} pictures prepared, 0 failed" in out
    roles = {
        one["name"]: one["role"]
        for one in json.loads(two("models", "list", "--json")[1])["installed"]
    }
    assert roles == {"first": "kept", "second": "in_use"}
    assert json.loads(two("status", "--json")[1])["model"]["key"] == "second"
    assert "red.png" in two("search", "red", "--limit", "1")[1]
    back = json.loads(two("models", "use", "first", "--json")[1])
    assert back == {
        "name": "first",
        "in_use": True,
        "made": 0,
        "failed": [],
        "silent": [],
        "seconds": 0,
    }


def test_switching_back_makes_up_for_few_pictures(two: Run, pictures: Path) -> None:
    for number in range(40):
        Image.new("RGB", (8 + number, 9), "green").save(pictures / f"{number}.png")
    two("index", pictures)
    two("models", "use", "second")
    Image.new("RGB", (99, 9), "red").save(pictures / "new.png")
    two("index", pictures)
    assert "ready, 9" in two("models", "list")[1]

    code, out, _ = two("models", "use", "first")

    assert code == 0
    assert out.startswith("The built-in model answers now.\n1 pictures prepared, 0 failed")


def test_what_is_left_of_few_pictures_is_told_and_goes_on(
    runner: Callable[[Models], Run], pictures: Path
) -> None:
    slow = InterruptedEncoder("first")
    slow.is_armed = False
    run = runner(OneModel(slow, FakeEncoder("second")))
    for number in range(40):
        Image.new("RGB", (8 + number, 9), "green").save(pictures / f"{number}.png")
    run("index", pictures)
    run("models", "use", "second")
    Image.new("RGB", (99, 9), "red").save(pictures / "new.png")
    run("index", pictures)
    slow.is_armed = True

    code, out, err = run("models", "use", "first")

    assert (code, out.splitlines()[0]) == (1, "The built-in model answers now.")
    assert "`image-seeker models use first` goes on" in err
    assert json.loads(run("status", "--json")[1])["model"]["key"] == "first"
    slow.is_armed = False
    code, out, _ = run("models", "use", "first")
    assert (code, out.splitlines()[0]) == (0, "The built-in model answers now.")
    first, _ = json.loads(run("models", "list", "--json")[1])["installed"]
    assert (first["role"], first["vectors"]) == ("in_use", first["pictures"])


def test_interrupted_use_keeps_what_is_made_and_goes_on(
    runner: Callable[[Models], Run], pictures: Path
) -> None:
    slow = InterruptedEncoder("second")
    run = runner(OneModel(FakeEncoder("first"), slow))
    run("index", pictures)
    code, out, err = run("models", "use", "second")
    assert (code, out) == (1, "")
    assert "`image-seeker models use second` goes on" in err
    status = json.loads(run("status", "--json")[1])
    assert status["model"]["key"] == "first"
    assert status["next_model"]["total"] == len(COLOURS)
    assert "`image-seeker models use second` goes on" in run("status")[1]
    assert "next, " in run("models", "list")[1]
    slow.is_armed = False
    assert run("models", "use", "second")[0] == 0
    assert json.loads(run("status", "--json")[1])["model"]["key"] == "second"


def test_use_that_is_stopped_at_once_speaks_of_no_pictures(
    runner: Callable[[Models], Run], pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop_first(
        reports: Iterator[EmbedProgress | EmbedSummary], model: InstalledModel
    ) -> EmbedSummary:
        signal.raise_signal(signal.SIGINT)
        return model_progress.follow_embedding(reports, model)

    monkeypatch.setattr("desktop_app.model_commands.follow_embedding", stop_first)
    run = runner(OneModel(FakeEncoder("first"), FakeEncoder("second")))
    run("index", pictures)

    code, _, err = run("models", "use", "second")

    assert code == 1
    assert err.splitlines()[-1] == (
        "image-seeker: Stopped before another picture was prepared; "
        "`image-seeker models use second` goes on."
    )


def test_use_of_what_is_not_there(shelf: Run) -> None:
    code, _, err = shelf("models", "use", "tiny")
    assert code == 1
    assert "`image-seeker models get tiny` downloads it" in err
    code, _, err = shelf("models", "use", "nonsense")
    assert code == 1
    assert err.startswith("image-seeker: There is no model nonsense.")


@pytest.mark.parametrize("packed", [False, True])
def test_add_use_search_remove(
    shelf: Run, hub: HubServer, pictures: Path, tmp_path: Path, packed: bool
) -> None:
    source = write_tiny_model(tmp_path / "mine", name="Mine")
    if packed:
        source = Path(shutil.make_archive(str(tmp_path / "mine"), "zip", source))
    shelf("index", pictures)
    added = json.loads(shelf("models", "add", source, "--json")[1])
    assert (added["name"], added["title"], added["problem"]) == ("mine", "Mine", None)
    assert shelf("models", "use", "mine")[0] == 0
    assert shelf("search", "red", "--limit", "1")[1].rstrip().endswith("red.png")
    code, _, err = shelf("models", "remove", "mine", "--yes")
    assert code == 1
    assert "in use" in err
    assert shelf("models", "use", "starter")[0] == 0
    assert shelf("models", "remove", "mine", "--yes") == (0, "mine removed\n", "")
    assert "mine" not in shelf("models", "list")[1]
    assert hub.asked == []  # nothing but `get` goes online


def test_add_says_why_it_refuses(shelf: Run, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "evil.zip", "w") as archive:
        archive.writestr("../outside.json", "{}")
    code, out, err = shelf("models", "add", tmp_path / "evil.zip")
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 1
    code, _, err = shelf("models", "add", tmp_path / "none")
    assert code == 1
    assert f"There is no model {tmp_path / 'none'}." in err


def test_remove_asks(two: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    two("models", "use", "second")
    two("models", "use", "first")
    answer(monkeypatch, "")
    code, out, err = two("models", "remove", "second")
    assert (code, out) == (1, "")
    assert f"what it prepared for {len(COLOURS)} pictures? " in err
    assert "vectors" not in err
    assert "Nothing was removed." in err
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    code, _, err = two("models", "remove", "second")
    assert code == 1
    assert "Add --yes." in err


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("first", "The built-in model cannot be removed."), ("second", "The model second is in use.")],
)
def test_remove_refuses_without_asking(
    two: Run, monkeypatch: pytest.MonkeyPatch, name: str, sentence: str
) -> None:
    two("models", "use", "second")
    answer(monkeypatch, "yes")
    code, out, err = two("models", "remove", name)
    assert (code, out) == (1, "")
    assert err.startswith(f"image-seeker: {sentence}")


def test_remove_json(shelf: Run, tmp_path: Path) -> None:
    added = json.loads(shelf("models", "add", write_tiny_model(tmp_path / "mine"), "--json")[1])
    removed = json.loads(shelf("models", "remove", "mine", "--yes", "--json")[1])
    assert removed == {"name": "mine", "removed": True, "freed_bytes": added["bytes"]}


def test_what_a_model_whose_folder_is_gone_has_prepared_can_be_removed(
    runner: Callable[[Models], Run], pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    models = OneModel(FakeEncoder("first"), FakeEncoder("second"))
    run = runner(models)
    run("index", pictures)
    run("models", "use", "second")
    run("models", "use", "first")
    del models.encoders["second"]
    assert " missing " in run("models", "list")[1]
    listed = json.loads(run("models", "list", "--json")[1])["installed"]
    assert [one["missing"] for one in listed] == [False, True]
    answer(monkeypatch, "yes")
    code, _, err = run("models", "remove", "second")
    assert code == 0
    assert f"Remove what colours for tests prepared for {len(COLOURS)} pictures?" in err
    assert "missing" not in run("models", "list")[1]


def test_a_title_serves_as_a_name_where_it_is_the_only_one(shelf: Run, tmp_path: Path) -> None:
    titles = (("mine", "Garden Net", 8), ("one", "Twin", 10), ("two", "Twin", 12))
    for folder, title, dim in titles:
        source = write_tiny_model(tmp_path / folder, dim=dim, name=title)
        assert shelf("models", "add", source)[0] == 0
    assert json.loads(shelf("models", "use", "garden net", "--json")[1])["name"] == "mine"
    code, _, err = shelf("models", "use", "Twin")
    assert code == 1
    assert "Several models are called Twin. Give one of the names one, two." in err
    assert shelf("models", "use", "Built-in model")[1] == "The built-in model answers now.\n"
    assert shelf("models", "remove", "Garden Net", "--yes")[1] == "mine removed\n"
    assert shelf("models", "get", "Tiny", "--yes")[0] == 0


def test_get_of_what_is_there_is_refused_without_asking(
    shelf: Run, hub: HubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "yes")
    code, out, err = shelf("models", "get", "starter")
    assert (code, out) == (1, "")
    assert err == "image-seeker: starter is the built-in model: it comes with the program.\n"
    shelf("models", "add", write_tiny_model(tmp_path / "tiny", name="Another"))
    code, out, err = shelf("models", "get", "tiny")
    assert (code, out) == (1, "")
    assert err.startswith("image-seeker: The model tiny is there already.")
    (tmp_path / "data" / "models" / "tiny" / "tokenizer.json").unlink()
    assert "`image-seeker models remove tiny`" in shelf("models", "get", "tiny")[2]
    assert hub.asked == []


def test_list_with_a_model_given(runner: Callable[[Models], Run], tmp_path: Path) -> None:
    source = write_tiny_model(tmp_path / "mine", name="Mine")
    code, out, err = runner(SingleModel(source))("--model", source, "models", "list")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == ["NAME", "mine"]
    assert "Only the model given with --model is listed" in err
    nowhere = tmp_path / "nowhere"
    for as_json in ((), ("--json",)):
        code, out, err = runner(SingleModel(nowhere))(
            "--model", nowhere, "models", "list", *as_json
        )
        assert (code, out) == (1, "")
        assert len(err.splitlines()) == 1
        assert "nowhere" in err


def test_search_tells_that_a_model_has_not_looked_at_the_pictures(
    runner: Callable[[Models], Run], pictures: Path, tmp_path: Path
) -> None:
    assert runner(OneModel(FakeEncoder()))("index", pictures)[0] == 0
    source = write_tiny_model(tmp_path / "mine", name="Garden Net")
    run = runner(SingleModel(source))
    for as_json in ((), ("--json",)):
        code, out, err = run("--model", source, "search", "red", *as_json)
        assert (code, out) == (1, "")
        assert err == (
            "image-seeker: No picture is prepared for Garden Net. "
            "Run `image-seeker index` with the same --model first.\n"
        )
    run("--model", source, "index", pictures / "red.png")
    code, out, err = run("--model", source, "search", "red")
    assert code == 0
    assert out.rstrip().endswith("red.png")
    assert f"{len(COLOURS) - 1} of {len(COLOURS)} pictures are not prepared for Garden Net" in err
    run("--model", source, "index")
    code, out, err = run("--model", source, "search", "red")
    assert (code, err, len(out.splitlines())) == (0, "", len(COLOURS))


def test_remove_after_a_yes(shelf: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf("models", "add", write_tiny_model(tmp_path / "mine"))
    answer(monkeypatch, "yes")
    assert shelf("models", "remove", "mine")[0] == 0
    code, _, err = shelf("models", "remove", "mine", "--yes")
    assert code == 1
    assert "There is no model mine." in err


def test_get_shows_what_it_is_and_downloads_after_a_yes(
    shelf: Run, hub: HubServer, pictures: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answer(monkeypatch, "n")
    code, out, err = shelf("models", "get", "tiny")
    assert (code, out) == (1, "")
    for shown in (hub.endpoint + "/owner/tiny", REVISION, "licence   mit", "MB"):
        assert shown in err
    assert hub.asked == []
    answer(monkeypatch, "y")
    code, out, _ = shelf("models", "get", "tiny")
    assert code == 0
    assert "downloaded as tiny" in out
    shelf("index", pictures)
    assert shelf("models", "use", "tiny")[0] == 0
    assert shelf("search", "blue", "--limit", "1")[1].rstrip().endswith("blue.png")
    listed = json.loads(shelf("models", "list", "--json")[1])
    assert listed["offered"][0]["installed"] is True
    assert [one["licence"] for one in listed["installed"] if one["name"] == "tiny"] == ["mit"]
    left = list((tmp_path / "data" / "models" / ".downloads").rglob("*"))
    assert left == []


def test_get_without_a_terminal_needs_yes(
    shelf: Run, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    code, _, err = shelf("models", "get", "tiny")
    assert code == 1
    assert "Add --yes." in err
    assert hub.asked == []
    assert json.loads(shelf("models", "get", "tiny", "--yes", "--json")[1])["name"] == "tiny"
    code, _, err = shelf("models", "get", "tiny", "--yes")
    assert code == 1
    assert "is there already" in err


def test_get_that_fails_is_one_sentence_and_installs_nothing(shelf: Run, hub: HubServer) -> None:
    hub.faults["config.json"] = Fault(flipped=True)
    code, out, err = shelf("models", "get", "tiny", "--yes")
    assert (code, out) == (1, "")
    assert "another config.json" in err.splitlines()[-1]
    installed = json.loads(shelf("models", "list", "--json")[1])["installed"]
    assert [one["name"] for one in installed] == ["starter"]


def test_interrupted_get_keeps_what_was_fetched(
    shelf: Run, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.faults["tokenizer.json"] = Fault(silent=True)
    shown = model_progress.InstallMeter.text

    def interrupt(self: model_progress.InstallMeter, report: object) -> str:
        signal.raise_signal(signal.SIGINT)
        return shown(self, report)  # type: ignore[arg-type]

    monkeypatch.setattr(model_progress.InstallMeter, "text", interrupt)
    code, out, err = shelf("models", "get", "tiny", "--yes")
    assert (code, out) == (1, "")
    assert "the same command goes on from there" in err
    monkeypatch.undo()


@pytest.mark.parametrize(
    "arguments", [["models"], ["models", "frobnicate"], ["models", "use"], ["models", "add"]]
)
def test_wrong_usage_leaves_with_2(two: Run, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        two(*arguments)
    assert leaving.value.code == 2


def test_the_program_offers_the_curated_models(tmp_path: Path) -> None:
    models = make_models(DataPaths.below(tmp_path / "data"))
    assert [offer.name for offer in models.offers()] == [model.name for model in CURATED]
    assert not (tmp_path / "data").exists()


@pytest.mark.model
def test_as_processes_with_a_hub_that_has_nothing(hub: HubServer, tmp_path: Path) -> None:
    def program(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "desktop_app", "--data-dir", tmp_path / "data"]
        return subprocess.run(
            [*map(str, command), *map(str, arguments)],
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=60,
        )

    source = write_tiny_model(tmp_path / "mine", name="Mine")
    added = program("models", "add", source)
    assert (added.returncode, added.stderr) == (0, "")
    listed = json.loads(program("models", "list", "--json").stdout)
    assert [one["name"] for one in listed["installed"]] == ["starter", "mine"]
    got = program("models", "get", CURATED[0].name, "--yes")
    assert got.returncode == 1
    assert f"{hub.endpoint}/{CURATED[0].repository}" in got.stderr
    assert "any more (HTTP 404)" in got.stderr.splitlines()[-1]
    alone = program("--model", source, "models", "list")
    assert "starter" not in alone.stdout
