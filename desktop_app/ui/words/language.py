"""The window's words in the user's language."""

import logging
from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from desktop_app.ui.words.ts_translator import BadTranslationError, TsTranslator

_log = logging.getLogger(__name__)

SYSTEM = "system"
ENGLISH = "en"


def tr(part: str, text: str, comment: str = "") -> str:
    """Say something in the language that was chosen.

    To be called when it is said, not when a module is imported: no translation is there yet then.

    Args:
        part: The part of the window that says it, such as ``Viewer``; translators see it.
        text: What it says in English, literally in the call, with ``{names}`` for `str.format`.
        comment: What a translator should know, where the text alone does not tell.

    Returns:
        The translation, or the text itself where there is none.
    """
    return QCoreApplication.translate(part, text, comment)


@cache
def languages() -> Sequence[str]:
    """Codes of the languages that there are, English first."""
    folder = files("desktop_app.resources") / "languages"
    if not folder.is_dir():
        return (ENGLISH,)
    found = sorted(each.name[:-3] for each in folder.iterdir() if each.name.endswith(".ts"))
    return (ENGLISH, *(each for each in found if each != ENGLISH))


def language_name(code: str) -> str:
    """What a language calls itself, such as ``Français``."""
    if code == ENGLISH:
        return "English"
    name = QLocale(code).nativeLanguageName()
    return name[:1].upper() + name[1:] if name else code


def system_language(available: Sequence[str] | None = None) -> str:
    """The first language that the user's system asks for and that is there; else English.

    Args:
        available: What there is; None for `languages`.
    """
    there = languages() if available is None else available
    for wanted in QLocale.system().uiLanguages():
        parts = wanted.replace("-", "_").split("_")
        for code in ("_".join(parts), parts[0]):
            if code in there:
                return code
    return ENGLISH


def install_language(app: QCoreApplication, choice: str) -> str:
    """Let the program speak a language from now on, before its window is made.

    Args:
        app: The application; a language that was installed before is taken off.
        choice: A code of `languages`, or `SYSTEM`.

    Returns:
        The code of the language that it speaks now: English where the chosen one is not there.
    """
    for each in app.findChildren(QTranslator):
        app.removeTranslator(each)
        each.setParent(None)
    code = system_language() if choice == SYSTEM or choice not in languages() else choice
    QLocale.setDefault(QLocale.system() if choice == SYSTEM else QLocale(code))
    if code == ENGLISH:
        return code
    try:
        with as_file(files("desktop_app.resources") / "languages" / f"{code}.ts") as file:
            ours = TsTranslator(file, app)
    except BadTranslationError as error:
        _log.warning("The window stays in English: %s", error)
        return ENGLISH
    qts = QTranslator(app)  # what Qt itself says, such as in the menu of a text field
    place = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if qts.load(QLocale(code), "qtbase", "_", place):
        app.installTranslator(qts)
    app.installTranslator(ours)
    return code
