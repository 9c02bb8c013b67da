"""Keys that act in one part of the window alone and are no commands, for the list of keys."""

from desktop_app.ui.help.keyboard_panel import KeyRow, KeySection
from desktop_app.ui.words.language import tr


def single_keys() -> list[KeySection]:
    """What the search line, the grid and the viewer do with single keys."""
    return [
        KeySection(
            tr("Keyboard", "Search line"),
            [
                KeyRow(tr("Keyboard", "Enter   ↓"), tr("Keyboard", "On to the pictures")),
                KeyRow("↓", tr("Keyboard", "Earlier searches, in an empty line")),
                KeyRow(tr("Keyboard", "Tab"), tr("Keyboard", "Take what is suggested")),
                KeyRow(tr("Keyboard", "Esc"), tr("Keyboard", "Clear the search")),
            ],
        ),
        KeySection(
            tr("Keyboard", "Pictures"),
            [
                KeyRow("← → ↑ ↓", tr("Keyboard", "Go to another picture")),
                KeyRow(tr("Keyboard", "Shift + ← → ↑ ↓"), tr("Keyboard", "Select more")),
                KeyRow(tr("Keyboard", "Enter   Space"), tr("Keyboard", "Look at it")),
                KeyRow(tr("Keyboard", "Esc"), tr("Keyboard", "Select nothing")),
            ],
        ),
        KeySection(
            tr("Keyboard", "Viewer"),
            [
                KeyRow("← →", tr("Keyboard", "The picture before and after")),
                KeyRow(tr("Keyboard", "Esc   Space"), tr("Keyboard", "Back to the pictures")),
            ],
        ),
    ]
