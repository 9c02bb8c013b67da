"""Which runs of the tests are spread over the processors."""

import pytest

from tests.conftest import _as_text, pytest_cmdline_main

pytest_plugins = ["pytester"]


@pytest.fixture
def prepared(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> "pytest.Pytester":
    """A folder with two files of tests, seen from a computer with four processors."""
    pytest.importorskip("xdist")
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    monkeypatch.setattr("tests.conftest._processors", lambda: 4)
    (pytester.path / "rooms").mkdir()
    for name in ("a", "b"):
        (pytester.path / "rooms" / f"test_{name}.py").write_text("def test_it(): pass\n")
    return pytester


def workers(pytester: pytest.Pytester, *arguments: str) -> int:
    """How many workers pytest-xdist is asked for."""
    config = pytester.parseconfig(*arguments)
    pytest_cmdline_main(config)
    return len(config.option.tx) or config.option.numprocesses or 0


@pytest.mark.parametrize(
    "arguments", [[], ["rooms"], ["rooms", "-x"], ["rooms/test_a.py", "rooms"]]
)
def test_folders_are_spread(prepared: pytest.Pytester, arguments: list[str]) -> None:
    assert workers(prepared, *arguments) == 4


@pytest.mark.parametrize(
    "arguments",
    [
        ["rooms/test_a.py"],
        ["rooms/test_a.py", "rooms/test_b.py"],
        ["rooms/test_a.py::test_it"],
        ["rooms", "--pdb"],
        ["rooms", "--trace"],
        ["rooms", "-s"],
        ["rooms", "--collect-only"],
        ["rooms", "-n0"],
    ],
)
def test_what_is_named_or_watched_runs_here(
    prepared: pytest.Pytester, arguments: list[str]
) -> None:
    assert workers(prepared, *arguments) == 0


def test_who_measures_coverage_says_whether_it_is_spread(prepared: pytest.Pytester) -> None:
    """Not by ``--cov``, which would begin to measure in this very process."""
    for arguments, asked in (
        (["rooms"], None),
        (["rooms", "-n", "auto", "--dist", "worksteal"], ("auto", "worksteal")),
    ):
        config = prepared.parseconfig(*arguments)
        config.pluginmanager.register(object(), "_cov")
        pytest_cmdline_main(config)
        option = config.option
        assert asked == (option.numprocesses and (option.numprocesses, option.dist))


def test_a_number_given_is_kept(prepared: pytest.Pytester) -> None:
    assert workers(prepared, "rooms", "-n", "7") == 7


def test_it_can_be_switched_off(prepared: pytest.Pytester) -> None:
    config = prepared.parseconfig("-p", "no:xdist", "rooms")
    pytest_cmdline_main(config)
    assert not hasattr(config.option, "numprocesses")


def test_a_worker_spreads_nothing(
    prepared: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_XDIST_WORKER", "gw0")
    assert workers(prepared, "rooms") == 0


def test_reports_can_be_sent() -> None:
    report = {"sections": [("log", "caf\udce9.png")], "duration": 0.5, "when": None}
    assert _as_text(report) == {
        "sections": [("log", "caf\\udce9.png")],
        "duration": 0.5,
        "when": None,
    }
