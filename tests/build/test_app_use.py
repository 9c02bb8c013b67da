import json
from typing import Any

import pytest

from app_room import RoomError
from app_use import SelfTest, parse_self_test

REPORT = {
    "ok": True,
    "version": "1.2.3",
    "frozen": True,
    "steps": [{"name": "model", "ok": True, "seconds": 0.1, "detail": "fine"}],
    "modules": ["desktop_app", "numpy"],
}


def report(**changes: Any) -> str:
    return json.dumps({**REPORT, **changes})


def test_a_good_report_is_read() -> None:
    result = parse_self_test(report(), "", 0)

    assert result == SelfTest("1.2.3", True, [], ["desktop_app", "numpy"])


def test_a_failed_step_is_told_with_its_detail() -> None:
    steps = [{"name": "window", "ok": False, "seconds": 1.0, "detail": "no font"}]

    result = parse_self_test(report(ok=False, steps=steps), "", 1)

    assert result.failures == ["the step window failed: no font"]


def test_an_exit_code_without_a_failed_step_is_a_failure() -> None:
    assert parse_self_test(report(), "", 1).failures
    assert parse_self_test(report(ok=False), "", 0).failures


def test_a_step_without_a_verdict_is_a_failure() -> None:
    assert parse_self_test(report(steps=[{"name": "model"}]), "", 0).failures


@pytest.mark.parametrize(
    "output",
    ["", "Segmentation fault", "[]", report(steps=[]), report(version=None), '{"ok": true}'],
)
def test_a_report_that_is_none_is_refused(output: str) -> None:
    with pytest.raises(RoomError, match=r"no report|not understood"):
        parse_self_test(output, "something broke", 139)


def test_last_words_are_quoted() -> None:
    with pytest.raises(RoomError, match=r"exit code 1, last words: .*ImportError: libEGL"):
        parse_self_test("", "Traceback\nImportError: libEGL\n", 1)
