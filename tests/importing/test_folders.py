"""The folders of other generators: their front matter, addresses, links and template code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from site_builder.importing.detecting import kind_of
from tests.importing.sites import Archive, told, write


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


def test_jekyll(archive: Archive, tmp_path: Path) -> None:
    old = write(tmp_path / "old", {
        "_config.yml": "permalink: pretty\ntitle: Old\n",
        "_data/authors.yml": "nf:\n  name: Nadia Farhoud\n",
        "_posts/2019-03-05-talks.md": """---
layout: post
title: "Talks: the first day"
author: nf
categories: [Diplomacy, Water]
tags: visits, rivers
excerpt: Both sides spoke.
redirect_from: /old/talks.html
image: /assets/hall.jpg
image_alt: The hall
mood: hopeful
last_modified_at: 2019-03-07
---
See [the second day]({% post_url 2019-03-06-day-two %}), [about]({{ site.baseurl }}/about/) and
[the same]({{ "/diplomacy/2019/03/06/day-two/" | relative_url }}).

{% highlight python %}
a = "{{ b }}"
{% endhighlight %}

{% raw %}{{ shown }}{% endraw %} {% include figure.html src="/assets/hall.jpg" alt="Hall" caption="The *hall*" %}

{% include share.html %}~~No~~ yes.

- `{% code %}`
""",
        "diplomacy/_posts/2019-03-06-day-two.md": "---\ntitle: Day two\n---\nThe second day.\n",
        "_drafts/later.md": "---\ntitle: Later\ndate: 2019-04-01\n---\nNot yet.\n",
        "_posts/2019-03-07-hidden.md": "---\ntitle: Hidden\npublished: false\n---\nNot this.\n",
        "about.md": "---\ntitle: About\n---\nWho we are.\n", "README.md": "# A readme\n",
        "_layouts/post.html": "---\n---\n{{ content }}", "assets/hall.jpg": b"\xff\xd8",
    })
    assert kind_of(old) == "jekyll"
    report = archive.take(old)
    assert not told(report), list(report.problems)
    matter = archive.matter("talks.md")
    assert matter == {
        "title": "Talks: the first day", "date": "2019-03-05", "updated": "2019-03-07",
        "summary": "Both sides spoke.", "authors": ["Nadia Farhoud"], "section": "Diplomacy",
        "tags": ["Water", "visits", "rivers"],
        "image": {"src": "/media/hall.jpg", "alt": "The hall"},
        "aliases": ["/diplomacy/2019/03/05/talks/", "/old/talks.html"], "mood": "hopeful"}
    body = archive.body("talks.md")
    assert "[the second day](day-two.md)" in body
    assert "[about](../../../pages/about.md)" in body
    assert "[the same](day-two.md)" in body
    assert '```python\na = "{{ b }}"\n```' in body
    assert "{{ shown }}" in body
    assert "<figcaption>The *hall*</figcaption>" in body
    assert "<del>No</del> yes." in body
    assert "`{% code %}`" in body
    assert "share" not in body
    assert archive.matter("hidden.md")["draft"] == archive.matter("later.md")["draft"] == "true"
    assert archive.paths() == [
        "content/articles/2019/03/day-two.md", "content/articles/2019/03/hidden.md",
        "content/articles/2019/03/talks.md", "content/articles/2019/04/later.md",
        "content/pages/about.md"]
    archive.builds()


@pytest.mark.parametrize(("head", "opening"), [
    ("toml", '+++\ntitle = "Gas"\ndate = 2021-02-03T10:00:00+03:00\ndraft = false\n'
             'tags = ["a", "b"]\nweight = 3\naliases = ["/old/gas/"]\n[params]\nmood = "dry"\n+++\n'),
    ("yaml", "---\ntitle: Gas\ndate: 2021-02-03T10:00:00+03:00\ntags: [a, b]\nweight: 3\n"
             "aliases: [/old/gas/]\nparams:\n  mood: dry\n---\n"),
    ("json", json.dumps({"title": "Gas", "date": "2021-02-03T10:00:00+03:00", "tags": ["a", "b"],
                         "weight": 3, "aliases": ["/old/gas/"], "params": {"mood": "dry"}},
                        indent=1) + "\n"),
])
def test_hugo_front_matter_of_every_kind_says_the_same(
    archive: Archive, tmp_path: Path, head: str, opening: str
) -> None:
    old = write(tmp_path / "old", {
        "hugo.toml": 'baseURL = "https://old.example/"\n',
        "content/posts/gas-2021.md": opening + "\nThe text.\n"})
    archive.take(old)
    assert archive.matter("gas-2021.md") == {
        "title": "Gas", "date": "2021-02-03T10:00:00+03:00", "tags": ["a", "b"],
        "aliases": ["/posts/gas-2021/", "/old/gas/"], "weight": "3", "mood": "dry"}
    assert archive.body("gas-2021.md") == "The text.\n"


def test_hugo_shortcodes_bundles_and_term_pages(archive: Archive, tmp_path: Path) -> None:
    old = write(tmp_path / "old", {
        "hugo.yaml": "permalinks:\n  world: /:year/:slug/\n",
        "content/_index.md": "---\ntitle: Home\n---\nhello\n",
        "content/authors/nf/_index.md": "---\ndisplay_name: Nadia Farhoud\n---\n",
        "content/world/dam/index.md": """---
title: The dam
date: 2020-05-06
authors: [nf]
featured_image: hall.jpg
---
{{< figure src="hall.jpg" alt="Hall" caption="The hall" attr="A. Salim" >}}

Read [more]({{< ref "world/2020-05-07-more.md" >}}) or [that]({{< relref "/world/gone.md" >}}).

{{% note %}}
Take **care**.
{{% /note %}}

{{< highlight go >}}
x := "{{ y }}"
{{< /highlight >}}

{{< youtube abcdefghijk >}}

{{< quote-block text="We agreed." cite="The minister" >}}

Write `{{</* note */>}}` and {{</* ref */>}}.
""",
        "content/world/dam/hall.jpg": b"\xff\xd8", "static/other.jpg": b"x",
        "content/world/2020-05-07-more.md": "---\ntitle: More\ndate: 2020-05-07\n---\nMore.\n",
    })
    report = archive.take(old)
    assert not told(report)
    matter = archive.matter("dam.md")
    assert matter["authors"] == ["Nadia Farhoud"]
    assert matter["section"] == "World"
    assert matter["aliases"] == ["/2020/the-dam/"]
    assert matter["image"]["src"] == "/media/world/dam/hall.jpg"
    assert archive.matter("more.md")["aliases"] == ["/2020/more/"]
    body = archive.body("dam.md")
    assert "<figcaption>The hall A. Salim</figcaption>" in body
    assert "[more](more.md)" in body
    assert "or that." in body
    assert "Take **care**." in body
    assert "note" not in body.replace("`{{< note >}}`", "")
    assert '```go\nx := "{{ y }}"\n```' in body
    assert "https://www.youtube.com/watch?v=abcdefghijk" in body
    assert "> We agreed." in body
    assert "> — The minister" in body
    assert "Write `{{< note >}}` and `{{< ref >}}`." in body
    archive.builds()


def test_pelican(archive: Archive, tmp_path: Path) -> None:
    old = write(tmp_path / "old", {
        "pelicanconf.py": "ARTICLE_URL = 'posts/{date:%Y}/{slug}/'\nPATH = 'content'\n"
                          "raise SystemExit('a program is not run')\n",
        "content/water/talks.md": "Title: Talks\nDate: 2018-02-03 10:20\nModified: 2018-02-05\n"
                                  "Tags: a, b\nAuthors: Helen Ashdown-Reed; Karim Jawdat\n"
                                  "Slug: the-talks\nSummary: Both\n    sides.\n\n"
                                  "See [two]({filename}/water/two.md), ![H]({static}/images/h.png).\n",
        "content/water/two.md": "Title: Two\nDate: 2018-02-04\nStatus: draft\nSlug: two\n\nTwo.\n",
        "content/three.html": '<html><head><title>Three</title><meta name="date" '
                              'content="2018-02-05" /><meta name="tags" content="x, y" /></head>'
                              "<body><p>Three <b>words</b> here.</p></body></html>",
        "content/four.rst": "Four\n####\n:date: 2018-01-01\n\nText.\n",
        "content/images/h.png": b"\x89PNG",
    })
    assert kind_of(old) == "pelican"
    report = archive.take(old)
    assert [p.hint for p in report.problems] == [
        "turn it into Markdown: pandoc -f rst -t markdown"]
    assert archive.matter("the-talks.md") == {
        "title": "Talks", "date": "2018-02-03T10:20:00", "updated": "2018-02-05",
        "summary": "Both sides.", "authors": ["Helen Ashdown-Reed", "Karim Jawdat"],
        "section": "water", "tags": ["a", "b"], "aliases": ["/posts/2018/the-talks/"]}
    assert archive.body("the-talks.md") == "See [two](two.md), ![H](/media/images/h.png).\n"
    assert archive.matter("two.md")["draft"] == "true"
    assert archive.body("three.md") == "Three **words** here.\n"
    archive.builds()


def test_eleventy(archive: Archive, tmp_path: Path) -> None:
    old = write(tmp_path / "old", {
        ".eleventy.js": "module.exports = {}\n",
        "posts/posts.json": '{"layout": "post.njk", "tags": ["posts"], "author": "Roya Danesh-Pour"}',
        "posts/2022-01-02-talks.md": '---json\n{"title": "Talks", "tags": ["water", "posts"]}\n---\n'
                                     'See {{ "/a/" | url }} and [two](./two.md).\n',
        "posts/two.md": "---\ntitle: Two\ndate: 2022-01-03\npermalink: /two/index.html\n---\nTwo.\n",
        "node_modules/x/readme.md": "---\ntitle: No\ndate: 2022-01-01\n---\nno\n",
    })
    assert kind_of(old) == "eleventy"
    report = archive.take(old)
    assert not told(report)
    assert archive.matter("talks.md") == {
        "title": "Talks", "date": "2022-01-02", "authors": ["Roya Danesh-Pour"],
        "tags": ["water"], "aliases": ["/posts/talks/"]}
    assert archive.body("talks.md") == "See /a/ and [two](two.md).\n"
    assert archive.matter("two.md")["aliases"] == ["/two/index.html"]
    archive.builds()


def test_fields_of_the_same_name_and_another_meaning_are_kept_aside(
    archive: Archive, tmp_path: Path
) -> None:
    old = write(tmp_path / "old", {"a.md": "---\ntitle: A\ndate: 2020-01-01\ncomments: open\n"
                                           "corrections: many\nissue: [1, 2]\n---\nText.\n"})
    report = archive.take(old, kind="hugo")
    assert not told(report)
    matter = archive.matter("a.md")
    assert matter["old_comments"] == "open"
    assert matter["old_corrections"] == "many"
    assert matter["old_issue"] == ["1", "2"]
    assert len(report.imported[0].candidate.changed) == 3
    archive.builds()


@pytest.mark.parametrize(("text", "code"), [
    ("---\ntitle: [A\n---\nx\n", "FM002"), ("+++\ntitle = \n+++\nx\n", "FM002"),
    ('{"title": \n\nx\n', "FM002"), ("---\ntitle: A\ndate: 03/04/2019\n---\nx\n", "FM008"),
    ("---\ntitle: A\n", "FM001"), ("+++\nx = 1\n", "FM001"), ("---\ntitle: A\n---\nx\n", "FM007"),
    ("---\ntitle: A\ndate: 2019-01-01\n---\n", "MD009"), ("\x93Hi\x94", "RD001"),
])
def test_a_text_that_cannot_be_read_is_told_and_the_others_go_on(
    archive: Archive, tmp_path: Path, text: str, code: str
) -> None:
    old = write(tmp_path / "old", {
        "posts/bad.md": text.encode("latin-1"),
        "posts/good.md": "---\ntitle: Good\ndate: 2019-01-01\n---\nText.\n"})
    report = archive.take(old, kind="hugo")
    assert told(report) == [code]
    assert len(report.imported) == 1


def test_links_to_what_is_not_there_never_break_the_build(
    archive: Archive, tmp_path: Path
) -> None:
    body = ("[a](/gone/) [b](gone.md) [c](#gone) [d](https://else.example/it's?a=(b)) "
            "![e](/gone.jpg) <img src='gone.png' alt='f'> <a href=\"/gone\">g</a> "
            "[h](</gone two>) [i][ref] `[j](/code)` [k](/x \"t\") [l](mailto:a@b.example)\n\n"
            "## Here\n\n[m](#here)\n\n[ref]: /gone/ref\n\n```\n[n](/code)\n```\n")
    old = write(tmp_path / "old", {"a.md": f"---\ntitle: A\ndate: 2020-01-01\n---\n{body}"})
    report = archive.take(old, kind="hugo")
    written = archive.body("a.md")
    assert "[d](https://else.example/it's?a=(b))" in written
    assert "`[j](/code)`" in written
    assert "[n](/code)" in written
    assert "[m](#here)" in written
    assert "<!-- picture left out: /gone.jpg e -->" in written
    assert "a b c" in written
    assert len(report.imported[0].candidate.dropped) >= 8
    archive.builds()
    other = Archive(write(tmp_path / "second", {}) if (tmp_path / "second").mkdir() is None
                    else tmp_path)
    other.take(old, kind="hugo", base="https://old.example/")
    assert "[a](https://old.example/gone/)" in other.body("a.md")
    assert "![e](https://old.example/gone.jpg)" in other.body("a.md")
    other.builds()


def test_a_shortcode_that_is_the_target_of_a_link_gives_the_target() -> None:
    from site_builder.importing.shortcodes import hugo

    assert hugo.reduce('See [it]({{< link "b/a.md" >}}) and {{< link "b/a.md" >}}.').text == (
        "See [it](ref:b/a.md) and [a.md](ref:b/a.md).")
