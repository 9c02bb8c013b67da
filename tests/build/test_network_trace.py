import subprocess
import sys
from pathlib import Path

import pytest

from audit_sockets import findings, write_hook
from check_network import main, run_shut_off, run_watched
from network_trace import connections, trace_command

LOCAL = """\
12 socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 3
12 connect(3, {sa_family=AF_UNIX, sun_path="/run/dbus"}, 110) = 0
13 socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = 4
13 socketpair(AF_UNIX, SOCK_STREAM, 0, [5, 6]) = 0
+++ exited with 0 +++
"""


def test_local_sockets_are_no_connections() -> None:
    assert connections(LOCAL) == []


@pytest.mark.parametrize(
    "line",
    [
        "17 socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3",
        "17 socket(AF_INET6, SOCK_DGRAM, IPPROTO_IP <unfinished ...>",
        "17 socket(AF_VSOCK, SOCK_STREAM, 0) = 3",
        "17 connect(3, {sa_family=AF_INET, sin_port=htons(443)}, 16) = -1 ENETUNREACH",
        '17 sendto(3, "..", 9, 0, {sa_family=AF_INET6, sin6_port=htons(53)}, 28) = 29',
        "17 bind(3, {sa_family=AF_PACKET, sll_protocol=htons(0)}, 20) = 0",
    ],
)
def test_every_other_socket_is_seen(line: str) -> None:
    assert connections(LOCAL + line) == [line]


def command(code: str) -> list[str]:
    return [sys.executable, "-c", code]


GREETING = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)"
IN_A_CHILD = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {GREETING!r}])"
LOCAL_ONLY = "import socket; socket.socketpair()"


@pytest.mark.skipif(trace_command(Path("/dev/null")) is None, reason="strace is missing")
@pytest.mark.parametrize("code", [GREETING, IN_A_CHILD])
def test_a_program_that_opens_a_socket_is_caught(tmp_path: Path, code: str) -> None:
    told = run_watched(command(code), tmp_path)

    assert told
    assert all("It reached for a network: " in line and "AF_INET" in line for line in told)


@pytest.mark.parametrize("code", [GREETING, IN_A_CHILD])
def test_without_strace_python_itself_is_watched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    monkeypatch.setattr("check_network.trace_command", lambda trace: None)

    (told,) = run_watched(command(code), tmp_path)

    assert "It reached for a network: socket.__new__" in told
    assert run_watched(command(LOCAL_ONLY), tmp_path / "other") == []


def test_looking_a_name_up_is_seen(tmp_path: Path) -> None:
    log = tmp_path / "log"
    code = (
        "import socket\ntry: socket.getaddrinfo('no-such-host.invalid', 443)\nexcept OSError: pass"
    )

    subprocess.run(command(code), env=write_hook(tmp_path / "hook", log), check=True)

    assert "no-such-host.invalid" in findings(log)[0]


def test_a_use_that_fails_is_a_complaint(capsys: pytest.CaptureFixture[str]) -> None:
    failing = command("import sys; sys.exit('no font')")

    assert main(failing) == 1
    assert "It ended with 1: no font" in capsys.readouterr().err


def test_a_system_that_shuts_nobody_off_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("check_network.find_entrance", lambda mounts: None)

    assert run_shut_off(command("")) == []
    assert "NOT SHUT OFF" in capsys.readouterr().out
