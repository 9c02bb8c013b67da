import warnings

import pytest

from desktop_app.engine.files.pillow_warnings import SilencedPillow


def warn(module: str) -> None:
    warnings.warn_explicit("odd", UserWarning, "plugin.py", 1, module=module)


def test_silent_until_the_last_one_leaves() -> None:
    silenced = SilencedPillow()
    filters = list(warnings.filters)
    with silenced:
        with silenced:
            warn("PIL.plugin")
        warn("PIL.plugin")
    assert warnings.filters == filters
    with pytest.warns(UserWarning, match="odd"):
        warn("PIL.plugin")


def test_others_may_still_warn() -> None:
    with SilencedPillow(), pytest.raises(UserWarning, match="odd"):
        warn("numpy.core")
