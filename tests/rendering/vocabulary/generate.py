"""Make schema_org.json anew: `python -m tests.rendering.vocabulary.generate schema.d.ts`.

schema.d.ts is that of the npm package schema-dts (Apache-2.0), which is itself made from
the vocabulary of schema.org (CC BY-SA 3.0). Kept are the types that pages of this
project use and their ancestors: the parents of each, and its own properties with the
types of their values.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
USED = (
    "BreadcrumbList", "CollectionPage", "CorrectionComment", "Country", "DataDownload", "Dataset",
    "ImageObject", "ListItem", "NewsArticle", "Organization", "Person", "PropertyValue", "WebPage",
    "WebSite",
)
_INTERFACE = re.compile(
    r"^(?:export )?interface (\w+)Base extends ([^{]+) \{\n(.*?)^\}", re.M | re.S)
_LEAF = re.compile(r"^export interface (\w+)Leaf extends (.+) \{$", re.M)
_PROPERTY = re.compile(r'^    "(\w+)"\?: SchemaValue<(.+), "\w+">;$', re.M)


def vocabulary(text: str) -> dict[str, dict[str, object]]:
    """Type → its parents and its own properties with their ranges."""
    known = {name: (bases, "") for name, bases in _LEAF.findall(text)}  # without own properties
    known |= {name: (bases, body) for name, bases, body in _INTERFACE.findall(text)}
    result: dict[str, dict[str, object]] = {}
    todo = list(USED)
    while todo:
        name = todo.pop()
        if name in result:
            continue
        bases, body = known[name]
        parents = sorted(re.findall(r"\b([A-Za-z]+)Base\b", bases))  # schema.org's own only
        result[name] = {
            "parents": parents,
            "properties": {
                prop: sorted(set(re.findall(r"\w+", ranges)) - {"IdReference", "string"})
                for prop, ranges in _PROPERTY.findall(body)
            },
        }
        todo += parents
    return dict(sorted(result.items()))


if __name__ == "__main__":
    found = vocabulary(Path(sys.argv[1]).read_text())
    lines = [f"{json.dumps(name)}: {json.dumps(entry)}" for name, entry in found.items()]
    (HERE / "schema_org.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
