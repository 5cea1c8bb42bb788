"""`new`: the first files of a site, an article or a record; nothing is ever overwritten."""

from __future__ import annotations

import datetime as dt
import secrets
from pathlib import Path

import click

from site_builder import __version__
from site_builder import config as configuration
from site_builder.cli import options
from site_builder.problems import Problem, Refusal
from site_builder.reading.slugs import slug

_SITE = '''title = "{title}"
base_url = "https://example.org"
id = "{id}" # names the archive in feeds, for good: leave it when the address changes
'''

_FIRST = """---
title: The first article
date: {today}
summary: One or two sentences that say what happened.
section: News
people: []
countries: []
tags: []
---
Write the article here, in Markdown.

## A crosshead

Every crosshead becomes a section that can be linked to.
"""

_ARTICLE = """---
title: {title}
date: {today}
summary:
section:
people: []
countries: []
tags: []
---
"""

_PERSON = """---
name: {title}
aliases: []
roles: []
---
"""

_COUNTRY = """---
name: {title}
aliases: []
---
"""


_SCAFFOLD = {".github/workflows/pages.yml": "pages.yml", ".gitignore": "gitignore",
             "README.md": "README.md"}
"""File of a new site → file beside this module; VERSION and TITLE are filled in."""


def _quoted(text: str) -> str:
    """`text` as a YAML scalar that is read back as this very text."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise Refusal(
            Problem(str(path), 0, 0, "OU002", f"{path} is there already", "choose another name"),
            exit_code=2,
        ) from None
    click.echo(f"wrote {path}")


@click.group()
def new() -> None:
    """Start a site, an article, or the record of a person or a country.

    The file is written with its front matter, ready to be filled in, and its name is shown. A file
    that is there already is never overwritten.

    \b
    Examples:
      site-builder new site news --title "The Record"
      site-builder new article "Talks in Baghdad"
      site-builder new person "Fuad Hussein"
    """


@new.command("site")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--title", default="A news archive", help="The archive's name.")
def new_site(folder: Path, title: str) -> None:
    """Make FOLDER with a site.toml, a first article, and what publishes it on GitHub Pages.

    Then set base_url in site.toml to the address that readers will type, and write. Pushed to
    GitHub as it is, the folder publishes itself: its workflow builds the site.

    \b
    Example:
      site-builder new site news --title "The Record"
    """
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    _write(folder / "site.toml", _SITE.format(
        title=quoted, id=f"{slug(title) or 'archive'}-{secrets.token_hex(4)}"))
    today = dt.date.today().isoformat()
    _write(folder / "content/articles" / today[:4] / "first-article.md",
           _FIRST.format(today=today))
    for name, source in _SCAFFOLD.items():
        text = (Path(__file__).parent / "scaffold" / source).read_text(encoding="utf-8")
        _write(folder / name, text.replace("VERSION", __version__).replace("TITLE", title))
    click.echo(f"Now: site-builder build --site {folder}")


def _record(site: Path, kind: str, name: str, template: str) -> None:
    config = configuration.load(site)
    today = dt.date.today().isoformat()
    folder = {
        "article": f"{config.content.articles}/{today[:4]}",
        "person": config.content.people,
        "country": config.content.countries,
    }[kind]
    stem = slug(name)
    if not stem:
        raise Refusal(
            Problem("", 0, 0, "FM011", f"{name!r} gives no file name",
                    "use letters or digits"), exit_code=2,
        )
    _write(site / folder / f"{stem}.md", template.format(title=_quoted(name), today=today))


@new.command("article")
@click.argument("title")
@options.site
def new_article(title: str, site: Path) -> None:
    """Start an article with this TITLE, dated today.

    It goes into the folder of the year. The file's name becomes the last part of its address:
    rename it as you like before it is published.

    \b
    Example:
      site-builder new article "Talks: a first day" --site news
    """
    _record(site, "article", title, _ARTICLE)


@new.command("person")
@click.argument("name")
@options.site
def new_person(name: str, site: Path) -> None:
    """Start the record of a person, by the NAME that readers should see.

    Add other spellings as aliases: articles may use any of them, and surnames that fit one
    person only.

    \b
    Example:
      site-builder new person "Mohammed Shia al-Sudani"
    """
    _record(site, "person", name, _PERSON)


@new.command("country")
@click.argument("name")
@options.site
def new_country(name: str, site: Path) -> None:
    """Start the record of a country, by its NAME.

    Countries are known without records; one adds a text, other names, or a country that has no
    ISO code.

    \b
    Example:
      site-builder new country Iraq
    """
    _record(site, "country", name, _COUNTRY)
