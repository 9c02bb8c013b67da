"""What scripts read of models: plain dictionaries for JSON."""

from desktop_app.engine.records import EmbedSummary, InstalledModel, LibraryModel, ModelOffer
from desktop_app.terminal import skip_dicts


def model_dict(model: InstalledModel) -> dict[str, object]:
    """An installed model."""
    return {
        "name": model.name,
        "title": model.title,
        "key": model.key,
        "dim": model.dim,
        "bytes": model.size_bytes,
        "licence": model.licence,
        "languages": list(model.languages),
        "quality": [
            {"dataset": one.dataset, "metric": one.metric, "value": one.value}
            for one in model.quality
        ],
        "builtin": model.is_builtin,
        "problem": model.problem,
        "missing": model.is_missing,
    }


def library_model_dict(one: LibraryModel) -> dict[str, object]:
    """The same, with what the library has of it."""
    return model_dict(one.model) | {
        "role": str(one.role),
        "vectors": one.vectors,
        "pictures": one.pictures,
        "library_bytes": one.disk_bytes,
    }


def offer_dict(offer: ModelOffer) -> dict[str, object]:
    """A model to download."""
    return {
        "name": offer.name,
        "title": offer.title,
        "address": offer.address,
        "revision": offer.revision,
        "bytes": offer.size_bytes,
        "licence": offer.licence,
        "languages": list(offer.languages),
        "description": offer.description,
        "installed": offer.is_installed,
    }


def use_dict(name: str, summary: EmbedSummary) -> dict[str, object]:
    """How choosing a model ended."""
    return {
        "name": name,
        "in_use": summary.switched,
        "made": summary.made,
        "failed": skip_dicts(summary.failed),
        "silent": list(summary.silent),
        "seconds": round(summary.seconds, 3),
    }
