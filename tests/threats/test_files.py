"""What lies in a site's folder and is no ordinary file: told, and never followed or published."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from tests.pipeline.test_build import article, run


def test_links_that_lead_elsewhere_and_things_that_are_no_files_are_told(
    make_site: Callable[..., Path]
) -> None:
    site = make_site({"content/articles/a.md": article("A")})
    secret = site.parent / "secret.md"
    secret.write_text(article("A secret"))
    articles = site / "content/articles"
    (articles / "out.md").symlink_to(secret)
    (articles / "nowhere.md").symlink_to("nothing.md")
    (articles / "within.md").symlink_to("a.md")
    (site / "elsewhere").mkdir()
    (site / "elsewhere/b.md").write_text(article("B"))
    (articles / "more").symlink_to(site / "elsewhere")
    (articles / "loop").symlink_to("..")
    os.mkfifo(articles / "pipe.md")
    report = run(site)
    assert not report.published
    assert {Path(p.file).name: p.message for p in report.problems if p.code == "RD005"} == {
        "out.md": "a symbolic link that leads out of the site",
        "nowhere.md": "a symbolic link that leads out of the site",
        "more": "a link to a folder, which is not followed",
        "loop": "a link to a folder, which is not followed",
        "pipe.md": "not an ordinary file",
    }
