"""The map of coverage and the timeline."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import html5lib
import pytest

from site_builder.finding.territories import shipped
from site_builder.pages.coverage import SHADES, shade, shades
from site_builder.pages.geography import world
from tests.pipeline.test_build import article, run

OVERSEAS = set("aq bq bv cc cx gf gi gp mq re sj tk tv um yt".split())
"""No land of their own in Natural Earth at this scale: they stand in the table alone."""


def table(page: str) -> list[list[str]]:
    """The cells of a page's tables, row by row, as a screen reader has them."""
    def words(element: Any) -> str:
        if element.get("aria-hidden") == "true":
            return ""
        return (element.text or "") + "".join(words(e) + (e.tail or "") for e in element)

    tree = html5lib.parse(page, namespaceHTMLElements=False)
    return [[words(cell).strip() for cell in row if cell.tag in ("td", "th")]
            for row in tree.iter("tr")]


def test_the_map_has_every_country() -> None:
    drawn = set(world().paths) | set(world().points)
    assert {code.lower() for code in shipped().countries} - drawn == OVERSEAS


@pytest.mark.parametrize("highest", [1, 2, 3, 5, 9, 40, 51, 1000, 98765])
def test_the_legend_says_what_the_shades_are(highest: int) -> None:
    legend = {s.level: (s.least, s.most) for s in shades(highest)}
    for count in {1, 2, 3, highest // 2 or 1, highest - 1 or 1, highest}:
        if count <= highest:
            least, most = legend[shade(count, highest)]
            assert least <= count <= most, (count, legend)
    assert shade(0, highest) == 0
    assert shade(highest, highest) == SHADES


def test_map_and_timeline_say_the_same_as_the_lists(make_site: Callable[..., Path]) -> None:
    site = make_site({
        "content/articles/a.md": article("A", "2001-05-01", countries="[Chad, Malta]", body="Chad."),
        "content/articles/b.md": article("B", "2003-02-01", countries="[Chad]", people="[Mona Day]"),
        "content/articles/c.md": article("C", "2003-03-01", countries="[Chad]", draft="yes"),
    })
    run(site)
    page = (site / "public/countries/map/index.html").read_text()
    rows = table(page)
    assert ["Chad", "2"] in rows and ["Malta", "1"] in rows
    chad, malta = (re.search(rf'<a href="[^"]*/countries/{c}/"[^>]*><title>[^<]*</title>'
                             r'<(path|circle) class="s(\d)"', page) for c in ("chad", "malta"))
    assert chad and malta
    assert (chad[1], chad[2], malta[1]) == ("path", "5", "circle")
    rows = table((site / "public/archive/timeline/index.html").read_text())
    assert rows[0] == ["", "2001", "2002", "2003", "Articles"]
    assert ["Chad", "1", "", "1", "2"] in rows
    assert ["Mona Day", "", "", "1", "1"] in rows
    for index in ("countries", "people"):
        assert "/archive/timeline/" in (site / f"public/{index}/index.html").read_text()


def test_a_short_archive_has_a_timeline_by_month(make_site: Callable[..., Path]) -> None:
    site = make_site({
        "content/articles/a.md": article("A", "2001-11-01", countries="[Chad]"),
        "content/articles/b.md": article("B", "2002-01-01", countries="[Chad]"),
    })
    run(site)
    rows = table((site / "public/archive/timeline/index.html").read_text())
    assert rows[0] == ["", "November 2001", "December 2001", "January 2002", "Articles"]
    assert ["Chad", "1", "", "1", "2"] in rows
