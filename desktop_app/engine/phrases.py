"""What the engine says to people, marked so that it can be translated."""


def phrase(part: str, text: str) -> str:
    """Mark a sentence, or a part of one, as something that is shown in the window.

    The engine speaks English: to the terminal, to the log, and to the catalog, in which reasons
    are kept for years. The window recognises what was said by the marked text and says it in the
    language that was chosen, see `desktop_app.ui.words.engine_wording`.

    Args:
        part: The part of the engine that says it: ``Engine:``, a space and a name.
        text: What it says, literally in the call, with ``{names}`` for `str.format`. No two names
            may touch, and what may be several sentences stands at the end. Names of the window's
            `SAID` stand for what the engine says itself, such as a reason.

    Returns:
        The text.
    """
    return text
