"""People, countries, years and neighbours, which Pelican does not know by itself."""

import json
from itertools import groupby
from pathlib import Path

from pelican import signals
from pelican.utils import slugify

ROOMS = ("people", "countries")


class Term:
    """A person or a country and its articles, the newest first."""

    def __init__(self, room, name, record, settings):
        self.record = record
        self.name = record.get("name", name)
        slug = record.get("slug") or slugify(
            name, regex_subs=settings["SLUG_REGEX_SUBSTITUTIONS"])
        self.url = f"{room}/{slug}/"
        self.articles = []

    @property
    def count(self):
        """How many articles."""
        return len(self.articles)


def collect(generator):
    """Give every article its links, and the templates all terms."""
    settings = generator.settings
    records = json.loads((Path(settings["PATH"]).parent / "data/people.json").read_text())
    terms = {room: {} for room in ROOMS}
    for article in generator.articles:
        for room in ROOMS:
            links = []
            for name in article.metadata[room].split("; "):
                if name not in terms[room]:
                    record = records.get(name, {}) if room == "people" else {}
                    terms[room][name] = Term(room, name, record, settings)
                terms[room][name].articles.append(article)
                links.append(terms[room][name])
            setattr(article, f"{room}_links", links)
    older = [*generator.articles[1:], None]
    newer = [None, *generator.articles[:-1]]
    for article, before, after in zip(generator.articles, older, newer, strict=True):
        article.older, article.newer = before, after
    generator.context["terms"] = {
        room: sorted(found.values(), key=lambda term: term.name)
        for room, found in terms.items()
    }
    generator.context["years"] = {
        year: {month: list(found) for month, found in groupby(
            list(articles), lambda a: a.date.strftime("%Y-%m"))}
        for year, articles in groupby(generator.articles, lambda a: a.date.year)
    }


def write(generator, writer):
    """The pages and feeds of people and countries, their indexes, and the pages of years."""
    context = generator.context
    template = generator.get_template("term")
    for room, terms in context["terms"].items():
        for term in terms:
            writer.write_file(
                f"{term.url}index.html", template, context, template_name="term", url=term.url,
                articles=term.articles, subject=term)
            writer.write_feed(
                term.articles, context, f"{term.url}index.xml", feed_title=term.name,
                feed_type="rss")
        writer.write_file(
            f"{room}/index.html", generator.get_template("terms"), context, title=room,
            items=[(term, term.articles) for term in terms])
    for year, months in context["years"].items():
        writer.write_file(
            f"archive/{year}/index.html", generator.get_template("year"), context, year=year,
            months=months)


def register():
    """Called by Pelican."""
    signals.article_generator_finalized.connect(collect)
    signals.article_writer_finalized.connect(write)
