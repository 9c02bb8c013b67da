"""The contrastive loss, in which several pictures and texts may belong together."""

import torch
from torch import Tensor
from torch.nn import functional


def shared_positives_loss(logits: Tensor, positives: Tensor, ignored: Tensor) -> Tensor:
    """Cross-entropy of each row against all its positives (Khosla et al., SupCon, 2020).

    Args:
        logits: shape ``(rows, columns)``.
        positives: which columns belong to a row: bool, or how much they do, 0 to 1, as for
            pictures that are mixed of two (Yun et al., CutMix, 2019).
        ignored: bool, columns that are neither: perhaps true of the row, although not said.

    Returns:
        The mean over the rows that have a positive, a scalar. A row whose positives sum up to less
        than 1 counts for so much.
    """
    kept = logits.masked_fill(ignored & ~(positives > 0), -1e4)
    log_probabilities = functional.log_softmax(kept, dim=1)
    sums = positives.sum(1).float()
    rows = sums.clamp(max=1.0)
    per_row = -(log_probabilities * positives).sum(1) / sums.clamp(min=1e-6)
    return (per_row * rows).sum() / rows.sum().clamp(min=1e-6)


def symmetric_loss(logits: Tensor, positives: Tensor, ignored: Tensor) -> Tensor:
    """Return the mean of the losses of pictures against texts and of texts against pictures."""
    forward = shared_positives_loss(logits, positives, ignored)
    backward = shared_positives_loss(logits.T, positives.T, ignored.T)
    return (forward + backward) / 2


def cut_mix_loss(logits: Tensor, positives: Tensor, ignored: Tensor, own: Tensor) -> Tensor:
    """Return the symmetric loss of pictures that hold a part of the picture before them.

    Args:
        logits: shape ``(pictures, texts)``.
        positives: bool, which texts belong to a picture before anything was mixed.
        ignored: bool, texts that are neither true nor wrong of it.
        own: which part of a picture is its own, shape ``(pictures,)``; 1 where nothing was mixed.
            See :func:`models.augmentation.cut_mix`.
    """
    share = own.unsqueeze(1)

    def mixed(weights: Tensor) -> Tensor:
        return share * weights + (1.0 - share) * weights.roll(1, 0)

    counts = positives.sum(1, keepdim=True).clamp(min=1)
    # What may be true of the picture before counts only where a part of that is to be seen.
    unsure = ignored | (ignored.roll(1, 0) & (share < 1.0))
    forward = shared_positives_loss(logits, mixed(positives / counts), unsure)
    backward = shared_positives_loss(logits.T, mixed(positives.float()).T, unsure.T)
    return (forward + backward) / 2


def distillation_loss(student: Tensor, teacher: Tensor, temperature: float) -> Tensor:
    """Pull each text's embedding to the teacher's and keep it apart from those of other texts.

    Args:
        student: shape ``(n, dim)``, any length.
        teacher: unit vectors, shape ``(n, dim)``.
        temperature: of the contrast among the texts of the batch.
    """
    unit = functional.normalize(student, dim=-1)
    alignment = 1.0 - (unit * teacher).sum(-1).mean()
    logits = unit @ teacher.T / temperature
    own_structure = (teacher @ teacher.T / temperature).softmax(-1)
    contrast = functional.cross_entropy(logits, own_structure)
    entropy = torch.special.entr(own_structure).sum(-1).mean()
    total: Tensor = 4.0 * alignment + contrast - entropy
    return total
