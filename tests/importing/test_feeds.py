"""RSS and Atom files become articles; what feedparser reads in them is what is imported."""

from __future__ import annotations

import shutil
from pathlib import Path

import feedparser
import pytest

from site_builder.build import Options, build
from tests.conftest import ROOT
from tests.importing.sites import Archive, told, words, write

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Wire</title>
<item><title>Talks &amp;amp; water</title><link>https://wire.example/1</link>
<guid isPermaLink="false">wire-1</guid><pubDate>Tue, 05 Mar 2019 10:20:00 +0300</pubDate>
<dc:creator>Nadia Farhoud</dc:creator><category>water</category><category>Iraq</category>
<description>Both sides spoke.</description>
<content:encoded><![CDATA[<p>The <b>ministers</b> met &amp; agreed.</p>]]></content:encoded></item>
<item><description>&lt;p&gt;A note without any headline that goes on for quite a while.&lt;/p&gt;</description>
<guid>https://wire.example/2</guid><pubDate>Wed, 06 Mar 2019 10:20:00 GMT</pubDate>
<author>k@wire.example (Karim Jawdat)</author></item>
<item><title>No date</title><guid>3</guid><description>Words.</description></item>
<item><title>Nothing</title><guid>4</guid></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Le Fil</title><id>x</id>
<entry xml:lang="fr"><id>tag:fil.example,2019:1</id><title type="html">L’eau &lt;i&gt;du&lt;/i&gt; fleuve</title>
<link rel="self" href="https://fil.example/self"/><link href="https://fil.example/1"/>
<published>2019-03-05T10:20:00+01:00</published><updated>2019-03-09T10:20:00Z</updated>
<author><name>Nadia Farhoud</name></author><category term="eau" label="Eau"/>
<summary>En bref.</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>Une <em>phrase</em> &amp; une autre.</p></div></content></entry>
<entry><id>tag:fil.example,2019:2</id><title>Plain &lt;b&gt;</title><updated>2019-03-06T10:20:00Z</updated>
<content>5 &lt; 6 and *so on*</content></entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://old.example/"><title>Old</title></channel>
<item rdf:about="https://old.example/1"><title>One</title><link>https://old.example/1</link>
<description>The words of one.</description><dc:date>2004-03-05T10:20:00Z</dc:date></item></rdf:RDF>"""


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


def test_rss(archive: Archive, tmp_path: Path) -> None:
    report = archive.take(write(tmp_path, {"wire.xml": RSS}) / "wire.xml")
    assert told(report) == ["FM007", "MD009"]
    assert archive.matter("talks-water.md") == {
        "title": "Talks & water", "date": "2019-03-05T10:20:00+03:00", "id": "wire-1",
        "summary": "Both sides spoke.", "authors": ["Nadia Farhoud"], "tags": ["water", "Iraq"],
        "source": [{"name": "The Wire", "url": "https://wire.example/1"}]}
    assert archive.body("talks-water.md") == "The **ministers** met & agreed.\n"
    note = archive.matter("a-note-without-any-headline-that-goes-on-for.md")
    assert note["authors"] == ["Karim Jawdat"]
    assert note["id"] == "https://wire.example/2"
    archive.builds()
    assert [s.reason for s in archive.take(tmp_path / "wire.xml").skipped] == ["the same id"] * 2


def test_atom_and_rss_1(archive: Archive, tmp_path: Path) -> None:
    write(tmp_path, {"fil.atom": ATOM, "old.rdf": RDF})
    report = archive.take(tmp_path / "fil.atom", tmp_path / "old.rdf", base="https://fil.example/")
    assert not told(report)
    assert archive.matter("leau-du-fleuve.md") == {
        "title": "L’eau du fleuve", "date": "2019-03-05T10:20:00+01:00",
        "updated": "2019-03-09T10:20:00Z", "id": "tag:fil.example,2019:1", "summary": "En bref.",
        "authors": ["Nadia Farhoud"], "tags": ["Eau"], "lang": "fr", "aliases": ["/1"]}
    assert archive.body("leau-du-fleuve.md") == "Une *phrase* & une autre.\n"
    assert archive.matter("plain-b.md")["title"] == "Plain <b>"
    assert archive.body("plain-b.md") == "5 &lt; 6 and \\*so on\\*\n"
    assert archive.body("one.md") == "The words of one.\n"
    archive.builds()


def test_our_own_feed_comes_back_whole(archive: Archive, tmp_path: Path) -> None:
    site = shutil.copytree(ROOT / "tests/golden/site", tmp_path / "old")
    build(Options(site=site, output=tmp_path / "public", jobs=1))
    feed = tmp_path / "public/feed.xml"
    report = archive.take(feed)
    theirs = feedparser.parse(feed.read_bytes())
    assert len(report.imported) == len(theirs.entries) >= 5
    ids = {archive.matter(i.path)["id"]: i.path for i in report.imported}
    for entry in theirs.entries:
        matter = archive.matter(ids[entry.id])
        assert words(entry.title) == matter["title"]
        assert matter["date"][:10] == entry.published[:10]
    archive.builds()
