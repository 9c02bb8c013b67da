"""The search as it is being put together: the line, the pictures, and what is liked of the hits."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from desktop_app.engine.query_language.editing import added, edited_line, replaced, without
from desktop_app.engine.query_language.parsing import ParsedLine, parse
from desktop_app.engine.query_language.parts import After, Before, Is, Kind, OfSize, Part, Rated
from desktop_app.engine.records import Query
from desktop_app.ui.search.query_picture import QueryPicture

_UNDONE_MOST = 100

_Field = TypeVar("_Field")
_Pictures = tuple[QueryPicture, ...]


@dataclass(frozen=True, slots=True)
class DraftState:
    """All of a search, as it was at one time.

    Attributes:
        line: The search line.
        pictures: Pictures to find similar ones to.
        liked: Hits of which more like them are wanted.
        disliked: Hits of which less like them are wanted.
    """

    line: str = ""
    pictures: tuple[QueryPicture, ...] = ()
    liked: tuple[QueryPicture, ...] = ()
    disliked: tuple[QueryPicture, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it."""
        return not (self.line.strip() or self.pictures or self.liked or self.disliked)


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """Something that was done to a search; each is only equal to itself.

    Attributes:
        before: The search before it.
        after: And after it.
    """

    before: DraftState
    after: DraftState


class QueryDraft(QObject):
    """One search, of which the line and the chips are two views.

    Typing changes the line; everything else can be undone step by step.
    """

    changed = Signal()
    """Something of it is different."""
    stepped = Signal(object)
    """A `Step` was done: `undo` takes back the last, `take_back` this one."""
    line_set = Signal(str)
    """The line is another one, and not because it was typed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = DraftState()
        self._parsed = parse("")
        self._steps: list[Step] = []

    @property
    def state(self) -> DraftState:
        """All of it."""
        return self._state

    @property
    def parsed(self) -> ParsedLine:
        """What the line says."""
        return self._parsed

    @property
    def query(self) -> Query:
        """What the library is asked."""
        state = self._state
        return Query(
            parts=self._parsed.parts,
            pictures=tuple(picture.example for picture in state.pictures),
            liked=_ids(state.liked),
            disliked=_ids(state.disliked),
        )

    def type_line(self, line: str) -> None:
        """Take the line as it is typed; a text field undoes its own typing."""
        self._become(replace(self._state, line=line), is_typed=True)

    def set_line(self, line: str) -> None:
        """Put another line in the place of what is there."""
        self._step(replace(self._state, line=line))

    def replace_part(self, part: Part, other: Part | None) -> None:
        """Change one part of the line, or take it out.

        What the line says and nobody understood stays at its end.
        """
        parts = self._parsed.parts
        self._set_parts(without(parts, part) if other is None else replaced(parts, part, other))

    def add_part(self, part: Part) -> None:
        """Add a part to the line."""
        self._set_parts(added(self._parsed.parts, part))

    def choose(self, parts: Sequence[Part]) -> None:
        """Add parts of which each takes the place of another choice of its kind.

        One year instead of another, *portrait* instead of *landscape*: both would find nothing.
        """
        kinds = {_kind_of_choice(part) for part in parts} - {None}
        kept = [part for part in self._parsed.parts if _kind_of_choice(part) not in kinds]
        if any(isinstance(part, (After, Before)) for part in parts):
            kept = [part for part in kept if not isinstance(part, (After, Before))]
        self._set_parts(list(dict.fromkeys([*kept, *parts])))

    def _set_parts(self, parts: Sequence[Part]) -> None:
        self.set_line(edited_line(self._parsed, parts))

    def set_pictures(self, pictures: Sequence[QueryPicture]) -> None:
        """Search by these pictures and by no others."""
        self._step(replace(self._state, pictures=tuple(pictures)))

    def search_like(self, picture: QueryPicture) -> None:
        """Search by this picture, and by nothing else."""
        self.search_like_all((picture,))

    def search_like_all(self, pictures: Sequence[QueryPicture]) -> None:
        """Search by these pictures, and by nothing else."""
        self._step(DraftState(pictures=tuple(pictures)))

    def like(self, pictures: Sequence[QueryPicture], *, less: bool = False) -> None:
        """Ask for more, or less, like some hits; what was said of them before no longer counts."""
        ids = set(_ids(pictures))
        liked = tuple(each for each in self._state.liked if each.picture_id not in ids)
        disliked = tuple(each for each in self._state.disliked if each.picture_id not in ids)
        if less:
            disliked = (*disliked, *pictures)
        else:
            liked = (*liked, *pictures)
        self._step(replace(self._state, liked=liked, disliked=disliked))

    def forget_liking(self, picture: QueryPicture) -> None:
        """Take back what was said of a hit."""
        self._step(
            replace(
                self._state,
                liked=tuple(each for each in self._state.liked if each != picture),
                disliked=tuple(each for each in self._state.disliked if each != picture),
            )
        )

    def become(self, state: DraftState) -> None:
        """Take the place of what is there, as one step."""
        self._step(state)

    def clear(self) -> None:
        """Ask for nothing."""
        self._step(DraftState())

    def drop_last_picture(self) -> bool:
        """Take out the picture whose chip stands last.

        Returns:
            Whether there was one.
        """
        state = self._state
        if state.disliked:
            self._step(replace(state, disliked=state.disliked[:-1]))
        elif state.liked:
            self._step(replace(state, liked=state.liked[:-1]))
        elif state.pictures:
            self._step(replace(state, pictures=state.pictures[:-1]))
        else:
            return False
        return True

    def undo(self) -> bool:
        """Take the last step back; what it did not touch stays, words typed since then too.

        Returns:
            Whether there was one.
        """
        return bool(self._steps) and self.take_back(self._steps[-1])

    def take_back(self, step: Step) -> bool:
        """Take one step back, wherever it stands; what it did not touch stays.

        Returns:
            Whether it had not been taken back yet, nor was too long ago.
        """
        if step not in self._steps:
            return False
        self._steps.remove(step)
        before, after, now = step.before, step.after, self._state
        self._become(
            DraftState(
                _taken_back(now.line, before.line, after.line),
                _taken_back(now.pictures, before.pictures, after.pictures),
                _restored(now.liked, before.liked, after.liked),
                _restored(now.disliked, before.disliked, after.disliked),
            )
        )
        return True

    def _step(self, state: DraftState) -> None:
        if state != self._state:
            step = Step(self._state, state)
            self._steps = [*self._steps[1 - _UNDONE_MOST :], step]
            self._become(state)
            self.stepped.emit(step)

    def _become(self, state: DraftState, *, is_typed: bool = False) -> None:
        if state == self._state:
            return
        has_other_line = state.line != self._state.line
        if has_other_line:
            self._parsed = parse(state.line)
        self._state = state
        if has_other_line and not is_typed:
            self.line_set.emit(state.line)
        self.changed.emit()


def _taken_back(now: _Field, before: _Field, after: _Field) -> _Field:
    """What a step has changed as it was before; else as it is now."""
    return now if before == after else before


def _restored(now: _Pictures, before: _Pictures, after: _Pictures) -> _Pictures:
    """The hits that a step has changed as they were before; the others as they are now."""
    changed = [each for each in (*before, *after) if (each in before) != (each in after)]
    others = [each for each in now if each not in changed]
    kept = [each for each in before if each in changed or each in others]
    return (*kept, *(each for each in others if each not in kept))


def _kind_of_choice(part: Part) -> type | None:
    """What a part is a choice of; None where several can be fulfilled together."""
    if isinstance(part, Is):
        return None if part.kind in (Kind.SCREENSHOT, Kind.RECENT) else Is
    return type(part) if isinstance(part, (After, Before, OfSize, Rated)) else None


def _ids(pictures: Sequence[QueryPicture]) -> tuple[int, ...]:
    return tuple(each.picture_id for each in pictures if each.picture_id is not None)
