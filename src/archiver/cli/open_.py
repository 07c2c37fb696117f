"""`archiver open`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archiver.cli.arguments import article_argument
from archiver.errors import ArchiverError

if TYPE_CHECKING:
    from archiver.cli.run import Run


@click.command("open")
@article_argument()
@click.pass_obj
def command(run: Run, article: str) -> None:
    """Open an article's page, as it is on the web today, in the browser.

    The article is named by its ID, any unique beginning of it, or its URL.

    \b
    Examples:
      archiver open 7f3a9c

    \b
    Exit codes:
      0 opened    1 no browser    2 the ID is ambiguous    4 not in the archive
    """
    store = run.store()
    url = store.load(store.find(article)).url
    assert url is not None  # what is in the archive came from somewhere
    if click.launch(url) != 0:
        raise ArchiverError("no browser could be started", subject=url, remedy="set BROWSER, or open the address yourself")
