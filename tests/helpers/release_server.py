"""A server on loopback that answers like GitHub about the newest release, with faults."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from desktop_app.engine.updates import ReleaseSource

PATH = "/repos/someone/something/releases/latest"


@dataclass
class ReleaseServer:
    """The server.

    Attributes:
        port: Where it listens.
        status: What it answers with.
        body: What it sends; cut into pieces of 4096 bytes.
        location: Where it sends on to; empty for nowhere.
        silent: Whether it takes the request and says nothing.
        broken_after: After how many bytes it hangs up; None for never.
        drips: Whether it sends single bytes for ever, each in time.
        asked: Headers of the requests so far, in small letters, by path.
        is_closing: Ends what waits.
    """

    port: int
    status: int = 200
    body: bytes = b""
    location: str = ""
    silent: bool = False
    broken_after: int | None = None
    drips: bool = False
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    is_closing: threading.Event = field(default_factory=threading.Event)

    def release(self, tag: str, **more: object) -> None:
        """Have a newest release."""
        page = f"http://127.0.0.1:{self.port}/pages/tag/{tag}"
        self.body = json.dumps({"tag_name": tag, "html_url": page, **more}).encode()

    def source(self, **more: float) -> ReleaseSource:
        """Where it is, with little patience."""
        origin = f"http://127.0.0.1:{self.port}"
        times = {"connect_s": 5.0, "read_s": 0.3, "total_s": 20.0, **more}
        return ReleaseSource(f"{origin}{PATH}", f"{origin}/pages/", **times)


@contextmanager
def release_server() -> Iterator[ReleaseServer]:
    """Run it while the context lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            server.asked.append((self.path, headers))
            if server.silent:
                server.is_closing.wait()
                return
            self.send_response(server.status)
            if server.location:
                self.send_header("Location", server.location)
            self.send_header("Connection", "close")
            self.end_headers()
            try:
                self._send_body()
            except OSError:
                self.close_connection = True  # who asked has heard enough

        def _send_body(self) -> None:
            while server.drips and not server.is_closing.wait(0.05):
                self.wfile.write(b" ")
                self.wfile.flush()
            end = server.broken_after
            for start in range(0, len(server.body), 4096):
                self.wfile.write(server.body[start : start + 4096][:end])
            if end is not None:
                self.connection.close()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = False
        server = ReleaseServer(http.server_address[1])
        thread = threading.Thread(target=http.serve_forever, args=(0.02,), name="releases")
        thread.start()
        try:
            yield server
        finally:
            server.is_closing.set()
            http.shutdown()
            thread.join()
