"""The tables of models: what they leave out, and that they fit."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.records import (
    InstalledModel,
    LibraryModel,
    ModelOffer,
    ModelRole,
    QualityFigure,
)
from desktop_app.model_tables import display_title, models_text, offers_text, role

FULL = InstalledModel(
    name="garden-net",
    title="Garden Net, large, patch 14, for everything that grows anywhere",
    key="k",
    dim=8,
    size_bytes=158_000_000,
    licence="mit",
    languages=("en", "de", "fr", "es", "it"),
    quality=(QualityFigure("100 Sports test", "zero-shot top-1", 0.724),),
)
BARE = InstalledModel("bare", "Bare", "b", 8, 2_000_000)
BUILTIN = InstalledModel("starter", "Some title of a card", "s", 8, 5_000_000, is_builtin=True)
OFFER = ModelOffer(
    name="clip",
    title="CLIP ViT-B/32",
    address="https://hub.example/clip",
    revision="d15189d7028b43f1d3e65039190477f6af591c2a",
    size_bytes=150_000_000,
    licence="mit",
    languages=("en",),
    description="Knows far more than the built-in model; English, quick on any computer.",
)


def in_library(
    model: InstalledModel, role: ModelRole = ModelRole.UNUSED, vectors: int = 0, pictures: int = 300
) -> LibraryModel:
    return LibraryModel(model, role, vectors, pictures, disk_bytes=0)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (in_library(BARE), "-"),
        (in_library(BARE, ModelRole.IN_USE, 300), "in use"),
        (in_library(BARE, ModelRole.IN_USE, 0, 0), "in use"),
        (in_library(BARE, ModelRole.IN_USE, 63), "in use, 21%"),
        (in_library(BARE, ModelRole.NEXT, 299), "next, 99%"),
        (in_library(BARE, ModelRole.NEXT, 0, 0), "next"),
        (in_library(BARE, ModelRole.KEPT, 300), "ready"),
        (in_library(BARE, ModelRole.KEPT, 63), "21%"),
        (
            in_library(
                InstalledModel("gone", "Gone", "", 0, 0, problem="Gone.", is_missing=True),
                ModelRole.KEPT,
                300,
            ),
            "missing",
        ),
        (
            in_library(InstalledModel("cut", "Cut", "", 0, 9, problem="Cut."), ModelRole.KEPT, 300),
            "unusable",
        ),
    ],
)
def test_role_tells_how_ready_a_model_is(one: LibraryModel, said: str) -> None:
    assert role(one) == said


def test_the_built_in_model_has_one_name() -> None:
    head, row, _ = models_text([in_library(BUILTIN)], None).split("\n")
    assert row.index("built-in model") == head.index("TITLE")
    assert "Some title" not in row
    assert display_title(BUILTIN.title, is_builtin=True) == "the built-in model"
    assert display_title(BARE.title, is_builtin=False) == "Bare"


def test_empty_columns_are_left_out() -> None:
    head, row, _ = models_text([in_library(BARE, ModelRole.KEPT, 300)], None).split("\n")
    assert head.split() == ["NAME", "TITLE", "ROLE", "SIZE"]
    assert row.split() == ["bare", "Bare", "ready", "2.0", "MB"]
    assert "LICENCE" in models_text([in_library(FULL)], None)


def test_nothing_is_shortened_for_a_pipe() -> None:
    assert FULL.title in models_text([in_library(FULL)], None)
    assert OFFER.description in offers_text([OFFER], None)


def test_a_narrow_terminal_gets_shorter_titles_and_whole_names() -> None:
    head, row, _ = models_text([in_library(FULL)], 80).split("\n")
    assert len(head) <= 80
    assert len(row) <= 80
    assert row.startswith("garden-net  Garden ")
    assert "158 MB" in row
    assert "…" in row


def test_each_offer_has_its_description_below_it() -> None:
    head, row, *description = offers_text([OFFER], 60).rstrip("\n").split("\n")
    assert head.split() == ["NAME", "TITLE", "SIZE", "LICENCE", "LANGUAGES"]
    assert row.startswith("clip  CLIP ViT-B/32  150 MB")
    assert len(description) == 2
    assert all(line.startswith("    ") for line in description)
    assert " ".join(line.strip() for line in description) == OFFER.description


def test_a_problem_is_told_below_the_table() -> None:
    broken = InstalledModel("cut", "Cut", "", 0, 9, problem="Its tokenizer is missing.")
    text = models_text([in_library(broken), in_library(BARE)], 80)
    assert text.endswith("\ncut cannot be used: Its tokenizer is missing.\n")


@given(
    st.lists(st.text(st.characters(categories=["L", "N", "P"]), max_size=80), min_size=1),
    st.integers(min_value=1, max_value=200),
)
def test_every_row_fits(titles: Sequence[str], width: int) -> None:
    models = [in_library(InstalledModel("m", title, "k", 8, 1_000_000)) for title in titles]
    lines = models_text(models, width).removesuffix("\n").split("\n")
    assert len(lines) == len(titles) + 1
    assert all(len(line) <= width for line in lines)
