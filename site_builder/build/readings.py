"""Reading one file, in whichever process does the work, and an article's body once more."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from site_builder.cache.packs import Store
from site_builder.config import SiteConfig
from site_builder.model import Article, Country, Detail, FreePage, Person
from site_builder.problems import Problem, Problems


class ChangedMeanwhile(Exception):  # noqa: N818 - it is an event, not a defect
    """A file was changed while the build ran; its path."""


class Reading(msgspec.Struct, array_like=True, gc=False):
    """What a worker gives back for one file; `same` when its content is the known one.

    `detail` is an article's, `digest` stands for its page.
    """

    same: bool
    key: str = ""
    record: msgspec.Raw = msgspec.Raw(b"\xc0")
    problems: tuple[Problem, ...] = ()
    detail: bytes = b""
    digest: str = ""
    seconds: float = 0.0


def read_part(
    site: str, config: SiteConfig, generation: str, kind: str, part: Sequence[tuple[str, str]]
) -> bytes:
    """Runs in a worker: a chunk of files to a MessagePack list of `Reading`."""
    return msgspec.msgpack.encode(
        [read_one(Path(site), config, generation, kind, path, key) for path, key in part]
    )


def read_one(
    site: Path, config: SiteConfig, generation: str, kind: str, path: str, known: str
) -> Reading:
    """Read one file, unless its content still has the `known` key."""
    from site_builder.reading import articles, authorities

    started = time.perf_counter()
    problems = Problems()
    data = authorities.read_bytes(site, path, problems)
    if data is None:
        return Reading(same=False, problems=tuple(problems))
    key = content_key(data, path, generation)
    if key == known:
        return Reading(same=True)
    detail, digest = b"", ""
    record: Article | Person | Country | FreePage | None
    if kind == "articles":
        read = articles.read(data, path=path, config=config)
        record = read.article
        problems.extend(read.problems)
        detail = msgspec.msgpack.encode(read.detail)
        digest = record.page_digest if record is not None else ""
    else:
        read_record = {
            "people": authorities.read_person, "countries": authorities.read_country,
            "pages": authorities.read_page,
        }[kind]
        record = read_record(data, path=path, config=config, problems=problems)
    return Reading(
        same=False, key=key, record=msgspec.Raw(msgspec.msgpack.encode(record)),
        problems=tuple(problems.sorted()), detail=detail, digest=digest,
        seconds=time.perf_counter() - started,
    )


def content_key(data: bytes, path: str, generation: str) -> str:
    """The identity of one reading: these bytes at this path, by this program and configuration."""
    hasher = hashlib.blake2b(path.encode(), digest_size=16, key=generation.encode()[:64])
    hasher.update(b"\0")
    hasher.update(data)
    return hasher.hexdigest()


def detail_of(
    article: Article, details: Store[Detail], site: Path, config: SiteConfig
) -> Detail:
    """An article's detail, from the cache or, where that fails, from its file once more.

    Raises `ChangedMeanwhile` when the file is no longer the one that was read.
    """
    found = details.get(article.path, article.page_digest)
    if found is not None:
        return found
    from site_builder.reading import articles, authorities

    data = authorities.read_bytes(site, article.path, Problems())
    read = articles.read(data, path=article.path, config=config) if data is not None else None
    if (
        read is None or read.article is None or read.detail is None
        or read.article.page_digest != article.page_digest
    ):
        raise ChangedMeanwhile(article.path)
    return read.detail
