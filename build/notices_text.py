"""Writes THIRD_PARTY_NOTICES.txt: what is inside the program, whose it is, and its terms."""

import textwrap
from collections.abc import Iterable, Sequence

from component import Component
from licence_terms import TEXTS, Terms, allowed_terms, chosen_terms

_WIDTH = 98
_RULE = "=" * _WIDTH
_THIN = "-" * _WIDTH

_HEAD = """\
What Image Seeker {version} is made of

Image Seeker itself is under the MIT licence, which is the first text below. It stands on the work
of others, which is in this folder too, each part under its own licence. This file was written when
the program was built, from what went into it: {components} components, with {parts} more compiled
into them. The same list for machines is sbom.cdx.json beside this file (CycloneDX).

First comes a list of all, then each with its own texts, then the licences themselves.
"""

_QT = """\
The program uses Qt and Qt for Python (PySide6, shiboken6), version {version}, under the GNU Lesser
General Public License, version 3 (LGPL). Their code is as The Qt Company publishes it at
https://pypi.org/project/PySide6-Essentials/ : only notes for debuggers and search paths may have
been taken out, to make the files smaller. Their source code is at
https://download.qt.io/official_releases/QtForPython/ and
https://download.qt.io/official_releases/qt/ .

You may replace these libraries by versions of your own, changed or newer. Each is a file of its
own: on Linux _internal/PySide6/Qt/lib/libQt6*.so.6, on Windows _internal/PySide6/Qt6*.dll, on macOS
Contents/Frameworks/PySide6/Qt/lib; those of Qt for Python lie in PySide6 and shiboken6. Put your
file in its place, under the same name, built for the same main version of Qt, and start the
program: it checks nothing of them. On macOS sign the program anew afterwards, with "codesign
--force --deep --sign - ImageSeeker.app". You may study how the program uses these libraries, and
take it apart as far as finding faults in such changes needs it.

The other libraries under an LGPL can be replaced in the same way. Their source code is with the
systems and wheels that they came from: {lgpl}.

The texts of the LGPL and of the GPL, which it builds upon, are at the end of this file, and beside
it as LGPL-3.0.txt and GPL-3.0.txt.
"""


def notices_text(components: Sequence[Component]) -> str:
    """The whole file.

    Args:
        components: What is inside, the program itself first.

    Raises:
        LicenceError: If a licence is not among the allowed ones.
    """
    chosen = {
        part.licence: chosen_terms(part.licence, allowed_terms())
        for component in components
        for part in (component, *component.parts)
    }
    head = _HEAD.format(
        version=components[0].version,
        components=len(components),
        parts=sum(len(component.parts) for component in components),
    )
    pieces = [head, _title("Qt and the LGPL"), _qt(components)]
    pieces += [_title("List"), "\n".join(_rows(components, chosen))]
    pieces += [_title("Each component"), *_each(components)]
    pieces += [_title("Licences"), *_licences(chosen.values())]
    return "\n".join(piece.rstrip("\n") + "\n" for piece in pieces)


def _title(text: str) -> str:
    return f"\n{_RULE}\n{text}\n{_RULE}"


def _qt(components: Iterable[Component]) -> str:
    components = list(components)
    version = next((c.version for c in components if c.name == "PySide6_Essentials"), "")
    others = [
        f"{component.name} ({component.origin})"
        for component in components
        if component.licence.startswith("LGPL-2.1")
    ]
    text = _QT.format(version=version, lgpl="; ".join(others) or "none")
    return "\n\n".join(
        textwrap.fill(" ".join(paragraph.split()), _WIDTH, break_long_words=False)
        for paragraph in text.split("\n\n")
    )


def _rows(components: Iterable[Component], chosen: dict[str, list[Terms]]) -> list[str]:
    rows = []
    for component in components:
        for indent, each in (("", component), *(("  ", part) for part in component.parts)):
            terms = " and ".join(terms.identifier for terms in chosen[each.licence])
            rows.append(f"{indent + each.full_name:<42} {terms}")
    return list(dict.fromkeys(rows))  # libxcb, for one, comes in eight packages


def _each(components: Iterable[Component]) -> list[str]:
    pieces = []
    told: dict[str, str] = {}
    for component in components:
        lines = [_THIN, component.full_name, *_facts(component)]
        for text in component.texts:
            lines.append("")
            if text.text in told:
                lines.append(f"{text.title}: the same as {told[text.text]}, above.")
                continue
            told[text.text] = f"{text.title} of {component.full_name}"
            lines += [f"{text.title}:", "", text.text.strip("\n")]
        for part in component.parts:
            lines += ["", f"  inside: {part.full_name}", *(f"  {f}" for f in _facts(part))]
        pieces.append("\n".join(lines))
    return pieces


def _facts(component: Component) -> list[str]:
    facts = [f"Licence: {component.licence} ({component.because})"]
    facts.append(f"From: {component.origin}")
    if component.website:
        facts.append(f"Home: {component.website}")
    if component.copyright:
        facts += textwrap.wrap(component.copyright, _WIDTH - 2)
    return facts


def _licences(chosen: Iterable[list[Terms]]) -> list[str]:
    names = {terms.text: terms for each in chosen for terms in each if terms.text}
    if "LGPL-3.0" in names:
        names.setdefault("GPL-3.0", names["LGPL-3.0"])  # the LGPL builds upon it
    return [
        f"{_THIN}\n{name}\n{_THIN}\n\n{(TEXTS / f'{name}.txt').read_text('utf-8')}"
        for name in sorted(names)
    ]
