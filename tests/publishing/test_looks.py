"""What is looked at before a site is published: its size, what is gone, what must stay secret."""

from __future__ import annotations

import pytest

from site_builder.config import parse
from site_builder.problems import Problems
from site_builder.publishing.hosting import near_limits
from site_builder.publishing.leaks import SHINGLE, Watch, signs
from site_builder.publishing.vanishing import vanished

LIMITS = {"site_bytes": 1_000_000, "file_bytes": 100_000, "site_files": 20}


def pages(number: int) -> dict[str, str]:
    return {"index.html": "", "feed.xml": "", **{f"{n}/index.html": "" for n in range(number - 1)}}


@pytest.mark.parametrize(("before", "after", "said"), [
    (50, 45, ""), (50, 44, "6 of 50 pages would be gone"), (49, 1, ""), (50, 50, ""), (50, 90, ""),
    (2000, 10, "1,990 of 2,000 pages would be gone"),
])
def test_so_many_pages_gone_can_hardly_be_meant(before: int, after: int, said: str) -> None:
    assert vanished(pages(before), pages(after), 10.0) == said


def test_only_pages_count_as_gone() -> None:
    media = {f"{n}.png": "" for n in range(500)}
    assert vanished({**pages(50), **media}, pages(50), 10.0) == ""


@pytest.mark.parametrize(("files", "told"), [
    ({"a.mp4": 100_000, "b.mp4": 1}, []),
    ({"a.mp4": 100_001, "b.mp4": 100_000, "c.mp4": 300_000},
     [("a.mp4", "the file has 0.1 MB of at most 0.1 MB"),
      ("c.mp4", "the file has 0.3 MB of at most 0.1 MB")]),
    ({f"{n}": 90_000 for n in range(10)}, []),
    ({**{f"{n}": 90_000 for n in range(10)}, "x": 1}, [("", "the site has 0.9 MB of at most 1.0 MB")]),
    ({f"{n}": 1 for n in range(20)}, []),
    ({f"{n}": 1 for n in range(21)}, [("", "the site has 21 files")]),
    ({}, []),
])
def test_what_a_host_may_refuse_is_told_before(
    files: dict[str, int], told: list[tuple[str, str]]
) -> None:
    config = parse({"title": "T", "base_url": "https://x.example", "limits": LIMITS})
    problems = Problems()
    near_limits(files, config, problems)
    assert [(p.code, p.severity) for p in problems] == [("OU008", "warning")] * len(told)
    for problem, (file, said) in zip(problems, told, strict=True):
        assert problem.file == file
        assert problem.message.startswith(said)


def test_the_beginning_the_middle_and_the_end_of_a_text_give_it_away() -> None:
    words = [f"word{n:03}" for n in range(60)]
    text = " ".join(words)
    found = signs("A secret title", "secret-slug", f"<p>{text[:199]}</p>\n<p>{text[200:]}</p>")
    assert found[:2] == ["A secret title", "/secret-slug/"]
    passages = found[2:]
    assert [len(passage) for passage in passages] == [SHINGLE] * 3
    assert text.startswith(passages[0])
    assert text.endswith(passages[2])
    assert text.index(passages[1]) == (len(text) - SHINGLE) // 2


def test_what_is_too_short_gives_nothing_away() -> None:
    assert signs("Rain", "rain", "<p>It rained.</p>") == []
    assert signs("Rain in the city", "rain", "<p>" + "x" * (SHINGLE - 1)) == ["Rain in the city"]
    assert signs("Twelve signs", "r", "x" * SHINGLE) == ["Twelve signs", "x" * SHINGLE]  # each once
    assert signs("Eleven sign", "r", "") == []


def test_a_sign_is_seen_as_text_and_in_an_attribute() -> None:
    sign = 'He said “no” & "yes" <again>'
    watch = Watch([sign, "Another one"])
    for form in (sign, "He said “no” &amp; \"yes\" &lt;again&gt;",
                 "He said “no” &amp; &quot;yes&quot; &lt;again&gt;"):
        assert watch.found(f"<p>{form}</p>".encode()) == {sign}
    assert watch.found(b"He said nothing") == set()
    assert watch.found(b"Another one, and again Another one") == {"Another one"}
    assert watch
    assert not Watch([])
