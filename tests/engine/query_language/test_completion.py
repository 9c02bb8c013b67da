"""The search box offers what could be meant, and nothing where nobody asked."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.engine.query_language.completion import MOST_OFFERS, Vocabulary, complete
from desktop_app.engine.query_language.parsing import parse
from tests.helpers.search_parts import line_like

_THERE = Vocabulary(
    folders=("Holiday", "My Holiday", "2023/Home", "/mnt/Pics", "Alcohol", 'Box "A"'),
    cameras=("Canon EOS R5", "Pixel 8"),
    types=("PNG", "MPO", "JPEG", "JPEG2000"),
    tags=("snow", "old house"),
)


def _completed(line: str) -> list[str]:
    """The lines that come of what is offered at the bar in a line."""
    cursor = line.index("|")
    line = line.replace("|", "")
    offers = complete(line, cursor, _THERE)
    assert all(offer.hint for offer in offers)
    return [line[: offer.start] + offer.text + line[offer.end :] for offer in offers]


@pytest.mark.parametrize(
    ("line", "completed"),
    [
        ("af|", ["after:"]),
        ("BEF|", ["before:"]),
        ("in|", ["in:"]),
        ("dogs aft|", ["dogs after:"]),
        ("dogs + ty|", ["dogs + type:"]),
        ("dogs -ty|", ["dogs -type:"]),
        ("after:2023 is|", ["after:2023 is:"]),
        ("type:|", ["type:png", "type:jpg", "type:jp2"]),
        ("-type:png,jp| dog", ["-type:png,jpg dog", "-type:png,jp2 dog"]),
        ('type:"p|"', ['type:"png"']),
        ("type:x|,gif", []),
        ("type:p|,gif", ["type:png,gif"]),
        ("is:S|", ["is:square", "is:screenshot"]),
        ("size:<|", ["size:<2mp", "size:<500kb"]),
        ("in:ho|", ["in:Holiday", "in:2023/Home", 'in:"My Holiday"', "in:Alcohol"]),
        ('in:"my h| dog', ['in:"My Holiday" dog']),
        ('in:"my h|x" dog', ['in:"My Holiday" dog']),
        ('in:"My Holi"|', ['in:"My Holiday"']),
        ("in:Holiday| dog", ['in:"My Holiday" dog']),
        ("in:mnt\\|", ["in:/mnt/Pics"]),
        ("in:box|", ['in:"Box ""A"""']),
        ("camera:eos|", ['camera:"Canon EOS R5"']),
        ("ra|", ["rating:"]),
        ("dogs -tag|", ["dogs -tag:"]),
        ("rating:>|", ["rating:>=4", "rating:>=3"]),
        ("tag:|", ["tag:snow", 'tag:"old house"']),
        ("-tag:HOU|", ['-tag:"old house"']),
    ],
)
def test_offers(line: str, completed: list[str]) -> None:
    assert _completed(line) == completed


_QUIET = """|
a|
x|
dogs |
dogs in|
it is|
to be|
dogs a|f
|after
after:|
2*is|
"in|"
-(in|)
is:square|
in:Hol dog|"""


@pytest.mark.parametrize("line", _QUIET.splitlines())
def test_does_not_interfere(line: str) -> None:
    assert _completed(line) == []


def test_offers_all_types_where_none_is_known() -> None:
    assert [offer.text for offer in complete("type:t", 6, Vocabulary())] == ["tif"]


def test_offers_few_of_many() -> None:
    many = Vocabulary(folders=tuple(f"Day {number}" for number in range(100)))
    for line in ("in:", "in:da"):
        offers = complete(line, 99, many)
        assert [offer.text for offer in offers] == [f'"Day {n}"' for n in range(MOST_OFFERS)]


@given(line_like, st.integers(0, 30))
@settings(max_examples=120)
def test_what_is_offered_is_understood(line: str, cursor: int) -> None:
    known = {complaint.text for complaint in parse(line).complaints}
    for offer in complete(line, cursor, _THERE):
        assert 0 <= offer.start <= min(cursor, len(line))
        assert offer.start <= offer.end <= len(line)
        new = line[: offer.start] + offer.text + line[offer.end :]
        if cursor >= len(line) and not offer.text.endswith(":"):
            assert {complaint.text for complaint in parse(new).complaints} <= known
