import io
import itertools
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from desktop_app.engine.files import animation
from desktop_app.engine.files.animation import count_plays, read_frames
from desktop_app.engine.files.picture_reader import DecodeLimits, UndecodableError
from desktop_app.engine.files.screen_pixels import Bounds

BOUNDS = Bounds(1000, 1000, 10**9)
COLOURS = [(220, 30, 30), (30, 200, 40), (30, 40, 220)]
SUFFIXES = [".gif", ".webp", ".png", ".avif"]


def moving(path: Path, count: int = 3, **options: Any) -> str:
    """Write a picture whose frames have one colour each."""
    frames = [Image.new("RGB", (40, 30), COLOURS[each % 3]) for each in range(count)]
    kept: dict[str, Any] = {"duration": [50, 120, 300][:count], "loop": 0, "quality": 95, **options}
    frames[0].save(path, save_all=True, append_images=frames[1:], **kept)
    return str(path)


def colours(path: str) -> list[tuple[int, ...]]:
    return [tuple(map(int, f.pixels[15, 20, 2::-1])) for f in read_frames(path, BOUNDS)]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_frames_come_in_order_with_their_times(tmp_path: Path, suffix: str) -> None:
    path = moving(tmp_path / f"a{suffix}")
    frames = list(read_frames(path, BOUNDS))
    assert [frame.duration_ms for frame in frames] == pytest.approx([50, 120, 300], abs=1)
    assert np.allclose(colours(path), COLOURS, atol=12)
    assert frames[0].pixels.shape == (30, 40, 4)
    assert count_plays(path) == 0


def test_frames_are_shrunk_into_the_box(tmp_path: Path) -> None:
    path = moving(tmp_path / "a.gif")
    assert {f.pixels.shape for f in read_frames(path, Bounds(20, 20, 10**6))} == {(15, 20, 4)}


def test_a_gif_says_how_often_it_is_repeated(tmp_path: Path) -> None:
    assert count_plays(moving(tmp_path / "a.gif", loop=2)) == 3
    assert count_plays(moving(tmp_path / "b.gif", loop=None)) == 1
    assert count_plays(moving(tmp_path / "c.webp", loop=2)) == 2


def still(path: Path) -> str:
    Image.new("RGB", (8, 8)).save(path)
    return str(path)


def test_stills_pages_and_rubbish_do_not_play(tmp_path: Path) -> None:
    for suffix in (*SUFFIXES, ".jpg"):
        assert count_plays(still(tmp_path / f"still{suffix}")) is None
    assert count_plays(moving(tmp_path / "pages.tif")) is None
    assert count_plays(str(tmp_path / "nothing.gif")) is None
    (tmp_path / "rubbish.gif").write_bytes(b"GIF89a" + bytes(40))
    assert count_plays(str(tmp_path / "rubbish.gif")) is None


def test_what_takes_too_much_memory_is_a_still(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = moving(tmp_path / "a.gif")
    monkeypatch.setattr(animation, "LIMITS", DecodeLimits(pixels=1000))
    assert count_plays(path) is None
    with pytest.raises(UndecodableError, match="megapixels"):
        next(read_frames(path, BOUNDS))


@pytest.mark.parametrize(
    ("said", "is_meant"), [(0, 100), (10, 100), (20, 20), (70, 70), (10**9, 60_000), (None, 100),
                           (float("nan"), 100), ("x", 100)]
)  # fmt: skip
def test_times_are_sensible(said: object, is_meant: int) -> None:
    assert animation._duration_ms(said) == is_meant


def test_the_picture_for_old_programs_is_not_part_of_it(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (40, 30), each) for each in COLOURS]
    path = tmp_path / "a.png"
    frames[0].save(path, save_all=True, append_images=frames[1:], default_image=True)
    assert colours(str(path)) == COLOURS[1:]


def test_one_that_is_cut_short_plays_up_to_there(tmp_path: Path) -> None:
    path = tmp_path / "a.gif"
    moving(path, count=3)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * 2 // 3])
    assert 1 <= len(colours(str(path))) < 3


def test_only_what_is_asked_for_is_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = moving(tmp_path / "a.gif", count=30, duration=20)
    made: list[int] = []
    real: Callable[..., object] = animation._frame

    def count(image: Image.Image, number: int, bounds: Bounds) -> object:
        made.append(number)
        return real(image, number, bounds)

    monkeypatch.setattr(animation, "_frame", count)
    frames = read_frames(path, BOUNDS)
    assert len(list(itertools.islice(frames, 2))) == 2
    assert made == [0, 1]
    Path(path).unlink()  # it is not kept open, or Windows would refuse
    assert next(frames).pixels.shape == (30, 40, 4)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.data())
def test_a_damaged_file_ends_early_or_is_refused(tmp_path: Path, data: st.DataObject) -> None:
    suffix = data.draw(st.sampled_from(SUFFIXES))
    buffer = io.BytesIO()
    frames = [Image.new("RGB", (12, 8), each) for each in COLOURS]
    frames[0].save(buffer, suffix[1:].upper(), save_all=True, append_images=frames[1:], duration=50)
    content = bytearray(buffer.getvalue())
    at = data.draw(st.integers(0, len(content) - 1))
    damage = data.draw(st.binary(min_size=1, max_size=6))
    content[at : at + len(damage)] = damage
    path = tmp_path / "damaged"
    path.write_bytes(content)
    count_plays(str(path))
    with suppress(UndecodableError):
        for frame in itertools.islice(read_frames(str(path), BOUNDS), 50):
            assert frame.pixels.ndim == 3
