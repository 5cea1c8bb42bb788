"""What SQLite's FTS5 would cost over HTTP ranges: `python -m benchmarks.fts5`.

Puts the generator's archive into one database as a search over ranges would have it (an index
without texts, and what a list of results shows), and counts the bytes and the reads that
SQLite needs for a first question: each read is a request. Linux only: it asks /proc/self/io.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.archive import Archive
from benchmarks.search import WORDS

_QUESTION = """SELECT a.title, a.url FROM t JOIN a ON a.id = t.rowid
WHERE t MATCH ? ORDER BY rank LIMIT 10"""


def main() -> None:
    """Print a line for the database, and one for each question."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--work", type=Path, default=Path("benchmarks/work/fts5.db"))
    parser.add_argument("--ask", help="only ask what is there already")
    options = parser.parse_args()
    if options.ask:
        print(_asked(options.work, options.ask))
        return
    options.work.parent.mkdir(parents=True, exist_ok=True)
    options.work.unlink(missing_ok=True)
    started = time.process_time()
    _make(options.work, Archive(options.articles))
    print(f"{options.articles:,} articles: {time.process_time() - started:.1f} s of processor "
          f"time, {options.work.stat().st_size / 1e6:.1f} MB in one file")
    for words in WORDS:  # each in a process of its own: nothing is known before
        subprocess.run([sys.executable, "-m", "benchmarks.fts5", "--work", str(options.work),
                        "--ask", words], check=True)
    options.work.unlink()


def _make(path: Path, archive: Archive) -> None:
    made = sqlite3.connect(path)
    made.execute("PRAGMA page_size = 4096")
    made.execute("CREATE VIRTUAL TABLE t USING fts5(title, body, content = '', "
                 "tokenize = 'unicode61 remove_diacritics 2')")
    made.execute("CREATE TABLE a (id INTEGER PRIMARY KEY, title, url, date, summary)")
    for number, article in enumerate(archive):
        made.execute("INSERT INTO t (rowid, title, body) VALUES (?, ?, ?)",
                     (number, article.title, archive.body(article)))
        made.execute("INSERT INTO a VALUES (?, ?, ?, ?, ?)", (
            number, article.title, article.path, f"{article.date}", article.summary))
    made.execute("INSERT INTO t (t) VALUES ('optimize')")
    made.commit()
    made.execute("VACUUM")
    made.close()


def _asked(path: Path, words: str) -> str:
    with sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True) as database:
        database.execute("PRAGMA mmap_size = 0")
        _reads()
        size, number = _reads()
        found = database.execute(_QUESTION, (words,)).fetchall()
        more, further = _reads()
    return (f"{words!r}: {len(found)} results, {(more - size) / 1000:.0f} kB "
            f"in {further - number} reads")


def _reads() -> tuple[int, int]:
    """Bytes and calls of this process so far."""
    lines = Path(f"/proc/{os.getpid()}/io").read_text().splitlines()
    known = dict(line.split(": ") for line in lines)
    return int(known["rchar"]), int(known["syscr"])


if __name__ == "__main__":
    main()
