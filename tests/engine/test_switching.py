"""Several models in one library: using another one, and going back."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.engine.active_model import ActiveModel
from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import ModelError, StoreError
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import (
    EmbedProgress,
    EmbedSummary,
    IndexPreparation,
    IndexSummary,
    InstalledModel,
    ModelRole,
    Query,
)
from tests.helpers.fake_encoder import COLOURS, FakeEncoder
from tests.helpers.one_model import OneModel
from tests.helpers.several_models import (
    RIGHT,
    answers,
    by_name,
    embed,
    roles,
    save_colour,
    three_models,
)
from tests.helpers.turned_encoder import TurnedEncoder

Index = Callable[..., IndexSummary]


@pytest.fixture
def models() -> OneModel:
    return three_models()


class TestUsingAnotherModel:
    def test_the_old_one_answers_until_the_new_one_is_complete(
        self, library: Library, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        assert library.use_model("second") is ModelRole.NEXT
        assert roles(library) == {
            "first": ModelRole.IN_USE,
            "second": ModelRole.NEXT,
            "third": ModelRole.UNUSED,
        }
        for report in library.embed_next(CancelToken()):
            if isinstance(report, EmbedProgress):
                assert answers(library) == RIGHT
                assert library.status().model == TurnedEncoder("first").info
        assert isinstance(report, EmbedSummary)
        assert (report.made, report.failed, report.switched) == (len(COLOURS), (), True)
        assert library.status().model == TurnedEncoder("second").info
        assert library.status().next_model is None
        assert answers(library) == RIGHT
        assert roles(library)["first"] is ModelRole.KEPT

    def test_in_an_empty_library_is_instant(
        self, library: Library, pictures: Path, index: Index
    ) -> None:
        assert library.use_model("second") is ModelRole.IN_USE
        index(library, pictures)
        assert by_name(library)["second"].vectors == len(COLOURS)
        assert by_name(library)["first"].vectors == 0
        assert answers(library) == RIGHT

    def test_lasts_until_the_next_start(
        self, library: Library, paths: DataPaths, models: OneModel, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        library.use_model("second")
        library.close()
        library = Library.open(paths, models)
        status = library.status()
        assert status.next_model == EmbedProgress("colours for tests", 0, len(COLOURS))
        assert embed(library).switched
        library.close()
        library = Library.open(paths, models)
        assert library.status().model == TurnedEncoder("second").info
        assert answers(library) == RIGHT
        assert index(library).unchanged == len(COLOURS)
        library.close()

    def test_going_back_is_instant(self, library: Library, pictures: Path, index: Index) -> None:
        index(library, pictures)
        library.use_model("second")
        embed(library)
        assert library.use_model("first") is ModelRole.IN_USE
        assert answers(library) == RIGHT
        assert library.use_model("second") is ModelRole.IN_USE
        assert answers(library) == RIGHT

    def test_going_back_makes_up_for_pictures_that_came_or_changed_meanwhile(
        self, library: Library, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        library.use_model("second")
        embed(library)
        # Of other sizes: exact copies share the vectors of all models.
        Image.new("RGB", (30, 31), COLOURS["red"]).save(pictures / "new.png")
        Image.new("RGB", (32, 33), COLOURS["blue"]).save(pictures / "green.png")
        (pictures / "white.png").unlink()
        index(library)
        assert library.use_model("first") is ModelRole.NEXT
        assert library.status().model == TurnedEncoder("second").info
        summary = embed(library)
        assert (summary.made, summary.switched) == (2, True)
        assert len(library.search(Query.of_words("red")).ids) == len(COLOURS)
        assert {answers(library)["blue"]} <= {"blue", "green"}

    def test_going_back_is_instant_where_few_pictures_came_meanwhile(
        self, library: Library, paths: DataPaths, models: OneModel, pictures: Path, index: Index
    ) -> None:
        self.add_many(pictures)
        index(library, pictures)
        library.use_model("second")
        embed(library)
        Image.new("RGB", (30, 31), COLOURS["red"]).save(pictures / "new.png")
        Image.new("RGB", (32, 33), COLOURS["blue"]).save(pictures / "newer.png")
        index(library)
        total = len(library.picture_ids())

        assert library.use_model("first") is ModelRole.IN_USE
        assert library.status().model == TurnedEncoder("first").info
        assert library.status().next_model is None
        assert library.unprepared() == 2
        red = Query.of_words("red")
        assert len(library.search(red).ids) == total - 2
        library.close()
        library = Library.open(paths, models)  # what is left to do lasts
        assert len(library.search(red).ids) == total - 2
        reports = list(library.embed_next(CancelToken()))

        assert reports[0] == EmbedProgress("colours for tests", total - 2, total, is_answering=True)
        summary = reports[-1]
        assert isinstance(summary, EmbedSummary)
        assert (summary.made, summary.switched, summary.cancelled) == (2, False, False)
        assert library.unprepared() == 0
        assert len(library.search(red).ids) == total
        assert list(library.embed_next(CancelToken())) == [EmbedSummary(title="")]
        library.close()
        library = Library.open(paths, models)
        assert len(library.search(red).ids) == total
        library.close()

    def test_giving_up_the_next_one_does_not_forget_what_the_present_one_lacks(
        self, library: Library, pictures: Path, index: Index
    ) -> None:
        self.add_many(pictures)
        self.have_first_lack_one(library, pictures, index)
        assert library.use_model("first") is ModelRole.IN_USE
        assert library.use_model("third") is ModelRole.NEXT

        assert library.use_model("first") is ModelRole.IN_USE

        assert embed(library).made == 1
        assert library.unprepared() == 0
        assert len(library.search(Query.of_words("red")).ids) == len(library.picture_ids())

    def test_a_model_that_answers_is_completed_by_whichever_run_comes(
        self, library: Library, pictures: Path, index: Index
    ) -> None:
        self.add_many(pictures)
        self.have_first_lack_one(library, pictures, index)
        assert library.use_model("first") is ModelRole.IN_USE
        run = library.embed_next(CancelToken())
        next(run)
        # To the other one and back: another instance of the model answers now.
        assert library.use_model("second") is ModelRole.IN_USE
        assert library.use_model("first") is ModelRole.IN_USE
        found = library.search(Query.of_words("red")).ids
        assert len(found) == len(library.picture_ids()) - 1

        summary = list(run)[-1]
        assert isinstance(summary, EmbedSummary)
        assert (summary.made, summary.switched, summary.cancelled) == (1, False, True)
        assert len(library.search(Query.of_words("red")).ids) == len(library.picture_ids())
        assert embed(library).made == 0
        assert library.use_model("second") is ModelRole.IN_USE

    def test_of_a_model_that_is_next_nearly_all_is_enough_to_answer(
        self, library: Library, pictures: Path, index: Index
    ) -> None:
        self.add_many(pictures)
        index(library, pictures)
        library.use_model("second")
        run = library.embed_next(CancelToken())
        for report in run:
            if isinstance(report, EmbedProgress) and report.done >= 0.95 * report.total:
                break
        assert library.use_model("second") is ModelRole.IN_USE
        library.search(Query.of_words("red"))
        list(run)
        embed(library)
        assert library.unprepared() == 0
        assert len(library.search(Query.of_words("red")).ids) == len(library.picture_ids())

    def add_many(self, pictures: Path) -> None:
        for number in range(40):
            Image.new("RGB", (8 + number, 9), COLOURS["green"]).save(pictures / f"{number}.png")

    def have_first_lack_one(self, library: Library, pictures: Path, index: Index) -> None:
        index(library, pictures)
        library.use_model("second")
        embed(library)
        Image.new("RGB", (30, 31), COLOURS["red"]).save(pictures / "new.png")
        index(library)

    def test_exact_copies_share_the_vectors_of_all_models(
        self, library: Library, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        library.use_model("second")
        embed(library)
        shutil.copy(pictures / "red.png", pictures / "copy.png")
        index(library)
        assert library.use_model("first") is ModelRole.IN_USE
        assert len(library.search(Query.of_words("red")).ids) == len(COLOURS) + 1

    def test_pictures_that_come_before_it_is_complete_are_not_missed(
        self, library: Library, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        library.use_model("second")
        save_colour(pictures / "new.png", "red")
        index(library)
        assert len(library.search(Query.of_words("red")).ids) == len(COLOURS) + 1
        assert embed(library).made == len(COLOURS) + 1
        assert len(library.search(Query.of_words("red")).ids) == len(COLOURS) + 1

    def test_choosing_the_one_in_use_drops_the_plan(
        self, library: Library, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        library.use_model("second")
        assert library.use_model("first") is ModelRole.IN_USE
        assert library.status().next_model is None
        assert list(library.embed_next(CancelToken())) == [EmbedSummary(title="")]

    def test_dropping_the_plan_ends_the_run_and_keeps_what_is_made(
        self, library: Library, paths: DataPaths, models: OneModel, pictures: Path, index: Index
    ) -> None:
        library.close()
        paths.settings.write_text('{"batch_size": 2}')
        library = Library.open(paths, models)
        index(library, pictures)
        library.use_model("second")
        run = library.embed_next(CancelToken())
        next(run)
        next(run)
        library.use_model("first")
        *_, summary = run
        assert isinstance(summary, EmbedSummary)
        assert (summary.switched, summary.cancelled) == (False, True)
        assert 0 < by_name(library)["second"].vectors < len(COLOURS)
        assert roles(library)["second"] is ModelRole.KEPT
        library.use_model("second")
        made_before = by_name(library)["second"].vectors
        assert embed(library).made == len(COLOURS) - made_before
        library.close()

    def test_one_that_has_made_itself_ready_for_nothing_is_closed(
        self, library: Library, pictures: Path, index: Index, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        index(library, pictures)
        library.use_model("second")
        prepare, close = ActiveModel.prepare, ActiveModel.close
        ready: list[ActiveModel] = []
        closed: list[ActiveModel] = []

        def prepare_and_see(model: ActiveModel, cancel: CancelToken) -> Iterator[IndexPreparation]:
            yield from prepare(model, cancel)
            ready.append(model)
            # All its vectors are there: the user's next click has another one of it answer.
            assert library.use_model("second") is ModelRole.IN_USE

        def noting(model: ActiveModel) -> None:
            closed.append(model)
            close(model)

        with monkeypatch.context() as patch:
            patch.setattr(ActiveModel, "prepare", prepare_and_see)
            patch.setattr(ActiveModel, "close", noting)
            assert not embed(library).switched
        assert len(ready) == 1
        assert ready[0] in closed
        assert answers(library) == RIGHT
        assert roles(library)["second"] is ModelRole.IN_USE

    def test_that_is_unknown_or_broken_is_refused(self, library: Library, models: OneModel) -> None:
        models.problems["third"] = "Its image tower is damaged."
        with pytest.raises(ModelError, match="no model fourth"):
            library.use_model("fourth")
        with pytest.raises(ModelError, match=r"third cannot be used\. Its image tower"):
            library.use_model("third")
        assert roles(library)["first"] is ModelRole.IN_USE

    def test_with_the_same_files_is_instant(
        self, library: Library, models: OneModel, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        models.encoders["copy"] = TurnedEncoder("first")
        assert library.use_model("copy") is ModelRole.IN_USE
        assert library.use_model("second") is ModelRole.NEXT
        embed(library)
        library.remove_model("copy")
        assert by_name(library)["first"].vectors == len(COLOURS)

    def test_needs_a_writable_library(
        self, library: Library, paths: DataPaths, models: OneModel, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        reader = Library.open(paths, models, writable=False)
        with pytest.raises(StoreError, match="cannot be written"):
            reader.use_model("second")
        reader.close()

    def test_while_pictures_are_indexed_waits_for_the_next_embedding(
        self, library: Library, pictures: Path, index: Index
    ) -> None:
        library.use_model("second")
        library.use_model("first")
        running = library.index([pictures], CancelToken())
        next(running)
        assert library.use_model("second") is ModelRole.NEXT
        list(running)
        assert answers(library) == RIGHT
        assert embed(library).switched
        assert answers(library) == RIGHT

    def test_waits_for_a_run_of_indexing_that_begins_meanwhile(
        self,
        library: Library,
        models: OneModel,
        pictures: Path,
        index: Index,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        index(library, pictures)
        library.use_model("second")
        embed(library)
        library.use_model("first")
        library.use_model("third")
        embedding = library.embed_next(CancelToken())
        next(embedding)
        indexing = library.index([], CancelToken())
        installed = models.installed

        def begin_indexing() -> Sequence[InstalledModel]:
            monkeypatch.undo()
            embedding.close()  # type: ignore[attr-defined]  # a generator
            next(indexing)
            return installed()

        monkeypatch.setattr(models, "installed", begin_indexing)
        assert library.use_model("second") is ModelRole.NEXT  # though it is complete
        assert roles(library)["first"] is ModelRole.IN_USE
        list(indexing)
        assert embed(library).switched


class TestReaders:
    def test_go_on_with_the_model_they_began_with(
        self, library: Library, paths: DataPaths, models: OneModel, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        reader = Library.open(paths, models, writable=False)
        library.use_model("second")
        embed(library)
        assert answers(reader) == RIGHT
        assert reader.status().model == TurnedEncoder("first").info
        reader.close()
        reader = Library.open(paths, models, writable=False)
        assert reader.status().model == TurnedEncoder("second").info
        assert answers(reader) == RIGHT
        reader.close()


def test_pictures_that_the_model_in_use_has_not_looked_at_are_counted(
    paths: DataPaths, library: Library, pictures: Path, index: Index
) -> None:
    assert library.unprepared() == 0
    index(library, pictures)
    library.use_model("second")
    assert library.unprepared() == 0
    reader = Library.open(paths, OneModel(FakeEncoder("other")), writable=False)
    assert reader.unprepared() == len(COLOURS)
    reader.close()


def test_device_is_that_of_the_model_in_use(library: Library) -> None:
    assert library.device() == FakeEncoder().device


def test_models_are_told_with_what_they_take(
    library: Library, pictures: Path, index: Index
) -> None:
    assert library.model_offers() == []
    index(library, pictures)
    first, second, third = library.models()
    assert (first.role, first.vectors, first.pictures) == (
        ModelRole.IN_USE,
        len(COLOURS),
        len(COLOURS),
    )
    assert first.disk_bytes > len(COLOURS) * 2 * 16
    assert (second.role, second.vectors, second.disk_bytes) == (ModelRole.UNUSED, 0, 0)
    assert third.model.name == "third"
    assert np.isfinite(first.disk_bytes)
