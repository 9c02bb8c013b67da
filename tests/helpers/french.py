"""The window in French, for as long as a test lasts."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

from PySide6.QtCore import QCoreApplication, QTranslator

LANGUAGES = Path(__file__).resolve().parents[2] / "desktop_app" / "resources" / "languages"
FRENCH = LANGUAGES / "fr.ts"


def messages(file: Path) -> dict[tuple[str, str, str], str]:
    """What a file of translations holds: from part, text and comment to the translation.

    Those that are not translated are empty.
    """
    found = {}
    for context in ElementTree.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            is_done = translation is not None and not translation.get("type")
            key = (
                context.findtext("name", ""),
                message.findtext("source", ""),
                message.findtext("comment", ""),
            )
            found[key] = (translation.text or "") if translation is not None and is_done else ""
    return found


class _French(QTranslator):
    def __init__(self) -> None:
        super().__init__()
        self._messages = messages(FRENCH)

    def isEmpty(self) -> bool:  # noqa: N802  # a name of Qt
        return not self._messages

    def translate(
        self, context: str, source: str, comment: str | None = None, _number: int = -1
    ) -> str | None:
        return self._messages.get((context, source, comment or ""))


@contextmanager
def in_french() -> Iterator[None]:
    """Let everything be said in French."""
    translator = _French()
    QCoreApplication.installTranslator(translator)
    try:
        yield
    finally:
        QCoreApplication.removeTranslator(translator)
