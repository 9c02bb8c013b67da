"""Models that are removed or vanish, and what they made."""

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import ModelError
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import (
    EmbedSummary,
    IndexSummary,
    ModelRole,
)
from tests.helpers.fake_encoder import COLOURS
from tests.helpers.one_model import OneModel
from tests.helpers.several_models import RIGHT, answers, by_name, embed, three_models
from tests.helpers.turned_encoder import TurnedEncoder

Index = Callable[..., IndexSummary]


@pytest.fixture
def models() -> OneModel:
    return three_models()


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
        assert len(list(paths.vector_indexes.iterdir())) == 3
        new.close()
