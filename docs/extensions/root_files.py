"""Turns the links of files that are included from the project's root, such as ``CONTRIBUTING.md``.

There a link to ``docs/speed.md`` or ``CHANGELOG.md`` is right. Here these lead to their pages, and
files that have none are named without a link. What is nowhere stays, and breaks the build.
"""

import re
from pathlib import Path

from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = {"CHANGELOG.md": "changelog.md", "CONTRIBUTING.md": "contributing.md"}

_LINK = re.compile(r"(?<!!)\[(?P<text>[^\]]+)\]\((?P<to>[^)#\s:]+)(?P<place>#[^)\s]*)?\)")


def turned(text: str) -> str:
    """A text of the project's root as a page beside the others has it."""
    return _LINK.sub(_turn, text)


def _turn(link: re.Match[str]) -> str:
    to, place = link["to"], link["place"] or ""
    if not (ROOT / to).exists():
        return link[0]
    page = PAGES.get(to) or (to.removeprefix("docs/") if re.match(r"docs/.*\.md$", to) else None)
    return link["text"] if page is None else f"[{link['text']}]({page}{place})"


def _read(_app: Sphinx, path: Path, _page: str, content: list[str]) -> None:
    if path.parts[:1] == ("..",):
        content[0] = turned(content[0])


def setup(app: Sphinx) -> dict[str, object]:
    """Listen for what is included."""
    app.connect("include-read", _read)
    return {"parallel_read_safe": True}
