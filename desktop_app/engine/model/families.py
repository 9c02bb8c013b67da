"""The kinds of dual encoder that are known, by the ``model_type`` of their ``config.json``."""

from dataclasses import dataclass

from desktop_app.engine.errors import ModelError
from desktop_app.engine.model.json_fields import JsonFields
from desktop_app.engine.phrases import phrase

_MAX_DIM = 8192


@dataclass(frozen=True, slots=True)
class Family:
    """What a ``model_type`` stands for, with the values transformers leaves unwritten.

    Attributes:
        dim: Length of the vectors; None where the config must say it.
        max_text_tokens: Longest text.
        pad_token_id: What texts are filled up with.
        is_sigmoid: Whether it is of the SigLIP kind: pictures are squeezed to a square, texts
            always filled up to the full length, the pooled output is the vector.
    """

    dim: int | None
    max_text_tokens: int
    pad_token_id: int
    is_sigmoid: bool = False


_FAMILIES = {
    # Ours, and any pair of towers joined by the workshop, such as a multilingual text tower
    # beside CLIP's image tower. The texts' mask hides what they are filled up with.
    "image_seeker_dual_encoder": Family(dim=None, max_text_tokens=64, pad_token_id=0),
    "clip": Family(dim=512, max_text_tokens=77, pad_token_id=49407),
    # A BERT as text tower, projected like CLIP's.
    "chinese_clip": Family(dim=512, max_text_tokens=512, pad_token_id=0),
    # SigLIP, and SigLIP 2 of a fixed resolution, which says the same of itself.
    "siglip": Family(dim=768, max_text_tokens=64, pad_token_id=1, is_sigmoid=True),
}
_UNUSABLE = {
    "siglip2": (
        phrase(
            "Engine: Models",
            "is a SigLIP 2 of the NaFlex kind, which takes pictures cut into patches",
        ),
        phrase(
            "Engine: Models",
            "Choose a SigLIP 2 of a fixed resolution, such as siglip2-base-patch16-224.",
        ),
    ),
    "jina_clip": (
        phrase("Engine: Models", "is a Jina CLIP, whose image tower wants settings of its own"),
        phrase("Engine: Models", "Choose a CLIP, Chinese-CLIP, SigLIP or SigLIP 2 model."),
    ),
}


def read_family(config: JsonFields, model: str) -> Family:
    """Tell what kind of model a ``config.json`` describes.

    Raises:
        ModelError: If it is of a kind that cannot be used.
    """
    model_type = config.text("model_type")
    if model_type in _UNUSABLE:
        reason, hint = _UNUSABLE[model_type]
        raise ModelError(
            phrase("Engine: Models", "The model {model} cannot be used: it {reason}.").format(
                model=model, reason=reason
            ),
            hint,
        )
    family = _FAMILIES.get(model_type)
    if family is None:
        raise ModelError(
            phrase(
                "Engine: Models",
                "The model {model} is of a kind this program does not know: {model_type}.",
            ).format(model=model, model_type=model_type),
            phrase("Engine: Models", "Choose a CLIP, Chinese-CLIP, SigLIP or SigLIP 2 model."),
        )
    return family


def read_dim(config: JsonFields, family: Family) -> int:
    """Length of the vectors.

    Raises:
        ModelError: If it is absent or absurd.
    """
    if not family.is_sigmoid:
        return config.integer("projection_dim", 1, _MAX_DIM, default=family.dim)
    text_config = config.section("text_config")
    width = text_config.integer("hidden_size", 1, _MAX_DIM, default=family.dim)
    return text_config.integer("projection_size", 1, _MAX_DIM, default=width)
