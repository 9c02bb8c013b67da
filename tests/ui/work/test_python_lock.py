import sys

import pytest

from desktop_app.ui.work.python_lock import SWITCH_S, lock_passed_on


def test_the_lock_is_passed_on_sooner_until_the_end() -> None:
    before_s = sys.getswitchinterval()
    with lock_passed_on():
        assert sys.getswitchinterval() == pytest.approx(SWITCH_S)
    assert sys.getswitchinterval() == pytest.approx(before_s)
    assert before_s > SWITCH_S
