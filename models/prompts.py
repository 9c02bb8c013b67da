"""The sentences around a class's name with which pictures are classified."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

EmbedTexts = Callable[[Sequence[str]], NDArray[np.float32]]

SINGLE = "single"
"""Each set's own sentence: the default, and what all figures mean that say nothing else."""

ENSEMBLE = "ensemble"
ENSEMBLE_TEMPLATES = (
    "itap of a {}.",
    "a bad photo of the {}.",
    "a origami {}.",
    "a photo of the large {}.",
    "a {} in a video game.",
    "art of the {}.",
    "a photo of the small {}.",
)
"""The seven that CLIP's authors found to do nearly as well as all eighty on ImageNet.

https://github.com/openai/CLIP/blob/main/notebooks/Prompt_Engineering_for_ImageNet.ipynb
"""

_MARK = "{}"
_MOST_TEMPLATES = 1000


class TemplateError(Exception):
    """Templates cannot be used; the text says which and why."""


def read_templates(name: str) -> tuple[str, ...]:
    """Find templates.

    Args:
        name: ``single``, ``ensemble``, or a text file with a template a line.

    Returns:
        The templates; none for ``single``, where each set uses its own.

    Raises:
        TemplateError: there are none of that name, or one has no place for the class's name.
    """
    if name == SINGLE:
        return ()
    if name == ENSEMBLE:
        return ENSEMBLE_TEMPLATES
    try:
        lines = Path(name).read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise TemplateError(f"{name} is no text in UTF-8.") from error
    except OSError as error:
        raise TemplateError(
            f"There are no templates {name}: choose {SINGLE}, {ENSEMBLE} or a text file."
        ) from error
    templates = tuple(line.strip() for line in lines if line.strip())
    for template in templates:
        if template.count(_MARK) != 1:
            raise TemplateError(f"{name}: “{template}” must have {_MARK} once, for the name.")
    if not 1 <= len(templates) <= _MOST_TEMPLATES:
        raise TemplateError(f"{name} has {len(templates)} templates; 1 to {_MOST_TEMPLATES} work.")
    return templates


def embed_classes(
    embed: EmbedTexts, names: Sequence[str], templates: Sequence[str]
) -> NDArray[np.float32]:
    """Embed classes by the mean of their sentences.

    Section 3.1.4 of Radford et al. 2021, "Learning Transferable Visual Models From Natural
    Language Supervision": the mean is taken of the vectors, not of the probabilities.

    Args:
        embed: texts to unit vectors, shape ``(n, dim)``.
        names: the classes.
        templates: each with ``{}`` for the name.

    Returns:
        Unit vectors, shape ``(len(names), dim)``.
    """
    # Replaced, not formatted: a name or a template may have braces of its own.
    sentences = [template.replace(_MARK, name) for name in names for template in templates]
    vectors = embed(sentences).reshape(len(names), len(templates), -1).mean(axis=1)
    units: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return units
