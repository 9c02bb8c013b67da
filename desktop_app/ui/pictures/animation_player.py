"""Plays pictures that move, with their own times; decodes a few frames ahead and no more."""

import logging
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from desktop_app.engine.records import AnimationFrame
from desktop_app.ui.pictures.viewer_images import ScreenImage
from desktop_app.ui.work.tasks import Lane

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

_log = logging.getLogger(__name__)

AHEAD = 3
"""Frames that wait to be shown: enough to hide that some take longer than others."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """A frame ready to be drawn."""

    image: QImage
    duration_ms: int


class _Reel:
    """Gives frame after frame, from the beginning again after the end. Belongs to the lane."""

    def __init__(
        self, library: "Library", picture_id: int, plays: int, box: tuple[int, int]
    ) -> None:
        self._library = library
        self._picture_id = picture_id
        self._plays_left = plays or -1  # for ever
        self._box = box
        self._frames: Iterator[AnimationFrame] | None = None

    def next(self) -> _Frame | None:
        """The next frame; None after the last."""
        for _ in range(2):
            if self._frames is None:
                if not self._plays_left:
                    return None
                self._plays_left -= 1
                self._frames = self._library.looking.frames(self._picture_id, *self._box)
            frame = next(self._frames, None)
            if frame is not None:
                return _Frame(ScreenImage(frame.pixels), frame.duration_ms)
            self._frames = None
        return None  # twice nothing: the file has gone or is damaged


class AnimationPlayer(QObject):
    """Shows one picture that moves. All methods belong to the GUI thread."""

    showed = Signal()
    """Another frame is to be drawn."""
    changed = Signal()
    """It plays now, or has stopped."""

    def __init__(self, lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = lane
        self._reel: _Reel | None = None
        self._restart: tuple[Library, int, int, tuple[int, int]] | None = None
        self._waiting: deque[_Frame] = deque()
        self._frame: _Frame | None = None
        self._is_asking = False
        self._has_ended = False
        self._is_playing = False
        self._clock = QElapsedTimer()
        self._due_ms = 0
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._show_next)

    @property
    def image(self) -> QImage | None:
        """The frame to be drawn; None where nothing moves, or nothing has come yet."""
        return None if self._frame is None else self._frame.image

    @property
    def is_animated(self) -> bool:
        """Whether there is something that moves."""
        return self._restart is not None

    @property
    def is_playing(self) -> bool:
        """Whether it moves now."""
        return self._is_playing

    def load(
        self, library: "Library", picture_id: int, plays: int, box: tuple[int, int], *, play: bool
    ) -> None:
        """Take another picture.

        Args:
            library: Decodes its frames.
            picture_id: Which one.
            plays: How often it plays, 0 for without an end.
            box: Width and height in device pixels that the frames are to fit into.
            play: Whether it begins at once.
        """
        self.unload()
        self._restart = (library, picture_id, plays, box)
        if play:
            self.play()
        else:
            self.changed.emit()

    def unload(self) -> None:
        """Nothing moves any more."""
        if self._restart is None:
            return
        self._lane.supersede()  # drops the reel too, whose file is closed with it
        self._reel, self._restart, self._frame = None, None, None
        self._waiting.clear()
        self._is_asking = self._is_playing = False
        self._timer.stop()
        self.changed.emit()

    def play(self) -> None:
        """Go on, or begin once more after the end."""
        if self._restart is None or self._is_playing:
            return
        if self._reel is None:
            self._reel, self._has_ended = _Reel(*self._restart), False
        self._is_playing = True
        self._clock.start()
        self._due_ms = 0
        self._ask()
        self._timer.start(0)
        self.changed.emit()

    def pause(self) -> None:
        """Stay at the frame that is shown."""
        if self._is_playing:
            self._is_playing = False
            self._timer.stop()
            self.changed.emit()

    def toggle(self) -> None:
        """Stop, or go on."""
        if self._is_playing:
            self.pause()
        else:
            self.play()

    def _ask(self) -> None:
        reel = self._reel
        if reel is None or self._is_asking or self._has_ended or len(self._waiting) >= AHEAD:
            return
        self._is_asking = True
        self._lane.call(reel.next, self._take, self._failed)

    def _take(self, frame: _Frame | None) -> None:
        self._is_asking = False
        if frame is None:
            self._has_ended = True
        else:
            self._waiting.append(frame)
        if self._is_playing:
            self._ask()
            if not self._timer.isActive():  # it was due before it came
                self._show_next()

    def _show_next(self) -> None:
        if self._waiting:
            self._frame = self._waiting.popleft()
            # By the clock, so that what comes late does not add up; but nothing is skipped.
            now_ms = self._clock.elapsed()
            self._due_ms = max(self._due_ms, now_ms - self._frame.duration_ms)
            self._due_ms += self._frame.duration_ms
            self._timer.start(max(0, self._due_ms - now_ms))
            self._ask()
            self.showed.emit()
        elif self._has_ended:
            self._reel = None
            self.pause()

    def _failed(self, error: Exception) -> None:
        _log.error("A picture does not play", exc_info=error)
        self._is_asking, self._has_ended, self._reel = False, True, None
        self.pause()
