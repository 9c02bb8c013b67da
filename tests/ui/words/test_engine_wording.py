"""What the engine says is recognised by what is marked in it, and said in French."""

import string
from pathlib import Path

import pytest

from desktop_app.engine.errors import ModelError, QueryError
from desktop_app.engine.query_language.parsing import parse
from desktop_app.engine.settings import Settings
from desktop_app.ui.words.engine_wording import SAID, told, told_error
from tests.helpers.french import FRENCH, in_french, messages

pytestmark = pytest.mark.usefixtures("qapp")


def test_english_stays_as_it_is() -> None:
    error = QueryError("There is nothing to search for.", "Type some words or give a picture.")
    assert told_error(error) is error
    assert told("The file is empty.") == "The file is empty."


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("", ""),
        ("The file is empty.", "Le fichier est vide."),
        ("Nobody ever said that.", "Nobody ever said that."),
        (
            "The file cannot be read (Permission denied).",
            "Le fichier ne peut pas être lu (Permission denied).",
        ),
        (
            "9000 × 8000 pixels is more than the limit of 0.5 megapixels.",
            "9000 × 8000 pixels dépassent la limite de 0,5 mégapixels.",
        ),
        # A sentence within a sentence, and one after the other.
        (
            "The picture to search with cannot be used. The file is empty.",
            "L’image avec laquelle chercher ne peut pas être utilisée. Le fichier est vide.",
        ),
        (
            "The library is full of surprises. Wait until that is done.",
            "The library is full of surprises. Attendez que ce soit terminé.",
        ),
        (
            "CLIP was not downloaded: There is no network.",
            "CLIP n’a pas été téléchargé\u00a0: Il n’y a pas de réseau.",
        ),
        (
            "The model a.b is refused: it takes 1.5 GB.",
            "Le modèle a.b est refusé\u00a0: il demande 1,5\u202fGo.",
        ),
        # What others have named is left alone.
        (
            "Forget May if its pictures are there.",
            "Oubliez May si ses images s’y trouvent.",
        ),
        ("There is no model 2.5.", "Il n’y a pas de modèle 2.5."),
        ("{braces} belong to {nobody}.", "{braces} belong to {nobody}."),
    ],
)
def test_sentences(english: str, french: str) -> None:
    with in_french():
        assert told(english) == french


def test_the_names_that_are_translated_are_those_of_sentences() -> None:
    named = {
        name
        for part, text, _ in messages(FRENCH)
        if part.startswith("Engine: ")
        for name in _names(text)
    }
    assert named >= SAID


def test_an_error_keeps_its_kind() -> None:
    error = ModelError("The model in use has 2 {faults}.", "Choose another model.")
    with in_french():
        said = told_error(error)
    assert type(said) is ModelError
    assert str(said) == "The model in use has 2 {faults}. Choisissez un autre modèle."
    assert said.__cause__ is error


@pytest.mark.parametrize(
    ("line", "french"),
    [
        ("after:31.4.2023", "after:31.4.2023\u00a0: il n’y a pas de 31 avril."),
        ("after:29.2.2023", "after:29.2.2023\u00a0: il n’y a pas de 29 février en 2023."),
        (
            "size:>2xx",
            'size:>2xx\u00a0: il n’y a pas de mesure "xx"\u202f; on connaît mp, kb et mb.',
        ),
        ('"dogs', "Il manque la fin\u00a0: un guillemet."),
        (
            "date:2023",
            "Il n’y a pas de filtre date:. Écrivez after:2023 ou before:2023 pour la date de "
            "prise de vue.",
        ),
        ("99*dogs", "99*\u00a0: un poids est d’au plus 10\u202f; celui-ci a été pris pour 10."),
    ],
)
def test_complaints_of_a_search_line(line: str, french: str) -> None:
    [complaint] = parse(line).complaints
    with in_french():
        assert told(complaint.text) == french


@pytest.mark.parametrize(
    ("written", "french"),
    [
        ('{"batch_size": 0}', "Le réglage batch_size doit être un nombre entier supérieur à 0."),
        ('{"write_sidecars": 1}', "Le réglage write_sidecars doit valoir true ou false."),
        (
            '{"batch_size": 8\n',
            "Les réglages dans {path} ont une erreur à la ligne 2, colonne 1\u202f; "
            "ceux d’une nouvelle bibliothèque comptent.",
        ),
    ],
)
def test_complaints_of_the_settings(tmp_path: Path, written: str, french: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(written)
    [complaint] = Settings.load(path).complaints
    with in_french():
        assert told(complaint) == french.format(path=path)


def test_every_sentence_of_the_engine_is_recognised_by_itself() -> None:
    engine = [
        (text, translation)
        for (part, text, _), translation in messages(FRENCH).items()
        if part.startswith("Engine: ")
    ]
    assert len(engine) > 200
    with in_french():
        wrong = []
        for text, translation in engine:
            names = {name: f"«{name}»" for name in _names(text)} | {"n": "7"}
            said = told(text.format(**names))
            if said != translation.format(**names):
                wrong.append((text, said))
    assert wrong == []


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
