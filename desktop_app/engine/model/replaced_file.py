"""Writes a small file so that it is always either the old one or the new one."""

import os
from pathlib import Path


def replace_file(file: Path, content: str) -> None:
    """Write a text file at once, making its folder where that alone is missing.

    The folder above it is not made: who only looks at a library must not create one.

    Raises:
        OSError: If it cannot be written; the old one is still there then.
    """
    file.parent.mkdir(exist_ok=True)
    partial = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        partial.write_text(content, encoding="utf-8")
        os.replace(partial, file)
    finally:
        partial.unlink(missing_ok=True)
