"""Asking for outgoing links: real requests to a real server of this machine."""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.checking import asking
from site_builder.checking.answers import DAY, Answer, Memory, State
from site_builder.checking.asking import Manners, ask_all
from site_builder.cli import cli
from site_builder.problems import Refusal
from tests.pipeline.test_build import article, run

ROBOTS = "User-agent: *\nDisallow: /private/\n"


class Server(ThreadingHTTPServer):
    """Answers by path, and remembers who asked for what, when."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.log: list[tuple[str, str, str]] = []
        self.times: list[float] = []
        self.now = self.most = 0
        self.lock = threading.Lock()
        self.base = f"http://127.0.0.1:{self.server_port}"
        self.robots = ROBOTS

    @property
    def asked(self) -> Counter[str]:
        return Counter(f"{method} {path}" for method, path, _ in self.log)


class Handler(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        server = self.server
        with server.lock:
            server.now += 1
            server.most = max(server.most, server.now)
            server.log.append((self.command, self.path, self.headers["User-Agent"]))
            server.times.append(time.monotonic())
            count = sum(path == self.path for _, path, _ in server.log)
        time.sleep(0.02)
        with server.lock:  # before the answer: after it, the next request may come at once
            server.now -= 1
        self.say(count)

    def say(self, count: int) -> None:
        path, headers, body = self.path.partition("?")[0], {}, b""
        status = 200
        if path == "/robots.txt":
            body = self.server.robots.encode()
        elif path.startswith("/moved"):
            status, headers = 301, {"Location": "/fine"}
        elif path == "/for-now":
            status, headers = 302, {"Location": "/fine"}
        elif path == "/round":
            status, headers = 302, {"Location": "/round"}
        elif path == "/inside":
            status, headers = 302, {"Location": f"http://localhost:{self.server.server_port}/fine"}
        elif path == "/gone":
            status = 404
        elif path == "/login":
            status = 403
        elif path == "/broken":
            status = 500
        elif path == "/head-is-refused":
            status = 405 if self.command == "HEAD" else 200
        elif path == "/flaky":
            status = 503 if count < 3 else 200
        elif path == "/busy":
            status, headers = (429, {"Retry-After": "1"}) if count == 1 else (200, {})
        elif path == "/always-busy":
            status = 429
        elif path == "/head-hangs" and self.command == "HEAD":
            time.sleep(3)
        elif path == "/slow":
            time.sleep(1.5)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with Server() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def manners(**more: object) -> Manners:
    return Manners(**{"agent": "site-builder/test", "delay": 0.01, "timeout": 20.0, "private": True,
                      **more})  # type: ignore[arg-type]


def ask(server: Server, *paths: str, **more: object) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    ask_all([server.base + path for path in paths], manners(**more), now=1, tell=found.__setitem__)
    return {address.removeprefix(server.base): answer for address, answer in found.items()}


@pytest.mark.parametrize(
    ("path", "state", "said"),
    [("/fine", State.ALIVE, "200"), ("/gone", State.DEAD, "404"), ("/login", State.CLOSED, "403"),
     ("/broken", State.SILENT, "500"), ("/slow", State.SILENT, "in time"), ("/for-now", State.ALIVE, "200"),
     ("/head-is-refused", State.ALIVE, "200"), ("/flaky", State.ALIVE, "200"),
     ("/round", State.DEAD, "redirects"), ("/private/x", State.CLOSED, "robots.txt")],
)
def test_every_kind_of_answer(server: Server, path: str, state: State, said: str) -> None:
    answer = ask(server, path, **({"timeout": 0.3, "tries": 2} if path == "/slow" else {}))[path]
    assert (answer.state, answer.moved) == (state, "")
    assert said in answer.said


def test_where_a_page_moved_for_good(server: Server) -> None:
    assert ask(server, "/moved")["/moved"].moved == f"{server.base}/fine"


@pytest.mark.parametrize(
    ("address", "said"),
    [("http://nothing.invalid/x", "no such host"), ("http://127.0.0.1:1/", "no connection"),
     ("http://[::bad/", "not an address"), ("http://127.0.0.1:99999/", "not an address")],
)
def test_what_has_no_server(server: Server, address: str, said: str) -> None:
    found: dict[str, Answer] = {}
    ask_all([address], manners(tries=2), now=1, tell=found.__setitem__)
    assert said in found[address].said


def test_a_guest_is_polite(server: Server) -> None:
    paths = [f"/page/{n}" for n in range(8)]
    ask(server, *paths, delay=0.05)
    assert server.asked == Counter({"GET /robots.txt": 1, **{f"HEAD {p}": 1 for p in paths}})
    assert server.most == 1, "one request at a time"
    gaps = [b - a for a, b in zip(server.times, server.times[1:], strict=False)]
    assert min(gaps) >= 0.045
    assert {agent for *_, agent in server.log} == {"site-builder/test"}


def test_a_pause_that_a_server_asks_for_is_kept(server: Server) -> None:
    answer = ask(server, "/busy")["/busy"]
    first, second = [t for (_, path, _), t in zip(server.log, server.times, strict=True) if path == "/busy"]
    assert answer.state is State.ALIVE
    assert second - first >= 1.0
    server.log.clear(), server.times.clear()
    server.robots = "User-agent: site-builder\nCrawl-delay: 1\n"
    ask(server, "/a", "/b")
    assert server.times[-1] - server.times[-2] >= 1.0


def test_a_server_that_stays_busy_is_not_called_silent(server: Server) -> None:
    answer = ask(server, "/always-busy", tries=2)["/always-busy"]
    assert (answer.state, answer.said) == (State.CLOSED, "the server says 429")


def test_a_server_that_is_down_is_asked_a_few_times_only(server: Server) -> None:
    ask(server, "/broken", tries=3)
    assert (server.asked["HEAD /broken"], server.asked["GET /broken"]) == (1, 3)


def test_a_server_that_never_answers_head_is_asked_for_the_page(server: Server) -> None:
    assert ask(server, "/head-hangs", timeout=1.0)["/head-hangs"].state is State.ALIVE


def test_private_networks_are_left_alone(server: Server) -> None:
    assert ask(server, "/fine", private=False)["/fine"].state is State.CLOSED
    assert server.log == []


def test_a_redirect_into_a_private_network_is_not_followed(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def is_private(host: str, port: int) -> bool:
        return host == "localhost"

    monkeypatch.setattr(asking, "_is_private", is_private)
    assert ask(server, "/inside", private=False)["/inside"].state is State.CLOSED
    assert {path for _, path, _ in server.log} == {"/robots.txt", "/inside"}


def test_answers_are_believed_for_a_while(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    memory.keep({"a": Answer(State.ALIVE, "200", 10), "b": Answer(State.DEAD, "404", 5),
                 "gone": Answer(State.ALIVE, "200", 10)}, ["a", "b", "c"])
    again = Memory(tmp_path)
    assert set(again.answers) == {"a", "b"}
    assert again.due("abc", now=20, days=7) == ["c"]
    assert again.due("abc", now=2 * DAY, days=7) == ["c", "b"]
    assert again.due("abc", now=8 * DAY, days=7) == ["c", "b", "a"]
    assert again.due("abc", now=20, days=0) == ["c", "b", "a"]


@pytest.fixture
def site(make_site: Callable[..., Path], server: Server) -> Path:
    base = server.base
    return make_site({
        "content/articles/a.md": article(
            "A", archived=f'{{"{base}/gone?b=1&c=2": {{url: "{base}/fine", date: 2022-11-30}}}}',
            source=f'{{name: Agency, url: "{base}/moved-agency"}}',
            body=f"As [one]({base}/gone?b=1&c=2) and\n\n[two]({base}/gone#part) say, "
                 "see [us](https://news.example/record/x/)."),
        "content/articles/b.md": article("B", body=f"<{base}/fine>"),
        "content/articles/draft.md": article("D", draft="yes", body=f"[x]({base}/draft)"),
        "content/people/mona.md": f"---\nname: Mona Writer\n---\n[Her page]({base}/login)\n",
    }, "[links]\ndelay = 0\n")


def check(site: Path, *words: str) -> list[tuple[str, int, str, str]]:
    result = CliRunner().invoke(
        cli, ["check", "--external", "--private", "--format", "json", "--site", str(site), *words],
        catch_exceptions=False)
    return [(p["file"], p["line"], p["code"], p["severity"]) for p in json.loads(result.stdout)]


def test_what_is_wrong_is_told_at_each_link_and_asked_only_once(site: Path, server: Server) -> None:
    (site / "content/articles/b.md").write_text(article(
        "B", people="[Mona Writer]", body=f"<{server.base}/fine>\n\nMore of [it]({server.base}/gone)."))
    expected = [
        ("content/articles/a.md", 4, "EX001", "note"),  # its readers have a copy
        ("content/articles/a.md", 5, "EX002", "warning"),
        ("content/articles/a.md", 5, "EX007", "note"),
        ("content/articles/a.md", 9, "EX001", "warning"),
        ("content/articles/a.md", 9, "EX007", "note"),
        ("content/articles/b.md", 6, "EX007", "note"),
        ("content/articles/b.md", 8, "EX001", "warning"),
        ("content/articles/b.md", 8, "EX007", "note"),
        ("content/people/mona.md", 4, "EX004", "note"),
        ("content/people/mona.md", 4, "EX007", "note"),
    ]
    assert check(site) == expected
    assert server.asked["HEAD /gone"] == 1
    assert "/draft" not in {path for _, path, _ in server.log}
    before = len(server.log)
    assert check(site) == expected
    assert len(server.log) == before, "answers are remembered"
    check(site, "--again", "--limit", "1")
    assert before + 2 <= len(server.log) <= before + 4  # robots.txt, and one address
    text = CliRunner().invoke(cli, ["check", "--external", "--private", "--site", str(site)]).output
    assert "5 outgoing addresses: 0 asked now, 0 not asked yet; " in text
    assert "neither a capture date nor an archived copy: 5\n" in text
    assert "give it under `archived`" in text


def test_with_a_limit_the_rest_is_asked_next_time(site: Path, server: Server) -> None:
    seen = set()
    for _ in range(3):
        check(site, "--limit", "2")
        seen = {path for method, path, _ in server.log if method == "HEAD"}
    assert {"/moved-agency", "/gone", "/gone?b=1&c=2"} <= seen


def test_a_link_in_a_text_has_its_copy_beside_it(site: Path, server: Server) -> None:
    run(site)
    page = (site / "public/articles/2022/11/a/index.html").read_text()
    base = server.base
    assert (f'<a href="{base}/gone?b=1&amp;c=2" data-versionurl="{base}/fine" data-versiondate="2022-11-30">'
            f'one</a> <small class="archived">(<a href="{base}/fine" rel="external">'
            "archived 30 November 2022</a>)</small>") in page
    assert page.count("data-versionurl") == 1
    (site / "content/articles/a.md").write_text(article("A", body="Words."))
    assert "articles/2022/11/a/index.html" in run(site).changed


def test_a_day_or_a_copy_is_enough_in_texts_records_and_free_pages(site: Path, server: Server) -> None:
    base = server.base
    (site / "content/articles/a.md").write_text(article(
        "A", people="[Mona Writer]", archived=f'{{"{base}/fine": {{date: 2022-11-30}}}}',
        source=f'{{name: Agency, url: "{base}/for-now", retrieved: 2022-12-01}}',
        body=f"[It]({base}/fine) says."))
    (site / "content/articles/b.md").write_text(article("B", body="Words."))
    (site / "content/people/mona.md").write_text(
        f'---\nname: Mona Writer\narchived: {{"{base}/her": "{base}/copy"}}\n---\n[Hers]({base}/her)\n')
    (site / "content/pages").mkdir(exist_ok=True)
    (site / "content/pages/about.md").write_text(
        f'---\ntitle: About\narchived: {{"{base}/us": {{date: 2021}}}}\n---\n[We]({base}/us)\n')
    assert check(site) == []
    run(site)
    pages = {name: (site / "public" / name / "index.html").read_text()
             for name in ("articles/2022/11/a", "people/mona-writer", "about")}
    assert (f'<a href="{base}/fine" data-versiondate="2022-11-30">It</a> '
            '<small class="archived">(retrieved 30 November 2022)</small>') in pages["articles/2022/11/a"]
    assert (f'<a href="{base}/her" data-versionurl="{base}/copy">Hers</a> <small class="archived">'
            f'(<a href="{base}/copy" rel="external">archived copy</a>)') in pages["people/mona-writer"]
    assert f'<a href="{base}/us" data-versiondate="2021">We</a>' in pages["about"]
    (site / "content/pages/about.md").write_text(f"---\ntitle: About\n---\n[We]({base}/us)\n")
    assert [(file, code) for file, _, code, _ in check(site)] == [("content/pages/about.md", "EX007")]
    (site / "content/people/mona.md").write_text(f"---\nname: Mona Writer\n---\n[Hers]({base}/her)\n")
    assert {"about/index.html", "people/mona-writer/index.html"} <= set(run(site).changed)


def test_days_may_be_years_and_a_link_may_leave_out_its_scheme(site: Path, server: Server) -> None:
    (site / "content/articles/b.md").write_text(article(
        "B", archived='{"https://agency.example/1": {date: 2022}}',
        source="{name: Agency, retrieved: 2022-11}", body='It says [so](//agency.example/1).'))
    assert not run(site).problems
    page = (site / "public/articles/2022/11/b/index.html").read_text()
    assert '<a href="//agency.example/1" data-versiondate="2022">so</a>' in page
    assert "(retrieved 2022)" in page
    assert "retrieved November 2022" in page


def test_a_copy_that_is_gone_is_told_as_what_it_is(site: Path, server: Server) -> None:
    (site / "content/articles/a.md").write_text(article(
        "A", archived=f'{{"{server.base}/fine": "{server.base}/gone"}}', body=f"[It]({server.base}/fine)."))
    text = CliRunner().invoke(cli, ["check", "--external", "--private", "--site", str(site)]).output
    assert "archived copy of a page itself: look for another" in text


def test_private_addresses_left_alone_are_asked_when_that_is_allowed(site: Path, server: Server) -> None:
    CliRunner().invoke(cli, ["check", "--external", "--site", str(site)], catch_exceptions=False)
    assert server.log == []
    assert ("content/articles/a.md", 9, "EX001", "warning") in check(site)


def test_a_name_that_nobody_can_look_up_now_is_not_gone(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site / "content/articles/b.md").write_text(article("B", body="<http://agency.example/1>"))
    (site / "content/articles/a.md").unlink()
    (site / "content/people/mona.md").unlink()

    def look_up(*_: object, **__: object) -> object:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    result = CliRunner().invoke(cli, ["check", "--external", "--site", str(site)])
    assert isinstance(result.exception, Refusal)
    assert [(p.code, p.message) for p in result.exception.problems] \
        == [("EX006", "agency.example cannot be reached")]
    assert Memory(site).answers == {}


def test_one_host_without_a_name_is_gone_only_where_there_is_a_way(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {"http://agency.example/1": Answer(State.DEAD, asking.NO_HOST, 1)}
    monkeypatch.setattr(asking, "_has_way", lambda: True)
    assert not asking.offline(answers)
    monkeypatch.setattr(asking, "_has_way", lambda: False)
    assert asking.offline(answers)
    assert not asking.offline({**answers, "http://b.example/": Answer(State.ALIVE, "200", 1)})


def test_without_the_library_the_command_says_so(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    monkeypatch.delitem(sys.modules, "site_builder.checking.asking")
    result = CliRunner().invoke(cli, ["check", "--external", "--site", str(site)])
    assert isinstance(result.exception, Refusal)
    assert [p.code for p in result.exception.problems] == ["EX005"]
