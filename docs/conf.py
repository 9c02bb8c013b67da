"""How Sphinx builds the pages: ``python -m sphinx -W docs build/out/docs``.

No network is needed: names of other libraries are looked up in ``inventories``, and only Read the
Docs asks their own sites first. ``scripts/keep_inventories.py`` makes these files.
"""

import os
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT), str(HERE / "extensions")]

project = "Image Seeker"
author = "The Image Seeker authors"
project_copyright = author
version = release = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"][
    "version"
]

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.intersphinx",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
    "engine_rooms",
    "program_names",
    "root_files",
]
exclude_patterns = ["scripts/**", "extensions/**"]
nitpicky = True
nitpick_ignore_regex = [
    (r"py:.*", r"(?!desktop_app\.).*"),  # other libraries: as far as their inventories go
    (r"py:class", r"desktop_app\..*\.(T|K|WorkT|ItemT|Argument|_AnyPart)"),  # type variables
]

myst_enable_extensions = ["attrs_inline", "colon_fence"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
python_maximum_signature_line_length = 80
default_role = "code"  # the docstrings' single backticks

_IS_ONLINE = os.environ.get("READTHEDOCS") == "True"


def _inventory(name: str) -> tuple[str | None, ...]:
    """Where the names of a library are listed: at its site, and in a file here."""
    kept = f"inventories/{name}.inv"
    return (None, kept) if _IS_ONLINE else (kept,)


intersphinx_mapping = {
    "python": ("https://docs.python.org/3", _inventory("python")),
    "pillow": ("https://pillow.readthedocs.io/en/stable", _inventory("pillow")),
}

html_theme = "furo"
html_title = project
html_static_path = ["static"]
html_css_files = ["pages.css"]
html_logo = html_favicon = "../desktop_app/resources/icons/image-seeker.svg"
html_copy_source = False
html_show_sourcelink = False
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#2a63c4", "color-brand-content": "#2a63c4"},
    "dark_css_variables": {"color-brand-primary": "#86b2ff", "color-brand-content": "#86b2ff"},
}
copybutton_prompt_text = "$ "
