import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.engine.errors import ModelError
from desktop_app.engine.records import ModelProgress, ModelStep
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.models.install_view import InstallView, stopped

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> InstallView:
    view = InstallView(theme, "CLIP", resumes=True)
    qtbot.addWidget(view)
    return view


def labels(view: InstallView) -> list[str]:
    return [each.text() for each in view.findChildren(QPushButton) if each.isVisibleTo(view)]


def button(view: InstallView, text: str) -> QPushButton:
    return next(each for each in view.findChildren(QPushButton) if each.text() == text)


def bar(view: InstallView) -> QProgressBar:
    found = view.findChild(QProgressBar)
    assert isinstance(found, QProgressBar)
    return found


def test_it_waits_then_tells_how_far_it_is(qtbot: QtBot, view: InstallView) -> None:
    assert view.isHidden()
    view.wait()
    assert (view.text, labels(view)) == ("Waiting…", ["Cancel"])
    assert bar(view).maximum() == 0  # busy
    view.show_progress(ModelProgress(ModelStep.DOWNLOADING, 25_000_000, 100_000_000))
    assert view.text == "Downloading 25 MB of 100 MB"
    assert bar(view).value() * 4 == bar(view).maximum()
    view.show_progress(ModelProgress(ModelStep.CHECKING))
    assert view.text == "Checking that it works…"
    assert bar(view).maximum() == 0
    with qtbot.waitSignal(view.cancelled):
        qtbot.mouseClick(button(view, "Cancel"), LEFT)


def test_what_comes_anew_has_a_speed_of_its_own(view: InstallView) -> None:
    """A step's first report is no speed, however much is done already."""
    view.show_progress(ModelProgress(ModelStep.DOWNLOADING, 90, 100))
    view.show_progress(ModelProgress(ModelStep.COPYING, 900_000, 1_000_000))
    assert view.text == "Copying 900 KB of 1.0 MB"


def test_a_failure_is_told_and_can_be_tried_again(qtbot: QtBot, view: InstallView) -> None:
    view.wait()
    view.show_failure(ModelError("The connection broke off.", "Check the network."))
    assert view.text == "The connection broke off. Check the network."
    assert labels(view) == ["Try again", "Dismiss"]
    assert bar(view).isHidden()
    with qtbot.waitSignal(view.retried):
        qtbot.mouseClick(button(view, "Try again"), LEFT)
    with qtbot.waitSignal(view.closed):
        qtbot.mouseClick(button(view, "Dismiss"), LEFT)
    assert view.isHidden()


def test_the_keyboard_goes_on_where_it_can(qtbot: QtBot, view: InstallView) -> None:
    with qtbot.waitActive(view):
        view.wait()
        view.activateWindow()
    button(view, "Cancel").setFocus()
    view.show_failure(ModelError("No."))
    assert button(view, "Try again").hasFocus()


def test_a_cancelled_download_can_go_on(view: InstallView) -> None:
    view.wait()
    view.show_progress(ModelProgress(ModelStep.DOWNLOADING, 25_000_000, 100_000_000))
    view.show_stopped()
    assert view.text == stopped()
    assert labels(view) == ["Try again", "Dismiss"]
    view.wait()
    view.show_stopped()  # what came the first time is still kept
    assert view.text == stopped()


def test_of_a_download_that_never_began_nothing_is_said_to_be_kept(
    qtbot: QtBot, view: InstallView
) -> None:
    view.wait()
    view.show_progress(ModelProgress(ModelStep.DOWNLOADING, 0, 100_000_000))
    with qtbot.waitSignal(view.closed):
        view.show_stopped()
    assert view.isHidden()


def test_where_trying_again_is_no_use_it_is_not_offered(qtbot: QtBot, view: InstallView) -> None:
    with qtbot.waitActive(view):
        view.wait()
        view.activateWindow()
    button(view, "Cancel").setFocus()
    view.show_failure(ModelError("It is no model."), may_retry=False)
    assert labels(view) == ["Dismiss"]
    assert button(view, "Dismiss").hasFocus()


def test_of_a_cancelled_copy_nothing_stays(qtbot: QtBot, theme: Theme) -> None:
    view = InstallView(theme, "/models/clip.zip", resumes=False)
    qtbot.addWidget(view)
    view.wait()
    with qtbot.waitSignal(view.closed):
        view.show_stopped()
    view.show_failure(ModelError("It is no model."))
    assert view.text == "It is no model."


def test_screen_readers_hear_which_model_it_is_about(view: InstallView) -> None:
    assert button(view, "Cancel").accessibleName() == "Cancel: CLIP"
    assert bar(view).accessibleName() == "Installing CLIP"
