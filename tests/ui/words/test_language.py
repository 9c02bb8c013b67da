"""Words in the language that was chosen."""

import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from desktop_app.ui.words.language import (
    ENGLISH,
    SYSTEM,
    install_language,
    language_name,
    languages,
    system_language,
    tr,
)
from desktop_app.ui.words.plural_rules import is_one
from desktop_app.ui.words.ts_translator import BadTranslationError, TsTranslator, read_messages
from tests.helpers.french import LANGUAGES

FRENCH = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr">
<context>
  <name>Viewer</name>
  <message><source>Page {n} of {all}</source><translation>Page {n} sur {all}</translation></message>
  <message>
    <source>Open</source><comment>a door</comment><translation>Ouvrir la porte</translation>
  </message>
  <message><source>Open</source><translation>Ouvrir</translation></message>
  <message><source>Close</source><translation type="unfinished">Fermer ?</translation></message>
  <message><source>Empty</source><translation></translation></message>
</context>
</TS>
"""


@pytest.fixture
def french(tmp_path: Path) -> Path:
    file = tmp_path / "fr.ts"
    file.write_text(FRENCH, encoding="utf-8")
    return file


@pytest.fixture
def speaks_french(qapp: QApplication, french: Path) -> Iterator[None]:
    translator = TsTranslator(french)
    assert qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def test_without_a_translation_the_text_is_said_as_it_is() -> None:
    assert tr("Viewer", "Page {n} of {all}").format(n=1, all=2) == "Page 1 of 2"


@pytest.mark.usefixtures("speaks_french")
def test_a_translation_is_said() -> None:
    assert tr("Viewer", "Page {n} of {all}").format(n=1, all=2) == "Page 1 sur 2"
    assert tr("Viewer", "Open") == "Ouvrir"
    assert tr("Viewer", "Open", "a door") == "Ouvrir la porte"
    assert tr("Viewer", "Open", "a letter") == "Ouvrir"  # better than English
    assert tr("Grid", "Open") == "Open"  # elsewhere it may mean something else


@pytest.mark.usefixtures("speaks_french")
@pytest.mark.parametrize("text", ["Close", "Empty", "Nobody translated this"])
def test_what_is_unfinished_stays_english(text: str) -> None:
    assert tr("Viewer", text) == text


@pytest.mark.parametrize("content", ["", "<TS>", "<html/>", "\x00"])
def test_a_file_that_is_none_of_linguists_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "fr.ts"
    file.write_text(content)
    with pytest.raises(BadTranslationError, match=r"fr\.ts"):
        read_messages(file)
    with pytest.raises(BadTranslationError):
        read_messages(tmp_path / "missing.ts")


@given(st.binary())
def test_no_content_breaks_the_reader(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "fr.ts"
        file.write_bytes(content)
        with suppress(BadTranslationError):
            read_messages(file)


def test_the_files_that_are_shipped_can_be_read(qapp: QApplication) -> None:
    assert languages()[0] == ENGLISH
    folder = LANGUAGES
    assert [file.stem for file in folder.glob("*.ts") if file.stem not in languages()] == []
    for code in languages()[1:]:
        assert read_messages(folder / f"{code}.ts")
    assert language_name("fr") == "Français"
    assert language_name(ENGLISH) == "English"


def test_a_language_that_is_not_there_is_english(qapp: QApplication) -> None:
    assert install_language(qapp, "tlh") == ENGLISH
    assert install_language(qapp, SYSTEM) in languages()


@pytest.mark.parametrize(
    ("wanted", "code"),
    [(["fr-CH", "en"], "fr"), (["tlh", "pt-BR"], "pt_BR"), (["tlh"], ENGLISH), ([], ENGLISH)],
)
def test_the_system_is_asked_for_the_first_that_is_there(
    monkeypatch: pytest.MonkeyPatch, wanted: list[str], code: str
) -> None:
    class System:
        @staticmethod
        def uiLanguages() -> list[str]:  # noqa: N802 - Qt's name
            return wanted

    monkeypatch.setattr(QLocale, "system", System)
    assert system_language([ENGLISH, "fr", "pt_BR"]) == code


@pytest.mark.parametrize(
    ("code", "one", "several"),
    [
        ("en", (1, -1), (0, 1.5, 2, 21)),
        ("tlh", (1,), (0, 2)),
        ("fr", (0, 1, 1.5), (2, 21)),
        ("pt-BR", (0, 1), (2,)),
        ("ja", (), (0, 1, 5)),
        ("pl", (1,), (0, 2, 22)),
        ("ru", (1, 21), (11, 3, 1.5)),
    ],
)
def test_one_and_several_as_the_unicode_consortium_has_them(
    code: str, one: tuple[float, ...], several: tuple[float, ...]
) -> None:
    assert [number for number in one + several if is_one(number, code)] == list(one)
