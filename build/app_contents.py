"""Looks for things in a built program that must never be handed to anybody."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

FORBIDDEN_MODULES = frozenset({
    "torch", "torchvision", "transformers", "onnx", "onnxscript", "sentence_transformers",
    "sklearn", "scipy", "matplotlib", "models", "hypothesis", "pytest", "_pytest", "tests",
    "conftest", "tkinter", "PyInstaller",
})  # fmt: skip
"""Top-level modules: the workshop that makes models, tests, and what builds the program."""

FORBIDDEN_ENDINGS = frozenset({
    ".jpg", ".jpeg", ".webp", ".parquet", ".csv", ".tar", ".tgz", ".safetensors", ".pt", ".pth",
})  # fmt: skip
"""Pictures and tables of the data sets, and weights that only the workshop reads."""

FORBIDDEN_LIBRARIES = (
    "de265",
    "x265",
    "x264",
    "heif",
    "hevc",
    "kvazaar",
    "avcodec",
    "avformat",
    "ffmpeg",
)
"""Parts of names: HEVC is patented, and who hands on a decoder may have to pay. AVIF is free."""


def forbidden_files(folder: Path) -> list[str]:
    """Files and folders in the built program that must not be there.

    Args:
        folder: The built program.

    Returns:
        Their paths below the folder.
    """
    # PyInstaller's folder of libraries holds one folder, file or .dist-info a module.
    libraries = folder / "_internal"
    top = [*folder.iterdir(), *(libraries.iterdir() if libraries.is_dir() else [])]
    found = [path for path in top if _module_of(path) in FORBIDDEN_MODULES]
    for path in folder.rglob("*"):
        name = path.name.lower()
        if path.suffix.lower() in FORBIDDEN_ENDINGS or any(x in name for x in FORBIDDEN_LIBRARIES):
            found.append(path)
    return sorted({path.relative_to(folder).as_posix() for path in found})


def missing_window_parts(folder: Path, platform: str = sys.platform) -> list[str]:
    """What a window needs on a desktop that may not have it, and the program lacks.

    On Linux, Qt's X11 plugin is of no use without libxcb-cursor, which many desktops do not
    install; PyInstaller leaves it out with a mere warning where the building machine lacks it.

    Args:
        folder: The built program.
        platform: As `sys.platform`.

    Returns:
        Names of the missing files.
    """
    if not platform.startswith("linux"):
        return []
    names = {path.name for path in folder.rglob("*.so*")}
    return sorted({"libqxcb.so", "libqwayland.so", "libxcb-cursor.so.0"} - names)


def forbidden_modules(names: Iterable[str]) -> list[str]:
    """Those of some modules that must not be in the program.

    Args:
        names: Full names, such as ``torch.nn.functional``.

    Returns:
        Their top-level names.
    """
    return sorted({name.split(".")[0] for name in names} & FORBIDDEN_MODULES)


def packed_modules(executable: Path) -> Iterator[tuple[str, bytes]]:
    """Names and byte code of the Python modules packed into an executable.

    Args:
        executable: A program that PyInstaller made.

    Raises:
        ValueError: If it is no such program.
    """
    # Looking is all that needs PyInstaller; the other checks run without.
    from PyInstaller.archive.readers import ArchiveReadError, CArchiveReader

    try:
        archive = CArchiveReader(str(executable))
        for name, entry in archive.toc.items():
            if entry[-1] == "z":
                modules = archive.open_embedded_archive(name)
                for module in modules.toc:
                    yield module, modules.extract(module, raw=True) or b""
    except ArchiveReadError as error:
        raise ValueError(f"{executable} was not made by PyInstaller.") from error


def _module_of(path: Path) -> str:
    name = path.name.removesuffix(".dist-info")
    return name.split("-")[0].split(".")[0]
