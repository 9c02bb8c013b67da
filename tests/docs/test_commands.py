"""The commands that the pages show are understood, and the quick ones work."""

import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

import page_tables
from desktop_app.main import _with_minus_words, build_parser, split_paths
from tests.conftest import PROJECT, Run
from tests.docs.pages import DOCS, PAGES, blocks, code, name_of, shell_lines, text_of
from tests.helpers.fake_encoder import COLOURS

QUICK = ("index", "search", "status", "export", "locate")
"""What is done for real; all else asks, downloads, waits or needs a model's file."""

PYTHON = re.compile(r"^python3? (?P<is_module>-m )?(?P<what>[\w./-]+)(?P<rest>.*)$")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")


def own_lines(page: Path) -> list[str]:
    """The lines that begin with the program's name, without what the shell does besides."""
    parts = [part.strip() for line in shell_lines(page) for part in re.split(r"&&|\| ", line)]
    parts += [said for said in code(page) if said.startswith("image-seeker ")]
    return [part for part in parts if part.startswith("image-seeker") and "…" not in part]


SHOWN = [(page, line) for page in PAGES for line in own_lines(page)]
PYTHON_LINES = [
    (page, part)
    for page in PAGES
    for line in [*shell_lines(page), *code(page)]
    for part in map(str.strip, re.split(r"&&|\| ", line))
    if PYTHON.match(part)
]


def shown(case: tuple[Path, str]) -> str:
    return f"{name_of(case[0])}: {case[1]}"


@pytest.mark.parametrize("case", SHOWN, ids=shown)
def test_every_command_is_understood(case: tuple[Path, str]) -> None:
    words = shlex.split(case[1])[1:]
    if " ".join(words) in page_tables.parsers() or words == ["--version"]:
        return  # it is only named, or ends the test
    rest, _ = split_paths(words)
    build_parser().parse_args(_with_minus_words(rest))


def test_every_command_has_an_example_or_needs_none() -> None:
    plain = {"restore", "forget", "models"}
    with_example = {
        name
        for name in page_tables.parsers()
        for _, line in SHOWN
        if line.startswith(f"image-seeker {name} ")
    }
    assert set(page_tables.parsers()) - with_example - plain <= {"", "status", "models list"}


def test_json_is_taken_by_every_command_but_those_named() -> None:
    page = text_of(DOCS / "command-line.md")
    but = re.findall(r"Every command but ((?:`[a-z]+`(?:, | and )?)+) takes `--json`", page)
    commands = {
        name: one for name, one in page_tables.parsers().items() if name not in ("", "models")
    }
    without = {name for name, one in commands.items() if "--json" not in one.format_help()}
    assert without == set(re.findall(r"[a-z]+(?=`)", " ".join(but)))


def test_every_option_named_is_one_of_the_program_a_script_or_a_workflow() -> None:
    known = {
        option
        for parser in page_tables.parsers().values()
        for option in re.findall(r"--[a-z][a-z-]+", parser.format_help())
    }
    for folder in ("build", "models", "benchmarks", "docs/scripts", "tests"):
        for path in (PROJECT / folder).rglob("*.py"):
            known |= set(re.findall(r'"(--[a-z][a-z-]+)"', path.read_text("utf-8")))
    ci = (PROJECT / ".ci" / "run").read_text("utf-8")
    known |= set(re.findall(r'"\$\{1-\}" = (--[a-z-]+)', ci))
    for path in (PROJECT / ".github" / "workflows").glob("*.yml"):
        known |= set(OPTION.findall(path.read_text("utf-8")))
    for page in PAGES:
        for said in code(page):
            if not said.startswith(("pip ", "apt", "python -m sphinx")):
                assert set(OPTION.findall(said)) <= known, (page, said)


def test_every_command_of_the_workshop_is_one() -> None:
    named = {
        name
        for page in PAGES
        for name in re.findall(r"python -m models\.(\w+)", page.read_text("utf-8"))
    }
    assert {"evaluate", "export", "train"} <= named
    for name in named:
        source = (PROJECT / "models" / f"{name}.py").read_text("utf-8")
        assert 'if __name__ == "__main__":' in source, name


def test_the_quick_ones_work(
    run: Run, pictures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each runs for real, on folders of the names that the pages use."""
    home, media = Path("~").expanduser(), tmp_path / "media"
    shutil.copytree(pictures, home / "Pictures")
    (media / "usb").mkdir(parents=True)
    shutil.copytree(pictures, media / "usb" / "Photos")
    for name in COLOURS:  # no copies of the others
        Image.new("RGB", (50, 70), COLOURS[name]).save(media / "usb" / "Photos" / f"{name}.png")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    Image.new("RGB", (40, 40), "white").save("dog.jpg")
    assert run("index", home / "Pictures", media / "usb" / "Photos")[0] == 0
    lines = list(dict.fromkeys(line for _, line in SHOWN if _is_quick(line)))
    assert len(lines) > 8
    for line in sorted(lines, key=lambda line: " locate " in line):  # it moves what others name
        words = [_placed(word, media) for word in shlex.split(line)[1:]]
        if words[0] == "locate":
            shutil.move(words[1], words[2])
        code_, out, said = run(*words)
        assert code_ == 0, (line, said)
        if "--json" in words:
            json.loads(out)
    assert Path("pictures.csv").stat().st_size > 0


def _is_quick(line: str) -> bool:
    words = shlex.split(line)[1:]
    waits_or_names = bool({"--watch", "DIR", "OLD"} & set(words))
    is_whole = len(words) > 1 or words in (["index"], ["status"])
    needs_more = ".parquet" in line and importlib.util.find_spec("pyarrow") is None
    return is_whole and words[0] in QUICK and not waits_or_names and not needs_more


def _placed(word: str, media: Path) -> str:
    """A word of a command as the shell gives it to the program, below the folder of the test."""
    if word.startswith("/media"):
        folder = media / word.removeprefix("/media/")
        if not folder.parent.exists():
            folder.parent.mkdir(parents=True)
        return str(folder)
    return os.path.expanduser(word)


@pytest.mark.parametrize("case", PYTHON_LINES, ids=shown)
def test_every_script_is_there_and_takes_these_options(case: tuple[Path, str]) -> None:
    line = PYTHON.match(case[1])
    assert line is not None
    if not line["is_module"]:
        path = PROJECT / line["what"]
    elif line["what"].startswith("models."):
        path = PROJECT / (line["what"].replace(".", "/") + ".py")
    else:
        assert importlib.util.find_spec(line["what"]) is not None
        return
    source = path.read_text("utf-8")
    assert '__name__ == "__main__"' in source, "this can only be imported"
    named = OPTION.findall(line["rest"])
    for option in named:
        assert f'"{option}"' in source, option
    if line["rest"].strip():  # else it is only named
        needed = set(re.findall(r'"(--[a-z-]+)"[^()]*required=True', source))
        assert needed <= set(named)


@pytest.mark.model
def test_the_example_in_python_works(pictures: Path, tmp_path: Path) -> None:
    (example,) = blocks(DOCS / "api" / "index.md", "python")
    (tmp_path / "example.py").write_text(example, "utf-8")
    pictures.rename(tmp_path / "Pictures")
    done = subprocess.run(
        [sys.executable, "example.py"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=False,
    )
    first, *found = done.stdout.splitlines()
    assert first == f"{len(COLOURS)} pictures are new", done.stderr
    assert {Path(path).name for path in found} == {f"{name}.png" for name in COLOURS}
