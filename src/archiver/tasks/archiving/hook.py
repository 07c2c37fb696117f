"""The user's own command after each new article: what it needs is on its standard input, and no shell sees any of it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from archiver.errors import HookFailed
from archiver.record import dumps
from archiver.tasks.archiving.decide import Decision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archiver.tasks.archiving.archive_page import Outcome

MAX_SECONDS = 60.0
"""A command that takes longer is ended: it keeps the next page from being archived."""
_SHOWN_BYTES = 300
WANTED = frozenset({Decision.NEW, Decision.CHANGED})


def run_hook(command: Sequence[str], outcome: Outcome) -> None:
    """Runs `command` for an article that is new or changed: the record on its standard input, as it stands in its file.

    `ARCHIVER_DECISION` ("new" or "changed"), `ARCHIVER_ID` and `ARCHIVER_PATH` are in its environment. What it prints
    goes to our standard error.

    Raises:
        HookFailed: it cannot be run, fails, or takes too long. The article is safe.
    """
    if not command or outcome.decision not in WANTED:
        return
    told = {
        "ARCHIVER_DECISION": str(outcome.decision),
        "ARCHIVER_ID": str(outcome.article.id),
        "ARCHIVER_PATH": str(outcome.path),
    }
    subject = command[0]
    try:
        ran = subprocess.run(  # noqa: S603  # the user's own command, from the settings
            [os.path.expanduser(command[0]), *command[1:]],  # noqa: PTH111  # it may be a name to be found on the PATH
            input=dumps(outcome.article).encode(),
            stdout=sys.stderr.fileno() if _has_descriptor() else subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=os.environ | told,
            timeout=MAX_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise HookFailed(f"the hook took longer than {MAX_SECONDS:.0f} s", subject=subject, remedy=_remedy(outcome)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise HookFailed(f"the hook cannot be run: {reason}", subject=subject, remedy="correct the setting hook") from error
    if ran.returncode:
        said = ran.stderr[-_SHOWN_BYTES:].decode("utf-8", "replace").strip()
        reason = f"the hook ended with {ran.returncode}{f': {said}' if said else ''}"
        raise HookFailed(reason, subject=subject, remedy=_remedy(outcome))


def _remedy(outcome: Outcome) -> str:
    return f"the article is safe: archiver show {outcome.article.id}"


def _has_descriptor() -> bool:
    try:
        sys.stderr.fileno()
    except (OSError, ValueError, AttributeError):
        return False
    return True
