"""What WordPress users lost with other importers is kept; what attacks an importer is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.sites import Archive, told, write

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>The Old Paper</title><link>https://old.example</link>
<wp:base_blog_url>https://old.example</wp:base_blog_url>
<wp:author><wp:author_login>nf</wp:author_login>
<wp:author_display_name><![CDATA[Nadia Farhoud]]></wp:author_display_name></wp:author>
"""
END = "</channel></rss>\n"


def post(
    number: int, title: str = "", text: str = "", status: str | None = "publish",
    kind: str = "post", more: str = "", name: str | None = None, date: str = "2019-03-05 10:20:00",
) -> str:
    said = f"<wp:status>{status}</wp:status>" if status is not None else ""
    slug = f"post-{number}" if name is None else name
    return f"""<item><title><![CDATA[{title or f"Post {number}"}]]></title>
<link>https://old.example/2019/03/{slug}/</link><dc:creator>nf</dc:creator>
<guid isPermaLink="false">https://old.example/?p={number}</guid>
<content:encoded><![CDATA[{text or f"The words of post {number} are these, and no others."}]]></content:encoded>
<excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:post_id>{number}</wp:post_id>
<wp:post_date>{date}</wp:post_date><wp:post_date_gmt>2019-03-05 07:20:00</wp:post_date_gmt>
<wp:post_name>{slug}</wp:post_name>{said}<wp:post_type>{kind}</wp:post_type>{more}</item>
"""


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


def export(tmp_path: Path, *items: str, head: str = HEAD, end: str = END) -> Path:
    return write(tmp_path, {"export.xml": head + "".join(items) + end}) / "export.xml"


def test_a_post_keeps_author_categories_date_id_and_its_old_address(
    archive: Archive, tmp_path: Path
) -> None:
    more = ('<category domain="category" nicename="w"><![CDATA[Water & Power]]></category>'
            '<category domain="category"><![CDATA[Dams]]></category>'
            '<category domain="post_tag"><![CDATA[Tigris]]></category>')
    archive.take(export(tmp_path, post(7, "“It's” a <em>dam</em> &amp; more", more=more)))
    assert archive.matter("2019/03/post-7.md") == {
        "title": "“It's” a dam & more", "date": "2019-03-05T10:20:00+03:00",
        "id": "https://old.example/?p=7", "authors": ["Nadia Farhoud"], "section": "Water & Power",
        "tags": ["Dams", "Tigris"], "aliases": ["/2019/03/post-7/"]}
    archive.builds()


def test_code_quotes_captions_galleries_and_embeds_survive(
    archive: Archive, tmp_path: Path
) -> None:
    text = """He said "it's done" and it's 5 < 6.

[code language="python"]
if a < b and "c":
    print("x_y_z * 2")
[/code]

[caption id="a" align="left" width="3"]<a href="https://old.example/wp-content/uploads/h.jpg"><img src="https://old.example/wp-content/uploads/h-300x200.jpg" alt="Hall" /></a> The hall, <em>by Salim</em>[/caption]

First line
second line

[gallery ids="90,91"]

[youtube id="abcdefghijk"]

https://video.example/watch/1

A note [sic] and [[gallery]] stay. [contact-form-7 id="3" title="x"]
<!--more-->
<pre>raw  "pre"
 *text*</pre>"""
    files = "".join(
        f"<item><title>p</title><wp:post_id>{n}</wp:post_id><wp:post_type>attachment</wp:post_type>"
        f"<excerpt:encoded><![CDATA[Legend {n}]]></excerpt:encoded>"
        f"<wp:attachment_url>https://old.example/wp-content/uploads/{n}.jpg</wp:attachment_url>"
        "</item>" for n in (90, 91))
    report = archive.take(export(tmp_path, post(1, text=text), files))
    body = archive.body("post-1.md")
    assert 'He said "it\'s done" and it\'s 5 &lt; 6.' in body
    assert '```python\nif a < b and "c":\n    print("x_y_z * 2")\n```' in body
    assert "<figcaption>The hall, <em>by Salim</em></figcaption>" in body
    assert "[caption" not in body
    assert "First line  \nsecond line" in body
    assert "Legend 90" in body
    assert "Legend 91" in body
    assert "(https://www.youtube.com/watch?v=abcdefghijk)" in body
    assert "[https://video.example/watch/1](https://video.example/watch/1)" in body
    assert "[sic]" in body
    assert "[gallery]" in body.replace("\\", "")
    assert "contact-form" not in body
    assert '```\nraw  "pre"\n *text*\n```' in body
    (item,) = report.imported
    assert any("contact-form-7" in d.text for d in item.candidate.dropped)
    assert not any("differs" in c for c in item.candidate.changed), item.candidate.changed
    archive.builds()


def test_blocks_lose_their_comments_and_nothing_else(archive: Archive, tmp_path: Path) -> None:
    text = """<!-- wp:paragraph {"align":"left"} -->
<p>One <strong>two</strong>.</p>
<!-- /wp:paragraph -->

<!-- wp:image {"id":5} -->
<figure class="wp-block-image"><img src="/x.jpg" alt=""/><figcaption>Legend</figcaption></figure>
<!-- /wp:image -->

<!-- wp:code -->
<pre class="wp-block-code"><code>a &lt; b
  c</code></pre>
<!-- /wp:code -->

<!-- wp:latest-posts {"columns":3} /-->"""
    report = archive.take(export(tmp_path, post(1, text=text)))
    body = archive.body("post-1.md")
    assert "wp:" not in body
    assert "One **two**." in body
    assert "Legend" in body
    assert "```\na < b\n  c\n```" in body
    assert any("latest-posts" in d.text for d in report.imported[0].candidate.dropped)


def test_links_between_posts_lead_to_the_new_articles(archive: Archive, tmp_path: Path) -> None:
    text = ('See <a href="https://old.example/2019/03/post-2/">two</a>, '
            '<a href="/2019/03/post-2">again</a>, <a href="https://else.example/a_b">other</a>.')
    archive.take(export(tmp_path, post(1, text=text), post(2)))
    assert archive.body("post-1.md") == (
        "See [two](post-2.md), [again](post-2.md), [other](https://else.example/a_b).\n")
    archive.builds()


def test_pictures_come_along_from_a_folder(archive: Archive, tmp_path: Path) -> None:
    media = write(tmp_path / "uploads", {
        "2019/03/hall.jpg": b"\xff\xd8jpeg", "secret.txt": "no", "2019/03/hall-two.jpg": b"\xff\xd8"})
    text = ('<img src="https://old.example/wp-content/uploads/2019/03/hall-300x200.jpg" alt="H">'
            '<img src="https://old.example/wp-content/uploads/../../../../etc/passwd.jpg" alt="P">')
    report = archive.take(export(tmp_path, post(1, text=text)), media=(media,))
    assert report.media == 1
    assert "![H](/media/2019/03/hall.jpg)" in archive.body("post-1.md")
    assert (archive.folder / "static/media/2019/03/hall.jpg").read_bytes() == b"\xff\xd8jpeg"
    assert len(list((archive.folder / "static").rglob("*.*"))) == 1
    archive.builds()


def test_nothing_beside_an_export_is_taken_along(archive: Archive, tmp_path: Path) -> None:
    """Whoever wrote the export does not know, and must not guess, what else lies there."""
    write(tmp_path, {"salaries.pdf": "%PDF", "me.jpg": b"\xff\xd8"})
    report = archive.take(export(
        tmp_path, post(1, text='<img src="/me.jpg"><a href="salaries.pdf">see</a>')))
    assert report.media == 0
    assert not (archive.folder / "static").exists()


@pytest.mark.parametrize("status", ["draft", "private", "pending", "trash", "auto-draft", None])
def test_what_was_not_public_stays_a_draft(
    archive: Archive, tmp_path: Path, status: str | None
) -> None:
    archive.take(export(tmp_path, post(1, status=status)))
    assert archive.matter("post-1.md")["draft"] == "true"


def test_a_post_with_a_password_is_a_draft_and_a_private_page_is_left_out(
    archive: Archive, tmp_path: Path
) -> None:
    report = archive.take(export(
        tmp_path, post(1, more="<wp:post_password>x</wp:post_password>"),
        post(2, "About", kind="page", name="about"), post(3, kind="page", status="private"),
        post(4, kind="revision"), post(5, kind="nav_menu_item")))
    assert archive.matter("post-1.md")["draft"] == "true"
    assert archive.paths() == ["content/articles/2019/03/post-1.md", "content/pages/about.md"]
    assert told(report) == ["IM004"]


def test_xxe_and_entity_bombs_are_refused(archive: Archive, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    bomb = "<!ENTITY a 'ha'>" + "".join(
        f"<!ENTITY {b} '{'&' + a + ';'}{'&' + a + ';'}'>" for a, b in zip("abcdef", "bcdefg", strict=True))
    for dtd in (f"<!DOCTYPE rss [<!ENTITY x SYSTEM 'file://{secret}'>]>",
                f"<!doctype rss [{bomb}]>"):
        head = HEAD.replace("?>\n", f"?>\n{dtd}\n", 1)
        report = archive.take(export(tmp_path, post(1, text="&x;&g;"), head=head))
        assert told(report) == ["IM002"]
    inside = post(2).replace("<title>", f"<!DOCTYPE a [<!ENTITY x SYSTEM 'file://{secret}'>]><title>")
    assert told(archive.take(export(tmp_path, post(1), inside))) == ["IM002"]
    assert "the secret" not in "".join(p.read_text() for p in archive.folder.rglob("*.md"))


def test_a_bad_item_among_ten_costs_nothing_else(archive: Archive, tmp_path: Path) -> None:
    items = [post(n) for n in range(1, 11)]
    items[4] = items[4].replace("words of", "words\x08 of\x00")
    items[6] = items[6].replace("<wp:post_id>", "<wp:post_id><broken>")
    data = (HEAD + "".join(items) + END).encode()
    data = data.replace(b"words of post 9", "W\u00f6rter von post 9".encode("latin-1"))
    report = archive.take(write(tmp_path, {"export.xml": data}) / "export.xml")
    assert told(report) == ["IM002"]
    assert next(iter(report.problems)).line == 51
    assert len(report.imported) == 9
    said = {i.path[-5:-3]: i.candidate.guessed for i in report.imported}
    assert any("control characters" in g for g in said["-5"])
    assert any("Windows-1252" in g for g in said["-9"])
    assert "Wörter von post 9" in archive.body("post-9.md")


def test_a_torn_file_gives_what_is_whole_and_says_so(archive: Archive, tmp_path: Path) -> None:
    whole = HEAD + "".join(post(n) for n in range(1, 11))
    file = tmp_path / "export.xml"
    file.write_text(whole[: whole.index("post 8 are")])
    report = archive.take(file)
    assert (len(report.imported), told(report)) == (7, ["IM002"])
    file.write_text(whole)
    report = archive.take(file)
    assert (len(report.imported), len(report.skipped), told(report)) == (3, 7, ["IM002"])


def test_titles_that_are_the_same_or_want_to_leave_the_folder(
    archive: Archive, tmp_path: Path
) -> None:
    report = archive.take(export(
        tmp_path, post(1, "Talks", name=""), post(2, "Talks", name=""),
        post(3, "../../etc/passwd", name="../../../evil"), post(4, "日本", name="")))
    assert archive.paths() == [
        "content/articles/2019/03/evil.md", "content/articles/2019/03/ri-ben.md",
        "content/articles/2019/03/talks-2.md", "content/articles/2019/03/talks.md"]
    assert not told(report)
    archive.builds()


@pytest.mark.parametrize("title", [
    'a"\ndraft: true\nx: "', "x\n---\nbody", "- [ {", "yes", "2019-01-01", "&anchor *alias !tag",
    "a: b # c", "'", "\u2028x\u0085y", "{{ x }} ${y}", "null", "\ufeffx",
])
def test_a_title_is_a_title_whatever_it_holds(archive: Archive, tmp_path: Path, title: str) -> None:
    archive.take(export(tmp_path, post(1, title)))
    matter = archive.matter("post-1.md")
    assert matter["title"].split() == title.replace("\ufeff", "\ufeff").split()
    assert set(matter) == {"title", "date", "id", "authors", "aliases"}


def test_a_second_run_brings_only_what_is_new_and_overwrites_nothing(
    archive: Archive, tmp_path: Path
) -> None:
    archive.take(export(tmp_path, post(1), post(2)))
    path = archive.folder / "content/articles/2019/03/post-1.md"
    path.write_text(path.read_text() + "\nAn editor's words.\n")
    report = archive.take(export(tmp_path, post(1, text="Quite another text."), post(2), post(3)))
    assert [i.path for i in report.imported] == ["content/articles/2019/03/post-3.md"]
    assert [s.reason for s in report.skipped] == ["the same id", "the same id"]
    assert path.read_text().endswith("An editor's words.\n")


def test_two_posts_with_one_id_are_two_articles(archive: Archive, tmp_path: Path) -> None:
    twin = post(2).replace("?p=2", "?p=1")
    report = archive.take(export(tmp_path, post(1), twin))
    assert len(report.imported) == 2
    assert "id" not in archive.matter("post-2.md")
    archive.builds()
    assert len(archive.take(tmp_path / "export.xml").skipped) == 2


def test_nested_divisions_cost_no_text(archive: Archive, tmp_path: Path) -> None:
    deep = "<div>" * 20_000 + "<p>At the bottom.</p>" + "</div>" * 20_000
    archive.take(export(tmp_path, post(1, text=deep + "Beside it.")))
    assert archive.body("post-1.md") == "At the bottom.\n\nBeside it.\n"


def test_items_are_found_across_the_edges_of_chunks(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from site_builder.importing.sources import items

    text = "Words </item> in <b>CDATA</b> <!-- <item> --> stay, {n}."
    file = export(tmp_path, "<!-- <item> -->", *(
        post(n, text=text.replace("{n}", f"number {n}")) for n in range(1, 6)))
    for size in (7, 64, 333, 4096):
        monkeypatch.setattr(items, "CHUNK", 1 << 20)
        found = items.Items(file)
        monkeypatch.setattr(items, "CHUNK", size)
        got = list(found)
        assert [items.child(i.element, "post_id") for i in got if i.element is not None] == [
            "1", "2", "3", "4", "5"], size
        assert all(i.problem is None for i in got)
        lines = file.read_text().split("\n")
        assert all(lines[i.line - 1].startswith("<") for i in got)
