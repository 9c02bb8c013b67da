"""Puts together what was told of changes at several times."""

from collections.abc import Iterable

from desktop_app.engine.records import ChangedPlace


def merged(places: Iterable[ChangedPlace]) -> tuple[ChangedPlace, ...]:
    """Each place once, in the order of its first mention; a removal seen once was seen."""
    together: dict[str, bool] = {}
    for place in places:
        together[place.path] = place.saw_removal or together.get(place.path, False)
    return tuple(ChangedPlace(path, saw_removal) for path, saw_removal in together.items())
