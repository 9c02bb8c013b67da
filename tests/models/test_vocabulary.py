"""The text tower's vocabulary."""

from pathlib import Path

from tokenizers import Tokenizer

from models.vocabulary import END_ID, PAD_ID, START_ID, load_tokenizer, token_texts, train_tokenizer

TEXTS = ["a photo of ice climbing", "a photo of judo", "ice on a photo of judo"] * 3


def test_texts_are_folded_and_framed_by_their_reader_alone(tmp_path: Path) -> None:
    path = tmp_path / "tokenizer.json"
    train_tokenizer(TEXTS, 400).save(str(path))

    encoded = Tokenizer.from_file(str(path)).encode("A PHOTO of Ｊｕｄｏ")

    assert encoded.ids == Tokenizer.from_file(str(path)).encode("a photo of judo").ids
    assert (encoded.ids[0], encoded.ids[-1]) == (START_ID, END_ID)
    assert len(encoded.ids) == 6


def test_an_underscore_counts_as_a_space() -> None:
    tokenizer = train_tokenizer(TEXTS, 400)

    assert tokenizer.encode("ice_climbing").ids == tokenizer.encode("ice climbing").ids


def test_any_text_can_be_encoded() -> None:
    tokenizer = train_tokenizer(TEXTS, 400)

    assert PAD_ID not in tokenizer.encode("日本 ☃ naïve").ids
    assert tokenizer.encode("").ids == [START_ID, END_ID]


def test_tokens_know_the_text_they_stand_for() -> None:
    tokenizer = train_tokenizer(TEXTS, 400)

    texts = token_texts(tokenizer)

    assert len(texts) == tokenizer.get_vocab_size()
    assert texts[tokenizer.encode("climbing").ids[1]] == "climbing"
    assert texts[PAD_ID] == ""


def test_a_trained_tokenizer_is_kept(tmp_path: Path) -> None:
    cache = tmp_path / "tokenizer.json"
    first = load_tokenizer(TEXTS, 400, cache)

    assert load_tokenizer(["other words"], 400, cache).to_str() == first.to_str()
