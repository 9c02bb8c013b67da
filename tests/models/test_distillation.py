"""How the text tower's training draws its texts and starts."""

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the models extra is not installed")
pytest.importorskip("transformers", reason="the models extra is not installed")

from models.distillation import TextSampler, meaningful_token_weights  # noqa: E402
from models.phrases import TextCorpus  # noqa: E402

CORPUS = TextCorpus(
    texts=tuple(str(row) for row in range(100)),
    sentences={0: tuple(range(10)), 1: tuple(range(10, 20))},
    classes=(tuple(range(20, 60)),),
    class_names=("all",),
    loose=tuple(range(60, 100)),
)


def test_groups_are_drawn_in_their_shares() -> None:
    sampler = TextSampler(CORPUS, torch.ones(100, dtype=torch.int64), (0.0, 1.0, 0.0), seed=0)

    rows = next(sampler.batches(30))

    assert 20 <= int(rows.min()) <= int(rows.max()) < 60


def test_texts_of_one_batch_are_alike_long() -> None:
    lengths = torch.randint(3, 40, (100,), generator=torch.Generator().manual_seed(0))
    batches = TextSampler(CORPUS, lengths, (0.4, 0.3, 0.3), seed=0).batches(20)

    spreads = []
    for _ in range(8):
        rows = next(batches)
        assert len(set(rows.tolist())) == len(rows)
        spreads.append(int(lengths[rows].max() - lengths[rows].min()))

    assert np.mean(spreads) < 15


def test_tokens_of_like_meaning_start_alike() -> None:
    chance = np.random.default_rng(0)
    vectors = chance.normal(size=(50, 384))
    vectors[1] = vectors[0] + 0.1 * chance.normal(size=384)

    weights = meaningful_token_weights(vectors.astype(np.float16), 32)

    alike = torch.nn.functional.cosine_similarity(weights[0], weights[1:], dim=-1)
    assert weights.shape == (50, 32)
    assert int(alike.argmax()) == 0
    assert float(weights.std()) == pytest.approx(0.05, rel=1e-3)
