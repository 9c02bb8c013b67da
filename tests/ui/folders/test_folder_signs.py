"""What the small signs beside a folder say."""

from dataclasses import replace

from desktop_app.engine.files import reach
from desktop_app.engine.records import TreeFolder
from desktop_app.ui.folders.folder_signs import Sign, Work, signs
from desktop_app.ui.words import wording

USB = TreeFolder("/media/USB", "USB", 3, is_top=True, is_offline=True)


def test_a_folder_that_is_away_says_why() -> None:
    denied = replace(USB, why_offline=reach.NOT_READABLE)
    assert signs(denied, None, Work()) == (Sign("unplug", "Offline. You may not read it."),)
    assert signs(USB, None, Work()) == (Sign("unplug", wording.offline()),)
    assert signs(replace(USB, is_offline=False), None, Work()) == ()
