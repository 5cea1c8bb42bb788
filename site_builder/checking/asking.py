"""Asking servers whether an address is alive, as a polite guest.

One request at a time and host, with a pause in between; robots.txt is
respected (RFC 9309); a server that is busy is asked again later, and at most a
few times; nothing but the head of a page is read.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpx
import msgspec

from site_builder.checking.answers import Answer, State

NO_HOST = "no such host"
NO_CONNECTION = "no connection"
NO_LOOKUP = "its name cannot be looked up now"
REDIRECTS = 10
SEVERAL = 3
"""Of so many hosts one should be there."""
LONGEST_PAUSE = 60.0
"""Seconds: the longest that a server's Retry-After or Crawl-delay is followed."""
_REFUSED = frozenset({401, 402, 403, 405, 406, 407, 418, 451, 999})


class Manners(msgspec.Struct, frozen=True):
    """How politely to ask; times in seconds.

    `delay` parts two requests to one host, `together` hosts are asked at once,
    `tries` is how often a server that is silent is asked. Addresses of this
    machine and of private networks are left alone unless `private`.
    """

    agent: str
    delay: float = 1.0
    timeout: float = 20.0
    together: int = 8
    tries: int = 3
    private: bool = False


def ask_all(
    addresses: Iterable[str], manners: Manners, *, now: int,
    tell: Callable[[str, Answer], None] = lambda address, answer: None,
) -> None:
    """Ask for each address; `tell` is called with each answer as it comes."""
    hosts: dict[str, list[str]] = {}
    for address in addresses:
        hosts.setdefault(_host(address), []).append(address)
    asyncio.run(_ask_hosts(list(hosts.values()), manners, now, tell))


async def _ask_hosts(
    hosts: list[list[str]], manners: Manners, now: int, tell: Callable[[str, Answer], None]
) -> None:
    async with httpx.AsyncClient(
        headers={"User-Agent": manners.agent}, timeout=manners.timeout, follow_redirects=False,
        trust_env=True,
    ) as client:
        guest = _Guest(client, manners, now)
        gate = asyncio.Semaphore(manners.together)

        async def one_host(addresses: list[str]) -> None:
            async with gate:
                for address in addresses:
                    tell(address, await guest.ask(address))

        await asyncio.gather(*map(one_host, hosts))


class _Silent(Exception):  # noqa: N818 - a finding
    """No usable answer; `pause` is how long the server asks to be left alone.

    `state` is what the address counts as when it stays so.
    """

    def __init__(self, said: str, pause: float = 0.0, state: State = State.SILENT) -> None:
        super().__init__(said)
        self.pause, self.state = pause, state


class _Settled(Exception):  # noqa: N818 - a finding
    """What there is to say without asking further."""

    def __init__(self, state: State, said: str, *, private: bool = False) -> None:
        super().__init__(said)
        self.state, self.private = state, private


class _Guest:
    def __init__(self, client: httpx.AsyncClient, manners: Manners, now: int) -> None:
        self._client, self._manners, self._now = client, manners, now
        self._locks: dict[str, asyncio.Lock] = {}
        self._last: dict[str, float] = {}
        self._delays: dict[str, float] = {}
        self._rules: dict[str, RobotFileParser | None] = {}
        self._open: dict[str, bool] = {}

    async def ask(self, address: str) -> Answer:
        """Ask, and ask again where the server is silent."""
        said, state = "", State.SILENT
        for attempt in range(self._manners.tries):
            try:
                # some servers never answer HEAD
                return await self._follow(address, "HEAD" if attempt == 0 else "GET")
            except _Settled as settled:
                return Answer(settled.state, str(settled), self._now, private=settled.private)
            except _Silent as silent:
                said, state = str(silent), silent.state
                if attempt + 1 < self._manners.tries:
                    pause = max(silent.pause, self._manners.delay * 2**attempt)
                    await asyncio.sleep(min(pause, LONGEST_PAUSE))
        return Answer(state, said, self._now)

    async def _follow(self, address: str, method: str) -> Answer:
        here, moved, permanent = address, "", True
        for _ in range(REDIRECTS):
            await self._may_ask(here)
            status, target, pause = await self._look(here, method)
            if 300 <= status < 400 and target:
                permanent = permanent and status in (301, 308)
                try:
                    here = urljoin(here, target)
                except ValueError:
                    here = ""
                if not here.lower().startswith(("http://", "https://")):
                    raise _Settled(State.DEAD, "leads to no web address")
                if permanent:
                    moved = here
                continue
            if status < 400:
                return Answer(State.ALIVE, str(status), self._now,
                              "" if moved == address else moved)
            if status == 429 or 500 <= status < 600:
                raise _Silent(f"the server says {status}", pause,
                              State.CLOSED if status == 429 else State.SILENT)
            state = State.CLOSED if status in _REFUSED else State.DEAD
            raise _Settled(state, f"the server says {status}")
        raise _Settled(State.DEAD, f"more than {REDIRECTS} redirects")

    async def _look(self, address: str, method: str) -> tuple[int, str, float]:
        """Status, where a redirect leads, and Retry-After; GET where HEAD is not answered well."""
        found = await self._request(method, address)
        if method == "HEAD" and found[0] >= 400 and found[0] != 429:
            found = await self._request("GET", address)
        return found

    async def _request(self, method: str, address: str) -> tuple[int, str, float]:
        host = _host(address)
        async with self._locks.setdefault(host, asyncio.Lock()):
            await self._pause(host)
            try:
                async with self._client.stream(method, address) as response:
                    return (response.status_code, response.headers.get("location", ""),
                            _seconds(response.headers.get("retry-after", "")))
            except httpx.TimeoutException:
                raise _Silent("no answer in time") from None
            except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError):
                raise _Settled(State.DEAD, "not an address") from None
            except httpx.ConnectError as error:
                raise _connection(error) from None
            except httpx.HTTPError as error:
                raise _Silent(f"the connection broke ({type(error).__name__})") from None
            finally:
                self._last[host] = time.monotonic()

    async def _pause(self, host: str) -> None:
        wait = max(self._manners.delay, self._delays.get(host, 0.0))
        since = time.monotonic() - self._last.get(host, float("-inf"))
        if since < wait:
            await asyncio.sleep(wait - since)

    async def _may_ask(self, address: str) -> None:
        try:
            parts = urlsplit(address)
            host, port = parts.hostname or "", parts.port or 443
        except ValueError:
            raise _Settled(State.DEAD, "not an address") from None
        if host not in self._open:
            self._open[host] = self._manners.private or not await _is_private(host, port)
        if not self._open[host]:
            raise _Settled(State.CLOSED, "an address of this machine or of a private network",
                           private=True)
        place = f"{parts.scheme}://{parts.netloc}"
        if place not in self._rules:
            self._rules[place] = await self._robots(place)
        rules = self._rules[place]
        if rules is None:
            return
        if not rules.can_fetch(self._manners.agent, address):
            raise _Settled(State.CLOSED, "its robots.txt asks programs to stay away")
        delay = rules.crawl_delay(self._manners.agent)
        self._delays[parts.netloc.lower()] = min(float(delay or 0), LONGEST_PAUSE)

    async def _robots(self, place: str) -> RobotFileParser | None:
        """A host's rules, None where it has none; half a megabyte of them is read (RFC 9309)."""
        host = _host(place)
        text = b""
        async with self._locks.setdefault(host, asyncio.Lock()):
            await self._pause(host)
            try:
                async with self._client.stream("GET", f"{place}/robots.txt") as response:
                    if response.status_code != 200:
                        return None
                    async for part in response.aiter_bytes():
                        text += part
                        if len(text) > 500_000:
                            break
            except (httpx.HTTPError, httpx.InvalidURL, UnicodeError):
                return None  # the address itself will say what is wrong
            finally:
                self._last[host] = time.monotonic()
        rules = RobotFileParser()
        rules.parse(text.decode("utf-8", "replace").splitlines())
        return rules


def _host(address: str) -> str:
    """Host and port; nothing where the address has none that can be read."""
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""


def _connection(error: httpx.ConnectError) -> Exception:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, socket.gaierror):
            return _no_name(cause)
        if isinstance(cause, ssl.SSLError):
            return _Settled(State.DEAD, "its certificate is not valid")
        cause = cause.__cause__ or cause.__context__
    return _Silent(NO_CONNECTION)


async def _is_private(host: str, port: int) -> bool:
    """Whether a host is not on the public internet; a text may name what it should not reach."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port)
    except UnicodeError:
        raise _Settled(State.DEAD, NO_HOST) from None
    except OSError as error:
        raise _no_name(error) from None
    return any(not ipaddress.ip_address(str(info[4][0]).partition("%")[0]).is_global
               for info in found)


_NO_SUCH_NAME = frozenset(
    getattr(socket, name) for name in ("EAI_NONAME", "EAI_NODATA", "EAI_ADDRFAMILY")
    if hasattr(socket, name))


def _no_name(error: OSError) -> Exception:
    """No such host, or nobody who could say so (RFC 3493, 6.1: EAI_NONAME against EAI_AGAIN)."""
    if error.errno in _NO_SUCH_NAME:
        return _Settled(State.DEAD, NO_HOST)
    return _Silent(NO_LOOKUP)


def offline(answers: Mapping[str, Answer]) -> bool:
    """Whether these answers, by address, say more about this machine than about the hosts.

    True where nothing was reached and either several hosts were tried, or no
    name could be looked up, or this machine has no way to the internet.
    """
    said = {answer.said for answer in answers.values()}
    if not said or not said <= {NO_HOST, NO_CONNECTION, NO_LOOKUP}:
        return False
    return len({_host(address) for address in answers}) >= SEVERAL or NO_LOOKUP in said \
        or not _has_way()


def _has_way() -> bool:
    """Whether this machine knows a way to the internet; nothing is sent.

    Connecting a datagram socket only looks up the route (the addresses are
    for documentation: RFC 5737 and RFC 3849).
    """
    for family, address in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as way:
                way.connect((address, 9))
                return True
        except OSError:
            continue
    return False


def _seconds(text: str) -> float:
    """Retry-After in seconds (RFC 9110, 10.2.3); a date counts as a minute."""
    return float(text) if text.isdecimal() else LONGEST_PAUSE if text else 0.0


