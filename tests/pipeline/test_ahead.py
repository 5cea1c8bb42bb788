"""What is done in a fork while a build goes on."""

import os
import time
from pathlib import Path

import pytest

from site_builder.build.ahead import Ahead

LARGE = bytes(range(256)) * 4096  # more than a pipe holds


def children() -> list[str]:
    return Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()


@pytest.mark.parametrize("answer", [b"a few", LARGE])
def test_the_answer_comes_from_another_process_which_then_is_gone(answer: bytes) -> None:
    before = children()
    ahead = Ahead(lambda: f"{os.getpid()} ".encode() + answer)
    number, _, found = ahead.result().partition(b" ")
    assert int(number) != os.getpid()
    assert found == answer
    assert ahead.result() == number + b" " + answer  # it can be asked again
    assert children() == before


def fails() -> bytes:
    raise KeyboardInterrupt


def test_work_that_fails_gives_no_answer() -> None:
    before = children()
    assert Ahead(fails).result() == b""
    assert Ahead(lambda: os._exit(3)).result() == b""
    assert children() == before


def test_nobody_waits_for_an_answer_that_is_not_wanted() -> None:
    before, started = children(), time.monotonic()
    for work in (lambda: time.sleep(60) or b"late", lambda: LARGE):
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
    assert Ahead(lambda: b"an answer").result() == b""
    monkeypatch.delattr(os, "fork")
    assert Ahead(lambda: b"an answer").result() == b""
