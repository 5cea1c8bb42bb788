"""An article's Markdown → safe HTML with sections, passage anchors and declared links."""

from site_builder.reading.body.render import Body, render

__all__ = ["Body", "render"]
