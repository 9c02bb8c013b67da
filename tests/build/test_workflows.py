"""The workflows are bound to fixed actions, to few rights, and to what the project really has."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from lock_file import environments
from project_file import ROOT

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = [path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml"]

each_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def load(path: Path) -> Any:
    # YAML 1.1 takes a bare "on" for true.
    return yaml.safe_load(re.sub(r"^on:", '"on":', path.read_text("utf-8"), flags=re.MULTILINE))


def steps_of(workflow: Any) -> list[Any]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_there_are_workflows_for_changes_packages_and_docs() -> None:
    assert [path.stem for path in WORKFLOWS] == ["checks", "docs", "packages"]


@each_workflow
def test_rights_are_given_job_by_job(path: Path) -> None:
    workflow = load(path)
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        writes = name == "draft"
        assert job["permissions"] == {"contents": "write" if writes else "read"}, name


@each_workflow
def test_no_stranger_runs_with_the_rights_of_the_project(path: Path) -> None:
    assert set(load(path)["on"]) <= {"push", "pull_request", "workflow_dispatch"}
    checkouts = [step for step in steps_of(load(path)) if "checkout" in step.get("uses", "")]
    assert checkouts
    for step in checkouts:
        assert step["with"]["persist-credentials"] is False


@each_workflow
def test_every_job_ends(path: Path) -> None:
    workflow = load(path)
    assert workflow["concurrency"]["group"]
    for name, job in workflow["jobs"].items():
        assert 1 <= job["timeout-minutes"] <= 90, name


def test_every_action_is_bound_to_one_commit() -> None:
    text = "".join(path.read_text("utf-8") for path in WORKFLOWS)
    used = re.findall(r"uses: (.+)", text)
    pins = set(re.findall(r"uses: ([\w./-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$", text, re.M))
    assert len(used) == len(re.findall(r"uses: \S+@[0-9a-f]{40} # v\d", text)) > 0
    assert len({action for action, _, _ in pins}) == len(pins)


def test_the_oldest_and_the_newest_python_are_tried_on_each_system() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    listed = re.findall(r"Python :: (3\.\d+)", "\n".join(project["classifiers"]))
    jobs = load(GITHUB / "workflows" / "checks.yml")["jobs"]
    matrix = jobs["tests"]["strategy"]["matrix"]
    assert matrix["python"] == [listed[0], listed[-1]]
    assert project["requires-python"] == f">={listed[0]}"
    assert {name.split("-")[0] for name in matrix["system"]} == {"ubuntu", "windows", "macos"}
    for left_out in matrix["exclude"]:
        also = jobs["coverage"]
        assert also["runs-on"] == left_out["system"]
        assert {"python-version": left_out["python"]}.items() <= also["steps"][1]["with"].items()


def test_packages_are_made_for_what_the_lock_file_is_for() -> None:
    """One job that can never end well keeps all packages from a release."""
    make = load(GITHUB / "workflows" / "packages.yml")["jobs"]["make"]
    runners = make["strategy"]["matrix"]["system"]
    systems = {"ubuntu": ("linux", "x86_64"), "windows": ("win32", "AMD64")}
    systems["macos"] = ("darwin", "arm64")  # of macos-15; Intel's are called macos-15-intel

    assert all(re.fullmatch(r"[a-z]+-[\d.]+", name) for name in runners)
    python = make["steps"][1]["with"]["python-version"]
    locked = {
        (each["sys_platform"], each["platform_machine"])
        for each in environments()
        if each["python_version"] == python
    }
    assert {systems[name.split("-")[0]] for name in runners} == locked


def test_what_people_download_is_used_on_each_system() -> None:
    steps = load(GITHUB / "workflows" / "packages.yml")["jobs"]["make"]["steps"]
    used = {
        system: "\n".join(step["run"] for step in steps if f"'{system}'" in step.get("if", ""))
        for system in ("Linux", "Windows", "macOS")
    }
    assert "build/check_packages.py" in used["Linux"]
    for system, package in (("Windows", "-setup.exe"), ("macOS", ".dmg")):
        assert re.search(rf"packages.\*{re.escape(package)}", used[system])
        assert re.search(r'image-seeker(\.exe)?" --self-test', used[system])


@each_workflow
def test_what_is_run_is_there(path: Path) -> None:
    commands = "\n".join(step.get("run", "") for step in steps_of(load(path)))
    for script in re.findall(r"(?:python |^| )((?:build|\.ci)/[\w.-]+)", commands, re.MULTILINE):
        if "out" not in Path(script).name:
            assert (ROOT / script).is_file(), script
    with (ROOT / "pyproject.toml").open("rb") as file:
        extras = tomllib.load(file)["project"]["optional-dependencies"]
    for extra in re.findall(r'"\.\[(\w+)\]"', commands):
        assert extra in extras


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_forms_ask_for_something(path: Path) -> None:
    form = load(path)
    assert form["name"]
    assert form["description"]
    fields = [each for each in form["body"] if each["type"] != "markdown"]
    assert len({each["id"] for each in fields}) == len(fields)
    assert all(each["attributes"]["label"] for each in fields)
    assert any(each.get("validations", {}).get("required") for each in fields)
