"""What the built program consists of: pieces of software, each with its licence and its files."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LicenceText:
    """A text that has to travel with a component.

    Attributes:
        title: What it is, such as ``LICENSE``.
        text: The whole of it.
    """

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Component:
    """A piece of software inside the built program.

    Attributes:
        name: What its authors call it.
        version: Its version; empty where nothing says it.
        licence: An SPDX expression, as its authors state it.
        because: Where the licence stands.
        origin: Whence it came into the build, such as ``the wheel of pillow 13.0.0``.
        website: Where it is at home; empty where nothing says it.
        purl: Its package URL; empty for what no package index has.
        copyright: Its copyright line, where its texts do not hold one.
        texts: What has to travel with it, besides the texts of its licences themselves.
        files: Paths in the built folder that belong to it, with slashes.
        modules: How many of its Python modules are packed into the executables.
        parts: What is compiled into it.
    """

    name: str
    version: str
    licence: str
    because: str
    origin: str
    website: str = ""
    purl: str = ""
    copyright: str = ""
    texts: tuple[LicenceText, ...] = ()
    files: tuple[str, ...] = ()
    modules: int = 0
    parts: tuple["Component", ...] = ()

    @property
    def full_name(self) -> str:
        """Name and version."""
        return f"{self.name} {self.version}".strip()
