"""The contrastive loss, in which several pictures and texts may belong together."""

import torch
from torch import Tensor
from torch.nn import functional


def shared_positives_loss(logits: Tensor, positives: Tensor, ignored: Tensor) -> Tensor:
    """Cross-entropy of each row against all its positives alike (Khosla et al., SupCon, 2020).

    Args:
        logits: shape ``(rows, columns)``.
        positives: bool, which columns belong to a row.
        ignored: bool, columns that are neither: perhaps true of the row, although not said.

    Returns:
        The mean over the rows that have a positive, a scalar.
    """
    kept = logits.masked_fill(ignored & ~positives, -1e4)
    log_probabilities = functional.log_softmax(kept, dim=1)
    counts = positives.sum(1)
    per_row = -(log_probabilities * positives).sum(1) / counts.clamp(min=1)
    return per_row[counts > 0].mean()


def symmetric_loss(logits: Tensor, positives: Tensor, ignored: Tensor) -> Tensor:
    """Return the mean of the losses of pictures against texts and of texts against pictures."""
    forward = shared_positives_loss(logits, positives, ignored)
    backward = shared_positives_loss(logits.T, positives.T, ignored.T)
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
