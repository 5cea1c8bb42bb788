"""What hosts of static sites take, said before they refuse it."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.config import SiteConfig
from site_builder.problems import Problems, Severity

_NEAR = 0.9


def near_limits(files: Mapping[str, int], config: SiteConfig, problems: Problems) -> None:
    """Warn of a site (output path → bytes) that its host may refuse.

    GitHub Pages: a site of at most 1 GB, ten minutes for a deployment
    (docs.github.com, GitHub Pages limits); git repositories there: files of at most 100 MB.
    """
    limits = config.limits

    def warn(message: str, hint: str, file: str = "") -> None:
        problems.add("OU008", message, file=file, hint=hint, severity=Severity.WARNING)

    total = sum(files.values())
    if total > limits.site_bytes * _NEAR:
        warn(f"the site has {_megabytes(total)} of at most {_megabytes(limits.site_bytes)}",
             "host large media elsewhere, or raise limits.site_bytes for a host that takes more")
    if len(files) > limits.site_files:
        warn(f"the site has {len(files):,} files: putting it online may take too long",
             "see limits.site_files")
    if max(files.values(), default=0) > limits.file_bytes:
        for path, size in files.items():
            if size > limits.file_bytes:
                warn(f"the file has {_megabytes(size)} of at most {_megabytes(limits.file_bytes)}",
                     "host it elsewhere, or raise limits.file_bytes for a host that takes more",
                     path)


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"
