"""The templates, and the few things that they can use."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Container, Mapping
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from site_builder import __version__
from site_builder.config import SiteConfig
from site_builder.indexing.shelf import SMALL, Recent
from site_builder.model import INTERNAL, Image, Picture
from site_builder.pages import contexts as c
from site_builder.pages import dates
from site_builder.pages.words import Words, own_name
from site_builder.problems import Problem, Refusal
from site_builder.reading.languages import is_rtl
from site_builder.rendering import FRAGMENTS
from site_builder.rendering.captures import with_captures
from site_builder.rendering.compiled import Compiled
from site_builder.rendering.compiling import QuickEnvironment, markup, piece, quickened
from site_builder.rendering.flattening import Flattener
from site_builder.rendering.jsonfeed import JsonFeeds
from site_builder.rendering.metadata import FEEDS, Metadata

CSP = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
    "font-src 'self'; media-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'self'"
)
SIZES = "(min-width: 48rem) 41rem, 100vw"
"""How wide a picture is shown: as the text beside it, on phones the whole screen."""
FRAGMENTS_HELD = 8_000
"""So many are held, and up to as many again: more than that, in each worker, would be much."""
FRAGMENTS_OF_ALL = 3
"""Of a small archive all are held: a card, a line and an entry of each article."""
_BLANK = re.compile(r"\{(\w+)\}")
_OPEN = f'"{INTERNAL}'
_MARKS = re.compile(r'(?:\s|&nbsp;)*<a aria-label="[^"]*" class="anchor" href="#[^"]*">[^<]*</a>')
_BACK = 'title="Jump back to footnote '


class Renderer:
    """Renders pages. One lives in each worker; nothing in it depends on the order of pages."""

    def __init__(
        self,
        config: SiteConfig,
        folders: list[Path],
        *,
        menu: tuple[c.Link, ...],
        footer: tuple[c.Link, ...],
        portable: bool,
        assets: Mapping[str, str] = {},
        inside: Container[str] | None = None,
        articles: int = 0,
        made_from: tuple[str, Mapping[str, str]] | None = None,
    ) -> None:
        """With `inside`, links to other addresses than those lead to the site on the web.

        `articles` is how many the archive has. `made_from` stands for all that pages are made
        from, and for each template with all that it uses: with it, compiled templates are kept
        for the next start.
        """
        self.config, self.assets = config, assets
        self.portable = portable
        self._inside = inside
        self._prefix = config.base_path
        self._page = ""
        self._menu_urls = frozenset(link.url for link in menu)
        self._flat: dict[str, jinja2.Template] = {}
        self._hrefs: dict[str, Markup] = {}
        self._patterns: dict[str, list[str]] = {}
        held = FRAGMENTS_OF_ALL * articles if articles <= SMALL else 0
        self._fragments: Recent[tuple[str, str, str], Markup] = Recent(max(held, FRAGMENTS_HELD))
        env = jinja2.Environment(
            loader=jinja2.FileSystemLoader([str(folder) for folder in folders]),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        language = config.language
        self.words = Words(language)
        self._metadata = Metadata(config, self.absolute)
        self._feeds = JsonFeeds(config, self.absolute, self._full_text, self.words)
        self._labels = self._body_labels() if self.words("table") != "Table" else []

        def localised(function: Callable[..., str]) -> Callable[..., str]:
            return lambda value, tag=language: function(value, tag)

        env.filters.update(
            href=self._href_here if portable else self.href,
            absolute=self.absolute,
            full_text=self._full_text,
            day=localised(dates.day),
            daytime=localised(dates.daytime),
            month=localised(dates.month),
            monthname=localised(dates.monthname),
            partial_date=localised(dates.partial_date),
            number=self.words.number,
            digits=self.words.digits,
            own_name=own_name,
            t=self.translated,
        )
        env.globals.update(measured=self._measured, asset=self.asset)
        env.globals.update(
            site=config,
            menu=menu,
            footer_links=footer,
            generator=f"site-builder {__version__}",
            site_rtl=is_rtl(language),
            csp=CSP,
            feed_endings=[FEEDS[form][0] for form in config.feeds.formats],
            portable=portable,
            searchable=config.search.enabled and not portable,
            **{name: functools.partial(self._listed, path)
               for name, path in FRAGMENTS.items() if name != "main_menu"},
            main_menu=self._menu,
        )
        self.env = env
        quick = QuickEnvironment.beside(env)
        self._flattener = Flattener(env, quick, Compiled(quick, *made_from) if made_from else None)

    def render(self, template: str, context: Any, url: str, body: str = "") -> bytes:
        """The bytes of one page. Raises `Refusal` (exit code 1) naming template, line and page."""
        if isinstance(context, c.FileContext):
            return context.data if isinstance(context.data, bytes) else context.data.encode()
        if template == "feed.json":
            return self._feeds.make(context)
        self._page = url
        values = {name: getattr(context, name) for name in context.__struct_fields__}
        targets = dict(values.get("targets", ()))
        if values.get("archived"):
            body = with_captures(body or values.get("body", ""), context.archived, self.words,
                                 getattr(context, "lang", "") or self.words.language)
        if template in ("article.html", "page.html"):
            values["body"] = self._sanitized(
                body or values.get("body", ""), targets, dict(values.get("pictures", ())))
        if "bio" in values:
            bio = with_captures(values["bio"], values["archived"], self.words, self.words.language)
            values["bio"] = self._sanitized(bio, {})
        if template.endswith(".html"):
            values["metadata"] = self._metadata.of(context)
        try:
            return self._template(template).render(values).encode()
        except Exception:  # noqa: BLE001 - the originals say where it is
            data = self._as_written(template, values, url)
            self._flat[template] = self.env.get_template(template)  # not for the quick compiler
            return data

    def _template(self, name: str) -> jinja2.Template:
        found = self._flat.get(name)
        if found is None:
            found = self._flat[name] = quickened(self._flattener.flat(name))
        return found

    def _as_written(self, template: str, values: dict[str, Any], url: str) -> bytes:
        try:
            return self.env.get_template(template).render(values).encode()
        except jinja2.TemplateSyntaxError as error:
            name, message = error.name or template, str(error.message)
            raise self._failed(name, error.lineno, message, url) from None
        except jinja2.TemplateNotFound as error:
            raise Refusal(
                Problem(f"templates/{error.name}", 0, 0, "TP002",
                        f"the template {error.name} is missing"), exit_code=1,
            ) from None
        except Exception as error:  # noqa: BLE001 - a template can raise anything
            name, line = _template_place(error, template)
            raise self._failed(name, line, f"{type(error).__name__}: {error}", url) from None

    def _failed(self, name: str, line: int, message: str, url: str) -> Refusal:
        problem = Problem(f"templates/{name.rsplit('/templates/')[-1]}", line, 1, "TP001",
                          f"{message} (while making {url})")
        return Refusal(problem, exit_code=1)

    # -- what templates use

    def translated(self, key: str, count: int | None = None, **values: Any) -> Markup:
        """The site's own words in its language, with their blanks filled in.

        A filter, because Jinja works out a filter over a constant when it compiles.
        """
        pattern = self.words.pattern(key, count)
        parts = self._patterns.get(pattern)
        if parts is None:
            # "{n} articles" → "", "n", " articles": not str.format, which takes ten times as long
            parts = self._patterns[pattern] = _BLANK.split(str(escape(pattern)))
        if len(parts) == 1:
            return markup(parts[0])
        if count is not None:
            values["n"] = self.words.number(count)
        if len(parts) == 3:
            before, name, after = parts
            return markup(f"{before}{piece(values[name])}{after}")
        filled = parts.copy()
        for place in range(1, len(parts), 2):
            filled[place] = piece(values[parts[place]])
        return markup("".join(filled))

    def href(self, url: str) -> str:
        """A site path as a link of the page being made; other addresses stay as they are."""
        if not url.startswith("/") or url.startswith("//"):
            return url
        if not self.portable:
            return self._prefix + url
        address, mark, fragment = url.partition("#")
        if self._inside is not None and address not in self._inside:
            return self.absolute(url)
        if address.endswith("/"):
            address += "index.html"
        return "../" * (self._page.count("/") - 1) + address[1:] + mark + fragment

    @jinja2.pass_context
    def _href_here(self, context: jinja2.runtime.Context, url: str) -> str:
        # a plain filter over a constant is folded once for all pages
        return self.href(url)

    def asset(self, path: str) -> str:
        """A link to a static file under a name that changes with its content."""
        if path not in self.assets:
            raise LookupError(f"asset() takes a literal path of a file in static/, not {path!r}")
        return self.href(self.assets[path])

    def absolute(self, url: str) -> str:
        """A site path as a full address."""
        return self.config.base_url + url if url.startswith("/") else url

    def measured(self, picture: Picture | None, src: str, sizes: str = SIZES) -> Markup:
        """The attributes that say how large a picture is, and where smaller ones of it are."""
        if picture is None:
            return Markup()
        size = f' width="{picture.width}" height="{picture.height}"'
        if picture.variants:
            known = [*((self.href(url), w) for w, url in picture.variants), (src, picture.width)]
            if not any(" " in url or "," in url for url, _ in known):  # where srcset cuts
                listed = ", ".join(f"{escape(url)} {width}w" for url, width in known)
                size = f' srcset="{listed}" sizes="{escape(sizes)}"{size}'
        return markup(size)

    def _measured(self, image: Image, sizes: str = SIZES) -> Markup:
        return self.measured(image.picture, self.href(image.src), sizes)

    def _fragment(self, path: str, mark: str, **values: Any) -> Markup:
        """A partial, made once as a rule for each `mark` and depth."""
        key = (path, mark, self.href("/") if self.portable else "")
        found = self._fragments.get(key)
        if found is None:
            try:
                text = self._template(path).render(values)
            except Exception:  # noqa: BLE001 - not for the quick compiler, or an error
                self._flat[path] = self.env.get_template(path)
                text = self._flat[path].render(values)
            found = self._fragments.put(key, markup(text))
        return found

    def _listed(self, path: str, card: c.Card) -> Markup:
        return self._fragment(path, card.url + card.digest, card=card)

    def _menu(self, head: c.Head) -> Markup:
        # only the links of the menu can be marked as the reader's place
        links = self._menu_urls
        here = head.breadcrumbs[0].url if head.breadcrumbs else head.url
        here, url = here if here in links else "", head.url if head.url in links else ""
        if not links:
            return Markup()
        return self._fragment(FRAGMENTS["main_menu"], f"{here} {url}", here=here, url=url)

    def _sanitized(
        self, html: str, targets: dict[str, str], pictures: Mapping[str, Picture] = {}
    ) -> Markup:
        """HTML that the reading room has sanitised, with its links resolved.

        Labels that the reading room added are English; they become the site's.
        """
        for english, own in self._labels:
            html = html.replace(english, own)
        if self._labels and _BACK in html:
            html = re.sub(f'{_BACK}([0-9]+) in the text"', self._back, html)
        return markup(self._resolved(html, targets, self.href, pictures))

    def _full_text(self, card: c.Card) -> str:
        """The text of an article as a feed holds it: full addresses, no marks beside passages."""
        content = card.content
        if content is None:
            return ""
        html = _MARKS.sub("", content.html)
        html = self._resolved(html, dict(content.targets), self.absolute)
        return html.replace('href="#', f'href="{escape(self.absolute(card.url))}#')

    def _body_labels(self) -> list[tuple[str, str]]:
        english = Words("en")
        return [(f'aria-label="{english(key)}"', f'aria-label="{self.translated(key)}"')
                for key in ("link_to_passage", "link_to_section", "table")]

    def _back(self, match: re.Match[str]) -> str:
        number = self.words.digits(match[1])
        return f'title="{self.translated("back_to_text", number=number)}"'

    def _resolved(
        self, html: str, targets: dict[str, str], href: Callable[[str], str],
        pictures: Mapping[str, Picture] = {},
    ) -> str:
        if _OPEN not in html:
            return html
        fixed = not self.portable and href == self.href
        known = self._hrefs if fixed and not targets else {}
        parts = html.split(_OPEN)
        result = [parts[0]]
        for before, part in pairwise(parts):
            if before.endswith(("href=", "src=")):
                written, _, rest = part.partition('"')
                where = known.get(written)
                if where is None:
                    plain = unescape(written)
                    where = escape(href(targets.get(plain, plain)))
                    if plain not in targets and fixed:
                        known[written] = where
                more = ""
                if pictures and before.endswith("src=") and unescape(written) in pictures:
                    tag = before[before.rfind("<"):] + rest.partition(">")[0]
                    if " width=" not in tag and " height=" not in tag:
                        more = self.measured(pictures[unescape(written)], where)
                result.append(f'"{where}"{more}{rest}')
            else:  # a text that only looks like a link of ours
                result.append(_OPEN + part)
        return "".join(result)


def _template_place(error: BaseException, template: str) -> tuple[str, int]:
    """Template and line of the innermost frame of a template in a traceback."""
    name, line = template, 0
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith((".html", ".xml")):
            name, line = file, trace.tb_lineno
        trace = trace.tb_next
    return name, line
