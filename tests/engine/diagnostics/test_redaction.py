"""What a report must not tell."""

import getpass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.diagnostics.redaction import Redaction, places_of_this_computer

# Printable and unlike anything that is in a report anyway; long enough to be found again.
LETTERS = "éßñжツabcdefgh ()&!+,;=@#'-_"
NAMES = st.text(LETTERS, min_size=5, max_size=30).map(lambda name: f"Qz{name.strip()}qz")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[Errno 2] No such file: '/home/anna/a.jpg'", "[Errno 2] No such file: '…'"),
        ("cannot read /home/anna/My Holiday/beach day.JPG", "cannot read <path>.JPG"),
        ("C:\\Users\\anna\\b.png is away", "<path>"),
        ("\\\\server\\photos\\b.png", "<path>.png"),
        ("//server/photos", "<path>"),
        ("file:///home/anna/a.webp", "<path>.webp"),
        ("smb://anna@nas/My Trip/b.png is away", "<path>"),
        ("https://huggingface.co/openai does not answer", None),
        ('File "/home/anna/beach.jpg" cannot be read', "File '…' cannot be read"),
        ("~/Pictures and ~anna/Pictures", "<path>"),
        ("IMG_2041.jpg is damaged", "<picture>.jpg is damaged"),
        ("the folder “Trip to Rome” is gone", "the folder '…' is gone"),
        ("31 images/s and 1/2 of it", "31 images/s and 1/2 of it"),
        ("the library's file isn't there", "the library's file isn't there"),
        ("/data/lib cannot be written (full)", "<library> cannot be written (full)"),
        ("/data/lib/models/Anna's cats is gone", "<in the library>"),
        ("/data/library2 is gone", "<path>"),
    ],
)
def test_paths_and_what_is_quoted_go(text: str, told: str | None) -> None:
    """A web address stays, it is the program's own."""
    assert Redaction([("/data/lib", "library")]).text(text) == (text if told is None else told)


def test_source_files_are_those_of_anybody() -> None:
    lines = (
        '  File "/home/anna/x/desktop_app/ui/grid.py", line 3 in paint\n'
        '  File "/usr/lib/python3.11/threading.py", line 9, in run\n'
        '  File "/home/anna/v/lib/python3.11/site-packages/PIL/Image.py", line 1, in open\n'
        '  File "C:\\P\\_internal\\numpy\\core.py", line 1, in f\n'
        '  File "/home/anna/mine.py", line 1, in f\n'
        '  File "desktop_app\\ui\\packed.py", line 1, in f\n'
        '  File "<frozen runpy>", line 2, in f'
    )
    assert Redaction().text(lines) == (
        '  File "desktop_app/ui/grid.py", line 3 in paint\n'
        '  File "python3.11/threading.py", line 9, in run\n'
        '  File "PIL/Image.py", line 1, in open\n'
        '  File "numpy/core.py", line 1, in f\n'
        '  File "mine.py", line 1, in f\n'
        '  File "desktop_app/ui/packed.py", line 1, in f\n'
        '  File "<frozen runpy>", line 2, in f'
    )


def test_the_user_and_the_computer_have_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "annabel")
    monkeypatch.setattr("platform.node", lambda: "annas-pc")
    assert Redaction().text("Annabel at annas-pc") == "<user> at <computer>"
    assert Redaction(names=True).text("annabel at annas-pc") == "annabel at annas-pc"


def test_a_user_without_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr(getpass, "getuser", fail)
    assert Redaction().text("all is well") == "all is well"


def test_searches_go_unless_they_are_wanted() -> None:
    text = "nothing for two DOGS, nor for x"
    assert (
        Redaction(searches=["two dogs", "x", " "]).text(text) == "nothing for <search>, nor for x"
    )
    assert Redaction(searches=["two dogs"], queries=True).text(text) == text
    assert (
        Redaction(searches=["two dogs"], names=True).text(text).startswith("nothing for <search>")
    )


def test_what_was_filled_into_a_line_goes_as_a_whole() -> None:
    redaction = Redaction()
    assert redaction.value("my summer trip.jpeg") == "<path>.jpeg"
    assert redaction.value("Pictures/my summer") == "<path>"
    assert redaction.value("CPUExecutionProvider") == "CPUExecutionProvider"
    assert Redaction(names=True).value("a/b.jpg") == "a/b.jpg"


@given(st.lists(NAMES, min_size=1, max_size=4), st.sampled_from(["/", "\\"]))
def test_no_part_of_a_path_is_left(names: list[str], separator: str) -> None:
    start = "/home" if separator == "/" else "D:"
    path = separator.join([start, *names]) + ".jpg"
    error = FileNotFoundError(2, "No such file", path)
    redaction = Redaction(places_of_this_computer("/home/lib", "/home/lib/logs"))
    for text in (path, str(error), f"The picture {path} is damaged.", f"({path})", f"x={path}"):
        said = redaction.text(text)
        assert not any(name in said for name in names), said
        assert "Qz" not in said, said
    assert "Qz" not in redaction.value(path)


def test_places_are_those_given() -> None:
    data = str(Path("/data"))
    assert places_of_this_computer(data) == [(data, "library")]
