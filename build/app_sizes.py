"""Print what takes the room in the built program: ``python build/app_sizes.py``.

docs/packaging.md keeps the table; ``--write`` puts the new one into it.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from project_file import BUILT_FOLDER, ROOT

DOCUMENT = ROOT / "docs" / "packaging.md"
SMALLEST_MB = 1.0
"""What takes less is counted together."""

_BETWEEN = re.compile(r"(?<=<!-- sizes -->\n).*?(?=<!-- /sizes -->)", re.DOTALL)

_NAMES = {
    "PySide6": "Qt",
    "shiboken6": "Qt",
    "numkong": "USearch",
    "usearch": "USearch",
    "onnxruntime": "ONNX Runtime",
    "numpy": "NumPy",
    "PIL": "Pillow",
    "pillow": "Pillow",
    "tokenizers": "tokenizers",
    "desktop_app": "Image Seeker: the built-in model, icons, languages",
    "image-seeker": "Image Seeker and all Python modules, as byte code",
    "ImageSeeker": "Image Seeker and all Python modules, as byte code",
    "base_library": "Python",
    "libpython3": "Python",
    "python3": "Python",
    "python312": "Python",
    "yaml": "PyYAML",
}
SYSTEM = "libraries of the system, for desktops that lack them"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table.

    Args:
        arguments: The command line without the script's name; None takes the process's own.

    Returns:
        Exit code: 0 done, 1 there is no built program.
    """
    parser = argparse.ArgumentParser("app_sizes.py", description=main.__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=BUILT_FOLDER, metavar="FOLDER")
    parser.add_argument("--write", action="store_true", help=f"put it into docs/{DOCUMENT.name}")
    options = parser.parse_args(arguments)
    if not options.folder.is_dir():
        print(
            f"{options.folder} is not there: run python build/make_app.py first.", file=sys.stderr
        )
        return 1
    table = size_table(library_sizes(options.folder))
    print(table, end="")
    if options.write:
        text = DOCUMENT.read_text("utf-8")
        DOCUMENT.write_text(_BETWEEN.sub(lambda _: table, text), "utf-8")
    return 0


def library_sizes(folder: Path) -> dict[str, int]:
    """Room that each library takes.

    Args:
        folder: The built program.

    Returns:
        Bytes by the library's name.
    """
    sizes: Counter[str] = Counter()
    for file in folder.rglob("*"):
        if file.is_file() and not file.is_symlink():
            path = file.relative_to(folder)
            inside = path.parts[1:] if path.parts[0] == "_internal" else path.parts
            sizes[_library(inside[0])] += file.stat().st_size
    return dict(sizes)


def size_table(sizes: dict[str, int]) -> str:
    """Lay sizes out as a table in Markdown, the largest first.

    Args:
        sizes: Bytes by the library's name.
    """
    rows = [(name, size) for name, size in sizes.items() if size >= SMALLEST_MB * 1e6]
    rows.sort(key=lambda row: (-row[1], row[0]))
    rest = sum(sizes.values()) - sum(size for _, size in rows)
    rows += [("all else", rest), ("**together**", sum(sizes.values()))]
    lines = [f"| {name} | {size / 1e6:.1f} |\n" for name, size in rows]
    return "| what | MB |\n|---|---:|\n" + "".join(lines)


def _library(first: str) -> str:
    """Whose a file is, by the name of what lies at the top."""
    name = first.removesuffix(".dist-info").removesuffix(".libs").split(".")[0].split("-")[0]
    if first in _NAMES:
        return _NAMES[first]
    if name in _NAMES:
        return _NAMES[name]
    return SYSTEM if ".so" in first else name


if __name__ == "__main__":
    sys.exit(main())
