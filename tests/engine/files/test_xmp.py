"""XMP of other programs is read, and changed with everything else kept."""

import re
from xml.dom import minidom

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.engine.files.xmp import Xmp, XmpError

DARKTABLE = """<?xml version="1.0" encoding="UTF-8"?>
<!-- kept -->
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="XMP Core 4.4.0-Exiv2">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:darktable="http://darktable.sf.net/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"
   xmp:Rating="2"
   darktable:note="two&#10;lines &amp; a &quot;tab&#9;&quot;">
   <dc:subject>
    <rdf:Seq>
     <rdf:li>Snow</rdf:li>
     <rdf:li xml:lang="de">Eis &amp; Wind</rdf:li>
    </rdf:Seq>
   </dc:subject>
   <darktable:history>
    <rdf:Seq><rdf:li darktable:num="0"><![CDATA[<raw>]]></rdf:li></rdf:Seq>
   </darktable:history>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>"""

ELEMENTS = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
 <rdf:Description xmlns:xap="http://ns.adobe.com/xap/1.0/" xmlns:xmp="http://elsewhere/"
   xmlns:p="http://ns.adobe.com/photoshop/1.0/">
  <xap:Rating>-1</xap:Rating><p:SidecarForExtension>CR2</p:SidecarForExtension></rdf:Description>
 <rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"/>
</rdf:RDF>
<?xpacket end="w"?>"""


def without(text: str, *patterns: str) -> str:
    for pattern in patterns:
        text = re.sub(pattern, "", text)
    return " ".join(text.split())


def test_reads_what_darktable_wrote() -> None:
    xmp = Xmp(DARKTABLE.encode())
    assert (xmp.rating, xmp.keywords, xmp.extension) == (2, ("Snow", "Eis & Wind"), None)


def test_keeps_all_that_it_does_not_change() -> None:
    xmp = Xmp(DARKTABLE.encode())
    xmp.set_rating(5)
    xmp.set_keywords(["Eis & Wind", "new <one>"])
    text = xmp.to_bytes().decode()
    again = Xmp(text.encode())
    assert (again.rating, again.keywords) == (5, ("Eis & Wind", "new <one>"))
    changes = ('xmp:Rating="[25]"', "<rdf:li>Snow</rdf:li>", "<rdf:li>new &lt;one&gt;</rdf:li>")
    before = Xmp(DARKTABLE.encode()).to_bytes().decode()
    assert without(text, *changes) == without(before, *changes)
    for kept in ("<!-- kept -->", "two&#10;lines", "<![CDATA[<raw>]]>", '<rdf:li xml:lang="de">'):
        assert kept in text
    assert text.startswith("<?xml")
    xmp.set_rating(0)
    xmp.set_keywords([])
    assert Xmp(xmp.to_bytes()).rating is None
    assert b"subject" not in xmp.to_bytes()


def test_a_rating_may_be_an_element_under_any_prefix() -> None:
    xmp = Xmp(ELEMENTS.encode("utf-16"))
    assert (xmp.rating, xmp.keywords, xmp.extension) == (-1, (), "CR2")
    xmp.set_rating(0)
    assert xmp.rating == -1
    xmp.set_rating(3)
    xmp.set_keywords(["a"])
    text = xmp.to_bytes().decode()
    assert "<xap:Rating>3</xap:Rating>" in text
    assert text.count("Rating") == 2
    assert (Xmp(text.encode()).rating, Xmp(text.encode()).keywords) == (3, ("a",))
    assert text.startswith('<?xpacket begin="\ufeff"')
    assert text.rstrip().endswith('<?xpacket end="w"?>')


def test_a_prefix_that_means_something_else_is_not_taken() -> None:
    xmp = Xmp(ELEMENTS.replace("<xap:Rating>-1</xap:Rating>", "").replace("xap", "aux").encode())
    xmp.set_rating(1)
    xmp = Xmp(ELEMENTS.replace("http://ns.adobe.com/xap/1.0/", "http://other/").encode())
    assert xmp.rating is None
    xmp.set_rating(4)
    text = xmp.to_bytes()
    assert b'xmp_:Rating="4"' in text
    assert Xmp(text).rating == 4


@pytest.mark.parametrize(
    ("said", "rating"),
    [("3", 3), ("4.0", 4), (" 5 ", 5), ("0", 0), ("-1", -1), ("6", None), ("many", None),
     ("nan", None), ("inf", None), ("", None)],
)  # fmt: skip
def test_ratings_are_read_as_they_are_meant(said: str, rating: int | None) -> None:
    data = DARKTABLE.replace('xmp:Rating="2"', f'xmp:Rating="{said}"').encode()
    assert Xmp(data).rating == rating


_BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no xml",
        b"<a/>",
        b"<a>",
        b"\xff\xfe<",
        b"<?xml version='1.0' encoding='no-such'?><a/>",
        DARKTABLE[:-9].encode(),
        DARKTABLE.replace("<!-- kept -->", _BOMB).replace("Snow", "&i;").encode(),
        DARKTABLE.replace("<!-- kept -->", '<!DOCTYPE x SYSTEM "file:///etc/passwd">').encode(),
        DARKTABLE.replace("Snow", "<a>" * 70 + "</a>" * 70).encode(),
        DARKTABLE.replace("Snow", "<a/>" * 100_001).encode(),
        b" " * 100 + b"<a>" + b" " * (16 * 1024 * 1024) + b"</a>",
    ],
    ids=range(12),
)
def test_what_is_no_xmp_or_could_do_harm_is_refused(data: bytes) -> None:
    with pytest.raises(XmpError):
        Xmp(data)


words = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp", "Zs")), min_size=1, max_size=9
)


@given(st.lists(st.tuples(st.integers(0, 5), st.lists(words, max_size=4, unique=True)), max_size=4))
@settings(max_examples=60, deadline=None)
def test_reads_what_it_wrote(steps: list[tuple[int, list[str]]]) -> None:
    data: bytes | None = None
    for rating, keywords in steps:
        xmp = Xmp(data)
        xmp.set_rating(rating)
        xmp.set_keywords(keywords)
        data = xmp.to_bytes()
        assert (Xmp(data).rating or 0) == rating
        assert set(Xmp(data).keywords) == set(keywords)
        assert Xmp(data).to_bytes() == data
        minidom.parseString(data)


@given(st.binary(max_size=60), st.integers(0, len(DARKTABLE)), st.integers(0, 30))
@settings(max_examples=100, deadline=None)
def test_spoilt_data_is_refused_or_read(junk: bytes, start: int, length: int) -> None:
    whole = DARKTABLE.encode()
    try:
        xmp = Xmp(whole[:start] + junk + whole[start + length :])
    except XmpError:
        return
    xmp.set_rating(1)
    xmp.set_keywords(["a"])
    assert Xmp(xmp.to_bytes()).rating == 1
