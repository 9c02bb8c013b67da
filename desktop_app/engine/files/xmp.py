"""Rating and keywords in XMP: read from hostile data, changed with everything else kept.

XMP is RDF written as XML (ISO 16684-1). The rating is ``xmp:Rating``, as an attribute or an element
of one of the ``rdf:Description`` at the top; the keywords are ``dc:subject``, a bag.

Python's own parser is enough: it keeps prefixes, comments and processing instructions. What it
could be hurt with is refused before: a document type, and with it every entity, has no place in
XMP; nor has deep nesting.
"""

from collections.abc import Iterator, Sequence
from xml.dom import Node, minidom
from xml.parsers import expat

MOST_BYTES = 16 * 1024 * 1024
"""darktable writes the history of a picture there, which is some hundred kilobytes at most."""

_MOST_DEEP = 64
_MOST_ELEMENTS = 100_000
_MOST_STARS = 5

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XMP = "http://ns.adobe.com/xap/1.0/"
_DC = "http://purl.org/dc/elements/1.1/"
_PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/"
_XMLNS = "http://www.w3.org/2000/xmlns/"

_EMPTY = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="{_RDF}">
  <rdf:Description rdf:about="" xmlns:xmp="{_XMP}" xmlns:dc="{_DC}"/>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""

_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)


class XmpError(ValueError):
    """Data that is no XMP, or none that is safe to read."""


class Xmp:
    """An XMP document.

    Args:
        data: What a file holds; None for a new one.

    Raises:
        XmpError: If it is no XMP.
    """

    def __init__(self, data: bytes | None = None) -> None:
        data = _EMPTY.encode() if data is None else data
        if b"\0" not in data[:4]:  # else it is UTF-16
            data = data.strip(b"\0 \t\r\n")
        _check(data)
        try:
            self._document = minidom.parseString(data)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise XmpError(str(error)) from error
        self._descriptions = [
            each
            for rdf in self._document.getElementsByTagNameNS(_RDF, "RDF")
            for each in _elements(rdf, _RDF, "Description")
        ]
        if not self._descriptions:
            raise XmpError("there is no description in it")

    @property
    def rating(self) -> int | None:
        """1 to 5 stars, 0 for none, -1 for a picture that was rejected; None where it is unsaid."""
        for said, _ in self._ratings():
            try:
                number = float(said)
            except ValueError:
                continue
            if -1 <= number <= _MOST_STARS:
                return int(number)
        return None

    @property
    def keywords(self) -> tuple[str, ...]:
        """What it says of the picture in single words, in its order, each once."""
        texts = [" ".join(_text(item).split()) for item in self._items()]
        return tuple(dict.fromkeys(filter(None, texts)))

    @property
    def extension(self) -> str | None:
        """Of the file that it belongs to, by its own word: ``CR2``; None where it is unsaid."""
        for each in self._descriptions:
            if each.hasAttributeNS(_PHOTOSHOP, "SidecarForExtension"):
                return each.getAttributeNS(_PHOTOSHOP, "SidecarForExtension")
            for element in _elements(each, _PHOTOSHOP, "SidecarForExtension"):
                return _text(element).strip()
        return None

    def set_rating(self, rating: int) -> None:
        """Say how many stars it has; 0 takes them away, and leaves a rejection."""
        if rating == 0 and (self.rating or 0) <= 0:
            return
        there = list(self._ratings())
        for place, (_, element) in enumerate(there):
            if place == 0 and rating:
                continue
            if element.namespaceURI == _XMP:
                _take_out(element)
            else:
                element.removeAttributeNS(_XMP, "Rating")
        if not rating:
            return
        if there and there[0][1].namespaceURI == _XMP:
            _set_text(there[0][1], str(rating))
        else:
            home = there[0][1] if there else self._descriptions[0]
            prefix = _prefix(home, _XMP, "xmp")
            home.setAttributeNS(_XMP, f"{prefix}:Rating", str(rating))

    def set_keywords(self, keywords: Sequence[str]) -> None:
        """Say these, in this order; entries that are there and stay are left as they are."""
        left = dict.fromkeys(keywords)
        for item in list(self._items()):
            text = " ".join(_text(item).split())
            if text in left:
                del left[text]
            else:
                _take_out(item)
        bags = list(self._bags())
        if left:
            bag = bags[0] if bags else self._new_bag()
            for text in left:
                item = self._new(bag, _RDF, "rdf", "li")
                _set_text(item, text)
        for bag in bags:
            subject = bag.parentNode
            if not list(_elements(bag)) and isinstance(subject, minidom.Element):
                _take_out(subject)

    def to_bytes(self) -> bytes:
        """The document in UTF-8."""
        parts: list[str] = []
        if self._document.version is not None:
            parts.append('<?xml version="1.0" encoding="UTF-8"?>\n')
        for node in self._document.childNodes:
            parts += _written(node)
            parts.append("\n")
        return "".join(parts).encode("utf-8")

    def _ratings(self) -> Iterator[tuple[str, minidom.Element]]:
        """What is said of it, and the element that does: a description, or one of its own."""
        for each in self._descriptions:
            if each.hasAttributeNS(_XMP, "Rating"):
                yield each.getAttributeNS(_XMP, "Rating"), each
            for element in _elements(each, _XMP, "Rating"):
                yield _text(element), element

    def _bags(self) -> Iterator[minidom.Element]:
        for each in self._descriptions:
            for subject in _elements(each, _DC, "subject"):
                for bag in _elements(subject, _RDF):
                    if bag.localName in ("Bag", "Seq", "Alt"):
                        yield bag

    def _items(self) -> Iterator[minidom.Element]:
        for bag in self._bags():
            yield from _elements(bag, _RDF, "li")

    def _new_bag(self) -> minidom.Element:
        subject = self._new(self._descriptions[0], _DC, "dc", "subject")
        return self._new(subject, _RDF, "rdf", "Bag")

    def _new(self, parent: minidom.Element, space: str, wanted: str, name: str) -> minidom.Element:
        """Add an element at the end of another, on a line of its own."""
        prefix = _prefix(parent, space, wanted)
        element = self._document.createElementNS(space, f"{prefix}:{name}" if prefix else name)
        depth = 0
        above: Node | None = parent
        while isinstance(above, minidom.Element):
            depth, above = depth + 1, above.parentNode
        last = parent.lastChild
        if isinstance(last, minidom.Text) and not last.data.strip():
            parent.removeChild(last)
        parent.appendChild(self._document.createTextNode("\n" + " " * depth))
        parent.appendChild(element)
        parent.appendChild(self._document.createTextNode("\n" + " " * (depth - 1)))
        return element


def _check(data: bytes) -> None:
    """Refuse what could do harm, or cannot be read at all."""
    if len(data) > MOST_BYTES:
        raise XmpError("it is too long")
    depth = elements = 0

    def refuse(*_what: object) -> None:
        raise XmpError("it has a document type")

    def begin(*_what: object) -> None:
        nonlocal depth, elements
        depth, elements = depth + 1, elements + 1
        if depth > _MOST_DEEP or elements > _MOST_ELEMENTS:
            raise XmpError("it has too many elements")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise XmpError(str(error)) from error


def _elements(
    parent: minidom.Element, space: str | None = None, name: str | None = None
) -> Iterator[minidom.Element]:
    for node in parent.childNodes:
        if (
            isinstance(node, minidom.Element)
            and space in (None, node.namespaceURI)
            and name in (None, node.localName)
        ):
            yield node


def _text(element: minidom.Element) -> str:
    return "".join(node.data for node in element.childNodes if isinstance(node, minidom.Text))


def _set_text(element: minidom.Element, text: str) -> None:
    for node in list(element.childNodes):
        element.removeChild(node)
    if element.ownerDocument is not None:
        element.appendChild(element.ownerDocument.createTextNode(text))


def _take_out(element: minidom.Element) -> None:
    """Remove an element with the line that it stands on."""
    parent, before = element.parentNode, element.previousSibling
    if not isinstance(parent, minidom.Element):
        return
    if isinstance(before, minidom.Text) and not before.data.strip():
        parent.removeChild(before)
    parent.removeChild(element)


def _prefix(element: minidom.Element, space: str, wanted: str) -> str:
    """The prefix that stands for a namespace in an element; declared there where none does."""
    taken: set[str] = set()
    above: Node | None = element
    while isinstance(above, minidom.Element):
        for attribute in above.attributes.values():
            if attribute.prefix == "xmlns" and attribute.localName not in taken:
                if attribute.value == space:
                    return str(attribute.localName)
                taken.add(str(attribute.localName))
        above = above.parentNode
    while wanted in taken:
        wanted += "_"
    element.setAttributeNS(_XMLNS, f"xmlns:{wanted}", space)
    return wanted


def _written(node: Node) -> Iterator[str]:
    """The text of a node. Minidom's own leaves line ends in attributes as they are before 3.13."""
    if isinstance(node, minidom.Element):
        yield f"<{node.tagName}"
        for name, value in node.attributes.items():
            yield f' {name}="{value.translate(_IN_ATTRIBUTE)}"'
        if not node.childNodes:
            yield "/>"
            return
        yield ">"
        for child in node.childNodes:
            yield from _written(child)
        yield f"</{node.tagName}>"
    elif isinstance(node, minidom.CDATASection):
        yield f"<![CDATA[{node.data}]]>"
    elif isinstance(node, minidom.Text):
        yield node.data.translate(_IN_TEXT)
    elif isinstance(node, minidom.Comment):
        yield f"<!--{node.data}-->"
    elif isinstance(node, minidom.ProcessingInstruction):
        yield f"<?{node.target} {node.data}?>"
