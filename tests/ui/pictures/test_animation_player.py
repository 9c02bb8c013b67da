import pytest
from pytestqt.qtbot import QtBot

from desktop_app.ui.pictures.animation_player import AHEAD, AnimationPlayer
from desktop_app.ui.work.tasks import Lane
from tests.ui.fake_library import FakeLibrary

COLOURS = ("red", "lime", "blue")
CODES = ["#ff0000", "#00ff00", "#0000ff"]
BOX = (100, 100)


@pytest.fixture
def library() -> FakeLibrary:
    library = FakeLibrary(5)
    library.moving = {1: COLOURS, 2: ["white"] * 2000}
    return library


@pytest.fixture
def player(qtbot: QtBot, lane: Lane) -> AnimationPlayer:
    player = AnimationPlayer(lane)
    player.seen = []  # type: ignore[attr-defined]

    def note() -> None:
        assert player.image is not None
        player.seen.append(player.image.pixelColor(0, 0).name())  # type: ignore[attr-defined]

    player.showed.connect(note)
    return player


def seen(player: AnimationPlayer) -> list[str]:
    return player.seen  # type: ignore[attr-defined, no-any-return]


def test_it_plays_without_an_end(
    qtbot: QtBot, player: AnimationPlayer, library: FakeLibrary
) -> None:
    assert not player.is_animated
    player.load(library, 1, 0, BOX, play=True)
    assert player.is_playing
    qtbot.waitUntil(lambda: len(seen(player)) >= 7)
    assert seen(player)[:7] == [*CODES, *CODES, CODES[0]]
    player.unload()
    assert player.image is None
    assert not player.is_playing


def test_it_plays_as_often_as_it_says_and_again_when_asked(
    qtbot: QtBot, player: AnimationPlayer, library: FakeLibrary
) -> None:
    player.load(library, 1, 2, BOX, play=True)
    qtbot.waitUntil(lambda: not player.is_playing)
    assert seen(player) == CODES * 2
    assert player.is_animated
    assert player.image is not None  # the last frame stays
    player.play()
    qtbot.waitUntil(lambda: not player.is_playing)
    assert seen(player) == CODES * 4


def test_it_stops_and_goes_on_where_it_was(
    qtbot: QtBot, player: AnimationPlayer, library: FakeLibrary
) -> None:
    player.load(library, 1, 0, BOX, play=False)
    assert not player.is_playing
    assert library.frames_read == 0
    with qtbot.waitSignal(player.changed):
        player.toggle()
    qtbot.waitUntil(lambda: len(seen(player)) >= 2)
    player.toggle()
    count = len(seen(player))
    assert not player.is_playing
    player.toggle()
    qtbot.waitUntil(lambda: len(seen(player)) >= count + 2)
    assert seen(player)[: count + 2] == (CODES * 3)[: count + 2]


def test_only_a_few_frames_are_decoded_ahead(
    qtbot: QtBot, player: AnimationPlayer, library: FakeLibrary
) -> None:
    library.frame_ms = 3_600_000
    player.load(library, 2, 0, BOX, play=True)
    qtbot.waitUntil(lambda: len(player._waiting) == AHEAD)
    assert library.frames_read == AHEAD + 1
    assert len(seen(player)) == 1


def test_what_has_gone_or_fails_ends(
    qtbot: QtBot, player: AnimationPlayer, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    player.load(library, 4, 0, BOX, play=True)  # without a frame
    qtbot.waitUntil(lambda: not player.is_playing)
    assert player.image is None

    def fail(*_args: object) -> None:
        raise OSError("the disk")

    monkeypatch.setattr(library.looking, "frames", fail)
    player.load(library, 1, 0, BOX, play=True)
    qtbot.waitUntil(lambda: not player.is_playing)
    monkeypatch.undo()
    player.play()
    qtbot.waitUntil(lambda: len(seen(player)) >= 2)


def test_another_picture_takes_its_place(
    qtbot: QtBot, player: AnimationPlayer, library: FakeLibrary
) -> None:
    player.load(library, 1, 0, BOX, play=True)
    qtbot.waitUntil(lambda: bool(seen(player)))
    player.load(library, 2, 0, BOX, play=True)
    seen(player).clear()
    qtbot.waitUntil(lambda: len(seen(player)) >= 3)
    assert set(seen(player)) == {"#ffffff"}
