"""What is done in a fork while a build goes on."""

import os
import time
from pathlib import Path
from typing import BinaryIO

import pytest

from site_builder.build.ahead import Ahead

LARGE = bytes(range(256)) * 4096  # more than a pipe holds


def children() -> list[str]:
    return Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()


@pytest.mark.parametrize("answer", [b"a few", LARGE])
def test_the_answer_comes_from_another_process_which_then_is_gone(answer: bytes) -> None:
    before = children()
    ahead = Ahead(lambda told: f"{os.getpid()} ".encode() + answer)
    number, _, found = ahead.result().partition(b" ")
    assert int(number) != os.getpid()
    assert found == answer
    assert ahead.result() == number + b" " + answer  # it can be asked again
    assert children() == before


@pytest.mark.parametrize("what", [b"", b"a few", LARGE])
def test_the_work_waits_for_what_it_is_told(what: bytes) -> None:
    before = children()
    ahead = Ahead(lambda told: b"<" + told.read() + b">")
    ahead.tell(what)
    ahead.tell(b"no more")  # there is one telling
    assert ahead.result() == b"<" + what + b">"
    assert Ahead(lambda told: told.read() + b"!").result() == b"!"  # asked, and never told
    assert children() == before


def test_telling_work_that_has_failed_is_no_failure() -> None:
    before = children()
    ahead = Ahead(fails)
    ahead.tell(LARGE)
    assert ahead.result() == b""
    assert children() == before


def fails(told: BinaryIO) -> bytes:
    raise KeyboardInterrupt


def test_work_that_fails_gives_no_answer() -> None:
    before = children()
    assert Ahead(fails).result() == b""
    assert Ahead(lambda told: os._exit(3)).result() == b""
    assert children() == before


def test_nobody_waits_for_an_answer_that_is_not_wanted() -> None:
    before, started = children(), time.monotonic()
    for work in (
            lambda told: time.sleep(60) or b"late", lambda told: LARGE, lambda told: told.read()):
        ahead = Ahead(work)
        ahead.close()
        ahead.close()
        assert ahead.result() == b""
    assert time.monotonic() - started < 30
    assert children() == before


def test_without_forks_there_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise OSError

    monkeypatch.setattr(os, "fork", refused)
    assert Ahead(lambda told: b"an answer").result() == b""
    monkeypatch.delattr(os, "fork")
    assert Ahead(lambda told: b"an answer").result() == b""
