"""Parts in their normal form, of every kind, for hypothesis."""

import calendar

from hypothesis import strategies as st

from desktop_app.engine.query_language.file_types import READ_FORMATS
from desktop_app.engine.query_language.filters import MOST_OF_A_SIZE, normal_folder
from desktop_app.engine.query_language.parsing import LEAST_WEIGHT, MOST_WEIGHT
from desktop_app.engine.query_language.parts import (
    MOST_STARS,
    After,
    Before,
    ByCamera,
    Comparison,
    Day,
    InFolder,
    Is,
    Kind,
    Measure,
    Name,
    OfSize,
    OfType,
    Part,
    Rated,
    Tagged,
    Words,
)

# fmt: off
_PIECES = st.sampled_from([
    "dog", "snow", "ß", "+", "-", "–", "2*", "0,5*", "1*", "(", ")", "\\", '"', "“", "”", "«", " ",
    "in:", "tag:", "rating:", "After:", "type:", "afer:x", "2023", "png", "is:", "size:", ">", "mp",
    ",", "/",
])
# fmt: on
line_like = st.lists(_PIECES, max_size=14).map("".join) | st.text(max_size=20)
"""Text made of what means something in a line."""

_normal_words = line_like.map(lambda text: " ".join(text.split())).filter(bool)
_weights = st.floats(LEAST_WEIGHT, MOST_WEIGHT)
_yes_or_no = st.booleans()


@st.composite
def _days(draw: st.DrawFn) -> Day:
    year = draw(st.integers(1, 9999))
    month = draw(st.none() | st.integers(1, 12))
    if month is None:
        return Day(year)
    return Day(year, month, draw(st.none() | st.integers(1, calendar.monthrange(year, month)[1])))


any_part: st.SearchStrategy[Part] = st.one_of(
    st.builds(Words, _normal_words, st.just(1.0) | _weights | _weights.map(lambda w: -w)),
    st.builds(Name, line_like.filter(str.strip), _yes_or_no),
    st.builds(After, _days(), _yes_or_no),
    st.builds(Before, _days(), _yes_or_no),
    st.builds(InFolder, line_like.map(normal_folder).filter(bool), _yes_or_no),
    st.builds(OfType, st.sampled_from(READ_FORMATS), _yes_or_no),
    st.builds(Is, st.sampled_from(Kind), _yes_or_no),
    st.builds(
        OfSize,
        st.sampled_from(Comparison),
        st.floats(0, MOST_OF_A_SIZE).map(abs),
        st.sampled_from(Measure),
        _yes_or_no,
    ),
    st.builds(ByCamera, _normal_words, _yes_or_no),
    st.builds(
        lambda bounds, is_excluded: Rated(min(bounds), max(bounds), is_excluded),
        st.tuples(st.integers(0, MOST_STARS), st.integers(0, MOST_STARS)),
        _yes_or_no,
    ),
    st.builds(Tagged, _normal_words, _yes_or_no),
)

any_parts = st.lists(any_part, max_size=5, unique=True).map(tuple)
