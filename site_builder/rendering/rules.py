"""`_headers` and `_redirects`: what Netlify and Cloudflare Pages read beside the pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import quote

from site_builder.config import SiteConfig
from site_builder.rendering.environment import CSP

_SAFE = "/-_.~!$'()+,=@%"


def headers(config: SiteConfig, assets: Mapping[str, str]) -> str:
    """The policy that every page also carries in itself; and what browsers may keep for ever."""
    base = config.base_path
    lines = [f"{base}/*", f"  Content-Security-Policy: {CSP}", "  X-Content-Type-Options: nosniff"]
    for name in assets.values():
        lines += [f"{base}{quote(name, safe=_SAFE)}",
                  "  Cache-Control: public, max-age=31536000, immutable"]
    return "\n".join([*lines, ""])


def redirects(config: SiteConfig, old: Iterable[tuple[str, str]]) -> str:
    """One line for each (old address, address).

    Cloudflare follows them at once; Netlify shows the page of redirection that
    lies at the old address, and follows where there is none.
    """
    base = config.base_path
    return "".join(f"{base}{quote(a, safe=_SAFE)} {base}{quote(b, safe=_SAFE)} 301\n"
                   for a, b in sorted(old))
