import pytest

from desktop_app.engine.records import (
    EmbedProgress,
    EmbedSummary,
    ModelInfo,
    SkipKind,
    SkippedFile,
)
from desktop_app.ui.words import preparation_wording

BUILT_IN = ModelInfo("key", "Starter", 256, is_builtin=True)
OTHER = ModelInfo("key", "ViT-B/32", 512, is_builtin=False)


def skipped(kind: SkipKind, reason: str = "Because.") -> SkippedFile:
    return SkippedFile("/pictures/a.jpg", reason, kind)


@pytest.mark.parametrize(
    ("state", "answering", "is_paused", "text", "short"),
    [
        (
            EmbedProgress("CLIP", 3120, 12000, 37.0),
            BUILT_IN,
            False,
            "Preparing CLIP: 3\u202f120 of 12\u202f000, 4 min left. "
            "The built-in model answers until then.",
            "Preparing 26%",
        ),
        (
            EmbedProgress("CLIP", 0, 12000),
            OTHER,
            False,
            "Preparing CLIP: 0 of 12\u202f000. ViT-B/32 answers until then.",
            "Preparing 0%",
        ),
        (
            EmbedProgress("CLIP", 3120, 12000, 37.0),
            BUILT_IN,
            True,
            "Preparing CLIP is paused at 3\u202f120 of 12\u202f000. "
            "The built-in model answers meanwhile.",
            "Paused at 26%",
        ),
        (
            EmbedProgress("CLIP", 3120, 12000),
            None,  # not loaded yet, or none can be
            False,
            "Preparing CLIP: 3\u202f120 of 12\u202f000.",
            "Preparing 26%",
        ),
        (
            EmbedProgress("CLIP", 960, 1000, 10.0, is_answering=True),
            OTHER,
            False,
            "Preparing CLIP: 960 of 1\u202f000, less than a minute left. "
            "It answers already; the rest follows.",
            "Preparing 96%",
        ),
        (
            EmbedProgress("CLIP", 960, 1000, is_answering=True),
            OTHER,
            True,
            "Preparing CLIP is paused at 960 of 1\u202f000. It answers already, without the rest.",
            "Paused at 96%",
        ),
        (
            EmbedProgress("CLIP", 0, 0),
            OTHER,
            False,
            "Preparing CLIP: 0 of 0. ViT-B/32 answers until then.",
            "Preparing 0%",
        ),
    ],
)
def test_the_preparation_of_a_model(
    state: EmbedProgress, answering: ModelInfo | None, is_paused: bool, text: str, short: str
) -> None:
    wordings = preparation_wording.embedding(state, answering, is_paused=is_paused)
    assert (wordings[0], wordings[-1]) == (text, short)
    assert list(wordings) == sorted(wordings, key=len, reverse=True)


def test_the_figures_of_a_preparation_outlast_the_title() -> None:
    state = EmbedProgress("A model with a very long name", 144, 1200)
    assert preparation_wording.embedding(state, None, is_paused=True)[1:] == (
        "Preparing A model with a very long name is paused at 144 of 1\u202f200.",
        "Preparing A model with a… is paused at 144 of 1\u202f200.",
        "Preparing is paused at 144 of 1\u202f200.",
        "Paused at 12%",
    )


def test_the_end_of_a_preparation() -> None:
    failed = (skipped(SkipKind.DAMAGED),)
    assert preparation_wording.embedded(EmbedSummary("")) == ""
    assert (
        preparation_wording.embedded(EmbedSummary("CLIP", 9, switched=True))
        == "CLIP answers from now on."
    )
    assert (
        preparation_wording.embedded(EmbedSummary("CLIP", 9, failed, switched=True))
        == "CLIP answers from now on. 1 picture could not be prepared for it."
    )
    assert (
        preparation_wording.embedded(EmbedSummary("CLIP", 9, failed))
        == "1 picture could not be prepared for CLIP."
    )


@pytest.mark.parametrize(
    ("silent", "told"),
    [
        (("/nas",), "/nas does not answer: what is kept of its pictures was used."),
        (("/nas", "/old"), "2 folders do not answer: what is kept of their pictures was used."),
    ],
)
def test_what_did_not_answer_during_a_preparation(silent: tuple[str, ...], told: str) -> None:
    summary = EmbedSummary("CLIP", 9, silent=silent, switched=True)
    assert preparation_wording.embedded(summary) == f"CLIP answers from now on. {told}"


def test_that_preparing_is_paused_is_said_once() -> None:
    state = EmbedProgress("CLIP", 50, 100)
    plain = preparation_wording.embedding(state, None, is_paused=True)
    assert preparation_wording.embedding(state, None, is_paused=True, reason="Paused") == plain
    told = preparation_wording.embedding(
        state, None, is_paused=True, reason="Paused: the battery is low."
    )
    assert "Paused: the battery is low. Preparing CLIP is paused at 50 of 100." in told
