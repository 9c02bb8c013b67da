"""Renews build/requirements.lock: ``python build/renew_lock.py``, with uv (``pip install uv``).

Takes the newest versions that pyproject.toml's ranges allow, for all systems and Pythons at once,
with the hashes of their files. Needs a network.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from lock_file import (
    EXTRA,
    LOCK,
    SUPPORTED_PYTHONS,
    environments,
    misfits,
    read_lock,
    wanted_requirements,
)
from project_file import ROOT


def main() -> int:
    """Renew it.

    Returns:
        Exit code: 0 done, 1 where it could not be made or does not fit.
    """
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    if uv is None:
        print("uv is not installed: pip install uv", file=sys.stderr)
        return 1
    command = [uv, "pip", "compile", "pyproject.toml", "--extra", EXTRA, "--upgrade"]
    command += ["--universal", "--generate-hashes", "--python-version", SUPPORTED_PYTHONS[0]]
    command += ["--no-emit-index-url", "--custom-compile-command", "python build/renew_lock.py"]
    command += ["--quiet", "--output-file", str(LOCK.relative_to(ROOT))]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        return 1
    lock, wanted = read_lock(), wanted_requirements()
    complaints = [each for where in environments() for each in misfits(wanted, lock, where)]
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
