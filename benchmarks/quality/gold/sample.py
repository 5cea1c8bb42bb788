"""Draw the sample of the gold standard: prints ids in draw order, the same each time."""

import csv
import random
import re
import sys
from pathlib import Path

SEED = 20260101
QUOTE_OR_SAYING = re.compile(r"[“\"][^”\"]{20,}[”\"]|\b(said|says|interview)\b")


def wikinews(root: Path) -> list[str]:
    """Ids `wikinews_YEAR#ROW` (row 0 follows the header) of 30 articles of 120 to 700 words."""
    ids = []
    for year in ("2019", "2020"):
        path = root / "wikinews_en" / f"wikinews_{year}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file)):
                if 120 <= len(row["text"].split()) <= 700:
                    ids.append(f"wikinews_{year}#{number}")
    return random.Random(SEED).sample(ids, 30)


def posts(root: Path) -> list[str]:
    """File names of 10 posts of 250 to 900 words with a quotation or a saying in them."""
    names = []
    for path in sorted((root / "18f" / "content" / "posts").glob("*.md")):
        body = re.sub(r"\A---\n.*?\n---\n", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        if 250 <= len(body.split()) <= 900 and QUOTE_OR_SAYING.search(body):
            names.append(path.name)
    return random.Random(SEED).sample(names, 10)


if __name__ == "__main__":
    corpora = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/corpora")
    print(*wikinews(corpora), *posts(corpora), sep="\n")
