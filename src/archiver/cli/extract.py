"""`archiver extract`."""

from __future__ import annotations

import dataclasses
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from archiver import urls
from archiver.capture import SavedPage
from archiver.cli.options import timeout_option
from archiver.cli.targets import STDIN, as_file, read_file
from archiver.cli.terminal import printed_record
from archiver.errors import InvalidInput, NotAnArticle

if TYPE_CHECKING:
    from archiver.article import Article
    from archiver.cli.run import Run

FORMATS = ("json", "text", "markdown", "html")


@click.command("extract")
@click.argument("target", metavar="URL|FILE|-")
@click.option("--url", "address", metavar="URL", help="The address that FILE or standard input was saved from.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="json", show_default=True, help="What to print.")
@click.option("--json", "form", flag_value="json", help="Short for --format json.")
@timeout_option()
@click.pass_obj
def command(run: Run, target: str, address: str | None, form: str, timeout_seconds: float | None) -> int:
    """Print one page's record; archive nothing.

    The page is a URL, a saved page, or with - the HTML on standard input. A saved page's own address, given with --url, makes
    its links absolute and its ID known.

    \b
    Examples:
      archiver extract https://example.org/2026/a-story
      archiver extract saved.html --format markdown
      curl -s https://example.org/ | archiver extract - --url https://example.org/

    \b
    Exit codes:
      0 printed    1 failed    2 not a URL or file    6 printed, but the page is no article
    """
    article = _article(run, target, address, timeout_seconds)
    click.echo(printed_record(article, form), nl=False)
    if article.verdict != "article":
        raise NotAnArticle(f"this page is no article: {article.verdict}", subject=target)
    return 0


def _article(run: Run, target: str, address: str | None, timeout_seconds: float | None) -> Article:
    from archiver.tasks.read_page import read_saved, read_url

    address = address and urls.without_credentials(urls.parse(address))
    if target == STDIN:
        return read_saved(SavedPage(address, datetime.now(UTC), sys.stdin.buffer.read()))
    path = as_file(target)
    if path is not None:
        return read_saved(read_file(path, address))
    if address is not None:
        raise InvalidInput("--url goes with a FILE or -, and this is a URL", subject=target, remedy="leave --url out")
    settings = run.settings
    if timeout_seconds is not None:
        settings = dataclasses.replace(settings, timeout_seconds=timeout_seconds)
    return read_url(target, settings)
