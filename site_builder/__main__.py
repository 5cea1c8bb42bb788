"""Where a process that is `site-builder`, or `python -m site_builder`, begins."""

import os
import sys


def program() -> None:
    """The command line; Ctrl-C while it is being loaded ends it without a traceback, too."""
    try:
        from site_builder.cli import program as command
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        sys.stderr.flush()
        os._exit(130)  # as in `cli.main`
    command()


if __name__ == "__main__":
    program()
