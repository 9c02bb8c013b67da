import re

import pytest

from app_sizes import DOCUMENT
from left_out import FILES, MODULES
from project_file import ARCHIVE_LIMIT_MB, FOLDER_LIMIT_MB, ROOT

TEXT = DOCUMENT.read_text("utf-8")


def test_the_limits_are_those_of_the_build() -> None:
    assert f"The folder may take {FOLDER_LIMIT_MB} MB and a package {ARCHIVE_LIMIT_MB} MB" in TEXT


def test_what_is_left_out_is_listed_with_its_reason() -> None:
    expected = [
        f"| {', '.join(f'`{name}`' for name in each.names)} | {each.reason} |"
        for each in (*MODULES, *FILES)
    ]

    table = TEXT.split("| left out | why |\n|---|---|\n")[1].split("\n\n")[0]
    assert table.splitlines() == expected


def test_the_table_of_sizes_adds_up_and_keeps_the_limit() -> None:
    table = TEXT.split("<!-- sizes -->\n")[1].split("<!-- /sizes -->")[0]
    sizes = [float(size) for size in re.findall(r"\| ([\d.]+) \|$", table, re.MULTILINE)]

    *parts, together = sizes
    assert len(parts) > 5
    assert abs(sum(parts) - together) < 0.06 * len(parts)  # each is rounded
    assert together <= FOLDER_LIMIT_MB
    packed = re.search(r"that is (\d+) MB as `\.deb`", TEXT)
    assert packed is not None
    assert int(packed[1]) <= ARCHIVE_LIMIT_MB


@pytest.mark.parametrize("page", ["README.md", "docs/install.md"])
def test_people_are_told_to_take_what_is_handed_out(page: str) -> None:
    workflow = (ROOT / ".github" / "workflows" / "packages.yml").read_text("utf-8")
    uploaded = set(re.findall(r"^ +build/out/packages/\*(\.[\w.]+)$", workflow, re.MULTILINE))
    table = (ROOT / page).read_text("utf-8").split("| your system | take | and |")[1]
    rows = [row for row in table.split("\n\n")[0].splitlines() if row.startswith("| ")]

    told = set(re.findall(r"`[…\w-]*(\.[\w.]+)`", "\n".join(row.split("|")[2] for row in rows)))

    assert told == uploaded - {".zip"}  # for those who need it; the installer is for all


def test_the_scripts_that_it_names_are_there() -> None:
    named = set(re.findall(r"\b(build/[\w/.-]+\.(?:py|iss)|build/linux/[\w-]+)", TEXT))

    assert len(named) > 8
    assert [name for name in named if not (ROOT / name).is_file()] == []
