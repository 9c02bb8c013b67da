from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.engine.errors import ModelError
from desktop_app.engine.records import ModelProgress, ModelStep
from desktop_app.ui.models.model_installs import Install, ModelInstalls
from desktop_app.ui.work.tasks import Lane
from tests.ui.fake_library import FakeLibrary, entry

CLIP = Install("clip", is_download=True)
ZIP = Install("/models/other.zip", is_download=False)
DONE = entry("clip").model


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary()


@pytest.fixture
def installs(lane: Lane, library: FakeLibrary) -> Iterator[ModelInstalls]:
    yield ModelInstalls(lane)
    library.install_gate.set()


@pytest.fixture
def heard(installs: ModelInstalls) -> list[tuple[str, Install]]:
    heard: list[tuple[str, Install]] = []
    installs.waiting.connect(lambda install: heard.append(("waiting", install)))
    installs.installed.connect(lambda install, _model: heard.append(("installed", install)))
    installs.failed.connect(lambda install, _error: heard.append(("failed", install)))
    installs.stopped.connect(lambda install: heard.append(("stopped", install)))
    return heard


def progress(count: int = 3) -> list[ModelProgress]:
    return [ModelProgress(ModelStep.DOWNLOADING, done, count) for done in range(count)]


def test_a_model_is_got_with_progress(
    qtbot: QtBot, installs: ModelInstalls, library: FakeLibrary
) -> None:
    told: list[ModelProgress] = []
    installs.progressed.connect(lambda _install, state: told.append(state))
    library.installs = [[*progress(500), DONE]]
    installs.set_library(library)
    with qtbot.waitSignal(installs.installed) as installed:
        installs.start(CLIP)
    assert installed.args == [CLIP, DONE]
    assert library.installed == ["clip"]
    assert told[0].done_bytes == 0
    assert len(told) < 50  # at a pace that eyes can follow


def test_one_is_installed_after_another(
    qtbot: QtBot,
    installs: ModelInstalls,
    library: FakeLibrary,
    heard: list[tuple[str, Install]],
) -> None:
    library.installs = [[DONE], [ModelError("It is no model.")], [DONE]]
    for install in (CLIP, ZIP, CLIP):  # the last is under way already
        installs.start(install)
    installs.set_library(library)
    qtbot.waitUntil(lambda: len(heard) == 4)
    assert library.installed == ["clip", "/models/other.zip"]
    assert heard == [
        ("waiting", CLIP),
        ("waiting", ZIP),
        ("installed", CLIP),
        ("failed", ZIP),
    ]


def test_a_failed_one_can_be_tried_again(
    qtbot: QtBot,
    installs: ModelInstalls,
    library: FakeLibrary,
    heard: list[tuple[str, Install]],
) -> None:
    installs.set_library(library)
    library.installs = [[*progress(), ModelError("Broken off.")], [DONE]]
    installs.start(CLIP)
    qtbot.waitUntil(lambda: ("failed", CLIP) in heard)
    installs.start(CLIP)
    qtbot.waitUntil(lambda: ("installed", CLIP) in heard)


def test_cancel_reaches_the_one_that_is_meant(
    qtbot: QtBot,
    installs: ModelInstalls,
    library: FakeLibrary,
    heard: list[tuple[str, Install]],
) -> None:
    installs.set_library(library)
    library.install_gate.clear()
    library.installs = [[DONE], [DONE]]
    installs.start(CLIP)
    installs.start(ZIP)
    installs.cancel(ZIP)
    assert heard[-1] == ("stopped", ZIP)
    qtbot.waitUntil(lambda: library.installed == ["clip"])
    installs.start(ZIP)
    installs.cancel(CLIP)
    qtbot.waitUntil(lambda: ("stopped", CLIP) in heard)
    library.install_gate.set()
    qtbot.waitUntil(lambda: ("installed", ZIP) in heard)
    assert ("installed", CLIP) not in heard
