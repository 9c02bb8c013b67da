"""Trains the byte-level BPE vocabulary of the text tower."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
from tokenizers import decoders as token_decoders

PAD, START, END = "<pad>", "<start>", "<end>"
PAD_ID, START_ID, END_ID = 0, 1, 2


def train_tokenizer(texts: Iterable[str], size: int) -> Tokenizer:
    """Learn a vocabulary of at most ``size`` tokens.

    The tokenizer normalises (NFKC, lower case, a space for an underscore, as in names of files
    and classes) and adds the start and end tokens by itself, so that its readers need nothing
    but ``encode(text).ids``.
    """
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.Replace("_", " "),
            normalizers.Strip(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True)
    tokenizer.decoder = token_decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        min_frequency=2,
        special_tokens=[PAD, START, END],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{START} $A {END}", special_tokens=[(START, START_ID), (END, END_ID)]
    )
    return tokenizer


def token_texts(tokenizer: Tokenizer) -> list[str]:
    """Return the text that each token stands for, by token id; special tokens stand for nothing."""
    decoder = token_decoders.ByteLevel()
    special = {PAD_ID, START_ID, END_ID}
    texts = []
    for token_id in range(tokenizer.get_vocab_size()):
        token = tokenizer.id_to_token(token_id) or ""
        texts.append("" if token_id in special else decoder.decode([token]).strip())
    return texts


def load_tokenizer(texts: Sequence[str], size: int, cache: Path) -> Tokenizer:
    """Read the tokenizer of an earlier run, or train it and keep it in ``cache``."""
    if cache.is_file():
        return Tokenizer.from_file(str(cache))
    tokenizer = train_tokenizer(texts, size)
    cache.parent.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(cache))
    return tokenizer
