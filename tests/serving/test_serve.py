import http.client
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_builder.problems import Problem, Refusal
from site_builder.serving import BuildOutcome, serve

PROBLEM = Problem("a.md", 3, 1, "FM008", "not a <date>", "write it so")


class Site:
    def __init__(self, root: Path) -> None:
        self.content, self.output = root / "content", root / "public"
        self.content.mkdir()
        self.output.mkdir()
        (root / "secret.txt").write_text("SECRET")
        (self.output / "link.txt").symlink_to(root / "secret.txt")
        (self.output / ".hidden").write_text("SECRET")
        self.source = self.content / "a.md"
        self.source.write_text("one")
        self.port = 0
        self.said: list[str] = []
        self.later: list[BuildOutcome] = []
        self.stop, self.ready = threading.Event(), threading.Event()

    def build(self, changed: frozenset[Path] | None) -> BuildOutcome:
        text = self.source.read_text()
        if text == "bad":
            return BuildOutcome((PROBLEM,), True, (), "failed")
        if text == "crash":
            raise ValueError("boom")
        page = f"<html><head></head><body>{text}</body></html>"
        for name in ("index.html", "404.html", "a/index.html"):
            (self.output / name).parent.mkdir(exist_ok=True)
            (self.output / name).write_text(page)
        return BuildOutcome((), False, ("index.html",), "built")

    def run(self) -> None:
        def ready(port: int) -> None:
            self.port = port
            self.ready.set()

        serve(self.build, output=self.output, base_path="/x/", watch=[self.content], port=0,
              say=self.said.append, stop=self.stop, on_ready=ready,
              rest=lambda: self.later.pop() if self.later else None)

    def get(self, path: str, **headers: str) -> tuple[int, http.client.HTTPMessage, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    thread = threading.Thread(target=made.run)
    thread.start()
    assert made.ready.wait(5)
    yield made
    made.stop.set()
    thread.join(5)
    assert not thread.is_alive()


def test_pages(site: Site) -> None:
    status, headers, body = site.get("/x/")
    assert status == 200 and "preview.js" in body.partition("</head>")[0]
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert site.get("/")[1]["Location"] == "/x/"
    assert site.get("/x/a?q=1")[1]["Location"] == "/x/a/?q=1"
    assert site.get("/x/none")[0] == 404 and "one" in site.get("/x/none")[2]
    assert site.get("/x/", Host="evil.example")[0] == 403
    assert site.get("/__preview__/preview.js")[0] == 200


@pytest.mark.parametrize("path", [
    "/x/../secret.txt", "/x/%2e%2e/secret.txt", "/x/..%2fsecret.txt", "/x/..\\secret.txt",
    "/x/%00", "/x/link.txt", "/x/.hidden", "//x/../secret.txt", "/x/%5c..%5csecret.txt",
])  # fmt: skip
def test_attacks(site: Site, path: str) -> None:
    with socket.create_connection(("127.0.0.1", site.port), timeout=5) as raw:
        raw.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost:{site.port}\r\n"
                    "Connection: close\r\n\r\n".encode())  # fmt: skip
        answer = b"".join(iter(lambda: raw.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 404") and b"SECRET" not in answer


def test_events(site: Site) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=5)
    connection.request("GET", "/__preview__/events")
    lines = (line for line in connection.getresponse() if line.startswith(b"data: "))

    def news() -> dict[str, object]:
        return dict(json.loads(next(lines)[6:]))

    assert news()["failed"] is False
    for text, failed in (("bad", True), ("crash", True), ("two", False)):
        spare = site.content / ".spare"
        spare.write_text(text)
        spare.replace(site.source)
        got = news()
        assert got["failed"] is failed and bool(got["problems"]) is failed
    assert got["changed"] == ["index.html"] and "two" in site.get("/x/")[2]
    connection.close()


def test_what_a_build_leaves_for_later_is_told_when_it_is_done(site: Site) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=5)
    connection.request("GET", "/__preview__/events")
    lines = (line for line in connection.getresponse() if line.startswith(b"data: "))
    next(lines)
    site.later.append(BuildOutcome((), False, ("people/index.html",), "the rest"))
    assert json.loads(next(lines)[6:])["changed"] == ["people/index.html"]
    connection.close()
    assert "the rest" in site.said


def test_a_file_whose_name_changes_with_its_content_is_kept_by_the_browser(site: Site) -> None:
    for name in ("site.0badcafe.css", "site.css"):
        (site.output / name).write_text("p {}")
    assert "immutable" in site.get("/x/site.0badcafe.css")[1]["Cache-Control"]
    assert site.get("/x/site.css")[1]["Cache-Control"] == "no-store"
    tag = site.get("/x/")[2].partition("/__preview__/preview.js")[2].partition('"')[0]
    assert "immutable" in site.get(f"/__preview__/preview.js{tag}")[1]["Cache-Control"]
    assert site.get("/__preview__/preview.js")[1]["Cache-Control"] == "no-store"


def test_port_in_use(site: Site) -> None:
    with pytest.raises(Refusal) as refusal:
        serve(site.build, output=site.output, base_path="", watch=[], port=site.port, say=print)
    assert refusal.value.exit_code == 2 and "--port" in refusal.value.problems[0].hint


def test_folder_that_comes_later_and_nothing_built(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.source.write_text("bad")
    later = tmp_path / "later" / "deep"
    builds: list[int] = []
    again, stop = threading.Event(), site.stop

    def build(changed: frozenset[Path] | None) -> BuildOutcome:
        builds.append(1)
        if later.exists():
            again.set()
        return site.build(changed)

    def ready(port: int) -> None:
        site.port = port
        site.ready.set()

    thread = threading.Thread(target=serve, args=(build,), kwargs={
        "output": site.output, "base_path": "", "watch": [later.parent], "port": 0,
        "say": site.said.append, "stop": stop, "on_ready": ready})  # fmt: skip
    thread.start()
    assert site.ready.wait(5)
    status, headers, body = site.get("/")
    assert status == 503 and "not a &lt;date&gt;" in body and "a.md:3:1" in body
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    later.mkdir(parents=True)
    assert again.wait(5)
    stop.set()
    thread.join(5)
    assert not thread.is_alive()
