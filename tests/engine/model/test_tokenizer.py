import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import numpy as np
import pytest
import tokenizers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tokenizers import normalizers, pre_tokenizers, trainers
from tokenizers.models import BPE

from desktop_app.engine.errors import ModelError
from desktop_app.engine.model.model_folder import read_model_folder
from desktop_app.engine.model.tokenizer import Tokenizer

PAD, START, END, UNKNOWN, RED, GREEN, BLUE = range(7)


def encode(folder: Path, text: str) -> list[int]:
    ids: list[int] = Tokenizer(read_model_folder(folder)).encode(text).tolist()
    return ids


def test_adds_start_and_end_and_knows_words(folder: Path) -> None:
    ids = Tokenizer(read_model_folder(folder)).encode("Red xyz")

    assert ids.tolist() == [START, RED, UNKNOWN, END]
    assert ids.dtype == np.int64


def test_fills_up_to_the_full_length_where_the_model_was_trained_so(folder: Path) -> None:
    model = replace(read_model_folder(folder), pads_texts=True, max_text_tokens=5)

    assert Tokenizer(model).encode("red").tolist() == [START, RED, END, PAD, PAD]


def test_cuts_long_texts_but_keeps_the_end(folder: Path) -> None:
    assert encode(folder, "red " * 40) == [START, *[RED] * 14, END]


def test_the_files_own_lengths_do_not_count(folder: Path) -> None:
    inner = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    inner.enable_padding(length=12)
    inner.enable_truncation(3)
    inner.save(str(folder / "tokenizer.json"))

    assert encode(folder, "red green blue") == [START, RED, GREEN, BLUE, END]


@pytest.mark.parametrize(
    ("pad_token", "pad_token_id", "expected"),
    [("<end>", 0, END), ("unheard of", 3, UNKNOWN), (None, 3, UNKNOWN)],
)
def test_fills_up_with_the_named_token_if_there_is_one(
    folder: Path, pad_token: str | None, pad_token_id: int, expected: int
) -> None:
    model = replace(
        read_model_folder(folder),
        pad_token=pad_token,
        pad_token_id=pad_token_id,
        pads_texts=True,
    )

    assert Tokenizer(model).encode("red")[-1] == expected


def test_a_tokenizer_that_adds_nothing_still_gives_a_token(folder: Path) -> None:
    file = folder / "tokenizer.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"post_processor": None}))

    assert encode(folder, "") == [PAD]


def test_fills_up_at_the_start_where_the_tokenizer_says_so(folder: Path) -> None:
    model = replace(read_model_folder(folder), pads_texts=True, pads_left=True, max_text_tokens=5)

    assert Tokenizer(model).encode("red").tolist() == [PAD, PAD, START, RED, END]


@pytest.mark.parametrize("has_normalizer", [True, False])
def test_lowers_texts_where_the_model_was_trained_so(folder: Path, has_normalizer: bool) -> None:
    inner = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    inner.normalizer = normalizers.Replace("rot", "red") if has_normalizer else None
    inner.save(str(folder / "tokenizer.json"))
    model = read_model_folder(folder)

    assert Tokenizer(model).encode("RED").tolist() == [START, UNKNOWN, END]
    assert Tokenizer(replace(model, lowers_texts=True)).encode("RED").tolist() == [START, RED, END]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(), max_size=30))
def test_takes_any_text(folder: Path, text: str) -> None:
    ids = encode(folder, text)

    assert 2 <= len(ids) <= 16
    assert (ids[0], ids[-1]) == (START, END)


def test_takes_lone_surrogates_from_the_command_line(folder: Path) -> None:
    assert encode(folder, "red \udcff") == [START, RED, UNKNOWN, END]


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b'{"version": "1.0", "model": 3}'])
def test_says_that_the_file_is_damaged(folder: Path, content: bytes) -> None:
    (folder / "tokenizer.json").write_bytes(content)

    with pytest.raises(ModelError) as caught:
        Tokenizer(read_model_folder(folder))

    assert caught.value.text == (
        "The model Tiny test model is damaged: tokenizer.json cannot be loaded."
    )


def test_says_that_there_is_no_token_for_a_word(folder: Path) -> None:
    file = folder / "tokenizer.json"
    content = json.loads(file.read_text())
    del content["model"]["vocab"]["<unk>"]
    file.write_text(json.dumps(content))

    with pytest.raises(ModelError, match=r"tokenizer\.json cannot be used"):
        Tokenizer(read_model_folder(folder)).encode("purple")


class TheirTokenizer(Protocol):
    def __call__(
        self, texts: list[str], *, truncation: bool, max_length: int
    ) -> dict[str, list[list[int]]]: ...
    def save_pretrained(self, folder: str) -> object: ...


SENTENCES = [
    "two dogs playing in the snow",
    "It's a DOG's life; they'll say, we've 2,024 reasons!",
    "  tabs\tand\nnew   lines ",
    "naïve café, Ångström, ﬁ ligature, e\u0301 combined",
    "犬が雪の中で遊んでいる",
    "собаки в снегу, σκύλος, כלב, كلب",
    "👩‍👩‍👧‍👦 🏳️‍🌈 \u200b\u00a0\u3000",
    "<|startoftext|> literal <|endoftext|> tokens",
    "",
    "\x00 \x07 control",
    "long " * 100,
]


@pytest.fixture(scope="module")
def clip_tokenizer() -> TheirTokenizer:
    """CLIP's own kind of tokenizer, with a vocabulary learned from a few sentences."""
    transformers = pytest.importorskip("transformers", reason="the models extra is not installed")
    learner = tokenizers.Tokenizer(BPE(end_of_word_suffix="</w>"))
    learner.normalizer = normalizers.Lowercase()
    learner.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    bytes_alone = sorted(pre_tokenizers.ByteLevel.alphabet())
    learner.train_from_iterator(
        SENTENCES,
        trainers.BpeTrainer(
            vocab_size=700,
            initial_alphabet=bytes_alone,
            end_of_word_suffix="</w>",
            special_tokens=["<|startoftext|>", "<|endoftext|>"],
            show_progress=False,
        ),
    )
    learned = json.loads(learner.to_str())["model"]
    vocabulary = learned["vocab"]
    for letter in bytes_alone:  # OpenAI's vocabulary also ends words with every byte
        vocabulary.setdefault(letter + "</w>", len(vocabulary))
    make: Callable[..., TheirTokenizer] = transformers.CLIPTokenizer
    return make(vocab=vocabulary, merges=[tuple(pair) for pair in learned["merges"]])


def test_agrees_with_transformers_clip_tokenizer(
    folder: Path, tmp_path: Path, clip_tokenizer: TheirTokenizer
) -> None:
    clip_tokenizer.save_pretrained(str(tmp_path / "saved"))
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (tmp_path / "saved" / name).replace(folder / name)
    theirs = clip_tokenizer(SENTENCES, truncation=True, max_length=16)["input_ids"]

    ours = [encode(folder, sentence) for sentence in SENTENCES]

    assert ours == theirs
    assert len(set(map(tuple, ours))) == len(SENTENCES), "the vocabulary tells them apart"
