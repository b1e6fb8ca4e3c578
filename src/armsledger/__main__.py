"""``armsledger`` and ``python -m armsledger``."""

from __future__ import annotations

import sys


def main() -> None:
    """Runs the command line and exits. Ctrl-C is told in one sentence, however early it comes."""
    try:
        from armsledger.views.cli import cli

        cli.main(prog_name="armsledger")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
