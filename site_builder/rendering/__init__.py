"""`Page` → bytes: the Jinja environment, its filters, and metadata for machines."""

FRAGMENTS = {
    "card": "partials/card.html",
    "line": "partials/line.html",
    "entry": "partials/entry.xml",
    "main_menu": "partials/menu.html",
}
"""Function that templates can call → the partial that it makes, once for each argument."""
