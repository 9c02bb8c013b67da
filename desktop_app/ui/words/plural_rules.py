"""Whether so many things are said as one or as several, by language.

From the Unicode CLDR, "Language Plural Rules". The window's sentences have these two forms; a
language with more of them words the second so that it goes with every number, such as
``pictures: {n}``.
"""

from collections.abc import Callable

Rule = Callable[[float], bool]
"""Whether a number, of things or of a measure, not negative, is said as one."""


def _germanic(number: float) -> bool:
    return number == 1


def _romance(number: float) -> bool:
    return number < 2


def _east_slavic(number: float) -> bool:
    return number % 10 == 1 and number % 100 != 11


def _single(_number: float) -> bool:
    return False


_RULES: dict[str, Rule] = {
    **dict.fromkeys(("fr", "pt"), _romance),
    **dict.fromkeys(("ru", "uk", "be"), _east_slavic),
    **dict.fromkeys(("ja", "ko", "zh", "vi", "th", "id"), _single),
}


def is_one(number: float, language: str) -> bool:
    """Whether a number is said as one.

    Args:
        number: How many, or how much; of what is below 0, the same without its sign counts.
        language: A code, such as ``fr`` or ``pt_BR``; one that is not known counts as English
            does.
    """
    rule = _RULES.get(language.replace("-", "_").split("_")[0].lower(), _germanic)
    return rule(abs(number))
