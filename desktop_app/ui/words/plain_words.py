"""The words of a text as fields that find something compare them."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, without case, accents and marks: ``Ä`` is found as ``a``."""
    # Plain first: what is only then a capital, as of the letters of mathematics, loses that, too.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(each for each in plain if not unicodedata.combining(each))
    return tuple(_WORD.findall(bare))
