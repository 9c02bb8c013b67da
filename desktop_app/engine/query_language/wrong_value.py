"""What is said where a filter's value cannot be understood."""


class WrongValueError(ValueError):
    """A value that its filter cannot take; caught by the parser, which goes on without it.

    Attributes:
        reason: The rest of a sentence that begins with the filter as it was typed. It begins with
            a small letter and has no full stop: ``there is no month 13``.
        is_unfinished: Whether more typing could make the value a good one.
    """

    def __init__(self, reason: str, *, is_unfinished: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_unfinished = is_unfinished
