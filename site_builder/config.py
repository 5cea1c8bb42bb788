"""site.toml → `SiteConfig`: validated whole, every problem at its line."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, Literal, get_type_hints
from urllib.parse import urlsplit

import msgspec

from site_builder.problems import Problem, Problems, Refusal, nearest

FILE_NAME = "site.toml"


class ContentConfig(msgspec.Struct, frozen=True):
    """`[content]`: where the sources lie, relative to the site's folder."""

    articles: str = "content/articles"
    people: str = "content/people"
    countries: str = "content/countries"
    pages: str = "content/pages"


class UrlConfig(msgspec.Struct, frozen=True):
    """`[urls]`: the pattern of article addresses, and old ones that lead nowhere on purpose."""

    articles: str = "/articles/{year}/{month}/{slug}/"
    gone: tuple[str, ...] = ()


class ListConfig(msgspec.Struct, frozen=True):
    """`[lists]`: how lists are cut into pages, and when two subjects get a page together."""

    page_size: int = 40
    pair_threshold: int = 3
    people_pair_threshold: int = 5
    people_on_one_page: int = 1000


class MarkdownConfig(msgspec.Struct, frozen=True):
    """`[markdown]`: options of the dialect."""

    smart_quotes: bool = False
    raw_html: bool = False
    shortcodes: Literal["text", "drop"] = "text"
    remote_media: tuple[str, ...] = ()


class LimitConfig(msgspec.Struct, frozen=True):
    """`[limits]`: what one article may cost. Seconds, bytes and a share of all articles."""

    article_seconds: float = 20.0
    article_bytes: int = 5_000_000
    vanished_percent: float = 20.0
    picture_pixels: int = 150_000_000
    site_bytes: int = 1_000_000_000
    file_bytes: int = 100_000_000
    site_files: int = 100_000


class CheckConfig(msgspec.Struct, frozen=True):
    """`[checks]`: how much broken internal links, anchors and files matter."""

    broken_links: Literal["error", "warning"] = "error"


class FeedConfig(msgspec.Struct, frozen=True):
    """`[feeds]`: which feeds there are, and how much they hold.

    `size` is the most entries of the site's feed, `list_size` of the feed of a
    person, country, pair or term. `archives` says which feeds go on in archive
    documents (RFC 5005, 4) that reach every article.
    """

    size: int = 50
    list_size: int = 20
    full_text: bool = False
    formats: tuple[Literal["atom", "json"], ...] = ("atom", "json")
    archives: Literal["none", "site", "all"] = "site"


class MetadataConfig(msgspec.Struct, frozen=True):
    """`[metadata]`: what machines are told besides what every page says."""

    news_sitemap: bool = False


class RobotsConfig(msgspec.Struct, frozen=True):
    """`[robots]`: what robots.txt asks of crawlers; `disallow` are site paths."""

    ai: Literal["allow", "disallow"] = "allow"
    disallow: tuple[str, ...] = ()


class FindingConfig(msgspec.Struct, frozen=True):
    """`[finding]`: whether texts are read for who is named in them and who says what.

    With `links` the first mention in each section of a text leads to its subject's page.
    """

    enabled: bool = True
    links: bool = True


class RelatedConfig(msgspec.Struct, frozen=True):
    """`[related]`: how many related articles stand at the end of each one; 0 for none."""

    number: int = 5


class DayConfig(msgspec.Struct, frozen=True):
    """`[on_this_day]`: whether each day of the year has a page with its articles of all years."""

    enabled: bool = False


class DataConfig(msgspec.Struct, frozen=True):
    """`[data]`: whether the archive is offered as files of data below /data/.

    `texts` has what the articles say among them, `sqlite` adds a database; a file
    of more than `largest` bytes is warned of.
    """

    enabled: bool = False
    texts: bool = True
    sqlite: bool = False
    largest: int = 100_000_000


class LinkConfig(msgspec.Struct, frozen=True):
    """`[links]`: how outgoing links are checked.

    Seconds between two requests to one host and until one is given up, and for
    how many days a good answer holds.
    """

    delay: float = 1.0
    timeout: float = 20.0
    days: float = 28.0


class HostingConfig(msgspec.Struct, frozen=True):
    """`[hosting]`: whether `_headers` and `_redirects` are written for hosts that read them."""

    rules: bool = True


class SearchConfig(msgspec.Struct, frozen=True):
    """`[search]`: whether the site has a search page at /search/."""

    enabled: bool = True


class LicenseConfig(msgspec.Struct, frozen=True):
    """`[license]`: the licence of the articles, shown on every page."""

    name: str = ""
    url: str = ""
    notice: str = ""


class MenuItem(msgspec.Struct, frozen=True):
    """`[[menu]]`: one entry of the main menu."""

    label: str
    url: str


class SiteConfig(msgspec.Struct, frozen=True):
    """Everything site.toml says, with defaults for what it leaves out.

    `base_url` is kept without its trailing slash. `id` names the archive in
    feed ids, so that they survive a change of domain; it defaults to the host
    and path of `base_url`.
    """

    title: str
    base_url: str
    id: str = ""
    description: str = ""
    publisher: str = ""
    language: str = "en"
    timezone: str = "UTC"
    output: str = "public"
    content: ContentConfig = ContentConfig()
    urls: UrlConfig = UrlConfig()
    lists: ListConfig = ListConfig()
    markdown: MarkdownConfig = MarkdownConfig()
    limits: LimitConfig = LimitConfig()
    feeds: FeedConfig = FeedConfig()
    metadata: MetadataConfig = MetadataConfig()
    robots: RobotsConfig = RobotsConfig()
    checks: CheckConfig = CheckConfig()
    finding: FindingConfig = FindingConfig()
    data: DataConfig = DataConfig()
    hosting: HostingConfig = HostingConfig()
    search: SearchConfig = SearchConfig()
    related: RelatedConfig = RelatedConfig()
    on_this_day: DayConfig = DayConfig()
    links: LinkConfig = LinkConfig()
    license: LicenseConfig = LicenseConfig()
    menu: tuple[MenuItem, ...] = ()
    fields: dict[str, str | tuple[str, ...]] = {}
    people_fields: dict[str, str | tuple[str, ...]] = {}
    country_fields: dict[str, str | tuple[str, ...]] = {}

    @property
    def origin(self) -> str:
        """Scheme and host: `https://user.github.io`."""
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def base_path(self) -> str:
        """The path that every link starts with: `` or `/repo`, never with a trailing slash."""
        return urlsplit(self.base_url).path.rstrip("/")


def load(site: Path, *, base_url: str | None = None, output: str | None = None) -> SiteConfig:
    """Read `site`/site.toml.

    `base_url` and `output` are the command line's, and win over the file.
    Raises `Refusal` (exit code 2) with every problem of the file, each at its line.
    """
    path = site / FILE_NAME
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise _refusal(
            Problem(
                FILE_NAME, 0, 0, "CF001",
                f"there is no {FILE_NAME} in {site}",
                "name the site's folder with --site, or start one with: site-builder new site DIR",
            )
        ) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise _refusal(
            Problem(FILE_NAME, line, 1, "RD001", "site.toml is not UTF-8", "save it as UTF-8")
        ) from None
    except OSError as error:
        problem = Problem(FILE_NAME, 0, 0, "RD006", f"site.toml cannot be read: {error.strerror}")
        raise Refusal(problem, exit_code=4) from None
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line, column = (int(found[1]), int(found[2])) if found else (text.count("\n") + 1, 1)
        sentence = re.sub(r" \(at .*", "", str(error))
        raise _refusal(
            Problem(FILE_NAME, line, column, "CF002", f"site.toml is not TOML: {sentence}")
        ) from None
    if base_url is not None:
        data["base_url"] = base_url
    if output is not None:
        data["output"] = output
    return parse(data, text)


def parse(data: dict[str, Any], text: str = "") -> SiteConfig:
    """Turn parsed TOML into a `SiteConfig`; `text` is only used to find lines."""
    problems = Problems()
    values = _table(SiteConfig, data, (), text, problems)
    for name in ("title", "base_url"):
        if name not in data:
            problems.add(
                "CF005", f"site.toml needs `{name}`", file=FILE_NAME,
                hint='title = "…" and base_url = "https://…" are all it needs',
            )
    if isinstance(values.get("base_url"), str):
        values["base_url"] = _base_url(values["base_url"], text, problems)
    _check_values(values, text, problems)
    if problems.errors:
        raise Refusal(problems.sorted(), exit_code=2)
    config = SiteConfig(**values)
    if not config.id:
        parts = urlsplit(config.base_url)
        config = msgspec.structs.replace(config, id=parts.netloc + parts.path)
    return config


def _table(
    kind: type[msgspec.Struct],
    data: dict[str, Any],
    path: tuple[str, ...],
    text: str,
    problems: Problems,
) -> dict[str, Any]:
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    for key, value in data.items():
        where = (*path, key)
        line = line_of(text, where)
        if key not in hints:
            near = nearest(key, hints)
            problems.add(
                "CF003", f"unknown setting `{'.'.join(where)}`",
                file=FILE_NAME, line=line, column=1,
                hint=f"did you mean `{near}`?" if near
                else "known here: " + ", ".join(sorted(hints)),
            )
            continue
        expected = hints[key]
        if isinstance(expected, type) and issubclass(expected, msgspec.Struct):
            if isinstance(value, dict):
                values[key] = expected(**_table(expected, value, where, text, problems))
            else:
                problems.add(
                    "CF004", f"`{key}` is a table: write [{key}] and its settings below it",
                    file=FILE_NAME, line=line, column=1,
                )
            continue
        try:
            values[key] = msgspec.convert(value, expected)
        except msgspec.ValidationError as error:
            sentence = re.sub(r" - at `.*", "", str(error))
            problems.add(
                "CF004", f"`{'.'.join(where)}`: {sentence[0].lower()}{sentence[1:]}",
                file=FILE_NAME, line=line, column=1,
            )
    return values


def _base_url(value: str, text: str, problems: Problems) -> str:
    """Accept a base URL in any spelling (with or without slash); refuse what is not one."""
    cleaned = value.strip().rstrip("/")
    parts = urlsplit(cleaned)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        problems.add(
            "CF004", f"`base_url` is not a web address: {value!r}", file=FILE_NAME,
            line=line_of(text, ("base_url",)), column=1,
            hint="write the address that readers will type, such as https://user.github.io/archive",
        )
    return cleaned


def _check_values(values: dict[str, Any], text: str, problems: Problems) -> None:
    def wrong(path: tuple[str, ...], message: str, hint: str = "") -> None:
        problems.add(
            "CF004", message, file=FILE_NAME, line=line_of(text, path), column=1, hint=hint
        )

    for name in ("title",):
        if name in values and not values[name].strip():
            wrong((name,), f"`{name}` is empty")
    zone = values.get("timezone", "UTC")
    if zone != "UTC":
        import zoneinfo

        try:
            zoneinfo.ZoneInfo(zone)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            wrong(("timezone",), f"unknown time zone {zone!r}", "a name such as Asia/Tehran")
    language = values.get("language", "en")
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", language):
        wrong(("language",), f"not a language tag: {language!r}", "a tag such as en, fa or pt-BR")
    lists = values.get("lists", ListConfig())
    if not 1 <= lists.page_size <= 1000:
        wrong(("lists", "page_size"), "`lists.page_size` must lie between 1 and 1000")
    for name in ("pair_threshold", "people_pair_threshold"):
        if getattr(lists, name) < 1:
            wrong(("lists", name), f"`lists.{name}` must be at least 1")
    feeds = values.get("feeds", FeedConfig())
    for name in ("size", "list_size"):
        if getattr(feeds, name) < 1:
            wrong(("feeds", name), f"`feeds.{name}` must be at least 1")
    for path in values.get("robots", RobotsConfig()).disallow:
        if not re.fullmatch(r"/[^\s#]*", path):
            wrong(("robots", "disallow"), f"not a path of the site: {path!r}",
                  "it starts with / and holds no blank: /drafts/")
    related = values.get("related", RelatedConfig())
    if not 0 <= related.number <= 20:
        wrong(("related", "number"), "`related.number` must lie between 0 and 20")
    limits = values.get("limits", LimitConfig())
    if min(limits.article_seconds, limits.article_bytes, limits.picture_pixels) <= 0:
        wrong(("limits",), "limits must be greater than 0")
    if values.get("data", DataConfig()).largest < 1:
        wrong(("data", "largest"), "`data.largest` must be at least 1")
    links = values.get("links", LinkConfig())
    if links.delay < 0 or links.timeout <= 0 or links.days < 0:
        wrong(("links",), "times in [links] must not be below 0")
    pattern = values.get("urls", UrlConfig()).articles
    names = re.findall(r"\{(\w*)\}", pattern)
    unknown = [n for n in names if n not in ("year", "month", "day", "slug", "section")]
    if unknown or "slug" not in names or not pattern.startswith("/") or ".." in pattern:
        wrong(
            ("urls", "articles"), f"`urls.articles` cannot be used: {pattern!r}",
            "it starts with / and is made of {year}, {month}, {day}, {section} and {slug}",
        )
    for item in (*values.get("menu", ()), values.get("license", LicenseConfig())):
        if item.url and not re.match(r"(https?://|/|mailto:)", item.url):
            wrong(("menu",), f"not an address: {item.url!r}", "start it with / or https://")


def line_of(text: str, path: tuple[str, ...]) -> int:
    """The line of a key in a TOML text (1-based; 0 when it is not there, as from the command line).

    tomllib gives values without positions; keys of site.toml are plain, so a
    scan that follows `[table]` headers finds them.
    """
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        header = re.match(r"\[\[?\s*([\w.\-\"]+)\s*\]\]?", stripped)
        if header:
            table = tuple(part.strip('"') for part in header[1].split("."))
            if table == path:
                return number
            continue
        key = re.match(r"([\w.\-\"]+)\s*=", stripped)
        if key:
            full = (*table, *(part.strip('"') for part in key[1].split(".")))
            if full[: len(path)] == path:
                return number
    return 0


def _refusal(problem: Problem) -> Refusal:
    return Refusal(problem, exit_code=2)
