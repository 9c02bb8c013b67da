import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.context import SpawnProcess
from pathlib import Path

import pytest

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError, ModelError, PassingModelError
from desktop_app.engine.model.inspection import TrialLimits
from desktop_app.engine.model.model_files import ModelFiles
from desktop_app.engine.model.shelf import ModelShelf, SingleModel
from desktop_app.engine.protocols import Models
from desktop_app.engine.records import InstalledModel, ModelOffer, ModelProgress, ModelStep
from tests.helpers.tiny_model import write_tiny_model

OFFER = ModelOffer(
    "some-clip", "Some CLIP", "https://hub/some", "a" * 40, 9, "mit", ("en",), "Good."
)


class FakeDownloads:
    """One offer; what it fetches is written like a download: into a folder of its own."""

    def __init__(self, partial: Path, **model: float) -> None:
        self.partial = partial
        self._model = model

    def offers(self) -> Sequence[ModelOffer]:
        return [OFFER]

    def fetch(self, name: str, cancel: CancelToken) -> Iterator[ModelProgress | Path]:
        yield ModelProgress(ModelStep.DOWNLOADING, 1, 9, "config.json")
        cancel.raise_if_cancelled()
        yield write_tiny_model(self.partial / name, text_gain=4.0, **self._model)  # type: ignore[arg-type]


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return tmp_path / "library" / "models"


@pytest.fixture
def builtin(tmp_path: Path) -> Path:
    return write_tiny_model(tmp_path / "builtin", name="Our own", text_gain=3.0)


@pytest.fixture
def shelf(models: Path, builtin: Path) -> ModelShelf:
    return ModelShelf(models, builtin, FakeDownloads(models / ".partial"))


def add(shelf: Models, source: Path, cancel: CancelToken | None = None) -> InstalledModel:
    *steps, model = shelf.add(source, cancel or CancelToken())
    assert isinstance(model, InstalledModel)
    assert all(isinstance(step, ModelProgress) for step in steps)
    return model


def names(shelf: Models) -> list[str]:
    return [model.name for model in shelf.installed()]


def hidden(models: Path) -> list[str]:
    return sorted(p.name for p in models.iterdir() if p.is_dir() and p.name.startswith("."))


def test_holds_the_builtin_model_from_the_start(shelf: Models, models: Path) -> None:
    (model,) = shelf.installed()

    assert (model.name, model.title, model.dim, model.is_builtin) == ("starter", "Our own", 8, True)
    assert model.problem is None
    assert shelf.load("starter").info.key == model.key
    assert shelf.load("starter").encode_texts(["red"]).shape == (1, 8)


def test_adds_a_folder(shelf: ModelShelf, models: Path, folder: Path) -> None:
    (folder / "README.md").write_text("---\nlicense: mit\nlanguage: [en, de]\n---\n# Card")
    steps = list(shelf.add(folder, CancelToken()))
    model = steps[-1]

    assert isinstance(model, InstalledModel)
    assert (model.name, model.title) == ("tiny", "Tiny test model")
    assert (model.licence, model.languages) == ("mit", ("en", "de"))
    assert model.size_bytes == sum(
        file.stat().st_size for file in (models / "tiny").rglob("*") if file.is_file()
    )
    assert [s.step for s in steps[:-1] if isinstance(s, ModelProgress)][-1] == ModelStep.CHECKING
    assert shelf.load("tiny").info.key == model.key
    assert names(shelf) == ["starter", "tiny"]
    assert hidden(models) == []


def test_adds_a_zip_under_its_name(shelf: Models, folder: Path, tmp_path: Path) -> None:
    packed = shutil.make_archive(str(tmp_path / "my clip (2)"), "zip", folder)

    assert add(shelf, Path(packed)).name == "my-clip--2"


@pytest.mark.parametrize("file_name", ["clip.tar.zip", "clip.tar"])
def test_a_zip_lends_the_model_no_suffix(
    shelf: Models, folder: Path, tmp_path: Path, file_name: str
) -> None:
    packed = shutil.make_archive(str(tmp_path / "packed"), "zip", folder)
    assert add(shelf, Path(packed).rename(tmp_path / file_name)).name == "clip"


def test_the_card_names_a_model_that_does_not(shelf: Models, folder: Path) -> None:
    (folder / "config.json").write_text('{"model_type": "clip", "projection_dim": 8}')
    assert add(shelf, folder).title == "tiny"
    shelf.remove("tiny")
    (folder / "README.md").write_text("# Some CLIP")

    assert add(shelf, folder).title == "Some CLIP"


def test_is_listed_by_title_after_the_builtin_one(shelf: Models, tmp_path: Path) -> None:
    for number, title in enumerate(["beta", "Alpha", "gamma"]):
        add(shelf, write_tiny_model(tmp_path / f"m{number}", name=title))

    assert [model.title for model in shelf.installed()] == ["Our own", "Alpha", "beta", "gamma"]


def test_the_same_model_is_not_added_twice(
    shelf: Models, models: Path, folder: Path, builtin: Path
) -> None:
    add(shelf, folder)
    for source, there in ((folder, "tiny"), (builtin, "starter")):
        with pytest.raises(ModelError, match=f"is there already, under the name {there}\\."):
            add(shelf, source)

    assert names(shelf) == ["starter", "tiny"]
    assert hidden(models) == []


def test_another_model_of_the_same_name_gets_a_number(
    shelf: Models, folder: Path, tmp_path: Path
) -> None:
    add(shelf, folder)
    (tmp_path / "b").mkdir()

    assert add(shelf, write_tiny_model(tmp_path / "b" / "TINY", text_gain=2.0)).name == "TINY-2"
    assert add(shelf, write_tiny_model(tmp_path / "b" / "starter", dim=7)).name == "starter-2"


def drop_tokenizer(folder: Path) -> None:
    (folder / "tokenizer.json").unlink()


def spoil_graph(folder: Path) -> None:
    (folder / "onnx" / "vision_model_quantized.onnx").write_bytes(b"no graph")


def leave_pointers(folder: Path) -> None:
    for tower in (folder / "onnx").iterdir():
        tower.write_bytes(
            b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0\n"
        )


def spoil_vectors(folder: Path) -> None:
    write_tiny_model(folder, text_gain=float("nan"))


@pytest.mark.parametrize(
    ("damage", "text"),
    [
        (drop_tokenizer, "The model tiny is not complete: tokenizer.json is missing."),
        (
            spoil_graph,
            "The model tiny cannot be used: "
            "onnx/vision_model_quantized.onnx is incomplete or damaged.",
        ),
        (
            leave_pointers,
            "The model tiny cannot be used: of onnx/vision_model_quantized.onnx there is only what "
            "Git LFS leaves in its place.",
        ),
        (
            spoil_vectors,
            "The model Tiny test model is damaged: "
            "text_model_quantized.onnx gives no usable results.",
        ),
    ],
)
def test_nothing_stays_of_a_model_that_is_refused(
    shelf: Models, models: Path, folder: Path, damage: Callable[[Path], None], text: str
) -> None:
    damage(folder)

    with pytest.raises(ModelError) as caught:
        add(shelf, folder)

    assert isinstance(caught.value, PassingModelError) == (damage is leave_pointers)
    assert caught.value.text == text
    assert [path for path in models.rglob("*") if path.suffix == ".onnx"] == []
    assert names(shelf) == ["starter"]


@pytest.mark.parametrize("at", [ModelStep.COPYING, ModelStep.CHECKING])
def test_nothing_stays_after_cancelling(
    shelf: Models, models: Path, folder: Path, at: ModelStep
) -> None:
    cancel = CancelToken()

    def watch() -> None:
        for step in shelf.add(folder, cancel):
            if isinstance(step, ModelProgress) and step.step == at:
                cancel.cancel()

    with pytest.raises(CancelledError):
        watch()

    assert hidden(models) == []
    assert names(shelf) == ["starter"]


def test_nothing_stays_when_nobody_asks_on(shelf: Models, models: Path, folder: Path) -> None:
    steps = shelf.add(folder, CancelToken())
    next(iter(steps))
    assert len(hidden(models)) == 1
    del steps

    assert hidden(models) == []


def test_sweeps_what_killed_runs_left_but_not_what_is_at_work(
    shelf: Models, models: Path, folder: Path
) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    for name in (f".adding-{ended.pid}-x", f".removing-{ended.pid}-y", f".adding-{os.getppid()}-z"):
        write_tiny_model(models / name)

    add(shelf, folder)

    assert hidden(models) == [f".adding-{os.getppid()}-z"]
    assert names(shelf) == ["starter", "tiny"]


def test_removes(shelf: Models, models: Path, folder: Path) -> None:
    add(shelf, folder)
    shelf.remove("tiny")

    assert names(shelf) == ["starter"]
    assert not [path for path in models.iterdir() if path.is_dir()]
    with pytest.raises(ModelError, match=r"^There is no model tiny\."):
        shelf.load("tiny")


@pytest.mark.parametrize("name", ["nothing", "", "..", "../models/tiny", ".keys.json", "starter"])
def test_removes_nothing_else(shelf: Models, models: Path, folder: Path, name: str) -> None:
    add(shelf, folder)

    with pytest.raises(ModelError):
        shelf.remove(name)

    assert names(shelf) == ["starter", "tiny"]
    assert folder.is_dir()


def test_says_that_a_folder_cannot_be_removed(
    shelf: Models, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(shelf, folder)

    def refuse(*_: object) -> None:
        raise OSError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(ModelError, match=r"tiny cannot be removed \(Permission denied\)"):
        shelf.remove("tiny")
    assert names(shelf) == ["starter", "tiny"]


def test_a_broken_model_is_listed_with_its_problem(
    shelf: Models, models: Path, folder: Path
) -> None:
    add(shelf, folder)
    drop_tokenizer(models / "tiny")

    model = shelf.installed()[1]

    assert model.problem == "The model tiny is not complete: tokenizer.json is missing."
    assert (model.key, model.dim) == ("", 0)
    assert model.size_bytes > 0
    with pytest.raises(ModelError, match="is missing"):
        shelf.load("tiny")


def test_a_missing_builtin_model_is_a_problem_not_an_end(models: Path, tmp_path: Path) -> None:
    shelf = ModelShelf(models, tmp_path / "nowhere", FakeDownloads(models))

    (model,) = shelf.installed()

    assert model.problem == f"There is no model folder {tmp_path / 'nowhere'}."
    assert model.is_builtin


def test_folders_are_digested_once(
    shelf: Models, models: Path, builtin: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(shelf, folder)
    before = shelf.installed()
    monkeypatch.setattr(ModelFiles, "digest", lambda _: pytest.fail("digested again"))

    again = ModelShelf(models, builtin, FakeDownloads(models))

    assert again.installed() == before
    assert again.load("tiny").info.key == before[1].key


def test_says_where_nothing_can_be_kept(builtin: Path, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    shelf = ModelShelf(tmp_path / "file" / "models", builtin, FakeDownloads(tmp_path))

    with pytest.raises(
        PassingModelError, match=r"^No model can be kept in .*models \(Not a directory\)"
    ):
        add(shelf, folder)
    assert names(shelf) == ["starter"]


class TestDownloads:
    def test_are_checked_and_moved_to_their_place(self, shelf: Models, models: Path) -> None:
        assert shelf.offers() == [OFFER]
        *steps, model = shelf.get("some-clip", CancelToken())

        assert isinstance(model, InstalledModel)
        assert model.name == "some-clip"
        assert [s.step for s in steps if isinstance(s, ModelProgress)] == [
            ModelStep.DOWNLOADING,
            ModelStep.CHECKING,
        ]
        assert list((models / ".partial").iterdir()) == []
        assert shelf.offers()[0].is_installed
        with pytest.raises(ModelError, match="is there already"):
            list(shelf.get("some-clip", CancelToken()))

    def test_that_are_refused_do_not_stay(self, models: Path, builtin: Path) -> None:
        downloads = FakeDownloads(models / ".partial", image_gain=0.0)
        shelf = ModelShelf(models, builtin, downloads)

        with pytest.raises(ModelError, match="no usable results"):
            list(shelf.get("some-clip", CancelToken()))

        assert list((models / ".partial").iterdir()) == []
        assert names(shelf) == ["starter"]

    @pytest.mark.usefixtures("spawned_processes")
    def test_are_kept_when_they_could_not_be_tried(
        self, models: Path, builtin: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(_process: object) -> None:
            raise OSError(11, "Resource temporarily unavailable")

        downloads = FakeDownloads(models / ".partial")
        with monkeypatch.context() as patch:
            patch.setattr(SpawnProcess, "start", refuse)
            with pytest.raises(ModelError, match="no process for that can be started"):
                list(ModelShelf(models, builtin, downloads).get("some-clip", CancelToken()))
        assert (models / ".partial" / "some-clip" / "config.json").is_file()

        hurried = ModelShelf(models, builtin, downloads, TrialLimits(timeout_s=0))
        with pytest.raises(ModelError, match=r"longer than 0 seconds\. Close other programs"):
            list(hurried.get("some-clip", CancelToken()))
        assert (models / ".partial" / "some-clip" / "config.json").is_file()
        assert names(hurried) == ["starter"]

    def test_are_kept_when_their_place_cannot_be_written(
        self, shelf: ModelShelf, models: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(_source: object, _target: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "replace", refuse)
        with pytest.raises(
            PassingModelError, match=r"cannot be kept in .* \(No space left on device\)"
        ):
            list(shelf.get("some-clip", CancelToken()))

        assert (models / ".partial" / "some-clip" / "config.json").is_file()
        assert names(shelf) == ["starter"]

    def test_are_kept_when_they_are_cancelled(self, shelf: ModelShelf, models: Path) -> None:
        cancel = CancelToken()

        def watch() -> None:
            for step in shelf.get("some-clip", cancel):
                if isinstance(step, ModelProgress) and step.step == ModelStep.CHECKING:
                    cancel.cancel()

        with pytest.raises(CancelledError):
            watch()

        assert (models / ".partial" / "some-clip" / "config.json").is_file()
        assert names(shelf) == ["starter"]


class TestSingleModel:
    def test_is_just_that_one(self, folder: Path) -> None:
        single: Models = SingleModel(folder)

        assert names(single) == ["tiny"]
        assert single.load("tiny").info.name == "Tiny test model"
        assert list(single.offers()) == []

    def test_of_a_broken_folder_says_why(self, tmp_path: Path) -> None:
        single = SingleModel(tmp_path / "nowhere")

        assert single.installed()[0].problem == f"There is no model folder {tmp_path / 'nowhere'}."
        with pytest.raises(ModelError, match="There is no model folder"):
            single.load("nowhere")

    def test_is_not_added_to_or_taken_away(self, folder: Path) -> None:
        single = SingleModel(folder)
        attempts: list[Callable[[], object]] = [
            lambda: single.add(folder, CancelToken()),
            lambda: single.get("some-clip", CancelToken()),
            lambda: single.remove("tiny"),
            lambda: single.load("other"),
        ]
        for attempt in attempts:
            with pytest.raises(ModelError) as caught:
                attempt()
            assert caught.value.hint == "Leave --model out."
