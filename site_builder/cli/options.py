"""What several commands share."""

from __future__ import annotations

from pathlib import Path

import click

site = click.option(
    "--site", type=click.Path(path_type=Path, file_okay=False), default=Path(),
    help="The site's folder, the one with site.toml (default: here).",
)
