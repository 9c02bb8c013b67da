import shutil
import subprocess

import pytest

from manual_page import manual_page
from project_file import read_project

DATE = 1_700_000_000


@pytest.fixture(scope="module")
def page() -> str:
    return manual_page(read_project(), DATE)


def test_all_commands_and_their_options_are_in_it(page: str) -> None:
    assert '.TH IMAGE\\-SEEKER 1 "2023' not in page
    assert page.startswith('.TH IMAGE-SEEKER 1 "2023-11-14"')
    for command in ("index", "search", "forget", "models get", "models list"):
        assert f"\n.SS {command}\n" in page
    assert r"\fB\-\-gentle\fR" in page
    assert r"\fB\-\-limit\fR \fIN\fR" in page


def test_what_holds_for_all_commands_is_told_once(page: str) -> None:
    assert page.count(".TP\n\\fB\\-\\-data\\-dir\\fR") == 1


def test_each_way_to_call_it_has_a_line_of_its_own(page: str) -> None:
    synopsis = page.split(".SH SYNOPSIS\n")[1].split(".SH ")[0]
    assert synopsis.replace("\\-", "-").replace("\\fB", "").replace("\\fR", "") == (
        "image-seeker [options] [PATH ...]\n.br\n"
        "image-seeker [options] COMMAND ...\n.br\n"
        "image-seeker-window [PATH ...]\n"
    )


def test_no_line_begins_with_a_sign_that_man_would_obey(page: str) -> None:
    macros = {line.split()[0] for line in page.splitlines() if line.startswith((".", "'"))}

    assert macros == {".TH", ".SH", ".SS", ".TP", ".PP", ".br"}


def test_man_reads_it_without_a_warning(page: str) -> None:
    if shutil.which("groff") is None:
        pytest.skip("groff is not installed")

    result = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", "-z"],
        input=page,
        capture_output=True,
        text=True,
        check=True,
    )

    assert result.stderr == ""
