"""What ``--self-test`` does: the main job in a temporary library, and a look at what is here.

It is how a built program is checked where nobody looks at it, and what to ask of a user whose
program does not work. It changes nothing of theirs.
"""

from desktop_app.self_test.running import run_self_test

__all__ = ["run_self_test"]
