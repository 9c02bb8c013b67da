"""The directive ``{room}``: documents every module of a folder of the engine, a section each.

Folders in it belong to it.

A module that is new appears by itself, and one that is gone breaks every page that names it.
"""

from collections.abc import Collection
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

ROOT = Path(__file__).resolve().parent.parent.parent
_AUTOMODULE = """\
```{{eval-rst}}
.. automodule:: {module}
   :members:
```
"""


def modules_of(package: str, without: Collection[str] = ()) -> list[str]:
    """The modules of a package, at any depth, by their full names, in alphabetic order.

    Args:
        package: Its name, such as ``desktop_app.engine.files``.
        without: Modules and folders right inside it that are left out.
    """
    folder = ROOT.joinpath(*package.split("."))
    inside = (path.relative_to(folder).with_suffix("").parts for path in folder.rglob("*.py"))
    names = (parts for parts in inside if parts[-1] != "__init__" and parts[0] not in without)
    return sorted(".".join((package, *parts)) for parts in names)


class Room(SphinxDirective):
    """Takes the name of a package; ``:without:`` names what other pages document."""

    required_arguments = 1
    option_spec: ClassVar = {"without": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """Make a section for each of its modules."""
        package: str = self.arguments[0]
        modules = modules_of(package, self.options.get("without", "").split())
        if not modules:
            raise self.error(f"there is no module in {package}")
        return [self._section(module) for module in modules]

    def _section(self, module: str) -> nodes.section:
        short = module.removeprefix("desktop_app.engine.")
        section = nodes.section(ids=[nodes.make_id(f"room-{short}")], names=[short])
        section += nodes.title(short, short)
        lines = StringList(_AUTOMODULE.format(module=module).splitlines(), source=module)
        self.state.nested_parse(lines, self.content_offset, section)
        return section


def keep_colons(
    _app: Sphinx, what: str, _name: str, _documented: object, _options: object, lines: list[str]
) -> None:
    """Let what is said of a constant be a sentence, though it has a colon.

    Napoleon would take all before the colon for a type. It looks at the first line alone, which
    is an empty comment then.
    """
    if what in ("attribute", "data", "property") and lines:
        lines[:0] = ["..", ""]


def setup(app: Sphinx) -> dict[str, object]:
    """Enter the directive."""
    app.add_directive("room", Room)
    app.connect("autodoc-process-docstring", keep_colons, priority=400)  # before Napoleon
    return {"parallel_read_safe": True}
