"""Several models in one library: using another one, going back, and removing one."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import ModelError, StoreError, UserFacingError
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import (
    EmbedProgress,
    EmbedSummary,
    IndexSummary,
    LibraryModel,
    ModelRole,
    Query,
)
from tests.helpers.fake_encoder import COLOURS, FakeEncoder
from tests.helpers.one_model import OneModel
from tests.helpers.turned_encoder import TurnedEncoder

Index = Callable[..., IndexSummary]


@pytest.fixture
def models() -> OneModel:
    return OneModel(TurnedEncoder("first"), TurnedEncoder("second"), TurnedEncoder("third"))


@pytest.fixture
def library(paths: DataPaths, models: OneModel) -> Iterator[Library]:
    opened = Library.open(paths, models)
    yield opened
    opened.close()


def embed(library: Library) -> EmbedSummary:
    """Embed to the end; only the last report is a summary."""
    *progress, summary = library.embed_next(CancelToken())
    assert all(isinstance(report, EmbedProgress) for report in progress)
    assert isinstance(summary, EmbedSummary)
    return summary


def answers(library: Library) -> dict[str, str]:
    """The best hit for every colour, by its name."""
    best = {}
    for colour in COLOURS:
        hits = library.search(Query(words=colour), 1)
        (picture,) = library.pictures(hits.ids.tolist()).values()
        best[colour] = Path(picture.path).stem
    return best


RIGHT = {colour: colour for colour in COLOURS}


def by_name(library: Library) -> dict[str, LibraryModel]:
    return {one.model.name: one for one in library.models()}


def roles(library: Library) -> dict[str, ModelRole]:
    return {name: one.role for name, one in by_name(library).items()}


def save_colour(path: Path, colour: str, mtime_s: int | None = None) -> None:
    Image.new("RGB", (64, 48), COLOURS[colour]).save(path)
    if mtime_s is not None:
        os.utime(path, (mtime_s, mtime_s))


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
        save_colour(pictures / "new.png", "red")
        save_colour(pictures / "green.png", "blue", 1)
        (pictures / "white.png").unlink()
        index(library)
        assert library.use_model("first") is ModelRole.NEXT
        assert library.status().model == TurnedEncoder("second").info
        summary = embed(library)
        assert (summary.made, summary.switched) == (2, True)
        assert len(library.search(Query(words="red")).ids) == len(COLOURS)
        assert {answers(library)["blue"]} <= {"blue", "green"}

    def test_pictures_that_come_before_it_is_complete_are_not_missed(
        self, library: Library, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        library.use_model("second")
        save_colour(pictures / "new.png", "red")
        index(library)
        assert len(library.search(Query(words="red")).ids) == len(COLOURS) + 1
        assert embed(library).made == len(COLOURS) + 1
        assert len(library.search(Query(words="red")).ids) == len(COLOURS) + 1

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


class TestEmbedding:
    def test_and_indexing_keep_each_other_out(
        self, library: Library, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        library.use_model("second")
        embedding = library.embed_next(CancelToken())
        next(embedding)
        for attempt in (
            lambda: index(library),
            lambda: embed(library),
            lambda: library.remove_model("third"),
            lambda: library.remove_root(1),
        ):
            with pytest.raises(UserFacingError, match=r"Another model is getting to know"):
                attempt()
        embedding.close()  # type: ignore[attr-defined]  # a generator
        indexing = library.index([], CancelToken())
        next(indexing)
        with pytest.raises(UserFacingError, match="being indexed"):
            embed(library)
        list(indexing)
        assert embed(library).switched

    def test_cancelled_keeps_what_was_reported(
        self, library: Library, paths: DataPaths, models: OneModel, pictures: Path, index: Index
    ) -> None:
        library.close()
        paths.settings.write_text('{"batch_size": 1}')
        library = Library.open(paths, models)
        index(library, pictures)
        library.use_model("second")
        cancel = CancelToken()
        reported = 0
        for report in library.embed_next(cancel):
            if isinstance(report, EmbedProgress):
                reported = report.done
                if reported == 3:
                    cancel.cancel()
        assert isinstance(report, EmbedSummary)
        assert (report.cancelled, report.switched) == (True, False)
        assert reported <= report.made < len(COLOURS)
        progress = library.status().next_model
        assert progress is not None
        assert (progress.done, progress.total) == (report.made, len(COLOURS))
        assert answers(library) == RIGHT
        assert embed(library).made == len(COLOURS) - report.made
        library.close()

    def test_whose_plan_changes_at_the_last_moment_does_not_switch(
        self, library: Library, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        library.use_model("second")
        cancel = CancelToken()
        for report in library.embed_next(cancel):
            if isinstance(report, EmbedProgress) and report.done == report.total:
                library.use_model("third")
        assert isinstance(report, EmbedSummary)
        assert not report.switched
        assert roles(library)["first"] is ModelRole.IN_USE
        assert roles(library)["third"] is ModelRole.NEXT

    def test_cancelled_when_all_is_made_leaves_the_switch_to_the_next_run(
        self, library: Library, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        library.use_model("second")
        cancel = CancelToken()
        for report in library.embed_next(cancel):
            if isinstance(report, EmbedProgress) and report.done == report.total:
                cancel.cancel()
        assert isinstance(report, EmbedSummary)
        assert (report.made, report.switched) == (len(COLOURS), False)
        assert answers(library) == RIGHT
        summary = embed(library)
        assert (summary.made, summary.switched) == (0, True)

    def test_takes_thumbnails_where_files_are_out_of_reach(
        self, library: Library, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        pictures.rename(pictures.with_name("unplugged"))
        library.use_model("second")
        summary = embed(library)
        assert (summary.made, summary.failed, summary.switched) == (len(COLOURS), (), True)
        assert answers(library) == RIGHT

    def test_takes_the_thumbnail_of_a_file_that_has_changed(
        self, library: Library, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        save_colour(pictures / "red.png", "blue", 1)
        library.use_model("second")
        embed(library)
        assert answers(library) == RIGHT
        index(library)
        hits = library.search(Query(words="blue"), 2)
        found = {Path(one.path).stem for one in library.pictures(hits.ids.tolist()).values()}
        assert found == {"red", "blue"}

    def test_is_not_held_up_by_pictures_without_file_and_thumbnail(
        self, library: Library, paths: DataPaths, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        shutil.rmtree(paths.thumbnails)
        (pictures / "red.png").rename(pictures.parent / "red.png")
        save_colour(pictures / "blue.png", "white", 1)
        (pictures / "green.png").write_bytes(b"\x89PNG\r\n\x1a\n damaged")
        library.use_model("second")
        summary = embed(library)
        assert summary.switched
        assert summary.made == len(COLOURS) - 3
        reasons = {Path(skip.path).stem: skip.reason for skip in summary.failed}
        assert reasons.keys() == {"red", "blue", "green"}
        assert "no longer there" in reasons["red"]
        assert "has changed" in reasons["blue"]
        assert "damaged" in reasons["green"]
        assert len(library.search(Query(words="red")).ids) == len(COLOURS) - 3

        # Later scans make up for it, once the files are there again.
        (pictures.parent / "red.png").rename(pictures / "red.png")
        save_colour(pictures / "blue.png", "blue", 2)
        save_colour(pictures / "green.png", "green", 2)
        assert index(library).updated == 3
        assert answers(library) == RIGHT

    def test_tries_failed_pictures_once_a_run(
        self, library: Library, paths: DataPaths, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        library.use_model("second")
        embed(library)
        shutil.rmtree(paths.thumbnails)
        pictures.rename(pictures.with_name("unplugged"))
        library.use_model("third")
        summary = embed(library)
        assert (summary.made, len(summary.failed), summary.switched) == (0, len(COLOURS), True)
        assert list(library.embed_next(CancelToken())) == [EmbedSummary(title="")]
        assert library.use_model("first") is ModelRole.IN_USE

    def test_saves_the_index_before_the_switch(
        self, library: Library, paths: DataPaths, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        before = set(paths.vector_indexes.iterdir())
        library.use_model("second")
        embed(library)
        assert len(set(paths.vector_indexes.iterdir()) - before) == 2
        assert by_name(library)["second"].disk_bytes > 0

    def test_of_a_model_that_breaks_drops_the_plan(
        self, library: Library, models: OneModel, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        library.use_model("second")
        models.problems["second"] = "Its image tower is damaged."
        with pytest.raises(ModelError, match="damaged"):
            embed(library)
        assert list(library.embed_next(CancelToken())) == [EmbedSummary(title="")]
        assert answers(library) == RIGHT

    def test_of_a_model_that_is_gone_waits_for_it(
        self, library: Library, models: OneModel, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        library.use_model("second")
        encoder = models.encoders.pop("second")
        assert library.status().next_model is None
        assert list(library.embed_next(CancelToken())) == [EmbedSummary(title="")]
        models.encoders["second"] = encoder
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


class TestModelsThatGo:
    def test_removing_one_frees_all_it_made(
        self, library: Library, paths: DataPaths, models: OneModel, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        files = set(paths.vector_indexes.iterdir())
        library.use_model("second")
        embed(library)
        library.use_model("first")
        library.remove_model("second")
        assert "second" not in by_name(library)
        assert "second" not in models.encoders
        assert set(paths.vector_indexes.iterdir()) == files
        models.encoders["second"] = TurnedEncoder("second")
        assert by_name(library)["second"].vectors == 0
        assert answers(library) == RIGHT

    def test_the_one_in_use_and_the_built_in_one_stay(
        self, library: Library, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        library.use_model("second")
        embed(library)
        with pytest.raises(ModelError, match="second is in use"):
            library.remove_model("second")
        with pytest.raises(ModelError, match="built-in"):
            library.remove_model("first")
        with pytest.raises(ModelError, match="no model fourth"):
            library.remove_model("fourth")
        assert answers(library) == RIGHT

    def test_removing_the_next_one_drops_the_plan(
        self, library: Library, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        library.use_model("second")
        library.remove_model("second")
        assert library.status().next_model is None
        assert list(library.embed_next(CancelToken())) == [EmbedSummary(title="")]

    def test_one_that_vanished_is_replaced_by_the_built_in_one_with_a_notice(
        self, library: Library, paths: DataPaths, models: OneModel, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        library.use_model("second")
        embed(library)
        library.close()
        encoder = models.encoders.pop("second")
        library = Library.open(paths, models)
        assert answers(library) == RIGHT
        notice = library.status().notice
        assert notice is not None
        assert "built-in model answers instead of second" in notice
        kept = by_name(library)["second"]
        assert (kept.role, kept.vectors) == (ModelRole.KEPT, len(COLOURS))
        assert kept.model.problem is not None
        library.close()

        models.encoders["second"] = encoder  # the drive is back
        library = Library.open(paths, models)
        assert library.status().notice is None
        assert library.status().model == encoder.info
        library.close()

    def test_what_is_left_of_one_that_vanished_can_be_freed(
        self, library: Library, paths: DataPaths, models: OneModel, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        library.use_model("second")
        embed(library)
        library.close()
        del models.encoders["second"]
        library = Library.open(paths, models)
        library.remove_model("second")
        assert "second" not in by_name(library)
        library.close()
        library = Library.open(paths, models)
        assert library.status().notice is None
        assert answers(library) == RIGHT
        library.close()

    def test_a_model_for_this_run_only_is_no_reason_for_a_notice(
        self, library: Library, paths: DataPaths, models: OneModel, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        library.use_model("second")
        embed(library)
        library.close()
        given = OneModel(TurnedEncoder("given"))
        given._builtin = ""
        library = Library.open(paths, given)
        assert library.status().notice is None
        assert index(library).updated == len(COLOURS)
        assert answers(library) == RIGHT
        library.close()
        library = Library.open(paths, models)
        assert library.status().model == TurnedEncoder("second").info
        assert answers(library) == RIGHT
        library.close()

    def test_an_update_of_the_built_in_model_frees_what_the_old_one_made(
        self, paths: DataPaths, pictures: Path, index: Index
    ) -> None:
        old = Library.open(paths, OneModel(TurnedEncoder("old"), builtin="starter"))
        index(old, pictures)
        old.close()
        new = Library.open(paths, OneModel(TurnedEncoder("new"), builtin="starter"))
        assert [one.model.name for one in new.models()] == ["starter"]
        assert new.models()[0].vectors == 0
        assert index(new).updated == len(COLOURS)
        assert answers(new) == RIGHT
        assert [one.vectors for one in new._catalog.stored_models()] == [0, len(COLOURS)]
        assert len(list(paths.vector_indexes.iterdir())) == 2
        new.close()


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
