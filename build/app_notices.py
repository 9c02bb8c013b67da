"""Makes the notices that go into the built program, from what PyInstaller collected for it."""

import os
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from app_parts import Part
from bundle_survey import BundleSurvey, UnknownPartsError
from component import Component
from file_owners import FileOwners
from licence_terms import TEXTS
from notices_text import notices_text
from project_file import OUT, ROOT, Project
from sbom import sbom_text

FOLDER = "licences"
"""Where they lie in the built program, beside the package ``desktop_app``."""

NOTICES = "THIRD_PARTY_NOTICES.txt"
SBOM = "sbom.cdx.json"
FULL_TEXTS = ("LGPL-3.0.txt", "GPL-3.0.txt")
FILES = (NOTICES, SBOM, *FULL_TEXTS)
PROGRAMS = ("ImageSeeker", "image-seeker")


def notices_parts(
    project: Project, parts: Sequence[Part], modules: Iterable[Part], out: Path = OUT / "licences"
) -> list[Part]:
    """Write the notices and say how they are to be collected; ends the build where one is missing.

    Args:
        project: What pyproject.toml says.
        parts: Files and links that go into the program.
        modules: Python modules that are packed into its executables.
        out: Where to write them.

    Raises:
        SystemExit: If a file belongs to nobody known or has a licence that is not allowed.
    """
    programs = [(name, str(ROOT / "build" / "entry.py"), "EXECUTABLE") for name in PROGRAMS]
    own = [(f"{FOLDER}/{name}", str(TEXTS / name), "DATA") for name in FILES]
    try:
        components = BundleSurvey(project, FileOwners()).components(
            [*programs, *parts, *own], modules
        )
    except UnknownPartsError as error:
        sys.exit(f"The program cannot be handed on as it is:\n{error}")
    return [(f"{FOLDER}/{path.name}", str(path), "DATA") for path in write_notices(components, out)]


def write_notices(components: Sequence[Component], out: Path) -> list[Path]:
    """Write the notices, the bill of materials and the texts of LGPL and GPL.

    Args:
        components: What is inside, the program itself first.
        out: The folder.

    Returns:
        The files.
    """
    out.mkdir(parents=True, exist_ok=True)
    contents = {
        NOTICES: notices_text(components),
        SBOM: sbom_text(components, int(os.environ.get("SOURCE_DATE_EPOCH", time.time()))),
        **{name: (TEXTS / name).read_text("utf-8") for name in FULL_TEXTS},
    }
    for name, text in contents.items():
        (out / name).write_text(text, "utf-8", newline="\n")
    return [out / name for name in sorted(contents)]
