"""What happens on the disk is told: with real files, and the system's own events."""

import errno
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn

import psutil
import pytest
from watchdog.observers.polling import PollingObserver

from desktop_app.engine.files import follower, settling, tree_watch
from desktop_app.engine.files.follower import Rhythm
from desktop_app.engine.files.scanner import is_hidden
from desktop_app.engine.files.watcher import FolderWatcher, FollowedRoot
from desktop_app.engine.paths import is_below
from desktop_app.engine.records import ChangedPlace, RootKind, WatchMode, WatchState
from tests.conftest import PROJECT

BOUND_S = 20.0
QUICK = Rhythm(probe_s=0.2, period_s=1.0, hang_s=5.0)

posix = pytest.mark.skipif(os.name == "nt", reason="links to folders need rights on Windows")
linux = pytest.mark.skipif(sys.platform != "linux", reason="inotify")


class Heard:
    """What a watcher tells, and waiting for it."""

    def __init__(self) -> None:
        self.batches: list[list[ChangedPlace]] = []
        self.states: list[WatchState] = []
        self._news = threading.Condition()

    def take(self, batch: Sequence[ChangedPlace]) -> None:
        with self._news:
            self.batches.append(list(batch))
            self._news.notify_all()

    def take_state(self, state: WatchState) -> None:
        with self._news:
            self.states.append(state)
            self._news.notify_all()

    def wait_for(self, is_there: Callable[[], bool]) -> None:
        with self._news:
            assert self._news.wait_for(is_there, BOUND_S), (self.batches, self.states)

    def wait_for_place(self, path: Path | str) -> list[ChangedPlace]:
        """The batch that tells a place."""
        self.wait_for(lambda: any(str(path) in paths(batch) for batch in self.batches))
        return next(batch for batch in self.batches if str(path) in paths(batch))

    def wait_for_mode(self, mode: WatchMode, root_id: int = 1) -> WatchState:
        self.wait_for(
            lambda: any(one.mode is mode and one.root_id == root_id for one in self.states)
        )
        return [one for one in self.states if one.mode is mode and one.root_id == root_id][-1]

    def forget(self) -> None:
        with self._news:
            self.batches.clear()
            self.states.clear()

    @property
    def told(self) -> list[str]:
        return [path for batch in self.batches for path in paths(batch)]


class NoCallback:
    """What watchdog calls back, where nobody listens."""

    def on_event(self, event: object) -> None: ...

    def on_watch_deleted(self, wd: int) -> None: ...

    def on_queue_overflow(self) -> None: ...


def paths(batch: Sequence[ChangedPlace]) -> list[str]:
    return [place.path for place in batch]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Still longer than what watchdog holds back a half of a move, together with `PAIRING_S`."""
    monkeypatch.setattr(settling, "QUIET_S", 0.7)


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def watcher(heard: Heard) -> Iterator[FolderWatcher]:
    watcher = FolderWatcher(heard.take, heard.take_state, is_hidden, QUICK)
    yield watcher
    watcher.close()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    (folder / "below").mkdir(parents=True)
    return folder


@pytest.fixture
def other(tmp_path: Path) -> Path:
    folder = tmp_path / "other"
    folder.mkdir()
    return folder


@pytest.fixture
def live(watcher: FolderWatcher, heard: Heard, root: Path, other: Path) -> Heard:
    """Two roots that are followed; what they tell at first is forgotten."""
    watcher.set_roots([FollowedRoot(1, str(root)), FollowedRoot(2, str(other))])
    for id_, folder in ((1, root), (2, other)):
        heard.wait_for_mode(WatchMode.LIVE, id_)
        heard.wait_for_place(folder)
    heard.forget()
    return heard


def test_a_root_is_told_when_it_begins_to_be_live(
    watcher: FolderWatcher, heard: Heard, root: Path
) -> None:
    watcher.set_roots([FollowedRoot(1, str(root))])
    assert watcher.states() in (
        [WatchState(1, WatchMode.STARTING)],
        [WatchState(1, WatchMode.LIVE)],
    )
    assert heard.wait_for_mode(WatchMode.LIVE) == WatchState(1, WatchMode.LIVE)
    assert heard.wait_for_place(root) == [ChangedPlace(str(root))]
    assert watcher.states() == [WatchState(1, WatchMode.LIVE)]


def test_new_changed_and_deleted_files_are_told(live: Heard, root: Path) -> None:
    file = root / "below" / "a.jpg"
    for data in (b"new", b"changed"):
        file.write_bytes(data)
        assert live.wait_for_place(file) == [ChangedPlace(str(file))]
        live.forget()
    file.unlink()
    assert live.wait_for_place(file) == [ChangedPlace(str(file), saw_removal=True)]


def test_a_changed_permission_is_told(live: Heard, root: Path) -> None:
    file = root / "a.jpg"
    file.write_bytes(b"x")
    live.wait_for_place(file)
    live.forget()
    file.chmod(0o600)
    live.wait_for_place(file)


@pytest.mark.parametrize("is_folder", [False, True])
@pytest.mark.parametrize("goes_across", [False, True])
def test_a_move_is_one_batch_of_the_old_and_the_new_place(
    live: Heard, root: Path, other: Path, is_folder: bool, goes_across: bool
) -> None:
    old = root / "below" / "old"
    new = (other if goes_across else root) / "new"
    if is_folder:
        old.mkdir()
        (old / "a.jpg").write_bytes(b"x")
    else:
        old.write_bytes(b"x")
    live.wait_for_place(old)
    live.forget()
    old.rename(new)
    batch = live.wait_for_place(new)
    assert ChangedPlace(str(old), saw_removal=True) in batch
    assert {path for path in paths(batch) if not is_below(path, str(old))} == {str(new)}
    assert live.batches == [batch]


def test_a_moved_folder_goes_on_being_followed(live: Heard, root: Path) -> None:
    (root / "below").rename(root / "renamed")
    live.wait_for_place(root / "renamed")
    live.forget()
    file = root / "renamed" / "a.jpg"
    file.write_bytes(b"x")
    live.wait_for_place(file)


def test_a_file_moved_into_a_folder_made_for_it_is_one_batch(live: Heard, root: Path) -> None:
    for number in range(3):  # whether the folder is watched in time is a matter of chance
        old, folder = root / "below" / f"{number}.jpg", root / f"folder {number}"
        old.write_bytes(b"x")
        live.wait_for_place(old)
        live.forget()
        folder.mkdir()
        old.rename(folder / "new.jpg")
        assert ChangedPlace(str(old), saw_removal=True) in live.wait_for_place(folder)


def test_a_new_tree_of_folders_is_told_and_followed(live: Heard, root: Path) -> None:
    deep = root / "new" / "deep" / "er"
    deep.mkdir(parents=True)
    (deep / "a.jpg").write_bytes(b"x")
    assert paths(live.wait_for_place(root / "new")) == [str(root / "new")]
    live.forget()
    (deep / "b.jpg").write_bytes(b"x")
    live.wait_for_place(deep / "b.jpg")


def test_hidden_files_and_folders_are_not_told(live: Heard, root: Path) -> None:
    (root / ".git").mkdir()
    (root / ".git" / "a.jpg").write_bytes(b"x")
    (root / ".a.jpg").write_bytes(b"x")
    (root / "@eaDir" / "below").mkdir(parents=True)
    (root / "@eaDir" / "below" / "a.jpg").write_bytes(b"x")
    (root / ".a.jpg").rename(root / "shown.jpg")
    live.wait_for_place(root / "shown.jpg")
    assert live.told == [str(root / "shown.jpg")]


@linux
def test_hidden_folders_cost_no_watches(watcher: FolderWatcher, heard: Heard, root: Path) -> None:
    (root / ".git" / "objects").mkdir(parents=True)
    watched: list[str] = []
    from watchdog.observers.inotify_c import InotifyFD

    real = InotifyFD.add_callback

    def add_callback(self, path, mask, callback, id_):  # type: ignore[no-untyped-def]
        watched.append(os.fsdecode(path))
        return real(self, path, mask, callback, id_)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(InotifyFD, "add_callback", add_callback)
        watcher.set_roots([FollowedRoot(1, str(root))])
        heard.wait_for_mode(WatchMode.LIVE)
    assert sorted(watched) == [str(root), str(root / "below")]


def test_a_burst_of_ten_thousand_files_is_a_handful_of_places(live: Heard, root: Path) -> None:
    for number in range(10_000):
        (root / "below" / f"{number}.jpg").write_bytes(b"x")
    last = root / "last.jpg"
    last.write_bytes(b"x")
    live.wait_for_place(last)
    live.wait_for_place(root / "below")
    assert len(live.batches) < 10
    assert len(live.told) < 5 * settling.FILES_A_FOLDER


def test_a_callback_that_takes_long_does_not_hold_up_the_listening(
    heard: Heard, root: Path
) -> None:
    gate = threading.Event()

    def take(batch: Sequence[ChangedPlace]) -> None:
        assert gate.wait(BOUND_S)
        heard.take(batch)

    watcher = FolderWatcher(take, heard.take_state, is_hidden, QUICK)
    watcher.set_roots([FollowedRoot(1, str(root))])
    heard.wait_for_mode(WatchMode.LIVE)
    for name in ("a.jpg", "b.jpg"):
        (root / name).write_bytes(b"x")
    gate.set()
    heard.wait_for_place(root)
    (root / "c.jpg").write_bytes(b"x")
    heard.wait_for_place(root / "c.jpg")
    watcher.close()


def test_a_single_picture_is_followed_and_its_neighbours_are_not(
    watcher: FolderWatcher, heard: Heard, root: Path
) -> None:
    mine, another = root / "mine.jpg", root / "another.jpg"
    for file in (mine, another):
        file.write_bytes(b"x")
    watcher.set_roots(
        [FollowedRoot(id_, str(file), RootKind.FILE) for id_, file in ((1, mine), (2, another))]
    )
    for id_, file in ((1, mine), (2, another)):
        heard.wait_for_mode(WatchMode.LIVE, id_)
        heard.wait_for_place(file)
    heard.forget()
    (root / "neighbour.jpg").write_bytes(b"x")
    mine.unlink()
    assert heard.wait_for_place(mine) == [ChangedPlace(str(mine), saw_removal=True)]
    assert heard.told == [str(mine)]


def test_an_observer_without_more_than_watchdog_promises_does(
    watcher: FolderWatcher, heard: Heard, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows and macOS, whose own ones do not run here."""
    monkeypatch.setattr(
        tree_watch.TreeWatch, "_make_observer", lambda _: PollingObserver(timeout=0.1)
    )
    watcher.set_roots([FollowedRoot(1, str(root))])
    heard.wait_for_place(root)
    old, new = root / "old.jpg", root / "below" / "new.jpg"
    old.write_bytes(b"x")
    heard.wait_for_place(old)
    heard.forget()
    old.rename(new)
    assert heard.wait_for_place(new) == [
        ChangedPlace(str(new)),
        ChangedPlace(str(old), saw_removal=True),
    ]
    assert watcher.states() == [WatchState(1, WatchMode.LIVE)]


# Links


@posix
def test_a_linked_folder_is_followed_by_the_path_the_user_knows(
    watcher: FolderWatcher, heard: Heard, root: Path, other: Path
) -> None:
    (other / "deep").mkdir()
    (root / "link").symlink_to(other)
    watcher.set_roots([FollowedRoot(1, str(root))])
    heard.wait_for_place(root)
    (other / "deep" / "a.jpg").write_bytes(b"x")
    heard.wait_for_place(root / "link" / "deep" / "a.jpg")


@posix
def test_a_root_that_is_a_link_is_followed(
    watcher: FolderWatcher, heard: Heard, root: Path, tmp_path: Path
) -> None:
    link = tmp_path / "link"
    link.symlink_to(root)
    watcher.set_roots([FollowedRoot(1, str(link))])
    heard.wait_for_place(link)
    (root / "below" / "a.jpg").write_bytes(b"x")
    heard.wait_for_place(link / "below" / "a.jpg")


@posix
def test_links_that_come_and_go_are_followed(live: Heard, root: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = root / "link"
    for name in ("a.jpg", "b.jpg"):
        link.symlink_to(elsewhere)
        live.wait_for_place(link)
        (elsewhere / name).write_bytes(b"x")
        live.wait_for_place(link / name)
        live.forget()
        link.unlink()
        assert ChangedPlace(str(link), saw_removal=True) in live.wait_for_place(link)
        live.forget()


@posix
def test_links_in_a_circle_end(watcher: FolderWatcher, heard: Heard, root: Path) -> None:
    (root / "below" / "up").symlink_to(root)
    (root / "self").symlink_to(root / "self")
    (root / "one").symlink_to(root / "below")
    watcher.set_roots([FollowedRoot(1, str(root))])
    heard.wait_for_mode(WatchMode.LIVE)
    heard.wait_for_place(root)
    heard.forget()
    (root / "below" / "a.jpg").write_bytes(b"x")
    heard.wait_for_place(root / "below" / "a.jpg")
    assert heard.told == [str(root / "below" / "a.jpg")]


@posix
def test_with_more_linked_folders_than_are_watched_the_root_is_looked_through_too(
    watcher: FolderWatcher,
    heard: Heard,
    root: Path,
    other: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tree_watch, "LINKED_FOLDERS", 0)
    (root / "link").symlink_to(other)
    watcher.set_roots([FollowedRoot(1, str(root))])
    state = heard.wait_for_mode(WatchMode.LIVE)
    assert "looked through" in state.reason
    heard.wait_for(lambda: heard.told.count(str(root)) >= 3)


# Where the system does not tell


def _refuse(number: int) -> Callable[..., NoReturn]:
    def schedule(*_: object, **__: object) -> NoReturn:
        raise OSError(number, os.strerror(number))

    return schedule


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EMFILE])
def test_at_the_limit_of_watches_the_root_is_looked_through_now_and_then(
    watcher: FolderWatcher,
    heard: Heard,
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("watchdog.observers.api.BaseObserver.schedule", _refuse(number))
        watcher.set_roots([FollowedRoot(1, str(root))])
        state = heard.wait_for_mode(WatchMode.PERIODIC)
        assert state.reason.startswith("The system allows no more watched folders")
        heard.wait_for(lambda: heard.told.count(str(root)) >= 3)
        assert {one.mode for one in heard.states} == {WatchMode.PERIODIC}
    heard.wait_for_mode(WatchMode.LIVE)  # it is tried again now and then


def test_another_refusal_is_told_otherwise(
    watcher: FolderWatcher, heard: Heard, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("watchdog.observers.api.BaseObserver.schedule", _refuse(errno.EIO))
    watcher.set_roots([FollowedRoot(1, str(root))])
    assert "does not tell of changes" in heard.wait_for_mode(WatchMode.PERIODIC).reason


@pytest.mark.parametrize("error", [psutil.AccessDenied(), RuntimeError("no more threads")])
def test_whatever_goes_wrong_the_root_is_looked_through_and_says_so(
    watcher: FolderWatcher,
    heard: Heard,
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
) -> None:
    def fail() -> NoReturn:
        raise error

    monkeypatch.setattr(follower, "mounted", fail)
    watcher.set_roots([FollowedRoot(1, str(root))])
    assert "does not tell of changes" in heard.wait_for_mode(WatchMode.PERIODIC).reason
    heard.wait_for(lambda: heard.told.count(str(root)) >= 2)


@linux
def test_a_limit_hit_below_the_root_is_noticed(
    live: Heard, root: Path, watcher: FolderWatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "watchdog.observers.inotify_c.InotifyFD.add_callback", _refuse(errno.ENOSPC)
    )
    (root / "one too many").mkdir()
    assert "allows no more" in live.wait_for_mode(WatchMode.PERIODIC).reason
    live.wait_for_place(root)
    assert watcher.states()[1] == WatchState(2, WatchMode.LIVE)


@linux
def test_the_real_limit_is_noticed(root: Path) -> None:
    own_limits = ["unshare", "--user", "--map-root-user"]
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([*own_limits, "true"], check=False).returncode:
        pytest.skip("limits of its own are not given here")
    for number in range(200):
        (root / f"{number}").mkdir()
    program = [*own_limits, sys.executable, "-m", "tests.helpers.watch_at_limit", str(root)]
    ran = subprocess.run(program, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert ran.stdout.split() == ["PERIODIC", "LIVE"], ran.stderr


@linux
def test_a_folder_that_is_come_upon_twice_is_watched_once(root: Path) -> None:
    from watchdog.observers.inotify_c import CallbackId, InotifyConstants

    from desktop_app.engine.files.attentive_inotify import Attention, AttentiveObserver

    observer = AttentiveObserver(Attention(lambda _path: False, lambda: None, lambda: None))
    inotify, callback = observer._inotify, NoCallback()
    asked = os.fsencode(root), InotifyConstants.IN_CREATE, callback, CallbackId(1)
    try:
        watch = inotify.add_callback(*asked)
        assert inotify.add_callback(*asked) == watch  # without a warning
        inotify.remove_callbacks([(watch, CallbackId(1))])
    finally:
        inotify.stop()
        inotify.join()


@linux
def test_lost_events_are_made_up_for(live: Heard, root: Path) -> None:
    from watchdog.observers.inotify_c import InotifyConstants, InotifyEvent, Mask, WatchDescriptor

    from desktop_app.engine.files.attentive_inotify import _AttentiveInotify

    overflow = InotifyEvent(WatchDescriptor(-1), Mask(InotifyConstants.IN_Q_OVERFLOW), 0, b"")
    for thread in threading.enumerate():
        if isinstance(thread, _AttentiveInotify):
            thread.handle_event(overflow)
    live.wait_for_place(root)
    live.forget()
    (root / "below" / "a.jpg").write_bytes(b"x")
    live.wait_for_place(root / "below" / "a.jpg")


@linux
def test_a_watch_that_dies_is_begun_again_and_given_up_after_a_while(
    live: Heard, root: Path
) -> None:
    for death in range(follower.DEATHS):
        live.forget()
        stop_emitter(str(root))
        mode = WatchMode.LIVE if death < follower.DEATHS - 1 else WatchMode.PERIODIC
        state = live.wait_for_mode(mode)
        live.wait_for_place(root)
    assert "does not tell of changes" in state.reason


def stop_emitter(path: str) -> None:
    """Let the thread end that brings the events of a folder."""
    from watchdog.observers.api import EventEmitter

    for thread in threading.enumerate():
        if isinstance(thread, EventEmitter) and thread.watch.path == path:
            thread.stop()
            thread.join(BOUND_S)


def test_a_network_drive_is_looked_through_now_and_then(
    watcher: FolderWatcher, heard: Heard, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mount(monkeypatch, root, "nfs4")
    watcher.set_roots([FollowedRoot(1, str(root))])
    state = heard.wait_for_mode(WatchMode.PERIODIC)
    assert state.reason == (
        "This folder is on a network drive, so it is looked through every minute."
    )
    heard.wait_for(lambda: heard.told.count(str(root)) >= 2)


def test_a_network_drive_that_is_slow_gets_its_rest(
    watcher: FolderWatcher, heard: Heard, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mount(monkeypatch, root, "cifs")
    watcher.set_roots([FollowedRoot(1, str(root))])
    heard.wait_for_place(root)
    watcher.looked(str(root), seconds=100.0)
    (one,) = watcher._followers.values()
    assert one._looks_at_s is not None
    assert one._looks_at_s - time.monotonic() > 890  # a tenth of the time, no more


def test_a_network_drive_mounted_in_a_folder_is_looked_through_too(
    watcher: FolderWatcher, heard: Heard, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mount(monkeypatch, root / "below", "fuse.sshfs")
    watcher.set_roots([FollowedRoot(1, str(root))])
    state = heard.wait_for_mode(WatchMode.LIVE)
    assert state.reason.startswith("Some folders in it tell of no changes")
    heard.wait_for(lambda: heard.told.count(str(root)) >= 3)
    heard.forget()
    (root / "a.jpg").write_bytes(b"x")
    heard.wait_for_place(root / "a.jpg")


def mount(monkeypatch: pytest.MonkeyPatch, folder: Path, kind: str) -> None:
    """Make a folder look like the mount point of a file system."""
    real = psutil.disk_partitions(all=True)
    part = type(real[0])("somewhere", os.path.realpath(folder), kind, "rw")
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_: [*real, part])


def test_the_usual_rhythm_is_five_minutes() -> None:
    assert Rhythm().text == "every 5 minutes"


# Folders that are not there


def test_a_root_that_goes_is_offline_and_told_when_it_is_back(
    live: Heard, root: Path, watcher: FolderWatcher, tmp_path: Path
) -> None:
    away = tmp_path / "away"
    root.rename(away)
    assert live.wait_for_mode(WatchMode.OFFLINE).reason == follower.GONE
    assert watcher.states()[0].mode is WatchMode.OFFLINE
    live.forget()
    away.rename(root)
    live.wait_for_mode(WatchMode.LIVE)
    assert live.wait_for_place(root) == [ChangedPlace(str(root))]
    live.forget()
    (root / "below" / "a.jpg").write_bytes(b"x")
    live.wait_for_place(root / "below" / "a.jpg")


def test_an_empty_folder_in_the_place_of_a_root_is_not_the_root(
    live: Heard, root: Path, tmp_path: Path
) -> None:
    root.rename(tmp_path / "away")
    root.mkdir()
    live.wait_for_mode(WatchMode.OFFLINE)
    live.forget()
    (root / "a.jpg").write_bytes(b"x")  # another drive, with something on it
    live.wait_for_mode(WatchMode.LIVE)
    live.wait_for_place(root)


def test_deleting_a_root_tells_no_removals_once_it_is_offline(live: Heard, root: Path) -> None:
    shutil.rmtree(root)
    live.wait_for_mode(WatchMode.OFFLINE)
    assert str(root) not in live.told


def test_a_root_that_is_not_there_at_first_is_offline(
    watcher: FolderWatcher, heard: Heard, tmp_path: Path
) -> None:
    later = tmp_path / "later"
    watcher.set_roots([FollowedRoot(1, str(later))])
    heard.wait_for_mode(WatchMode.OFFLINE)
    later.mkdir()
    heard.wait_for_mode(WatchMode.LIVE)
    heard.wait_for_place(later)


def test_a_drive_that_does_not_answer_holds_up_nobody_else(
    heard: Heard, root: Path, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    real = os.stat

    def hang(path, *args, **kwargs):  # type: ignore[no-untyped-def]
        if path == str(root):
            gate.wait(BOUND_S)
        return real(path, *args, **kwargs)

    monkeypatch.setattr(os, "stat", hang)
    rhythm = Rhythm(probe_s=0.2, period_s=1.0, hang_s=0.3)
    watcher = FolderWatcher(heard.take, heard.take_state, is_hidden, rhythm)
    watcher.set_roots([FollowedRoot(1, str(root)), FollowedRoot(2, str(other))])
    heard.wait_for_place(other)
    assert heard.wait_for_mode(WatchMode.OFFLINE).reason == follower.HANGS
    (other / "a.jpg").write_bytes(b"x")
    heard.wait_for_place(other / "a.jpg")
    gate.set()  # it comes back
    heard.wait_for_mode(WatchMode.LIVE)
    watcher.close()


# Other roots, and the end


def test_roots_may_be_added_and_taken_away(
    live: Heard, watcher: FolderWatcher, root: Path, other: Path, tmp_path: Path
) -> None:
    third = tmp_path / "third"
    third.mkdir()
    watcher.set_roots([FollowedRoot(2, str(other)), FollowedRoot(3, str(third))])
    live.wait_for_mode(WatchMode.LIVE, 3)
    live.wait_for_place(third)
    (root / "a.jpg").write_bytes(b"x")
    (other / "b.jpg").write_bytes(b"x")
    live.wait_for_place(other / "b.jpg")
    assert live.told == [str(third), str(other / "b.jpg")]  # the second one went on undisturbed
    assert [state.root_id for state in watcher.states()] == [2, 3]


@linux
def test_closing_does_not_wait_for_a_large_folder_to_be_prepared(
    heard: Heard, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(300):
        (root / f"{number}").mkdir()
    from watchdog.observers.inotify_c import InotifyFD

    real = InotifyFD.add_callback
    began, gate, added = threading.Event(), threading.Event(), []

    def add_callback(self, *args):  # type: ignore[no-untyped-def]
        began.set()
        added.append(args)
        assert gate.wait(BOUND_S)
        return real(self, *args)

    monkeypatch.setattr(InotifyFD, "add_callback", add_callback)
    watcher = FolderWatcher(heard.take, heard.take_state, is_hidden, QUICK)
    watcher.set_roots([FollowedRoot(1, str(root))])
    assert began.wait(BOUND_S)
    closing = threading.Thread(target=watcher.close)
    closing.start()
    assert watcher._closing.wait(BOUND_S)
    for one in threading.enumerate():
        if isinstance(one, follower.Follower):
            assert one._wake.wait(BOUND_S)
    gate.set()
    closing.join(BOUND_S)
    assert not closing.is_alive()
    assert len(added) == 1
    assert heard.batches == []
    watcher.set_roots([FollowedRoot(1, str(root))])  # too late, and no error
    assert watcher.states() == []
