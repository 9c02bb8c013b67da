"""Walk the checklist of RELEASING.md: ``python build/release.py``.

Without ``--go`` nothing is run and nothing changes: it says what is ready and what is not. Nothing
is ever pushed.
"""

import argparse
import datetime
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from project_file import ROOT, read_project

_VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)")
_HEADING = re.compile(r"^## \[([^\]]+)\](?: - (\S+))?[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Checkout:
    """What is to be released.

    Attributes:
        root: The folder of the project.
        version: What pyproject.toml says.
        changelog: The text of CHANGELOG.md.
    """

    root: Path
    version: str
    changelog: str

    @property
    def tag(self) -> str:
        """What git calls this version."""
        return f"v{self.version}"

    def git(self, *arguments: str) -> str:
        """What git prints about the checkout, without the spaces around it.

        Raises:
            subprocess.CalledProcessError: If git refuses; its own sentence is in ``stderr``.
        """
        command = ["git", *arguments]
        ran = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=True)
        return ran.stdout.strip()


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the checklist: what must be true, or what is to be run.

    Attributes:
        name: As RELEASING.md has it.
        complaints: Says what is wrong, a sentence for each thing.
        command: What is run for it; empty where there is only something to see.
    """

    name: str
    complaints: Callable[[Checkout], list[str]] = lambda _checkout: []
    command: Callable[[Checkout], list[str]] = lambda _checkout: []


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Say what a release still lacks, or make it.

    Args:
        arguments: The command line without the script's name; None takes the process's own.
        root: The project.

    Returns:
        Exit code: 0 all is ready, or done; 1 something is not, and was printed.
    """
    parser = argparse.ArgumentParser("release.py", description=main.__doc__)
    parser.add_argument("--go", action="store_true", help="run the checks and set the tag")
    parser.add_argument(
        "--tag", metavar="NAME", help="only say whether a tag fits the version and the changelog"
    )
    parser.add_argument(
        "--notes", action="store_true", help="only print what the changelog tells of the version"
    )
    options = parser.parse_args(arguments)
    checkout = Checkout(
        root,
        read_project(root / "pyproject.toml").version,
        (root / "CHANGELOG.md").read_text("utf-8"),
    )
    if options.tag is not None:
        return _say("The tag is that of the version", tag_complaints(checkout, options.tag))
    if options.notes:
        complaints = changelog_complaints(checkout)
        print("\n".join(complaints) or notes(checkout), file=sys.stderr if complaints else None)
        return 1 if complaints else 0
    try:
        return _make(checkout) if options.go else _rehearse(checkout)
    except subprocess.CalledProcessError as error:
        print(f"git refused: {error.stderr.strip()}", file=sys.stderr)
        return 1


def tree_complaints(checkout: Checkout) -> list[str]:
    """What speaks against releasing the commit that is checked out."""
    found = []
    branch = checkout.git("rev-parse", "--abbrev-ref", "HEAD")
    if branch != "main":
        found.append(f"The branch is {branch}: releases are made from main.")
    changed = checkout.git("status", "--porcelain").splitlines()
    if changed:
        found.append(f"{len(changed)} files are changed or new: commit them or take them away.")
    behind = _commits(checkout, "HEAD..@{upstream}")
    if behind:
        found.append(f"{behind} commits are on the server but not here: pull them first.")
    return found


def version_complaints(checkout: Checkout) -> list[str]:
    """What is wrong with the version in pyproject.toml."""
    number = _number(checkout.version)
    if number is None:
        return [f"The version {checkout.version} is not of the form 1.2.3."]
    released = [tag for tag in checkout.git("tag", "--list", "v*").split() if _number(tag[1:])]
    newest = max(released, key=lambda tag: _number(tag[1:]) or (0, 0, 0), default=None)
    if checkout.tag in released:
        return [f"{checkout.version} was released already: give pyproject.toml the next version."]
    if newest is not None and number < (_number(newest[1:]) or (0, 0, 0)):
        return [f"{checkout.version} is older than {newest}, which was released already."]
    return []


def changelog_complaints(checkout: Checkout) -> list[str]:
    """What CHANGELOG.md lacks, so that it tells of this version."""
    headings = list(_HEADING.finditer(checkout.changelog))
    names = [heading[1] for heading in headings]
    if names[:1] != ["Unreleased"]:
        return ["CHANGELOG.md does not begin with a section [Unreleased] for what comes next."]
    if names[1:2] != [checkout.version]:
        return [
            f"CHANGELOG.md has no section [{checkout.version}] below [Unreleased]: "
            "give what is listed there the version and the day."
        ]
    texts = _sections(checkout.changelog)
    found = []
    if "\n- " in texts[0]:
        found.append("[Unreleased] still lists changes: they belong to the version.")
    if "\n- " not in texts[1]:
        found.append(f"[{checkout.version}] lists no change.")
    day = headings[1][2] or ""
    try:
        if datetime.date.fromisoformat(day) > datetime.datetime.now(datetime.UTC).date():
            found.append(f"[{checkout.version}] has a day that is still to come: {day}.")
    except ValueError:
        found.append(f"[{checkout.version}] has no day of the form 2026-01-31 behind it.")
    return found


def notes(checkout: Checkout) -> str:
    """What CHANGELOG.md tells of this version, which stands below what is unreleased."""
    return _sections(checkout.changelog)[1].strip()


def tag_complaints(checkout: Checkout, tag: str) -> list[str]:
    """Why packages of a tag must not be made."""
    if tag != checkout.tag:
        return [f"The tag is {tag}, but pyproject.toml says {checkout.version}."]
    return changelog_complaints(checkout)


STEPS = (
    Step("All is committed, on main", tree_complaints),
    Step("The version is a new one", version_complaints),
    Step("The changelog tells of it", changelog_complaints),
    Step("All checks pass", command=lambda _checkout: [".ci/run"]),
    Step("The packages can be made", command=lambda _: [sys.executable, "build/make_packages.py"]),
    # Other packages than those of Linux hold the folder as it is, and are tried by the workflow.
    Step(
        "The packages pass their checks",
        command=lambda _: [
            sys.executable,
            f"build/check_{'packages' if sys.platform == 'linux' else 'app'}.py",
        ],
    ),
    Step(
        "The version is tagged",
        command=lambda it: ["git", "tag", "-a", it.tag, "-m", f"Image Seeker {it.version}"],
    ),
)


def _rehearse(checkout: Checkout) -> int:
    """Say of every step how it stands, and change nothing."""
    code = 0
    for step in STEPS:
        command = step.command(checkout)
        if command:
            print(f"[would run] {step.name}: {_shown(command)}")
        else:
            code |= _say(step.name, step.complaints(checkout))
    return code


def _make(checkout: Checkout) -> int:
    """Take one step after the other, up to the first that fails."""
    for step in STEPS:
        command = step.command(checkout)
        if command:
            print(f"[running] {step.name}: {_shown(command)}", flush=True)
            code = subprocess.run(command, cwd=checkout.root, check=False).returncode
            if code:
                print(f"[not yet] {step.name}: exit code {code}.", file=sys.stderr)
                return 1
        # What was checked is what is tagged: a command leaves nothing behind that git would see.
        complaints = tree_complaints(checkout) if command else step.complaints(checkout)
        if _say(step.name, complaints):
            return 1
    print(f"Look at {checkout.tag} once more, then: git push origin main {checkout.tag}")
    return 0


def _sections(changelog: str) -> list[str]:
    """The text below each heading of a version, newest first."""
    return _HEADING.split(changelog)[3 :: _HEADING.groups + 1]


def _say(name: str, complaints: Sequence[str]) -> int:
    """Print how a step stands; 1 where there is a complaint."""
    for complaint in complaints:
        print(f"[not yet] {name}: {complaint}", file=sys.stderr)
    if not complaints:
        print(f"[ready] {name}")
    return 1 if complaints else 0


def _shown(command: Sequence[str]) -> str:
    return " ".join("python" if word == sys.executable else word for word in command)


def _commits(checkout: Checkout, between: str) -> int:
    """How many commits there are; 0 where one end is not known, as without a server."""
    try:
        return int(checkout.git("rev-list", "--count", between))
    except subprocess.CalledProcessError:
        return 0


def _number(version: str) -> tuple[int, int, int] | None:
    matched = _VERSION.fullmatch(version)
    return (int(matched[1]), int(matched[2]), int(matched[3])) if matched else None


if __name__ == "__main__":
    sys.exit(main())
