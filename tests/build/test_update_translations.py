"""The files of translations say what the program says, all of it, and nothing else."""

import re
import string
from pathlib import Path

import pytest

from tests.helpers.french import LANGUAGES, messages
from tests.helpers.spoken_words import marked
from update_translations import sources, update

FILES = sorted(LANGUAGES.glob("*.ts"))


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str, str]]:
    """What the program says: part, text and comment."""
    file = tmp_path_factory.mktemp("said") / "said.ts"
    update([file])
    return set(messages(file))


def test_there_is_a_translation() -> None:
    assert "fr.ts" in [file.name for file in FILES]
    assert len(sources()) > 200


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_nothing_is_missing_and_nothing_is_left_over(
    file: Path, said: set[tuple[str, str, str]]
) -> None:
    kept = messages(file)
    assert sorted(said - set(kept)) == [], "run build/update_translations.py and translate these"
    assert sorted(set(kept) - said) == [], "run build/update_translations.py"
    assert [key for key, translation in kept.items() if not translation] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_file_is_as_the_script_writes_it(file: Path, tmp_path: Path) -> None:
    again = tmp_path / file.name
    again.write_bytes(file.read_bytes())
    update([again])
    assert again.read_text(encoding="utf-8") == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_translations_keep_the_names_in_braces(file: Path) -> None:
    wrong = [
        (text, translation)
        for (_, text, _), translation in messages(file).items()
        if _names(text) != _names(translation)
    ]
    assert wrong == []


def test_french_has_its_spaces_quotes_and_apostrophes() -> None:
    wrong = [
        translation
        for translation in messages(LANGUAGES / "fr.ts").values()
        if re.search(r"[^\u202f\w:>](?<!\()[;!?»]|\w [:%;!?»]|« |[“”']", translation)
    ]
    assert wrong == []


def test_the_script_finds_both_ways_of_saying(said: set[tuple[str, str, str]]) -> None:
    texts = {text for _, text, _ in said}
    assert "Search your pictures" in texts  # by `tr`
    assert "The file is empty." in texts  # by `phrase`


def test_what_is_marked_is_found(said: set[tuple[str, str, str]]) -> None:
    """Such as not within an f-string, where nothing is found."""
    lost = [
        (file.name, line, given)
        for file in sources()
        for line, given in marked(file)
        if (*given, "")[:3] not in said
    ]
    assert lost == []


def _names(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
