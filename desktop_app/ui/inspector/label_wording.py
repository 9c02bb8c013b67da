"""What is said of ratings and tags that were changed."""

from collections.abc import Sequence

from desktop_app.engine.records import CommonLabels
from desktop_app.ui.words import part_wording, wording
from desktop_app.ui.words.language import tr

_MOST_TAGS = 12
"""Tags of a selection that are listed: of more, nobody reads them all."""


def rated(stars: int, pictures: int) -> str:
    """What was done when pictures got a rating: ``3 pictures: ★★★★☆``."""
    if not stars:
        return tr("Labels", "{pictures}: rating taken away").format(pictures=_counted(pictures))
    text = tr("Labels", "{pictures}: {stars}")
    return text.format(pictures=_counted(pictures), stars=part_wording.stars(stars))


def tagged(add: Sequence[str], remove: Sequence[str], pictures: int) -> str:
    """What was done when pictures got tags and lost others."""
    parts = []
    if add:
        parts.append(tr("Labels", "tagged {tags}").format(tags=_listed(add)))
    if remove:
        parts.append(tr("Labels", "without {tags} now").format(tags=_listed(remove)))
    text = tr("Labels", "{pictures}: {changes}")
    return text.format(pictures=_counted(pictures), changes=", ".join(parts))


def taken_back(what: str) -> str:
    """What is said when something was undone."""
    return tr("Labels", "Taken back: {what}.").format(what=what)


def already_so(pictures: int) -> str:
    """What is said where nothing changed."""
    if pictures == 1:
        return tr("Labels", "The picture has that already.")
    return tr("Labels", "The pictures have that already.")


def title(pictures: int) -> str:
    """What the field for tags is about."""
    if pictures == 1:
        return tr("Labels", "Tags")
    return tr("Labels", "Tags of {pictures}").format(pictures=_counted(pictures))


def present(labels: CommonLabels) -> str:
    """Which tags some pictures have, and how many of them where it is not all."""
    if not labels.tags:
        return tr("Labels", "No tags yet.")
    said = []
    for name, count in labels.tags[:_MOST_TAGS]:
        if count == labels.pictures:
            said.append(name)
        else:
            text = tr("Labels", "{tag} ({count} of {all})")
            counts = (wording.count(number) for number in (count, labels.pictures))
            said.append(text.format(tag=name, **dict(zip(("count", "all"), counts, strict=True))))
    if len(labels.tags) > _MOST_TAGS:
        said.append("…")
    return tr("Labels", "Now: {tags}").format(tags=" · ".join(said))


def unwritten(pictures: int) -> str:
    """That labels could not be written beside pictures."""
    text = tr("Labels", "The labels of {pictures} could not be written beside them.")
    if pictures == 1:
        text = tr("Labels", "The labels of one picture could not be written beside it.")
    return text.format(pictures=_counted(pictures))


def _counted(pictures: int) -> str:
    return wording.pictures(pictures)


def _listed(tags: Sequence[str]) -> str:
    return ", ".join(f"“{tag}”" for tag in tags)
