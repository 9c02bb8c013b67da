"""Keeps the addresses of what the engine's pages name of other libraries, for builds offline.

python docs/scripts/keep_inventories.py python https://docs.python.org/3

The second argument may be a file, too. Of a whole inventory only names stay that some module of
the engine contains: a tenth.
"""

import re
import sys
import zlib
from pathlib import Path
from urllib.request import urlopen

DOCS = Path(__file__).resolve().parent.parent
ENGINE = DOCS.parent / "desktop_app" / "engine"

_HEADER_LINES = 4
_WORD = re.compile(r"\w+")


def reduced(inventory: bytes, words: set[str]) -> bytes:
    """Take out of an inventory what nobody names.

    The format is that of Sphinx, version 2: four lines, then one line a name, compressed by zlib
    (https://sphobjinv.readthedocs.io/en/stable/syntax.html).

    Args:
        inventory: A whole ``objects.inv``.
        words: Last parts of names that are to stay.

    Raises:
        ValueError: If it is no inventory.
    """
    head = inventory.split(b"\n", _HEADER_LINES)
    if len(head) <= _HEADER_LINES or b"version 2" not in head[0]:
        raise ValueError("This is no inventory of Sphinx.")
    lines = zlib.decompress(head.pop()).decode().splitlines()
    kept = [line for line in lines if _is_named(line, words)]
    body = zlib.compress("".join(f"{line}\n" for line in kept).encode(), 9)
    return b"\n".join([*head, body])


def _is_named(line: str, words: set[str]) -> bool:
    name, kind, *_ = line.split(" ")
    return kind.startswith("py:") and name.rpartition(".")[2] in words


def words_of_the_engine() -> set[str]:
    """Every word in the engine's source."""
    return {
        word for path in ENGINE.rglob("*.py") for word in _WORD.findall(path.read_text("utf-8"))
    }


def main() -> int:
    """Fetch or read an inventory, and keep the part that is needed."""
    name, place = sys.argv[1:]
    if place.startswith("https://"):
        with urlopen(f"{place}/objects.inv") as answer:
            whole = answer.read()
    else:
        whole = Path(place).read_bytes()
    out = DOCS / "inventories" / f"{name}.inv"
    out.parent.mkdir(exist_ok=True)
    out.write_bytes(reduced(whole, words_of_the_engine()))
    print(f"{out.name}: {len(whole)} bytes became {out.stat().st_size}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
