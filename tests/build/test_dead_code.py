"""What vulture is told to leave alone is no longer than it must be."""

import fnmatch
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from project_file import ROOT

pytest.importorskip("vulture")


def test_every_name_left_alone_would_be_reported(tmp_path: Path) -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["vulture"]
    nothing = tmp_path / "pyproject.toml"
    nothing.write_text(f"[tool.vulture]\nexclude = {told['exclude']}\n", "utf-8")
    command = [sys.executable, "-m", "vulture", "--config", str(nothing), *told["paths"]]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    reported = re.findall(r"unused \w+ '(\w+)'", ran.stdout)

    assert reported, ran.stderr
    stale = [name for name in told["ignore_names"] if not fnmatch.filter(reported, name)]
    assert not stale
