"""What reading an article gave, kept by content: can be deleted, and is never believed blindly.

A row is found by a key over the file's path and bytes, the configuration and
the program's code; its checksum must fit, or the article is read again.
"""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

import msgspec

from site_builder.reading.articles import ReadArticle

_decode = msgspec.msgpack.Decoder(ReadArticle)


class ArticleCache:
    """A SQLite file with one row an article. Any fault empties it."""

    def __init__(self, path: Path, generation: str) -> None:
        self._path = path
        self._generation = generation
        self._db = self._open()

    def _open(self) -> sqlite3.Connection | None:
        for _ in range(2):
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                db = sqlite3.connect(self._path, isolation_level=None)
                db.execute("PRAGMA synchronous = OFF")
                db.execute(
                    "CREATE TABLE IF NOT EXISTS articles"
                    " (path TEXT PRIMARY KEY, key TEXT, sum TEXT, data BLOB)"
                )
                db.execute("SELECT path, key, sum, data FROM articles LIMIT 1").fetchone()
                return db
            except (sqlite3.Error, OSError):
                try:
                    self._path.unlink(missing_ok=True)
                except OSError:
                    return None
        return None

    def key(self, path: str, data: bytes) -> str:
        """The identity of one reading."""
        return hashlib.blake2b(
            data, digest_size=16, key=self._generation.encode()[:64], person=path.encode()[-16:]
        ).hexdigest()

    def get(self, path: str, key: str) -> ReadArticle | None:
        """What reading gave before, or None."""
        if self._db is None:
            return None
        try:
            row = self._db.execute(
                "SELECT sum, data FROM articles WHERE path = ? AND key = ?", (path, key)
            ).fetchone()
            if row is None or row[0] != hashlib.blake2b(row[1], digest_size=16).hexdigest():
                return None
            return _decode.decode(row[1])
        except (sqlite3.Error, msgspec.MsgspecError, TypeError):
            return None

    def put(self, rows: list[tuple[str, str, ReadArticle]], keep: set[str]) -> None:
        """Remember readings, and forget the articles that are gone."""
        if self._db is None:
            return
        try:
            self._db.execute("BEGIN")
            for path, key, read in rows:
                data = msgspec.msgpack.encode(read)
                sum_ = hashlib.blake2b(data, digest_size=16).hexdigest()
                self._db.execute(
                    "INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?)", (path, key, sum_, data)
                )
            known = [row[0] for row in self._db.execute("SELECT path FROM articles")]
            gone = [(path,) for path in known if path not in keep]
            self._db.executemany("DELETE FROM articles WHERE path = ?", gone)
            self._db.execute("COMMIT")
        except (sqlite3.Error, TypeError, msgspec.MsgspecError):
            self.close()

    def close(self) -> None:
        """Close the file."""
        if self._db is not None:
            self._db.close()
            self._db = None
