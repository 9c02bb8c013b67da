"""The whole question, through its process, to a server of our own."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError, UserFacingError
from desktop_app.engine.updates import ReleaseSource, UpdateCheck
from desktop_app.engine.updates.release import ReleaseError, read_release
from desktop_app.engine.updates.release_client import LARGEST_BYTES, fetch
from tests.helpers.release_server import PATH, ReleaseServer, release_server


@pytest.fixture
def server() -> Iterator[ReleaseServer]:
    with release_server() as server:
        yield server


def refusal(server: ReleaseServer, source: ReleaseSource | None = None) -> str:
    """Why there is no answer; asked without a process, which takes a while to start."""
    source = source or server.source()

    def ask() -> None:
        read_release(fetch(source, "1.0"), source, "1.0")

    with pytest.raises(ReleaseError) as refused:
        ask()
    assert refused.value.hint
    return refused.value.text


def test_a_newer_release_is_found(server: ReleaseServer) -> None:
    server.release("v1.2.0", body="What is new. " * 2000)

    release = UpdateCheck(server.source(), "1.1").ask(CancelToken())

    assert (release.version, release.is_newer) == ("1.2.0", True)
    assert release.page == f"{server.source().pages}tag/v1.2.0"


def test_a_refusal_comes_out_of_the_process(server: ReleaseServer) -> None:
    server.status = 404

    with pytest.raises(UserFacingError, match=r"knows of no release \(HTTP 404\)") as refused:
        UpdateCheck(server.source(), "1.2.0").ask(CancelToken())

    assert refused.value.hint


def test_one_request_says_which_program_asks_and_nothing_else(server: ReleaseServer) -> None:
    server.release("v1.2.0")

    fetch(server.source(), "1.2.0")

    ((path, headers),) = server.asked
    assert path == PATH
    assert headers["user-agent"] == "image-seeker/1.2.0"
    assert set(headers) == {"host", "accept", "accept-encoding", "connection", "user-agent"}


def test_making_one_asks_nothing(server: ReleaseServer) -> None:
    check = UpdateCheck(server.source())

    assert check.source.address.endswith(PATH)
    assert server.asked == []


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (404, "knows of no release (HTTP 404)"),
        (403, "asked too often"),
        (429, "asked too often"),
        (500, "a fault of its own (HTTP 500)"),
        (204, "a fault of its own (HTTP 204)"),
    ],
)
def test_a_server_that_refuses_is_quoted(server: ReleaseServer, status: int, words: str) -> None:
    server.status = status

    assert words in refusal(server)


def test_it_does_not_go_elsewhere(server: ReleaseServer) -> None:
    with release_server() as elsewhere:
        elsewhere.release("v99")
        server.status, server.location = 302, elsewhere.source().address

        assert "sends on to another address" in refusal(server)
        assert elsewhere.asked == []


def test_wrong_bytes_are_no_release(server: ReleaseServer) -> None:
    server.body = bytes(range(256)) * 20

    assert "something that is no release" in refusal(server)


def test_a_huge_answer_is_not_read_to_its_end(server: ReleaseServer) -> None:
    server.body = b" " * (LARGEST_BYTES + 10_000)

    assert "more than a release can be" in refusal(server)


def test_a_silent_server_is_not_waited_for(server: ReleaseServer) -> None:
    server.silent = True

    assert "does not answer" in refusal(server)


def test_a_server_that_drips_is_not_waited_for_either(server: ReleaseServer) -> None:
    server.drips = True

    with pytest.raises(UserFacingError, match="does not answer"):
        UpdateCheck(server.source(read_s=5.0, total_s=0.5), "1.0").ask(CancelToken())


def test_a_connection_that_breaks_is_told(server: ReleaseServer) -> None:
    server.release("v1.2.0", body="x" * 1000)
    server.broken_after = 100

    assert "no release" in refusal(server)


def test_a_server_that_is_not_there_is_told() -> None:
    with release_server() as server:
        source = server.source()

    assert "cannot be reached" in refusal(server, source)


def test_a_name_that_nobody_has_is_told(server: ReleaseServer) -> None:
    told = refusal(server, replace(server.source(), address="http://no-such-host.invalid/latest"))

    assert told in ("The address no-such-host.invalid cannot be found.", "There is no network.")


def test_a_port_that_does_not_speak_tls_cannot_prove_itself(server: ReleaseServer) -> None:
    source = server.source()

    told = refusal(server, replace(source, address=source.address.replace("http:", "https:")))

    assert "cannot prove that it is itself" in told


def test_it_can_be_stopped_while_the_server_is_silent(server: ReleaseServer) -> None:
    server.silent = True
    cancel = CancelToken()

    def stop() -> None:
        while not server.asked:
            cancel.wait(0.01)
        cancel.cancel()

    stopper = threading.Thread(target=stop)
    stopper.start()
    try:
        with pytest.raises(CancelledError):
            UpdateCheck(server.source(read_s=60.0), "1.0").ask(cancel)
    finally:
        server.asked.append(("", {}))
        stopper.join()
