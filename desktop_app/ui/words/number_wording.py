"""Numbers and counted things in the language of the window."""

from PySide6.QtCore import QLocale

from desktop_app.ui.words.language import tr
from desktop_app.ui.words.plural_rules import is_one

NARROW_SPACE = "\u202f"


def code() -> str:
    """The code of the language that the window speaks: ``en``, ``fr``.

    The translation itself says it, so numbers and words never differ in their language.
    """
    return tr("Numbers", "en", "The code of the language that these words are translated into")


def locale() -> QLocale:
    """What Qt knows of the language that the window speaks."""
    return QLocale(code())


def count(number: int) -> str:
    """Group thousands by a narrow space: ``12 408``."""
    return f"{number:,}".replace(",", NARROW_SPACE)


def decimal(value: float, digits: int) -> str:
    """A number with so many digits behind the point, or the comma: ``2.8``, ``−0.05``."""
    return _written(f"{value:.{digits}f}")


def shortest(value: float) -> str:
    """A number without zeros that say nothing: ``2``, ``0.5``."""
    return _written(f"{value:g}")


def percent(value: float, digits: int = 0) -> str:
    """Hundredths: ``70%``, and ``70 %`` where one writes it so."""
    return tr("Numbers", "{n}%").format(n=decimal(value, digits))


def plural(number: int, one: str, many: str, **named: str) -> str:
    """A counted thing: ``1 picture``, ``36 pictures``.

    Args:
        number: How many.
        one: What is said of one, translated, with ``{n}`` for the number.
        many: What is said of several, likewise. Where they have no ``{n}``, the number stands
            before them.
        **named: What stands for other names in braces.
    """
    form = form_of(number, one, many)
    return (form if "{n}" in form else f"{{n}} {form}").format(n=count(number), **named)


def form_of(number: float, one: str, many: str) -> str:
    """The one of two forms in which a thing is said that is counted or measured."""
    return one if is_one(number, code()) else many


def _written(number: str) -> str:
    point = tr("Numbers", ".", "The sign between a number and its decimals")
    return number.replace("-", "\u2212").replace(".", point)
