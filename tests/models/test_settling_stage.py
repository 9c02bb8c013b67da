"""The last stage, for which the texts are embedded once."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("torch", reason="the models extra is not installed")
pytest.importorskip("transformers", reason="the models extra is not installed")

import torch
from torch.nn import functional

from models.preparation import prepare
from models.settling_stage import embed_corpus
from models.towers import TextTower
from tests.models.test_train import RECIPE, fake_teacher

if TYPE_CHECKING:
    from tests.models.conftest import TinyData


def test_every_text_gets_the_vector_it_has_alone(tiny_data: "TinyData", tmp_path: Path) -> None:
    ready = prepare(tiny_data.root, tmp_path / "work", RECIPE, 0, fake_teacher, tiny_data.wordnet)
    tower = TextTower(RECIPE.text_shape(ready.tokenizer.get_vocab_size())).eval()

    embedded = embed_corpus(tower, ready.pictures)

    assert len(embedded) == len(ready.pictures.corpus.texts)
    for row in range(0, len(embedded), 7):
        with torch.no_grad():
            alone = tower(*ready.pictures.vectors.tokens([row]))
        assert functional.cosine_similarity(alone, embedded[row : row + 1]).item() > 0.9999
