"""Pelican's settings for the benchmark."""

import re
from pathlib import Path

SITENAME = "The Benchmark Record"
SITESUBTITLE = "An archive of invented news"
SITEURL = "https://bench.example"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PATH = "content"
ARTICLE_PATHS = ["articles"]
PAGE_PATHS = []
STATIC_PATHS = []
THEME = "theme"
THEME_STATIC_PATHS = []
PLUGIN_PATHS = [str(Path(__file__).parent / "plugins")]
PLUGINS = ["terms"]
FORMATTED_FIELDS = []
MARKDOWN = {
    "extension_configs": {"markdown.extensions.extra": {}, "markdown.extensions.toc": {}},
    "output_format": "html",
}

# A build in which nothing changed can then leave out the reading.
CACHE_CONTENT = True
LOAD_CONTENT_CACHE = True

ARTICLE_URL = "articles/{date:%Y}/{date:%m}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
CATEGORY_URL = "sections/{slug}/"
CATEGORY_SAVE_AS = CATEGORY_URL + "index.html"
CATEGORIES_SAVE_AS = "sections/index.html"
AUTHOR_URL = "authors/{slug}/"
AUTHOR_SAVE_AS = AUTHOR_URL + "index.html"
AUTHORS_SAVE_AS = "authors/index.html"
TAG_SAVE_AS = ""
TAGS_SAVE_AS = ""
MONTH_ARCHIVE_URL = "archive/{date:%Y}/{date:%m}/"
MONTH_ARCHIVE_SAVE_AS = MONTH_ARCHIVE_URL + "index.html"
ARCHIVES_SAVE_AS = "archive/index.html"
SITEMAP_SAVE_AS = "sitemap.xml"
DIRECT_TEMPLATES = ["index", "archives", "authors", "categories", "sitemap"]

DEFAULT_PAGINATION = 40
PAGINATED_TEMPLATES = {"term": None, "category": None, "author": None, "period_archives": None}
PAGINATION_PATTERNS = (
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)

FEED_MAX_ITEMS = 50
RSS_FEED_SUMMARY_ONLY = True
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = TRANSLATION_FEED_ATOM = None
FEED_ALL_RSS = "index.xml"
CATEGORY_FEED_RSS = "sections/{slug}/index.xml"
AUTHOR_FEED_RSS = "authors/{slug}/index.xml"

_HEADING = re.compile(r'<h([23]) id="([^"]+)">(.*?)</h\1>')
JINJA_FILTERS = {"headings": _HEADING.findall}
