"""Reads the nouns of WordNet 3.0 (Fellbaum, 1998) from its plain ``data.noun`` file.

The format is described in the manual page ``wndb(5WN)``: one synset a line, counts of words in
hexadecimal and of pointers in decimal, the gloss after a vertical bar.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger(__name__)

DEBIAN_FOLDER = Path("/usr/share/wordnet")
"""Where Debian's package ``wordnet-base`` puts the files."""

_HYPERNYM_POINTERS = frozenset({"@", "@i"})
_MARKER = re.compile(r"\((a|p|ip)\)$")


@dataclass(frozen=True)
class Synset:
    """One meaning: the words that share it, its first broader meaning and its definition."""

    offset: int
    lemmas: tuple[str, ...]
    hypernym: int | None
    gloss: str


def parse_synset(line: str) -> Synset:
    """Parse one line of ``data.noun``.

    Args:
        line: a data line (not one of the licence lines, which start with two spaces).
    """
    fields, _, gloss = line.partition(" | ")
    columns = fields.split()
    word_count = int(columns[3], 16)
    lemmas = tuple(
        _MARKER.sub("", columns[4 + 2 * index]).replace("_", " ") for index in range(word_count)
    )
    pointer_start = 4 + 2 * word_count + 1
    pointer_count = int(columns[pointer_start - 1])
    hypernym = None
    for index in range(pointer_count):
        symbol, target = columns[pointer_start + 4 * index : pointer_start + 4 * index + 2]
        if symbol in _HYPERNYM_POINTERS:
            hypernym = int(target)
            break
    definition = gloss.split(';  "')[0].split('; "')[0].strip()
    return Synset(int(columns[0]), lemmas, hypernym, definition)


class WordNet:
    """The nouns, found by their byte offset (the digits of ImageNet's ``n02504458``)."""

    def __init__(self, synsets: dict[int, Synset]) -> None:
        self._synsets = synsets

    def __len__(self) -> int:
        return len(self._synsets)

    def __iter__(self) -> Iterator[Synset]:
        return iter(self._synsets.values())

    def find(self, wnid: str) -> Synset | None:
        """Return the synset of an ImageNet id such as ``n02504458``, or None if it has none."""
        return self._synsets.get(int(wnid[1:]))

    def broader(self, synset: Synset, levels: int) -> list[Synset]:
        """Return up to ``levels`` ever broader meanings, the nearest first."""
        found: list[Synset] = []
        current = synset
        while len(found) < levels and current.hypernym in self._synsets:
            current = self._synsets[current.hypernym]
            found.append(current)
        return found


def read_wordnet(folder: Path = DEBIAN_FOLDER) -> WordNet:
    """Read the nouns; an absent WordNet gives an empty one, since training only loses words by it.

    Args:
        folder: the folder that holds ``data.noun``.
    """
    path = folder / "data.noun"
    if not path.is_file():
        log.warning("no WordNet under %s: synonyms and broader words are left out", folder)
        return WordNet({})
    synsets: dict[int, Synset] = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("  "):
                synset = parse_synset(line.rstrip("\n"))
                synsets[synset.offset] = synset
    return WordNet(synsets)
