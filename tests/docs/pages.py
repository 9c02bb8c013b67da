"""The pages that people read, and what can be found in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import PROJECT

DOCS = PROJECT / "docs"
PAGES = [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]

_FENCE = re.compile(
    r"^(?P<fence>`{3,}|:{3,})(?P<kind>[^\n]*)\n(?P<body>.*?)^(?P=fence)[ ]*$", re.M | re.S
)
_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_ROLE = re.compile(r"\{(?P<role>\w+)\}`(?P<name>[^`]+)`")
_LINK = re.compile(r"(?P<image>!?)\[[^\]\n]*\]\((?P<to>[^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.M)


def name_of(page: Path) -> str:
    """How a test calls a page."""
    return page.relative_to(PROJECT).as_posix()


def text_of(page: Path) -> str:
    return page.read_text("utf-8")


def blocks(page: Path, kind: str) -> list[str]:
    """What stands between fences of a kind, such as ``sh``."""
    return [each["body"] for each in _FENCE.finditer(text_of(page)) if each["kind"] == kind]


def prose(page: Path) -> str:
    """A page without what stands between fences of backticks."""
    return re.sub(r"^```.*?^```[ ]*$", "", text_of(page), flags=re.M | re.S)


def shell_lines(page: Path) -> list[str]:
    """The commands that a page shows in blocks, one a line."""
    lines = [line.strip() for block in blocks(page, "sh") for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def code(page: Path) -> list[str]:
    """What a page shows as code within its sentences; no names in roles."""
    return _CODE.findall(_ROLE.sub("", prose(page)))


def roles(page: Path, role: str) -> list[str]:
    """What a page names by a role."""
    return [each["name"] for each in _ROLE.finditer(prose(page)) if each["role"] == role]


@dataclass(frozen=True)
class Link:
    """A link to something of the project.

    Attributes:
        file: What it leads to, a path as it is written; empty for its own page.
        heading: The heading, as its anchor is written; empty for none.
        is_image: Whether the page shows it.
    """

    file: str
    heading: str
    is_image: bool


def links(page: Path) -> Iterator[Link]:
    """The links of a page that lead to no other site."""
    for each in _LINK.finditer(prose(page)):
        if not re.match(r"[a-z]+:", each["to"]):
            file, _, heading = each["to"].partition("#")
            yield Link(file, heading, bool(each["image"]))


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub and MyST make them."""
    plain = (re.sub(r"[^\w\- ]", "", each.lower()) for each in _HEADING.findall(prose(page)))
    return {each.strip().replace(" ", "-") for each in plain}
