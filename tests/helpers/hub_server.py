"""A hub of our own on loopback: what ``huggingface_hub`` asks of huggingface.co, with faults.

Large files are answered as there: ``resolve`` redirects to another host (the CDN) that takes
``Range``, small ones at once. Repositories, revisions and files are held in memory.
"""

import hashlib
import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

from desktop_app.engine.model.offers import OfferedFile, OfferedModel

LARGE_FROM_BYTES = 10_000
REVISION = "0123456789abcdef0123456789abcdef01234567"
_CHUNK_BYTES = 4096
_RESOLVE = re.compile(r"/(?P<repo>[^/]+/[^/]+)/resolve/(?P<revision>[^/]+)/(?P<path>.+)")
_MODEL = re.compile(r"/api/models/(?P<repo>[^/]+/[^/]+)(/revision/(?P<revision>[^/]+))?")
_TREE = re.compile(r"/api/models/(?P<repo>[^/]+/[^/]+)/tree/(?P<revision>[^/]+)")


@dataclass
class Fault:
    """What goes wrong with the content of a file.

    Attributes:
        status: Answered instead of the content.
        error_code: The hub's ``X-Error-Code`` with it.
        after_bytes: Where in the file it happens.
        silent: Whether nothing more comes, the connection staying open.
        broken: Whether the connection ends there.
        flipped: Whether the byte there is another one.
        extra_bytes: How much longer the file is.
        short: Whether the answer says and is less than the file.
        pause_s: Between two chunks.
        ignores_range: Whether it sends the whole file whatever was asked for.
        heads: Whether ``HEAD`` is answered by the status too, before any redirection.
        times: How many answers it spoils; None spoils all.
    """

    status: int = 0
    error_code: str = ""
    after_bytes: int = 0
    silent: bool = False
    broken: bool = False
    flipped: bool = False
    extra_bytes: int = 0
    short: bool = False
    pause_s: float = 0.0
    ignores_range: bool = False
    heads: bool = False
    times: int | None = None


@dataclass
class Asked:
    """A request that came.

    Attributes:
        method: Such as ``GET``.
        path: Of the address.
        headers: In lower case.
    """

    method: str
    path: str
    headers: dict[str, str]


@dataclass
class HubServer:
    """The hub.

    Attributes:
        endpoint: Its address, for ``HF_ENDPOINT``.
        repository: The only one it has.
        files: By path.
        faults: By path.
        info_fault: Its status is answered instead of what the repository is.
        tree_fault: Its status is answered instead of the list of files.
        asked: All requests so far.
        is_closing: Ends what waits in silence.
    """

    endpoint: str
    repository: str
    files: dict[str, bytes]
    faults: dict[str, Fault] = field(default_factory=dict)
    info_fault: Fault = field(default_factory=Fault)
    tree_fault: Fault = field(default_factory=Fault)
    asked: list[Asked] = field(default_factory=list)
    is_closing: threading.Event = field(default_factory=threading.Event)

    def model(self, name: str = "tiny", title: str = "Tiny") -> OfferedModel:
        """An offer of all its files."""
        files = tuple(
            OfferedFile(path, len(content), hashlib.sha256(content).hexdigest())
            for path, content in self.files.items()
        )
        return OfferedModel(
            name, title, self.repository, REVISION, "mit", ("en",), "For tests.", files
        )

    def bytes_sent_for(self, path: str) -> list[str]:
        """The ``Range`` headers with which a file's content was asked for, in order."""
        content = hashlib.sha256(self.files[path]).hexdigest()
        wanted = {f"/{self.repository}/resolve/{REVISION}/{path}", f"/cdn/{content}"}
        large = len(self.files[path]) >= LARGE_FROM_BYTES
        return [
            asked.headers.get("range", "")
            for asked in self.asked
            if asked.path in wanted and (not large or asked.path.startswith("/cdn/"))
        ]


def _blob_id(content: bytes) -> str:
    """What git calls a file's content."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


@contextmanager
def hub_server(files: dict[str, bytes], repository: str = "owner/tiny") -> Iterator[HubServer]:
    """Run a hub with one repository until the block is left."""
    hub = HubServer("", repository, files)
    handler = type("Handler", (_Handler,), {"hub": hub})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = False
        hub.endpoint = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield hub
        finally:
            hub.is_closing.set()
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    hub: ClassVar[HubServer]
    protocol_version = "HTTP/1.1"
    timeout = 5  # a connection that was left open must not keep the server

    def log_message(self, *_args: object) -> None:
        """Say nothing."""

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:  # the client went away in the middle, as clients under test do
            self.close_connection = True

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        headers = {key.lower(): value for key, value in self.headers.items()}
        self.hub.asked.append(Asked(self.command, self.path, headers))
        if match := _MODEL.fullmatch(self.path.partition("?")[0]):
            self._send_model_info(match["repo"])
        elif match := _TREE.fullmatch(self.path.partition("?")[0]):
            self._send_tree(match["repo"])
        elif match := _RESOLVE.fullmatch(self.path):
            self._resolve(match["repo"], match["revision"], match["path"])
        elif self.path.startswith("/cdn/"):
            self._send_from_cdn(self.path.removeprefix("/cdn/"))
        else:
            self._refuse(404)

    def _send_model_info(self, repository: str) -> None:
        siblings = [{"rfilename": path} for path in self.hub.files]
        info = {"id": repository, "sha": REVISION, "siblings": siblings, "tags": []}
        self._send_json(repository, info, self.hub.info_fault)

    def _send_tree(self, repository: str) -> None:
        tree = [
            {"type": "file", "path": path, "size": len(content), "oid": _blob_id(content)}
            for path, content in self.hub.files.items()
        ]
        self._send_json(repository, tree, self.hub.tree_fault)

    def _send_json(self, repository: str, content: object, fault: Fault) -> None:
        if fault.status:
            self._refuse(fault.status, fault.error_code)
            return
        if repository != self.hub.repository:
            self._refuse(404, "RepoNotFound")
            return
        body = json.dumps(content).encode()
        self._start(200, {"Content-Type": "application/json", "Content-Length": str(len(body))})
        self._write(body)

    def _resolve(self, repository: str, revision: str, path: str) -> None:
        content = self.hub.files.get(path)
        if repository != self.hub.repository:
            self._refuse(404, "RepoNotFound")
        elif revision not in (REVISION, "main"):
            self._refuse(404, "RevisionNotFound")
        elif content is None:
            self._refuse(404, "EntryNotFound")
        elif (fault := self.hub.faults.get(path, Fault())).heads:
            self._refuse(fault.status, fault.error_code)
        elif len(content) >= LARGE_FROM_BYTES:
            digest = hashlib.sha256(content).hexdigest()
            self._start(
                302,
                {
                    "Location": self.hub.endpoint.replace("127.0.0.1", "localhost")
                    + f"/cdn/{digest}",
                    "X-Repo-Commit": REVISION,
                    "X-Linked-Size": str(len(content)),
                    "X-Linked-Etag": f'"{digest}"',
                    "Content-Length": "0",
                },
            )
        else:
            headers = {"X-Repo-Commit": REVISION, "ETag": f'"{_blob_id(content)}"'}
            self._send_content(path, content, headers)

    def _send_from_cdn(self, digest: str) -> None:
        for path, content in self.hub.files.items():
            if hashlib.sha256(content).hexdigest() == digest:
                self._send_content(path, content, {"ETag": f'"{digest}"'})
                return
        self._refuse(403)

    def _send_content(self, path: str, content: bytes, headers: dict[str, str]) -> None:
        fault = self._fault(path)
        if fault.status:
            self._refuse(fault.status, fault.error_code)
            return
        start = 0 if fault.ignores_range else self._range_start()
        if start and start >= len(content):
            self._refuse(416)
            return
        if fault.flipped:
            at = fault.after_bytes
            content = content[:at] + bytes([content[at] ^ 255]) + content[at + 1 :]
        content += b"x" * fault.extra_bytes
        rest = content[start:]
        if fault.short:
            rest = rest[: max(1, len(rest) // 2)]
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        headers |= {"Content-Length": str(len(rest)), "Accept-Ranges": "bytes"}
        self._start(206 if start else 200, headers)
        self._write(rest, start, fault)

    def _fault(self, path: str) -> Fault:
        fault = self.hub.faults.get(path, Fault())
        if self.command != "GET" or fault.times == 0:
            return Fault()
        if fault.times is not None:
            fault.times -= 1
        return fault

    def _range_start(self) -> int:
        match = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        return int(match[1]) if match else 0

    def _start(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.end_headers()

    def _write(self, body: bytes, start: int = 0, fault: Fault | None = None) -> None:
        if self.command == "HEAD":
            return
        fault = fault or Fault()
        for offset in range(0, len(body), _CHUNK_BYTES):
            chunk = body[offset : offset + _CHUNK_BYTES]
            position = start + offset
            if (fault.silent or fault.broken) and position + len(chunk) > fault.after_bytes:
                self.wfile.write(chunk[: max(0, fault.after_bytes - position)])
                self.wfile.flush()
                if fault.silent:
                    self.hub.is_closing.wait()
                self.close_connection = True
                return
            self.wfile.write(chunk)
            if fault.pause_s:
                self.wfile.flush()
                time.sleep(fault.pause_s)

    def _refuse(self, status: int, error_code: str = "") -> None:
        headers = {"Content-Length": "0"}
        if error_code:
            headers["X-Error-Code"] = error_code
        self._start(status, headers)
