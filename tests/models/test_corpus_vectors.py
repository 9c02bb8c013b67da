"""The texts in numbers."""

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the models extra is not installed")

from models.corpus_vectors import corpus_vectors, tokenize_all  # noqa: E402
from models.phrases import TextCorpus  # noqa: E402
from models.vocabulary import PAD_ID, train_tokenizer  # noqa: E402

TEXTS = ("a dog", "a photo of a dog on the beach", "dog")


def test_long_texts_are_cut_and_short_ones_padded() -> None:
    tokenizer = train_tokenizer(TEXTS * 3, 300)

    ids, lengths = tokenize_all(tokenizer, TEXTS, 6)

    assert ids.shape == (3, 6)
    assert lengths.tolist() == [4, 6, 3]
    assert ids[2, 3:].tolist() == [PAD_ID] * 3


def test_a_batch_is_as_wide_as_its_longest_text() -> None:
    tokenizer = train_tokenizer(TEXTS * 3, 300)
    corpus = TextCorpus(TEXTS, {}, (), (), (0, 1, 2))
    teacher = np.eye(3, 384, dtype=np.float16)

    vectors = corpus_vectors(corpus, teacher, tokenizer, 40)

    ids, mask = vectors.tokens([0, 2])
    assert ids.shape == (2, 4)
    assert mask.tolist() == [[1, 1, 1, 1], [1, 1, 1, 0]]
    assert vectors.teacher_rows([2]).argmax().item() == 2
    assert vectors.teacher_rows([2]).dtype == torch.float32
