"""The preview: a server for this machine only, a watcher, and pages that reload themselves."""

from site_builder.serving.state import BuildOutcome
from site_builder.serving.watch import serve

__all__ = ["BuildOutcome", "serve"]
