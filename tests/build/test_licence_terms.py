import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licence_terms import (
    TEXTS,
    LicenceError,
    Terms,
    allowed_terms,
    chosen_terms,
    is_expression,
)
from native_libraries import read_native_libraries
from python_components import read_statements

ALLOWED = {name: Terms(name, "for tests", "") for name in ("MIT", "ISC", "Apache-2.0")}
ALLOWED["GPL-3.0-or-later WITH GCC-exception-3.1"] = Terms("GPL-3.0 with", "for tests", "")


def chosen(expression: str) -> list[str]:
    return [terms.identifier for terms in chosen_terms(expression, ALLOWED)]


def test_all_of_and_and_the_first_allowed_of_or_count() -> None:
    assert chosen("MIT AND ISC") == ["MIT", "ISC"]
    assert chosen("GPL-3.0-only OR Apache-2.0 OR MIT") == ["Apache-2.0"]
    assert chosen("(MIT OR GPL-2.0-only) AND MIT") == ["MIT"]


def test_an_exception_belongs_to_its_licence() -> None:
    assert chosen("GPL-3.0-or-later WITH GCC-exception-3.1") == ["GPL-3.0 with"]
    with pytest.raises(LicenceError, match=r"GPL-3\.0-or-later is not among"):
        chosen("GPL-3.0-or-later")


@pytest.mark.parametrize(
    "expression",
    ["AGPL-3.0-only", "MIT AND AGPL-3.0-only", "GPL-2.0-only OR AGPL-3.0-only", "", "MIT AND",
     "Some Licence", "LicenseRef-Unknown", "MIT License"],
)  # fmt: skip
def test_everything_else_is_refused(expression: str) -> None:
    with pytest.raises(LicenceError):
        chosen(expression)


@given(st.text(alphabet="MITISC ANDOR()-.0123456789", max_size=30))
@settings(max_examples=50)
def test_any_text_is_understood_or_refused(text: str) -> None:
    assert is_expression(text) in (True, False)
    with contextlib.suppress(LicenceError):
        assert set(chosen(text)) <= set(ALLOWED)


@pytest.mark.parametrize(
    ("text", "known"),
    [("MIT", True), ("MIT AND (ISC OR Zlib)", True), ("MIT License", False), ("", False),
     ("UNKNOWN", False), ("BSD", False)],
)  # fmt: skip
def test_words_of_spdx_are_told_from_others(text: str, known: bool) -> None:
    assert is_expression(text) is known


def test_every_allowed_licence_has_a_reason_and_a_text() -> None:
    for name, terms in allowed_terms().items():
        assert terms.reason, name
        assert is_expression(name) or name.startswith("LicenseRef-"), name
        if terms.text:
            assert (TEXTS / f"{terms.text}.txt").read_text("utf-8").strip(), name
    used = {terms.text for terms in allowed_terms().values()}
    assert {path.stem for path in TEXTS.iterdir()} == (used - {""}) | {"GPL-3.0"}


def test_strong_copyleft_is_never_allowed() -> None:
    for name in ("GPL-2.0-only", "GPL-3.0-only", "GPL-3.0-or-later", "AGPL-3.0-only", "SSPL-1.0"):
        assert name not in allowed_terms()


def test_the_tables_name_allowed_licences_alone() -> None:
    stated = [library.licence for library in read_native_libraries()]
    stated += [statement.licence for statement in read_statements().values()]
    assert len(stated) > 50
    for expression in stated:
        assert chosen_terms(expression, allowed_terms()), expression
