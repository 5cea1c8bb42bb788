"""The web server of the preview: on this machine only, for reading only."""

from __future__ import annotations

import mimetypes
import os
import re
import shutil
import socketserver
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO

from site_builder import __version__
from site_builder.problems import Problem, Refusal
from site_builder.serving.paths import Missing, inside, locate, normal_base
from site_builder.serving.state import Snapshot, State

_HERE = Path(__file__).parent
_OWN = "/__preview__/"
_ASSETS = {"preview.js": "text/javascript", "preview.css": "text/css"}
_TAGS = (
    f'<link rel="stylesheet" href="/__preview__/preview.css?{__version__}">'
    f'<script src="/__preview__/preview.js?{__version__}" defer></script>'
).encode()
_PLAIN_CSP = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"
# The system's own table of types differs between machines; these matter to a site.
_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
_MARKED = re.compile(r"\.[0-9a-f]{8}\.\w+$")
"""A file whose name changes with its content: a page that is loaded again need not ask for it."""

_STAYS = "max-age=31536000, immutable"
_KEEP_ALIVE = 10.0  # seconds between comments that find out whether the browser is still there


class Server(ThreadingHTTPServer):
    """Serves `output` under `base_path` on 127.0.0.1; port 0 takes a free one.

    Raises a `Refusal` (exit code 2) if the port cannot be had.
    """

    daemon_threads = True

    def __init__(self, output: Path, base_path: str, port: int, state: State) -> None:
        self.output = output
        self.base_path = normal_base(base_path)
        self.state = state
        try:
            super().__init__(("127.0.0.1", port), _Handler)
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise Refusal(
                Problem(
                    file="",
                    line=0,
                    column=0,
                    code="CF004",
                    message=f"The preview cannot use port {port}: {reason}.",
                    hint="Choose another with --port, or let --port 0 find a free one.",
                ),
                exit_code=2,
            ) from error
        self.port = int(self.server_address[1])
        names = ("localhost", "127.0.0.1", "[::1]")
        self.hosts = {f"{name}:{self.port}" for name in names}
        if self.port == 80:
            self.hosts.update(names)

    def server_bind(self) -> None:
        """Bind without asking the name service who we are, which can take seconds."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "localhost", int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that went away is nothing to report."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "site-builder"
    sys_version = ""
    timeout = 60
    _keep = "no-store"

    def do_GET(self) -> None:
        self._keep = "no-store"
        if self.headers.get("Content-Length") or self.headers.get("Transfer-Encoding"):
            self.close_connection = True  # a body we do not read must not become a request
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or hosts[0].strip().lower() not in self.server.hosts:
            self.close_connection = True
            self._text(HTTPStatus.FORBIDDEN, "This preview answers to localhost only.\n")
        elif self.path.startswith(_OWN):
            self._own(self.path.removeprefix(_OWN).partition("?")[0])
        else:
            self._page()

    do_HEAD = do_GET  # noqa: N815 - the name http.server looks for

    def _refuse(self) -> None:
        self.close_connection = True
        self._text(HTTPStatus.METHOD_NOT_ALLOWED, "Only GET and HEAD.\n", Allow="GET, HEAD")

    do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _refuse  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        """Nobody but the command line prints."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", self._keep)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        if self.close_connection:
            self.send_header("Connection", "close")
        super().end_headers()

    def _page(self) -> None:
        # Before the file is read: a build that ends in between then counts as news.
        snapshot = self.server.state.snapshot
        found = locate(self.server.output, self.server.base_path, self.path)
        if isinstance(found, str):
            self._send(HTTPStatus.FOUND, b"", "text/plain", Location=found)
            return
        if not isinstance(found, Missing):
            try:
                self._file(found, snapshot)
                return
            except FileNotFoundError:
                pass  # removed by a build a moment ago
        if inside(self.server.output, "index.html") is None:
            body = _plain_page(snapshot)
            self._html(
                HTTPStatus.SERVICE_UNAVAILABLE, body, snapshot, Content_Security_Policy=_PLAIN_CSP
            )
            return
        own = inside(self.server.output, "404.html")
        try:
            body = own.read_bytes() if own else b""
        except OSError:
            body = b""
        body = body or b"<!doctype html><head><title>Not found</title></head><p>Not found."
        self._html(HTTPStatus.NOT_FOUND, body, snapshot)

    def _file(self, path: Path, snapshot: Snapshot) -> None:
        with Path(path).open("rb") as file:
            if path.suffix == ".html":
                self._html(HTTPStatus.OK, file.read(), snapshot)
            else:
                self._stream(file, _type(path))

    def _html(self, status: HTTPStatus, body: bytes, snapshot: Snapshot, **headers: str) -> None:
        # The script reads this header to learn which build its page is from. A page that
        # stands in for another one must be fetched again after every build.
        timing = f'preview;desc="{snapshot.version}"'
        if status is not HTTPStatus.OK:
            timing += ", preview-always"
        self._send(
            status, _with_tags(body), "text/html; charset=utf-8", Server_Timing=timing, **headers
        )

    def _stream(self, file: BinaryIO, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(os.fstat(file.fileno()).st_size))
        if _MARKED.search(self.path):
            self._keep = _STAYS
        self.end_headers()
        if self.command != "HEAD":
            shutil.copyfileobj(file, self.wfile)

    def _text(self, status: HTTPStatus, text: str, **headers: str) -> None:
        self._send(status, text.encode(), "text/plain; charset=utf-8", **headers)

    def _send(self, status: HTTPStatus, body: bytes, kind: str, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _own(self, name: str) -> None:
        if name == "events":
            self._events()
        elif name in _ASSETS:
            kind = f"{_ASSETS[name]}; charset=utf-8"
            if self.path.endswith(f"?{__version__}"):
                self._keep = _STAYS
            self._send(HTTPStatus.OK, (_HERE / name).read_bytes(), kind)
        else:
            self._text(HTTPStatus.NOT_FOUND, "Not found.\n")

    def _events(self) -> None:
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.end_headers()
        if self.command == "HEAD":
            return
        state = self.server.state
        snapshot = state.snapshot
        self.wfile.write(b"retry: 500\n\n")
        self._event(snapshot)
        while not state.closed:
            news = state.wait(snapshot.version, _KEEP_ALIVE)
            if news is None:
                self.wfile.write(b":\n\n")
            else:
                snapshot = news
                self._event(snapshot)

    def _event(self, snapshot: Snapshot) -> None:
        data = snapshot.message(self.server.base_path)
        self.wfile.write(b"event: build\ndata: " + data + b"\n\n")


def _type(path: Path) -> str:
    kind = _TYPES.get(path.suffix.lower()) or mimetypes.guess_type(path.name)[0]
    if kind is None:
        return "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def _with_tags(page: bytes) -> bytes:
    at = page.lower().find(b"</head>")
    return page + _TAGS if at < 0 else page[:at] + _TAGS + page[at:]


def _plain_page(snapshot: Snapshot) -> bytes:
    """What is shown while there is no site: the problems, without the help of the script."""
    items = "".join(
        f"<li><code>{escape(p.place)}</code> {escape(p.message)} <em>{escape(p.hint)}</em>"
        for p in snapshot.listed
    )
    outcome = snapshot.outcome
    summary = outcome.summary if outcome else "The first build is running."
    return (
        '<!doctype html><html lang="en" data-preview-plain><head><meta charset="utf-8">'
        "<title>Nothing is built yet</title></head><body><h1>Nothing is built yet</h1>"
        f"<p>{escape(summary)}</p><ul>{items}</ul></body></html>"
    ).encode()
