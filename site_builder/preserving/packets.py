"""A packet of evidence: pages, their sources and a manifest in one ZIP that opens from a disk.

Pages are those of the site, made portable; a link to a page that is not in
the packet leads to its address on the web. The same archive and the same
names give the same bytes (with one release of zlib).
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable
from pathlib import Path

from site_builder.build.looking import Looked, renderer
from site_builder.finding.people import AmbiguousName
from site_builder.finding.spelling import name_key
from site_builder.model import Article, Person
from site_builder.pages import contexts as c
from site_builder.pages.plan import Group
from site_builder.pages.sheets import Page
from site_builder.pages.site import Site, medium_path
from site_builder.preserving import citing, manifest
from site_builder.preserving.selection import Subject
from site_builder.problems import Problems, Refusal, Severity
from site_builder.reading.slugs import slug

SOURCES = "sources"
STYLES = "/assets/site.css"
_ASSETS = "assets/"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP can say
_MARK = """
main a[href^="{base}"]::after {{ content: "\\00a0\\2197"; font-size: .8em; text-decoration: none; }}
"""


class Inside:
    """The addresses that a packet holds; remembers which of its files are linked to."""

    def __init__(self, pages: Iterable[str], files: Iterable[str]) -> None:
        self._pages, self._files = frozenset(pages), frozenset(files)
        self.used: set[str] = set()

    def __contains__(self, address: object) -> bool:
        if address in self._files:
            self.used.add(str(address))
            return True
        return address in self._pages


def name_of(subjects: Iterable[Subject]) -> str:
    """What a packet about these is called: three names at most."""
    names = [slug(s.name) or s.kind for s in subjects]
    return "-and-".join(names[:3]) + ("-and-more" if len(names) > 3 else "")


def pack(looked: Looked, subjects: list[Subject], problems: Problems) -> dict[str, bytes]:
    """Path in the packet → bytes, with the manifest over all the others.

    Raises `Refusal` (exit code 1) where a page cannot be made.
    """
    articles = _articles(looked, subjects)
    pages, media = _pages(looked, subjects, articles, problems)
    if problems.errors:
        raise Refusal(problems.sorted(), exit_code=1)
    sources = _sources(looked, subjects, articles, problems)
    cited = citing.files(looked, articles)
    files = {f"/{medium_path(source)}": looked.folder / source for source in media}
    files |= {f"/{path}": place for path, place in looked.static.items()}
    inside = Inside({"/", *(page.url for page in pages)},
                    {*files, *(f"/{path}" for path in (*sources, *cited))})
    making = renderer(looked, inside)
    index = _index(looked, subjects, articles, sources, cited)
    packed = {page.path: making.render(page.template, page.context, page.url, page.body)
              for page in (*pages, index)}
    assets = {url for url in files if url.startswith(f"/{_ASSETS}")}
    for url in sorted((inside.used | assets) & files.keys()):
        packed[url[1:]] = files[url].read_bytes()
    if STYLES[1:] in packed:
        packed[STYLES[1:]] += _MARK.format(base=_quoted(looked.config.base_url)).encode()
    packed |= sources | cited
    facts = {
        "archive": looked.config.title, "address": looked.config.base_url,
        "about": "; ".join(subject.name for subject in subjects), "articles": str(len(articles)),
    }
    sums = {path: hashlib.sha256(data).hexdigest() for path, data in packed.items()}
    packed[manifest.FILE_NAME] = manifest.Manifest(sums, facts).text().encode()
    return packed


def write(packed: dict[str, bytes], target: Path, top: str) -> None:
    """Write a ZIP with everything in the folder `top`; what stands at `target` is replaced."""
    waiting = target.with_name(f".{target.name}.new")
    try:
        with zipfile.ZipFile(waiting, "w") as packet:
            for path, data in sorted(packed.items()):
                entry = zipfile.ZipInfo(f"{top}/{path}", _EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system, entry.external_attr = 3, 0o100644 << 16  # Unix, rw-r--r--
                packet.writestr(entry, data, compresslevel=9)
        waiting.replace(target)
    finally:
        waiting.unlink(missing_ok=True)


def _articles(looked: Looked, subjects: Iterable[Subject]) -> list[Article]:
    """Those that were named, and all that name the people and countries; newest first."""
    archive = looked.planner.site.archive
    rooms = {"person": archive.people, "country": archive.countries}
    wanted = set()
    for subject in subjects:
        if subject.kind == "article":
            wanted.add(subject.key)
        else:
            wanted |= {a.path for a in rooms[subject.kind][subject.key].articles}
    return [article for article in archive.articles if article.path in wanted]


def _pages(
    looked: Looked, subjects: Iterable[Subject], articles: Iterable[Article], problems: Problems
) -> tuple[list[Page], set[str]]:
    places = {a.path: n for n, a in enumerate(looked.planner.site.archive.articles)}
    groups = [Group("", "", s.kind, s.key) for s in subjects if s.kind != "article"]
    groups += [Group("", "", "article", str(places[a.path])) for a in articles]
    pages, media = [], set()
    for group in groups:
        sheet = looked.planner.pages(group)
        problems.extend(sheet.problems)
        media |= sheet.media
        pages += [p for p in sheet.pages
                  if p.template.endswith(".html") and p.template != "redirect.html"]
    return pages, media


def _sources(
    looked: Looked, subjects: Iterable[Subject], articles: Iterable[Article], problems: Problems
) -> dict[str, bytes]:
    """The Markdown of the articles and records, but for those that name who is withheld."""
    archive = looked.planner.site.archive
    paths = [archive.person_records[s.key].path for s in subjects if s.kind == "person"]
    paths += [archive.country_records[s.key].path for s in subjects if s.kind == "country"]
    withheld = [person for person in looked.people.records if person.withhold]
    found = {}
    for path in (*(article.path for article in articles), *filter(None, paths)):
        data = (looked.folder / path).read_bytes()
        article = archive.by_path.get(path)
        if any(_names(looked, person, data, article) for person in withheld):
            problems.add(
                "PK004", "its Markdown is left out of the packet: it names a person who is "
                "withheld", file=path, line=1, column=1, severity=Severity.WARNING,
                hint="the page is in the packet as readers see it")
            continue
        found[f"{SOURCES}/{path}"] = data
    return found


def _names(looked: Looked, person: Person, data: bytes, article: Article | None) -> bool:
    text = name_key(data.decode("utf-8", "replace"))
    if any(name_key(form) in text for form in (person.name, *person.aliases)):
        return True
    if article is None:
        return False
    trace = looked.planner.site.archive.traces[article.path]
    return person.id in dict(trace.withheld) or any(
        person in meant for meant in (_meant(looked, name) for name in article.people))


def _meant(looked: Looked, name: str) -> tuple[Person, ...]:
    try:
        person = looked.people.resolve(name)
    except AmbiguousName as error:
        return error.candidates
    return (person,) if person else ()


def _index(
    looked: Looked, subjects: list[Subject], articles: list[Article],
    sources: dict[str, bytes], cited: dict[str, bytes],
) -> Page:
    site = looked.planner.site
    names = ", ".join(subject.name for subject in subjects)
    rows = tuple(
        c.PacketRow(site.card(a), f"/{path}" if path in sources else "")
        for a, path in ((a, f"{SOURCES}/{a.path}") for a in articles))
    title = site.words("packet")
    context = c.PacketContext(
        head=c.Head(f"{title}: {names}", "/", index=False), kicker=title,
        subjects=tuple(_link(site, subject) for subject in subjects), rows=rows,
        files=tuple(c.Link(path.rpartition("/")[2], f"/{path}") for path in sorted(cited)),
        manifest=manifest.FILE_NAME,
        commands=(f"sha256sum --check {manifest.FILE_NAME}", "site-builder verify ."))
    return Page("/", "index.html", "packet.html", context, "the index of the packet")


def _link(site: Site, subject: Subject) -> c.Link:
    if subject.kind == "person":
        return site.person_link(subject.key)
    if subject.kind == "country":
        return site.country_link(subject.key)
    return c.Link(site.archive.by_path[subject.key].title, site.urls[subject.key])


def _quoted(text: str) -> str:
    """A text inside a string of CSS."""
    return "".join(f"\\{ord(sign):x} " if sign in '"\\<>' or sign < " " else sign for sign in text)
