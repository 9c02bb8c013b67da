"""The report that a user copies."""

from pathlib import Path

from desktop_app import __version__
from desktop_app.engine.diagnostics.crash_files import Crash
from desktop_app.engine.diagnostics.faults import fault_of
from desktop_app.engine.diagnostics.redaction import Redaction
from desktop_app.engine.diagnostics.report import (
    LINES,
    Facts,
    Happened,
    program_facts,
    report_text,
)


def test_it_says_what_stands_where_and_what_happened() -> None:
    crash = Crash("window", 0.0, 'Fatal\n  File "/home/anna/desktop_app/a.py", line 3 in f', Path())
    killed = Crash("window", 0.0, "", Path())
    facts = Facts([("Image Seeker", "1.0")], [("Pictures", "12")], ["two dogs"])
    happened = Happened([fault_of(ValueError("/home/anna/a.jpg"))], [crash, killed], ["x"] * 999)
    text = report_text(happened, facts, Redaction(searches=["two dogs"]))
    assert "Image Seeker  1.0" in text
    assert "Pictures  12" in text
    assert "ValueError, once" in text
    assert 'File "desktop_app/a.py", line 3' in text
    assert "left no trace: it was killed" in text
    assert text.count("\nx") == LINES
    assert "anna" not in text
    assert "dogs" not in text


def test_searches_are_told_where_they_are_wanted() -> None:
    text = report_text(Happened(), Facts(searches=["two dogs"]), Redaction(queries=True))
    assert text.endswith("Searched for\n  two dogs\n")


def test_the_program_knows_its_surroundings() -> None:
    facts = dict(program_facts())
    assert facts["Image Seeker"].startswith(__version__)
    assert "numpy" in facts["Libraries"]
    assert "GB" in facts["Memory"]
    assert facts["System"]
