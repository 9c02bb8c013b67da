"""All texts of the training as tensors: the teacher's vectors and our own token ids."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from models.phrases import TextCorpus
from models.vocabulary import PAD_ID


@dataclass(frozen=True)
class CorpusVectors:
    """The corpus in numbers.

    Attributes:
        teacher: the teacher's unit vectors, float16, shape ``(texts, 384)``.
        token_ids: padded ids, int32, shape ``(texts, longest)``.
        lengths: real tokens of each text, shape ``(texts,)``.
    """

    teacher: Tensor
    token_ids: Tensor
    lengths: Tensor

    def teacher_rows(self, rows: Tensor | Sequence[int]) -> Tensor:
        """Return the teacher's vectors of some texts as float32, shape ``(len(rows), 384)``."""
        return self.teacher[torch.as_tensor(rows)].float()

    def tokens(self, rows: Tensor | Sequence[int]) -> tuple[Tensor, Tensor]:
        """Return ids and mask of some texts, int64, cut to the longest of them."""
        index = torch.as_tensor(rows)
        lengths = self.lengths[index]
        longest = int(lengths.max())
        ids = self.token_ids[index, :longest].long()
        at = torch.arange(longest, device=lengths.device)
        return ids, (at.unsqueeze(0) < lengths.unsqueeze(1)).long()

    def to(self, device: str) -> "CorpusVectors":
        """Return the same vectors on a device."""
        return CorpusVectors(
            self.teacher.to(device), self.token_ids.to(device), self.lengths.to(device)
        )


def tokenize_all(
    tokenizer: Tokenizer, texts: Sequence[str], max_tokens: int
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Tokenize texts, cutting long ones.

    Returns:
        Padded ids, shape ``(n, max_tokens)``, and the lengths, shape ``(n,)``.
    """
    ids = np.full((len(texts), max_tokens), PAD_ID, dtype=np.int32)
    lengths = np.zeros(len(texts), dtype=np.int64)
    for row, encoding in enumerate(tokenizer.encode_batch(list(texts))):
        kept = encoding.ids[:max_tokens]
        ids[row, : len(kept)] = kept
        lengths[row] = len(kept)
    return ids, lengths


def corpus_vectors(
    corpus: TextCorpus, teacher: NDArray[np.float16], tokenizer: Tokenizer, max_tokens: int
) -> CorpusVectors:
    """Put a corpus into tensors."""
    ids, lengths = tokenize_all(tokenizer, corpus.texts, max_tokens)
    return CorpusVectors(
        torch.from_numpy(teacher), torch.from_numpy(ids), torch.from_numpy(lengths)
    )
