"""Two roles that name something of the program, and break the build when it is gone.

``engine`` takes what lies below ``desktop_app.engine``, such as ``files.scanner.scan``, and leads
to where it is documented. ``window`` takes a class of the window, a method of one or a function,
such as ``SearchDesk.search_by``, without its module: that is found by reading the source, which
needs no Qt and follows when a module moves. A hint says where it lies.
"""

import ast
from functools import cache
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

ROOT = Path(__file__).resolve().parent.parent.parent
WINDOW = ROOT / "desktop_app" / "ui"

logger = logging.getLogger(__name__)

Made = tuple[list[nodes.Node], list[nodes.system_message]]


@cache
def names_of_the_window(folder: Path = WINDOW) -> dict[str, str]:
    """Classes, their methods, and functions of the window.

    Args:
        folder: Where its modules lie, at any depth.

    Returns:
        From ``Class``, ``Class.method`` or ``function`` to the path of its file in the project.
    """
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*.py")):
        where = path.relative_to(folder.parent.parent).as_posix()
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                found.setdefault(node.name, where)
            if isinstance(node, ast.ClassDef):
                inside = (each for each in node.body if isinstance(each, ast.FunctionDef))
                found.update({f"{node.name}.{each.name}": where for each in inside})
    return found


def short_name(name: str) -> str:
    """How a name of the engine is shown: ``Class.method``, or its last part."""
    *_, before, last = ["", *name.split(".")]
    return f"{before}.{last}" if before[:1].isupper() else last


class EngineRole(SphinxRole):
    """Writes a name of the engine, with a link to it."""

    def run(self) -> Made:
        """Have Sphinx look the name up, when all pages have been read."""
        link = addnodes.pending_xref(
            self.rawtext,
            nodes.literal("", short_name(self.text)),
            refdomain="py",
            reftype="obj",
            reftarget=f"desktop_app.engine.{self.text}",
            refdoc=self.env.docname,
            refexplicit=True,
            refwarn=True,
        )
        return [link], []


class WindowRole(SphinxRole):
    """Writes a name of the window as code."""

    def run(self) -> Made:
        """Look the name up; one that is not there is a warning, which ends the build."""
        where = names_of_the_window().get(self.text)
        if where is None:
            logger.warning(
                "the window has nothing called %r", self.text, location=self.get_location()
            )
        shown = nodes.literal(self.rawtext, self.text)
        return [nodes.abbreviation("", "", shown, explanation=where or "")], []


def setup(app: Sphinx) -> dict[str, object]:
    """Enter the roles."""
    app.add_role("engine", EngineRole())
    app.add_role("window", WindowRole())
    return {"parallel_read_safe": True}
