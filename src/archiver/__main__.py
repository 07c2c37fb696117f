"""The program's first step, `archiver` and `python -m archiver` alike: little enough that Ctrl-C finds it ready at once."""

from __future__ import annotations

import sys
from typing import NoReturn

INTERRUPTED = 130
"""As `cli.terminal` has it, which is not imported yet."""


def main() -> NoReturn:
    """Imports the command line and runs it."""
    try:
        from archiver.cli.main import main as run

        run()
    except KeyboardInterrupt:  # while it was being imported, or after its last word
        sys.stderr.write("archiver: interrupted\n")
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
