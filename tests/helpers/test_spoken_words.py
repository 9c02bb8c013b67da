from pathlib import Path

import pytest

from tests.helpers.spoken_words import unspoken


@pytest.mark.parametrize(
    "code",
    [
        'label.setText("Open")',
        'label.setText("Open…")',
        'label.setToolTip(f"{count} pictures are gone")',
        'notices.info("Saved.", "Undo")',
        'notices.error(text or "It failed here")',
        'HINT = "Draw a frame"',
        'NAMES = {1: "Date taken"}',
        'return_ = lambda: "No model"',
        'QPushButton(text="Cancel")',
        'tr("Part", "Some {what}").format(what="other thing")',
    ],
)
def test_words_that_are_not_translated_are_found(tmp_path: Path, code: str) -> None:
    file = tmp_path / "module.py"
    file.write_text(f'"""What it is."""\n{code}\n', encoding="utf-8")
    assert [line for line, _ in unspoken(file)][:1] == [2]


@pytest.mark.parametrize(
    "code",
    [
        'label.setText(tr("Part", "Open the folder", "a comment"))',
        'label.setText(f"{name} — {path}")',
        'widget.setObjectName("suggestions list")',
        '_log.warning("Nothing is there: %s", error)',
        'raise AssertionError("unreachable: the last one")',
        'icons.icon("list-filter", color)',
        'def made(self) -> "Library of it": ...',
        'menu.addAction(label, "Ctrl+S")',
        'kind == "some thing"',
    ],
)
def test_what_nobody_reads_is_left_alone(tmp_path: Path, code: str) -> None:
    file = tmp_path / "module.py"
    file.write_text(f'"""What it is."""\n{code}\n', encoding="utf-8")
    assert list(unspoken(file)) == []
