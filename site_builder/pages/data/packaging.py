"""Where the files of data lie, and what programs are told of them.

`datapackage.json` is a Frictionless Data Package with a Table Schema for each
table (specs.frictionlessdata.io, version 1); `metadata.json` is Datasette's.
"""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec

from site_builder.config import SiteConfig
from site_builder.indexing.archive import Archive
from site_builder.pages.data.dictionary import STORED, TABLES, Table
from site_builder.pages.site import Site

GRAPH: Final = "/data/archive.graphml"
DATABASE: Final = "/data/archive.db"
METADATA: Final = "/data/metadata.json"
PACKAGE: Final = "/data/datapackage.json"
_TYPES: Final = {"text": "string", "list": "string", "integer": "integer", "number": "number"}
_LIST: Final = ' (joined by "; ")'
_GUARD: Final = ("A cell that would begin with =, +, -, @, a tab or a line break begins with an "
                 "apostrophe, so that no spreadsheet runs it.")


def offered(config: SiteConfig) -> tuple[Table, ...]:
    """The tables that this site offers in any form."""
    return tuple(
        table for table in TABLES
        if (table.only != "database" or config.data.sqlite)
        and (table.name != "texts" or config.data.texts))


def paths(archive: Archive, table: Table) -> list[tuple[str, str]]:
    """The files of a table: pairs of JSON Lines and CSV, by year where it is yearly."""
    if table.only == "database":
        return []
    names = [f"{table.name}-{y}" for y in sorted(archive.years)] if table.yearly else [table.name]
    return [(f"/data/{name}.jsonl", f"/data/{name}.csv") for name in names]


def files(config: SiteConfig) -> dict[str, str]:
    """The files that are not of one table, and what they are."""
    found = {
        GRAPH: "people and countries that share articles, as one graph (GraphML)",
        PACKAGE: "what is in the tables, for programs (Frictionless Data Package)",
    }
    if config.data.sqlite:
        found = {
            DATABASE: "all tables in one SQLite database, with the texts and full-text search",
            METADATA: "what is in the database, for Datasette: "
                      "datasette archive.db --metadata metadata.json",
            **found,
        }
    return found


def package(site: Site) -> str:
    """datapackage.json."""
    config = site.config
    data: dict[str, Any] = {
        "profile": "data-package", "name": _name(config.id), "title": config.title,
        "description": config.description, "homepage": f"{config.base_url}/data/",
    }
    if config.license.name or config.license.url:
        data["licenses"] = [{
            key: value for key, value in (
                ("name", _name(config.license.name or config.license.url)),
                ("title", config.license.name), ("path", config.license.url)) if value}]
    data["resources"] = [
        *(_resource(site, table) for table in offered(config) if table.only != "database"),
        *({"name": _name(url.rpartition("/")[2]), "path": url.rpartition("/")[2],
           "title": title, "mediatype": kind}
          for url, title, kind in (
              (GRAPH, "People and countries that share articles", "application/graphml+xml"),
              (DATABASE, "Everything, with full-text search", "application/vnd.sqlite3"))
          if url in files(config)),
    ]
    return _json(data)


def _resource(site: Site, table: Table) -> dict[str, Any]:
    found = [csv.rpartition("/")[2] for _, csv in paths(site.archive, table)]
    schema: dict[str, Any] = {
        "fields": [
            {"name": c.name, "type": _TYPES[c.type],
             "description": c.meaning + (_LIST if c.type == "list" else "")}
            for c in table.in_files],
    }
    keys = [c.name for c in table.in_files if c.key]
    if keys:
        schema["primaryKey"] = keys
    refers = [c for c in table.in_files if c.refers]
    if refers:
        schema["foreignKeys"] = [
            {"fields": c.name, "reference": {"resource": c.refers, "fields": "id"}}
            for c in refers]
    return {
        "name": table.name.replace("_", "-"), "title": table.meaning, "description": _GUARD,
        "profile": "tabular-data-resource", "path": found if table.yearly else found[0],
        "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "schema": schema,
    }


def metadata(config: SiteConfig) -> str:
    """metadata.json: `datasette archive.db --metadata metadata.json` shows the dictionary."""
    tables: dict[str, Any] = {
        table.name: {
            "description": table.meaning,
            "columns": {c.name: c.meaning for c in table.in_database},
        } for table in STORED
    }
    tables["articles"] |= {
        "fts_table": "articles_fts", "fts_pk": "number", "sort_desc": "date",
        "label_column": "title"}
    tables["people"] |= {"label_column": "name", "sort_desc": "articles"}
    tables["countries"] |= {"label_column": "name", "sort_desc": "articles"}
    data = {
        "title": config.title, "description": config.description, "source": config.title,
        "source_url": f"{config.base_url}/data/", "license": config.license.name,
        "license_url": config.license.url, "databases": {"archive": {"tables": tables}},
    }
    return _json({key: value for key, value in data.items() if value})


def _name(text: str) -> str:
    """A name as Data Packages have them: lower case, no spaces."""
    return re.sub(r"[^a-z0-9._-]+", "-", text.lower()).strip("-._") or "archive"


def _json(data: dict[str, Any]) -> str:
    return msgspec.json.format(msgspec.json.encode(data), indent=2).decode() + "\n"
