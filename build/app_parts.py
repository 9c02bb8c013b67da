"""Which parts of its libraries the built program takes along, and which it can do without."""

from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

EXCLUDED_MODULES = [
    # The workshop that makes models, and what its packages bring along.
    "torch", "transformers", "onnx", "onnxscript", "onnx_ir", "sklearn", "scipy", "sympy",
    "matplotlib", "pandas", "numba", "sentence_transformers", "safetensors", "models",
    # Tools of the checkout, and code that tests.
    "hypothesis", "pytest", "_pytest", "mypy", "pip", "setuptools", "distutils", "doctest",
    "lib2to3", "IPython", "tests", "numpy.testing", "numpy.f2py", "unittest",
    # 130 MB for one format of `export`; whoever needs it installs the program with pip.
    "pyarrow",
    # Corners of the libraries that the program has no use for: uploads, servers, converters.
    "hf_xet", "fsspec", "pydantic", "pydantic_core", "fastapi", "huggingface_hub.cli",
    "huggingface_hub.inference", "huggingface_hub.serialization", "usearch.client",
    "usearch.server", "usearch.eval", "usearch.numba", "tokenizers.tools", "onnxruntime.backend",
    "onnxruntime.datasets", "onnxruntime.quantization", "onnxruntime.tools",
    "onnxruntime.transformers",
    # Other ways to draw a window.
    "tkinter", "_tkinter", "turtle", "PIL.ImageTk", "PIL.ImageQt", "PySide6.QtNetwork",
    "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtOpenGL", "PySide6.QtPrintSupport",
    "PySide6.QtSql", "PySide6.QtTest",
]  # fmt: skip
"""Modules that PyInstaller would follow imports into and shall not."""

QT_PLUGINS = {
    "iconengines": {"qsvgicon"},
    "imageformats": {"qgif", "qico", "qjpeg", "qsvg", "qtiff", "qwebp"},
    "platforminputcontexts": {
        "composeplatforminputcontextplugin",
        "ibusplatforminputcontextplugin",
    },
    "platforms": {"qcocoa", "qoffscreen", "qwayland", "qwindows", "qxcb"},
    # Not qgtk3: it would bring GTK along. The portal tells light from dark and has the dialogs.
    "platformthemes": {"qxdgdesktopportal"},
    "styles": {"qmacstyle", "qmodernwindowsstyle"},
    "wayland-decoration-client": {"adwaita", "bradient"},
    "wayland-graphics-integration-client": {"qt-plugin-wayland-egl"},
    "wayland-shell-integration": {"qt-shell", "xdg-shell"},
    "xcbglintegrations": {"qxcb-egl-integration", "qxcb-glx-integration"},
}
"""Qt's plugins that are taken along, by folder, without the platform's ``lib`` and ending."""

Part = tuple[str, str, str]
"""As PyInstaller lists what it collects: path in the built folder, source file, type code.

A link has the type code ``SYMLINK`` and, for a source, the path it leads to in the folder.
"""


def needed_parts(parts: Iterable[Part], imports_of: Callable[[str], Iterable[str]]) -> list[Part]:
    """Leave out Qt's unused plugins, and every shared library that only they needed.

    PyInstaller follows what a plugin links to before a spec can drop the plugin: GTK's plugin
    alone brings 40 libraries of the building machine.

    Args:
        parts: The binaries and data files that PyInstaller collected.
        imports_of: Names of the shared libraries that a binary file links to.

    Returns:
        The parts to take along, in their order.
    """
    parts = [part for part in parts if is_needed(part[0])]
    libraries = {_name(part): part for part in parts if _is_shared_library(part)}
    pending = [part for part in parts if _name(part) not in libraries and _is_binary(part)]
    while pending and libraries:
        for imported in imports_of(pending.pop()[1]):
            library = libraries.pop(PurePosixPath(imported).name, None)
            if library is not None:
                pending.append(library)
    orphans = {target for target, _, _ in libraries.values()}
    return [part for part in parts if _destination(part) not in orphans]


def is_needed(target: str) -> bool:
    """Whether a file is of use to the program, going by its place alone.

    Args:
        target: Its path in the built folder.
    """
    path = _path(target)
    if "PySide6" not in path.parts:
        return True
    if "plugins" in path.parts:
        plugin = path.name.removeprefix("lib").split(".")[0]
        return plugin in QT_PLUGINS.get(path.parent.name, set())
    return not {"translations", "qml"} & set(path.parts)


def _path(target: str) -> PurePosixPath:
    return PurePosixPath(target.replace("\\", "/"))


def _name(part: Part) -> str:
    return _path(part[0]).name


def _destination(part: Part) -> str:
    target, source, kind = part
    return source if kind == "SYMLINK" else target


def _is_binary(part: Part) -> bool:
    return part[2] in ("BINARY", "EXTENSION")


def _is_shared_library(part: Part) -> bool:
    """Whether a part is there only because another one links to it."""
    target, _, kind = part
    path = _path(target)
    is_python = path.name.lower().startswith(("libpython", "python"))
    folders = (".", "PySide6", "PySide6/Qt/lib")
    return kind == "BINARY" and not is_python and path.parent.as_posix() in folders
